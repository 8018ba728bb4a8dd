/**
 * The bottom of the run screen: the node under the cursor, and for a failure the line of the source that it comes from.
 */
import type { Position } from '../../base/index.js';
import type { NodeResult } from '../../events/index.js';
import {
  labelOf,
  lookOfRun,
  paintSql,
  type RunNode,
  type RunView,
  timelineIndex,
  timelineOf,
  type Workbench,
} from '../../workbench/index.js';
import type { Surface } from '../cells/surface.js';
import { coneText } from './run-timeline.js';
import { drawFrame } from './frame.js';
import { drawRows, piece, type Row, row, wrapped } from './rows.js';
import { durationText, plural } from './words.js';

const CONTEXT_LINES = 2;

export function drawRunDetail(surface: Surface, workbench: Workbench): void {
  const { run } = workbench.store.get();
  const nodes = run.view === null ? [] : timelineOf(run.view, run.showsFailedOnly);
  const node = run.view === null ? undefined : nodes[timelineIndex(run.view, nodes, run.index)];
  if (run.view === null || node === undefined) {
    const inner = drawFrame(surface, { title: 'details', isFocused: false });
    drawRows(inner, diagnosticRows(run.view, inner.width), 0);
    return;
  }
  const shown = workbench.session.manifest.nodes.get(node.id);
  const look = lookOfRun(node.state);
  const cone = coneText(run.view, node.id);
  const inner = drawFrame(surface, {
    title: shown === undefined ? node.id : labelOf(shown),
    extras: [
      piece(`${look.glyph} ${look.word} `, look.token),
      piece(cone === '' ? '' : `· ${cone} `, 'fail'),
    ],
    right: shown?.originalFilePath ?? '',
    bottom: 'enter: open · p preview',
    isFocused: false,
  });
  drawRows(inner, detailRows(workbench, run.view, node, inner.width), 0);
}

function detailRows(
  workbench: Workbench,
  view: RunView,
  node: RunNode,
  width: number,
): readonly Row[] {
  const { result } = node;
  if (result === null) {
    const sql = node.sql === null ? [] : paintSql(node.sql.trim()).map((pieces): Row => pieces);
    return [
      row(node.state === 'running' ? 'Running:' : 'Waiting for what it reads.', 'muted'),
      ...sql,
    ];
  }
  const facts = [
    result.message ?? '',
    result.rowsAffected === null ? '' : plural(result.rowsAffected, 'row'),
    durationText(result.durationMs),
    result.relationName ?? '',
    result.queryId === null ? '' : `query ${result.queryId}`,
  ].filter((text) => text !== '');
  if (result.failure === null) {
    return [
      ...wrapped(facts.join(' · '), width),
      ...(node.state === 'failed' || node.state === 'warn' ? compiledRows(result) : []),
      ...diagnosticRows(view, width),
    ];
  }
  const { message, hint, position } = result.failure;
  return [
    ...wrapped(message, width, 'fail'),
    ...(position === undefined ? [] : sourceRows(workbench, node, position)),
    ...(hint === undefined ? [] : wrapped(`hint: ${hint}`, width, 'accent')),
  ];
}

function compiledRows(result: NodeResult): readonly Row[] {
  if (result.compiledSql === null) return [];
  return [row('the query that found them:', 'muted'), ...paintSql(result.compiledSql.trim())];
}

/** The line that is wrong with its neighbours, the way an editor shows it. */
function sourceRows(workbench: Workbench, node: RunNode, position: Position): readonly Row[] {
  const at = row(`at ${position.file}:${position.line}:${position.column}`, 'muted');
  const source = workbench.session.sourceText(node.id);
  const isSameFile =
    workbench.session.manifest.nodes.get(node.id)?.originalFilePath === position.file;
  if (source === null || !isSameFile) return [at];
  const lines = paintSql(source);
  const first = Math.max(1, position.line - CONTEXT_LINES);
  const last = Math.min(lines.length, position.line + CONTEXT_LINES);
  const rows: Row[] = [at];
  for (let line = first; line <= last; line += 1) {
    const isHere = line === position.line;
    rows.push([
      piece(`${isHere ? '▸' : ' '} ${String(line).padStart(4)} │ `, isHere ? 'fail' : 'muted'),
      ...(lines[line - 1] ?? []),
    ]);
    if (isHere) rows.push(row(`       │ ${' '.repeat(Math.max(0, position.column - 1))}▲`, 'fail'));
  }
  return rows;
}

function diagnosticRows(view: RunView | null, width: number): readonly Row[] {
  return (view?.diagnostics ?? []).flatMap(({ severity, message, hint }) => [
    ...wrapped(message, width, severity === 'error' ? 'fail' : 'warn'),
    ...(hint === undefined ? [] : wrapped(`hint: ${hint}`, width, 'accent', '  ')),
  ]);
}
