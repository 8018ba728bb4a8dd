/**
 * Charts in letters: bars in eighths of a cell, lines in dots of braille, sparklines in eighths of a row.
 */
import { assertNever, display } from '../../base/index.js';
import { type ChartData, type ChartPoint, groupsOf, numberText } from './chart-data.js';

const MAX_LABEL = 32;
const MIN_PLOT = 10;
const LINE_ROWS = 10;
const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'] as const;
const LEVELS = '▁▂▃▄▅▆▇█';
/** Bits of a braille letter's dots, by column and by row from the top. */
const DOTS = [
  [0x01, 0x02, 0x04, 0x40],
  [0x08, 0x10, 0x20, 0x80],
] as const;

/**
 * Draws a chart. Labels have passed through `display()`.
 *
 * @param width cells of a line, at least 40.
 */
export function drawChart(chart: ChartData, width: number): readonly string[] {
  if (chart.points.every(({ value }) => value === null)) return ['nothing to draw'];
  switch (chart.shape) {
    case 'bar':
    case 'histogram':
      return bars(chart.points, width);
    case 'line':
      return line(chart.points, width);
    case 'sparkline':
      return sparklines(chart.points, width);
    default:
      return assertNever(chart.shape);
  }
}

/** What is drawn, in words: `bar · service by p90(minutes)`. */
export function chartTitle({ shape, xTitle, yTitle }: ChartData): string {
  return `${shape} · ${yTitle} by ${xTitle}`;
}

function bars(points: readonly ChartPoint[], width: number): readonly string[] {
  const labels = points.map(({ label }) => cut(label));
  const values = points.map(({ value }) => (value === null ? '∅' : numberText(value)));
  const labelWidth = Math.max(...labels.map(widthOf));
  const valueWidth = Math.max(...values.map(widthOf));
  const room = Math.max(MIN_PLOT, width - labelWidth - valueWidth - 4);
  const most = Math.max(...points.map(({ value }) => Math.abs(value ?? 0)));
  return points.map(({ value }, index) => {
    const bar = barOf(Math.abs(value ?? 0), most, room);
    // Below zero the bar is hollow: its length is the same, its meaning is not.
    const drawn = (value ?? 0) < 0 ? '░'.repeat(Math.ceil(widthOf(bar))) : bar;
    return `${padEnd(labels[index] ?? '', labelWidth)}  ${padEnd(drawn, room)}  ${(values[index] ?? '').padStart(valueWidth)}`;
  });
}

function barOf(value: number, most: number, room: number): string {
  if (most === 0) return '';
  const eighths = Math.round((value / most) * room * 8);
  return '█'.repeat(Math.floor(eighths / 8)) + (EIGHTHS[eighths % 8] ?? '');
}

function line(points: readonly ChartPoint[], width: number): readonly string[] {
  const values = points.map(({ value }) => value);
  const { low, high } = range(values);
  const [top, bottom] = [numberText(high), numberText(low)];
  const axis = Math.max(top.length, bottom.length);
  const room = Math.max(MIN_PLOT, width - axis - 3);
  const grid = plot(values, { low, high, columns: room * 2, rows: LINE_ROWS * 4 });
  const rows = Array.from({ length: LINE_ROWS }, (_, row) => {
    const label = row === 0 ? top : row === LINE_ROWS - 1 ? bottom : '';
    const letters = Array.from({ length: room }, (_unused, column) => brailleAt(grid, column, row));
    return `${label.padStart(axis)} ┤${letters.join('')}`.trimEnd();
  });
  const first = cut(points[0]?.label ?? '');
  const last = cut(points.at(-1)?.label ?? '');
  const gap = Math.max(1, room - widthOf(first) - widthOf(last));
  const under = ' '.repeat(axis + 2);
  return [...rows, points.length === 1 ? under + first : under + first + ' '.repeat(gap) + last];
}

/** The dots that are on, as `row * columns + column`, with a straight way between neighbours; gaps stay gaps. */
function plot(
  values: readonly (number | null)[],
  size: {
    readonly low: number;
    readonly high: number;
    readonly columns: number;
    readonly rows: number;
  },
): { readonly dots: ReadonlySet<number>; readonly columns: number } {
  const { low, high, columns, rows } = size;
  const dots = new Set<number>();
  const xOf = (index: number): number =>
    values.length < 2 ? 0 : Math.round((index / (values.length - 1)) * (columns - 1));
  const yOf = (value: number): number =>
    high === low ? Math.floor(rows / 2) : Math.round(((high - value) / (high - low)) * (rows - 1));
  for (const [index, value] of values.entries()) {
    if (value === null) continue;
    dots.add(yOf(value) * columns + xOf(index));
    const next = values[index + 1];
    if (next === null || next === undefined) continue;
    const [x, y, toX, toY] = [xOf(index), yOf(value), xOf(index + 1), yOf(next)];
    const steps = Math.max(Math.abs(toX - x), Math.abs(toY - y));
    for (let step = 1; step < steps; step += 1) {
      const share = step / steps;
      dots.add(Math.round(y + (toY - y) * share) * columns + Math.round(x + (toX - x) * share));
    }
  }
  return { dots, columns };
}

function brailleAt(
  { dots, columns }: ReturnType<typeof plot>,
  column: number,
  row: number,
): string {
  let bits = 0;
  for (const [dx, bitsOfColumn] of DOTS.entries()) {
    for (const [dy, bit] of bitsOfColumn.entries()) {
      if (dots.has((row * 4 + dy) * columns + column * 2 + dx)) bits |= bit;
    }
  }
  return bits === 0 ? ' ' : String.fromCodePoint(0x2800 + bits);
}

function sparklines(points: readonly ChartPoint[], width: number): readonly string[] {
  const groups = groupsOf(points);
  const labels = groups.map(({ label }) => cut(label ?? ''));
  const labelWidth = Math.max(...labels.map(widthOf));
  return groups.map(({ values }, index) => {
    const { low, high } = range(values);
    const last = values.findLast((value) => value !== null) ?? null;
    const told = `  ${numberText(low)} – ${numberText(high)}, last ${last === null ? '∅' : numberText(last)}`;
    const label = labelWidth === 0 ? '' : `${padEnd(labels[index] ?? '', labelWidth)}  `;
    const room = Math.max(MIN_PLOT, width - widthOf(label) - told.length);
    return `${label}${values
      .slice(-room)
      .map((value) => level(value, low, high))
      .join('')}${told}`;
  });
}

function level(value: number | null, low: number, high: number): string {
  if (value === null) return ' ';
  const share = high === low ? 0.5 : (value - low) / (high - low);
  return LEVELS[Math.round(share * (LEVELS.length - 1))] ?? '';
}

function range(values: readonly (number | null)[]): {
  readonly low: number;
  readonly high: number;
} {
  const known = values.filter((value) => value !== null);
  return known.length === 0
    ? { low: 0, high: 0 }
    : { low: Math.min(...known), high: Math.max(...known) };
}

function cut(text: string): string {
  const letters = Array.from(display(text));
  return letters.length > MAX_LABEL
    ? `${letters.slice(0, MAX_LABEL - 1).join('')}…`
    : letters.join('');
}

function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)));
}

/** Cells that a text takes: two for letters of East Asia and emoji, none for marks that join. */
function widthOf(text: string): number {
  let width = 0;
  for (const letter of text) {
    if (/\p{M}/u.test(letter)) continue;
    width += WIDE.test(letter) ? 2 : 1;
  }
  return width;
}

const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\p{Emoji_Presentation}]/u;
