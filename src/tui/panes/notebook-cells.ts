/**
 * The notebook: its cells one under the other, each with its text, its state and what it gave.
 */
import {
  type NotebookCell as Cell,
  cellLabel,
  type CellView,
  isDirty,
  type OpenNotebook,
  paintSql,
  staleCount,
  textOfCell,
  viewOf,
  type Workbench,
} from '../../workbench/index.js';
import { cutEnd } from '../cells/fit.js';
import type { Surface } from '../cells/surface.js';
import { drawFrame } from './frame.js';
import { resultRows } from './notebook-results.js';
import { drawOfferedWords } from './offered-words.js';
import { BLANK, drawRows, piece, type Row, row } from './rows.js';
import { drawTextArea, fieldHeight } from './text-field.js';
import { durationText, plural } from './words.js';

/** Lines of text that a cell shows before it is opened. */
const SHOWN_LINES = 24;

/** One cell, laid out. */
interface Block {
  readonly cell: Cell;
  readonly view: CellView;
  readonly source: readonly Row[];
  readonly result: readonly Row[];
  readonly height: number;
}

export function drawNotebook(surface: Surface, workbench: Workbench): void {
  const { notebook, overlay } = workbench.store.get();
  const { open } = notebook;
  if (open === null) {
    const inner = drawFrame(surface, { title: 'notebook', isFocused: true });
    drawRows(inner, emptyRows(workbench), 0);
    return;
  }
  const title = surface.view(0, 0, surface.width, 1);
  drawTitle(title, workbench, open);
  const area = surface.view(0, 1, surface.width, surface.height - 1);
  if (open.notebook.cells.length === 0) {
    area.text(2, 1, 'This notebook has no cells: a adds one.', 'muted');
    return;
  }
  const blocks = open.notebook.cells.map((cell) => blockOf(workbench, open, cell, area.width));
  const tops = topsOf(blocks);
  const top = scrollTop(workbench, blocks, tops, area.height);
  for (const [index, block] of blocks.entries()) {
    const y = (tops[index] ?? 0) - top;
    if (y + block.height <= 0 || y >= area.height) continue;
    drawBlock(area, workbench, block, y, index === notebook.index);
    if (overlay?.kind !== 'cell') {
      area.onClick(0, y, area.width, block.height, () =>
        workbench.store.update((state) => ({
          ...state,
          notebook: { ...state.notebook, index, scroll: 0 },
        })),
      );
    }
  }
}

function drawTitle(surface: Surface, workbench: Workbench, open: OpenNotebook): void {
  const { isReactive } = workbench.store.get().notebook;
  const stale = staleCount(open);
  const isMetered = workbench.session.facts.isMetered;
  let x = surface.text(1, 0, open.file, 'strong');
  x = surface.text(
    x,
    0,
    isDirty(open) ? ' ● not saved' : ' saved',
    isDirty(open) ? 'warn' : 'muted',
  );
  x = surface.text(x, 0, stale === 0 ? '' : ` · ◐ ${stale} stale`, 'stale');
  x = surface.text(
    x,
    0,
    isMetered ? ' · cells run when asked' : isReactive ? ' · reactive' : ' · cells run when asked',
    'muted',
  );
  if (open.fault !== null) {
    surface.text(x, 0, ` · ${cutEnd(open.fault, Math.max(0, surface.width - x - 4))}`, 'fail');
  }
}

/** The cell under the cursor in the middle, as far as the ends allow; a higher one from its top, or where it is typed. */
function scrollTop(
  workbench: Workbench,
  blocks: readonly Block[],
  tops: readonly number[],
  height: number,
): number {
  const { notebook, overlay } = workbench.store.get();
  const block = blocks[notebook.index];
  const total = (tops.at(-1) ?? 0) + (blocks.at(-1)?.height ?? 0);
  const limit = Math.max(0, total - height);
  if (block === undefined) return 0;
  const start = tops[notebook.index] ?? 0;
  if (block.height <= height) {
    return Math.max(0, Math.min(limit, start - Math.floor((height - block.height) / 2)));
  }
  if (overlay?.kind === 'cell') {
    const line = overlay.field.text.slice(0, overlay.field.cursor).split('\n').length;
    return Math.min(limit, start + Math.max(0, line - height + 4));
  }
  const inside = Math.min(notebook.scroll, block.height - height);
  return Math.min(limit, start + inside);
}

function topsOf(blocks: readonly Block[]): readonly number[] {
  let top = 0;
  return blocks.map(({ height }) => {
    const own = top;
    top += height;
    return own;
  });
}

