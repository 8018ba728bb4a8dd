/**
 * Rows of a result, windowed: only the cells on screen are ever formatted.
 */
import type { ResultColumn } from '../../warehouse/index.js';
import {
  cellText,
  isRightAligned,
  kindGlyph,
  typeText,
  isShaped,
  type Piece,
  type ResultShape,
  shownColumns,
  windowOf,
  type Workbench,
} from '../../workbench/index.js';
import { cutEnd, padTo } from '../cells/fit.js';
import type { Surface } from '../cells/surface.js';
import { drawFrame } from './frame.js';
import { drawRows, piece, type Row, row, wrapped } from './rows.js';
import { countText, durationText, plural } from './words.js';

// Names, types, rule.
const HEADER_ROWS = 3;
// Cells of a condition that the border always shows.
const MIN_CONDITION = 14;

export function drawDataGrid(surface: Surface, workbench: Workbench): void {
  const { data, overlay } = workbench.store.get();
  const { grid } = data;
  const inner = drawFrame(surface, {
    title: data.status === 'idle' ? 'data' : data.title,
    extras: shapePieces(workbench, surface.width),
    right: statusText(workbench),
    bottom:
      grid.rowCount === 0
        ? ''
        : `row ${countText(grid.cursorRow + 1)} of ${countText(grid.rowCount)}${data.status === 'done' ? '' : '+'} · col ${shownColumns(grid).indexOf(grid.cursorColumn) + 1} of ${shownColumns(grid).length}${grid.hidden.size === 0 ? '' : ` · ${grid.hidden.size} hidden`}`,
    isFocused: overlay === null,
  });
  if (grid.columns.length === 0) {
    drawRows(inner, emptyRows(workbench, inner.width), 0);
    return;
  }
  const body = inner.view(0, HEADER_ROWS, inner.width, inner.height - HEADER_ROWS);
  const shown = windowOf(grid, body);
  for (const { index, x, width, isFrozen } of shown.columns) {
    const column = grid.columns[index];
    if (column === undefined) continue;
    const isRight = isRightAligned(column.kind);
    const isCursor = index === grid.cursorColumn;
    const name = `${column.name} ${columnMark(data.shape, column)}`;
    inner.text(
      x,
      0,
      padTo(name, width, isRight ? 'left' : 'right'),
      isCursor ? 'titleFocus' : 'heading',
    );
    inner.text(x, 1, padTo(typeText(column.typeName), width, isRight ? 'left' : 'right'), 'muted');
    inner.fill(x, 2, width, 1, '─', 'border');
    for (let y = 0; y < shown.rowCount; y += 1) {
      const { text, isNull } = cellText(grid.rows[shown.topRow + y]?.[index]);
      const side = isRight ? 'left' : 'right';
      body.text(x, y, padTo(text, width, side), isNull ? 'null' : 'text');
    }
    const next = x + width;
    if (next + 1 < inner.width) {
      const line = isFrozen ? '┃' : '│';
      inner.fill(next + 1, 0, 1, 2, line, 'border');
      inner.text(next, 2, '─┼─', 'border');
      body.fill(next + 1, 0, 1, shown.rowCount, line, 'border');
    }
  }
  drawCursor(body, workbench, shown);
  if (data.error !== null) {
    const rows = errorLines(data.error, inner.width);
    drawRows(
      body.view(0, Math.max(0, body.height - rows.length), body.width, rows.length),
      rows,
      0,
    );
  } else if (grid.rowCount === 0 && data.status === 'done') {
    body.text(
      0,
      0,
      isShaped(workbench) ? 'No row meets the condition: backspace shows all.' : 'No rows.',
      'muted',
    );
  }
}

function drawCursor(body: Surface, workbench: Workbench, shown: ReturnType<typeof windowOf>): void {
  const { grid } = workbench.store.get().data;
  const y = grid.cursorRow - shown.topRow;
  if (grid.rowCount > 0 && y >= 0 && y < body.height) {
    body.tint(0, y, body.width, 1, 'selectedIdle');
    const column = shown.columns.find(({ index }) => index === grid.cursorColumn);
    if (column !== undefined) body.tint(column.x, y, column.width, 1, 'selected');
  }
  for (const { index, x, width } of shown.columns) {
    for (let row = 0; row < shown.rowCount; row += 1) {
      body.onClick(x, row, width, 1, () => {
        workbench.store.update((state) => ({
          ...state,
          data: {
            ...state.data,
            grid: { ...state.data.grid, cursorRow: shown.topRow + row, cursorColumn: index },
          },
        }));
      });
    }
  }
}

/** How the rows are sorted and filtered, for the border. */
function shapePieces(workbench: Workbench, width: number): readonly Piece[] {
  const { sorts, condition } = workbench.store.get().data.shape;
  const sorted = sorts.map(({ column, isDescending }) => `${column} ${isDescending ? '↓' : '↑'}`);
  return [
    ...(sorted.length === 0 ? [] : [piece(`· sorted ${sorted.join(', ')} `, 'accent')]),
    ...(condition.trim() === ''
      ? []
      : [
          piece(
            `· where ${cutEnd(condition.replaceAll(/\s+/gu, ' '), Math.max(MIN_CONDITION, width - 66))} `,
            'warn',
          ),
        ]),
  ];
}

/** What stands behind a column's name: how it is sorted, else what it holds. */
function columnMark({ sorts }: ResultShape, { name, kind }: ResultColumn): string {
  const sort = sorts.find(({ column }) => column === name);
  if (sort === undefined) return kindGlyph(kind);
  return sort.isDescending ? '↓' : '↑';
}

/** What is known of the number of rows, and no more than that. */
function statusText(workbench: Workbench): string {
  const { data, nowMs } = workbench.store.get();
  const rows = plural(data.grid.rowCount, 'row');
  const time = data.firstPageMs === null ? '' : ` · ${durationText(data.firstPageMs)}`;
  switch (data.status) {
    case 'idle':
      return '';
    case 'loading':
      return `⟳ asking… ${durationText(nowMs - data.startedAtMs)} · ctrl-c cancels`;
    case 'cancelling':
      return `cancelling… ${rows}`;
    case 'open':
      return `first ${rows}, more below${time}`;
    case 'done':
      return `${rows}${time}`;
    case 'cut':
      return `first ${rows}, stopped there${time}`;
    default:
      return data.grid.rowCount === 0 ? 'failed' : `failed after ${rows}`;
  }
}

function emptyRows(workbench: Workbench, width: number): readonly Row[] {
  const { data } = workbench.store.get();
  if (data.error !== null) return errorLines(data.error, width);
  if (data.status === 'loading') return [row('⟳ Asking the warehouse…', 'running')];
  if (data.status === 'cut') return [row('Cancelled before the first row. a asks again.', 'muted')];
  return [
    row('No rows to look at yet.', 'muted'),
    row("p on a node previews it; e types a query, as: select * from {{ ref('orders') }}", 'muted'),
  ];
}

function errorLines(
  error: { readonly message: string; readonly hint: string | null },
  width: number,
): readonly Row[] {
  return [
    ...wrapped(error.message, width, 'fail'),
    ...(error.hint === null ? [] : wrapped(`hint: ${error.hint}`, width, 'accent')),
    row('e changes the query, a asks again.', 'muted'),
  ];
}
