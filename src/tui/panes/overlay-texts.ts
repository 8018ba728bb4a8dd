/**
 * Dialogs that are read or typed into: a message, the plan before a run, a command, a query, a column's name.
 */
import { columnMatches, type Overlay, typeText, type Workbench } from '../../workbench/index.js';
import type { NodePlan } from '../../plan/index.js';
import { cutMiddle } from '../cells/fit.js';
import type { Surface } from '../cells/surface.js';
import { drawFrame } from './frame.js';
import { drawOfferedWords } from './offered-words.js';
import { loadedRows } from './loaded-rows.js';
import { planSummary } from './plan-rows.js';
import { BLANK, drawRows, piece, type Row, row, scrollLabel, wrapped } from './rows.js';
import { drawField, drawTextArea } from './text-field.js';
import { plural } from './words.js';

type OverlayOf<Kind extends Overlay['kind']> = Extract<Overlay, { readonly kind: Kind }>;

export function drawMessage(
  surface: Surface,
  workbench: Workbench,
  overlay: OverlayOf<'message'>,
): void {
  surface.fill(0, 0, surface.width, surface.height, ' ');
  const width = surface.width - 4;
  const rows = overlay.lines.flatMap((line) =>
    wrapped(line, width, overlay.isError && !line.startsWith('hint:') ? 'fail' : 'text'),
  );
  const position = scrollLabel(overlay.scroll, surface.height - 2, rows.length);
  const inner = drawFrame(surface, {
    title: overlay.title,
    bottom: position === '' ? 'esc close' : `${position} · esc close`,
    isFocused: true,
  });
  workbench.limits.set('overlay', drawRows(inner, rows, overlay.scroll));
}

/** Rows that a message needs with its border, at a width. */
export function messageHeight(overlay: OverlayOf<'message'>, width: number): number {
  return overlay.lines.flatMap((line) => wrapped(line, width - 4)).length + 2;
}

export function drawPlan(surface: Surface, workbench: Workbench, overlay: OverlayOf<'plan'>): void {
  surface.fill(0, 0, surface.width, surface.height, ' ');
  const { request, plan } = overlay;
  const width = surface.width - 4;
  const rows = loadedRows(workbench, plan, width, 'Planning', (value) => [
    ...head(workbench, overlay),
    ...value.nodes
      .filter((node) => !isTestPlan(workbench, node))
      .flatMap((node): readonly Row[] => [BLANK, ...planSummary(node, width)]),
    ...testRows(
      workbench,
      value.nodes.filter((node) => isTestPlan(workbench, node)),
      width,
    ),
  ]);
  const inner = drawFrame(surface, {
    title: `plan: ${request.command}${request.isFullRefresh === true ? ' --full-refresh' : ''} ${(request.select ?? []).join(' ')}`,
    right: scrollLabel(overlay.scroll, surface.height - 2, rows.length),
    bottom: plan.kind === 'failed' ? 'esc close' : 'enter: run it · esc: do nothing',
    isFocused: true,
  });
  workbench.limits.set('overlay', drawRows(inner, rows, overlay.scroll));
}

function isTestPlan(workbench: Workbench, plan: NodePlan): boolean {
  const node = workbench.session.manifest.nodes.get(plan.nodeId);
  return node?.resourceType === 'test' || node?.resourceType === 'unit_test';
}

/** Tests replace nothing: a name each is enough, unless one cannot be planned. */
function testRows(workbench: Workbench, plans: readonly NodePlan[], width: number): readonly Row[] {
  if (plans.length === 0) return [];
  return [
    BLANK,
    row(plural(plans.length, 'test'), 'strong'),
    ...plans.flatMap(({ nodeId, error }): readonly Row[] => [
      row(
        `  ${cutMiddle(workbench.session.manifest.nodes.get(nodeId)?.name ?? nodeId, width - 2)}`,
      ),
      ...(error === null ? [] : wrapped(error.message, width, 'fail', '    ')),
    ]),
  ];
}

function head(workbench: Workbench, overlay: OverlayOf<'plan'>): readonly Row[] {
  if (overlay.plan.kind !== 'ready') return [];
  const { nodes } = overlay.plan.value;
  const { facts } = workbench.session;
  const replaced = nodes.reduce((sum, { replaces }) => sum + replaces.length, 0);
  const writes = nodes.reduce(
    (sum, { steps }) => sum + steps.filter(({ isWrite }) => isWrite).length,
    0,
  );
  return [
    [
      piece(`${plural(nodes.length, 'node')}, ${plural(writes, 'writing statement')}`, 'strong'),
      piece(` on ${facts.targetName} (${facts.engine})`, facts.isMetered ? 'warn' : 'muted'),
    ],
    ...(replaced === 0
      ? []
      : [row(`${plural(replaced, 'relation')} replaced: what is in them now is lost`, 'fail')]),
  ];
}

export function drawCommandLine(surface: Surface, overlay: OverlayOf<'command-line'>): void {
  surface.fill(0, 0, surface.width, surface.height, ' ');
  const inner = drawFrame(surface, {
    title: 'command',
    bottom: 'run -s … · build · test · filter … · select … · enter do it · esc close',
    isFocused: true,
  });
  const x = inner.text(0, 0, ': ', 'key');
  drawField(inner, x, 0, inner.width - x, overlay.field);
}

export function drawQuery(surface: Surface, overlay: OverlayOf<'query'>): void {
  surface.fill(0, 0, surface.width, surface.height, ' ');
  const inner = drawFrame(surface, {
    title: 'query',
    bottom: 'enter ask · alt-enter new line · tab complete · ctrl-r earlier · esc close',
    isFocused: true,
  });
  if (overlay.field.text === '') {
    inner.text(2, 0, "select * from {{ ref('a_model') }}", 'muted');
  }
  drawTextArea(inner, overlay.field);
  if (overlay.completion !== null) {
    drawOfferedWords(inner, { x: 0, y: 0 }, overlay.field, overlay.completion);
  }
}

export function drawGoToColumn(
  surface: Surface,
  workbench: Workbench,
  overlay: OverlayOf<'go-to-column'>,
): void {
  surface.fill(0, 0, surface.width, surface.height, ' ');
  const { columns } = workbench.store.get().data.grid;
  const matches = columnMatches(columns, overlay.field.text);
  const inner = drawFrame(surface, {
    title: 'go to column',
    right: `${matches.length} of ${columns.length}`,
    bottom: 'enter go · esc close',
    isFocused: true,
  });
  const x = inner.text(0, 0, '❯ ', 'key');
  drawField(inner, x, 0, inner.width - x, overlay.field);
  const index = Math.min(overlay.index, matches.length - 1);
  const height = inner.height - 1;
  const top = Math.max(0, Math.min(matches.length - height, index - height + 2));
  for (let y = 0; y < height; y += 1) {
    const column = columns[matches[top + y] ?? -1];
    if (column === undefined) break;
    inner.text(0, y + 1, column.name);
    const type = typeText(column.typeName);
    inner.text(inner.width - type.length, y + 1, type, 'muted');
    if (top + y === index) inner.tint(0, y + 1, inner.width, 1, 'selected');
  }
}
