/**
 * The middle of the graph screen: what a node is, in one look.
 */
import type { NodeId } from '../../base/index.js';
import type { ManifestNode } from '../../manifest/index.js';
import { kindWord, labelOf, lookOfNode, subjectOf, type Workbench } from '../../workbench/index.js';
import type { Surface } from '../cells/surface.js';
import { drawFrame } from './frame.js';
import { linkRows } from './node-links.js';
import { configText, exposureRows, sourceRows, testsByColumn } from './node-facts.js';
import { BLANK, drawRows, piece, type Row, row, wrapped } from './rows.js';
import { agoText, durationText, plural } from './words.js';
import { cutEnd, padTo } from '../cells/fit.js';

/** @param hasLinks whether the neighbours are listed too: where their columns are not beside it. */
export function drawNodeCard(surface: Surface, workbench: Workbench, hasLinks: boolean): void {
  const state = workbench.store.get();
  const { manifest } = workbench.session;
  const { graph } = state;
  // While a list has the cursor, the card shows its node: looking around needs no walking.
  const node = subjectOf(manifest, state, workbench.states);
  const isCentre = node?.id === graph.centre;
  const inner = drawFrame(surface, {
    title: node === null ? 'no nodes' : labelOf(node),
    extras: isCentre || node === null ? [] : [piece('(cursor) ', 'muted')],
    bottom: node === null ? '' : 'enter: open',
    isFocused: graph.pane === 'node' && state.overlay === null,
  });
  if (node === null) {
    drawRows(
      inner,
      wrapped('This project has no models yet. Write one, then ctrl-r.', inner.width),
      0,
    );
    return;
  }
  const links = hasLinks ? linkRows(workbench, node, inner.width) : [];
  const rows = [...cardRows(workbench, node, inner.width), ...links];
  const limit = drawRows(inner, rows, graph.cardScroll);
  workbench.limits.set('card', limit);
  surface.onClick(0, 0, surface.width, surface.height, () => {
    workbench.store.update((current) => ({
      ...current,
      graph: { ...current.graph, pane: 'node' },
    }));
  });
}

/** Everything that the card says of a node. */
export function cardRows(workbench: Workbench, node: ManifestNode, width: number): readonly Row[] {
  const description =
    node.description.trim() === ''
      ? []
      : [BLANK, ...wrapped(node.description.trim(), width, 'text')];
  return [
    [piece(configText(node), 'strong')],
    row(cutEnd(node.originalFilePath, width), 'muted'),
    ...stateRows(workbench, node, width),
    ...description,
    ...(node.resourceType === 'source' ? sourceRows(node) : []),
    ...(node.resourceType === 'exposure' ? exposureRows(node) : []),
    ...columnRows(workbench, node, width),
    ...tagRows(node),
  ];
}

function stateRows(workbench: Workbench, node: ManifestNode, width: number): readonly Row[] {
  const state = workbench.states.stateOf(node.id);
  const look = lookOfNode(node, state);
  if (look.word === kindWord(node)) return [];
  const result = state.lastResult;
  const when =
    result === null
      ? ''
      : ` · ${agoText(result.startedAtMs + result.durationMs, workbench.store.get().nowMs)}${result.status === 'skipped' ? '' : ` · ${durationText(result.durationMs)}`}`;
  const message =
    result?.message === null || result?.message === undefined || state.state === 'never'
      ? []
      : wrapped(
          result.failure?.message ?? result.message,
          width,
          state.state === 'failed' ? 'fail' : 'muted',
          '  ',
        ).slice(0, 6);
  const reason = state.reason === null ? '' : `: ${state.reason}`;
  return [
    [piece(`${look.glyph} ${look.word}`, look.token), piece(`${reason}${when}`, 'muted')],
    ...message,
  ];
}

function columnRows(workbench: Workbench, node: ManifestNode, width: number): readonly Row[] {
  const tests = testsByColumn(workbench.session.manifest, node.id);
  const count = [...tests.values()].reduce((sum, list) => sum + list.length, 0);
  const columns = 'columns' in node ? [...node.columns.values()] : [];
  if (columns.length === 0 && count === 0) return [];
  const described = columns.filter(({ description }) => description.trim() !== '').length;
  const docs =
    columns.length === 0 ? '' : ` · docs ${Math.round((described / columns.length) * 100)} %`;
  const heading = `${plural(columns.length, 'column')} · ${plural(count, 'test')}${docs}`;
  const nameWidth = Math.min(
    Math.max(8, ...columns.map(({ name }) => name.length)),
    Math.max(14, Math.floor(width * 0.5)),
  );
  const typeWidth = Math.min(14, Math.max(0, ...columns.map((one) => one.dataType?.length ?? 0)));
  const testWidth = Math.max(0, width - nameWidth - typeWidth - (typeWidth > 0 ? 5 : 4));
  return [
    BLANK,
    [piece(heading, 'heading'), ...testSummary(workbench, [...tests.values()].flat())],
    ...columns.map((column): Row => {
      const own = tests.get(column.name.toLowerCase()) ?? [];
      return [
        piece(`  ${cutEnd(column.name, nameWidth).padEnd(nameWidth)}  `),
        piece(typeWidth === 0 ? '' : `${padTo(column.dataType ?? '', typeWidth)} `, 'muted'),
        piece(cutEnd(own.map(({ label }) => label).join(' '), testWidth), 'accent'),
      ];
    }),
  ];
}

function testSummary(workbench: Workbench, tests: readonly { readonly id: NodeId }[]): Row {
  const failed = tests.filter(({ id }) => workbench.states.stateOf(id).state === 'failed').length;
  return failed === 0 ? [] : [piece(` · ✗ ${failed}`, 'fail')];
}

function tagRows(node: ManifestNode): readonly Row[] {
  const group = 'group' in node && node.group !== null ? [`group ${node.group}`] : [];
  const facts = [...(node.tags.length > 0 ? [`tags ${node.tags.join(', ')}`] : []), ...group];
  return facts.length === 0 ? [] : [BLANK, row(facts.join(' · '), 'muted')];
}