function blockOf(workbench: Workbench, open: OpenNotebook, cell: Cell, width: number): Block {
  const { overlay } = workbench.store.get();
  const view = viewOf(open, cell.index);
  const inner = width - 4;
  const isTyped = overlay?.kind === 'cell' && overlay.index === cell.index;
  const result = resultRows(workbench, open, cell, view, inner);
  const source = isTyped ? [] : sourceRows(cell);
  const rows = isTyped ? fieldHeight(overlay.field) : source.length;
  const rule = rows > 0 && result.length > 0 ? 1 : 0;
  return { cell, view, source, result, height: rows + rule + result.length + 2 };
}

/** The text of a cell without its marker, which the border tells; Markdown and charts show what they give instead. */
function sourceRows(cell: Cell): readonly Row[] {
  if (cell.kind !== 'sql' && cell.kind !== 'unreadable') return [];
  const text = cell.kind === 'sql' ? cell.body.trim() : textOfCell(cell);
  if (text === '') return [row('(empty: enter types into it)', 'muted')];
  const lines: readonly Row[] = paintSql(text);
  if (lines.length <= SHOWN_LINES) return lines;
  const more = plural(lines.length - SHOWN_LINES, 'line');
  return [...lines.slice(0, SHOWN_LINES), row(`… ${more} more`, 'muted')];
}

function drawBlock(
  area: Surface,
  workbench: Workbench,
  block: Block,
  y: number,
  isFocused: boolean,
): void {
  const { overlay } = workbench.store.get();
  const { cell, view, source, result, height } = block;
  // A part that is scrolled away is clipped: the frame is drawn as if it were there.
  const surface = area.part(0, y, area.width, height);
  const inner = drawFrame(surface, {
    title: `[${cell.index + 1}] ${cell.kind}${titleOf(cell)}`,
    extras: stateOf(workbench, view),
    isFocused,
  });
  const isTyped = overlay?.kind === 'cell' && overlay.index === cell.index;
  let at = isTyped ? fieldHeight(overlay.field) : source.length;
  if (isTyped) drawTextArea(inner.part(0, 0, inner.width, at), overlay.field);
  else drawRows(inner.part(0, 0, inner.width, at), source, 0);
  if (at > 0 && result.length > 0) {
    inner.fill(0, at, inner.width, 1, '┄', 'border');
    at += 1;
  }
  drawRows(inner.part(0, at, inner.width, result.length), result, 0);
  if (isTyped && overlay.completion !== null) {
    drawOfferedWords(area, { x: 2, y: y + 1 }, overlay.field, overlay.completion);
  }
}

function titleOf(cell: Cell): string {
  switch (cell.kind) {
    case 'sql':
      return cell.name === null ? '' : ` ${cell.name}`;
    case 'param':
      return ` ${cell.name}: ${cell.type}`;
    case 'chart':
      return ` ${cell.shape} of ${cell.of}`;
    case 'run':
      return ` ${cell.command}`;
    case 'check':
      return ` of ${cell.of}`;
    case 'md':
      return '';
    default:
      return ` ${cellLabel(cell)}`;
  }
}

function stateOf(workbench: Workbench, view: CellView): readonly ReturnType<typeof piece>[] {
  const { nowMs } = workbench.store.get();
  const { activity, outcome, isStale, sinceMs } = view;
  if (activity === 'running') {
    return [piece(`⟳ ${durationText(nowMs - sinceMs)} `, 'running')];
  }
  if (activity === 'waiting') return [piece('◌ waits ', 'waiting')];
  if (outcome === null) return [piece('○ not run ', 'never')];
  const stale = isStale ? [piece('◐ stale ', 'stale')] : [];
  const { result, status, durationMs } = outcome;
  if (status === 'failed') return [...stale, piece('✗ failed ', 'fail')];
  if (status === 'skipped') return [...stale, piece('⊘ skipped ', 'skipped')];
  const count =
    result?.kind === 'rows'
      ? ` · ${result.answer.isCut ? 'first ' : ''}${plural(result.answer.rows.length, 'row')}`
      : '';
  const isQuick = outcome.sql === null && result?.kind !== 'run';
  const time = isQuick ? '' : ` ${durationText(durationMs)}`;
  return [...stale, piece(`✓${time}${count} `, 'ok')];
}

function emptyRows(workbench: Workbench): readonly Row[] {
  const known = workbench.notebooks.list();
  return [
    row('No notebook is open.', 'muted'),
    BLANK,
    row('o finds a notebook of the project, n starts a new one.', 'muted'),
    row('C on a model opens it as a notebook: one cell for each CTE.', 'muted'),
    ...(known.length === 0 ? [] : [BLANK, row('in the project:', 'heading')]),
    ...known.slice(0, 12).map((file): Row => row(`  ▤ ${file}`)),
  ];
}
