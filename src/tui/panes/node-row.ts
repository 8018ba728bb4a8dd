/**
 * A node as one or two rows of a list.
 */
import type { NodeId } from '../../base/index.js';
import {
  kindWord,
  labelOf,
  lookOfNode,
  type Piece,
  type Workbench,
} from '../../workbench/index.js';
import { cutEnd, cutMiddle } from '../cells/fit.js';
import { piece, type Row } from './rows.js';
import { agoText } from './words.js';

/** State, mark and name: `● stg_orders`. */
export function nodeRow(workbench: Workbench, id: NodeId, width: number): Row {
  const node = workbench.session.manifest.nodes.get(id);
  if (node === undefined) return [piece(id, 'muted')];
  const look = lookOfNode(node, workbench.states.stateOf(id));
  const { marks, filter } = workbench.store.get().graph;
  const isOutside = filter !== null && !filter.ids.has(id);
  return [
    piece(marks.has(id) ? '▌' : ' ', 'mark'),
    piece(`${look.glyph} `, look.token),
    piece(cutMiddle(labelOf(node), width - 3), isOutside ? 'muted' : 'text'),
  ];
}

/** What kind of thing it is and how it is: `view · ok · 2 min ago`. */
export function nodeDetail(workbench: Workbench, id: NodeId, width: number): readonly Piece[] {
  const node = workbench.session.manifest.nodes.get(id);
  if (node === undefined) return [];
  const state = workbench.states.stateOf(id);
  const look = lookOfNode(node, state);
  const kind = kindWord(node);
  const when =
    state.lastResult === null
      ? ''
      : ` · ${agoText(state.lastResult.startedAtMs + state.lastResult.durationMs, workbench.store.get().nowMs)}`;
  const why = state.reason === null ? '' : `: ${state.reason}`;
  const word = look.word === kind || look.word === '' ? '' : ` · ${look.word}${why}`;
  const text = cutEnd(`    ${kind}${word}${when}`, width);
  return [piece(text, state.state === 'failed' ? 'fail' : 'muted')];
}
