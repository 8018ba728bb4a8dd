/**
 * A chart as numbers: the query that asks for them, and what its rows mean.
 */
import type { Cell, CellKind, ResultPage } from '../../warehouse/index.js';
import { isAggregate, withPercentiles } from './aggregates.js';
import type { ChartCell, ChartShape } from './notebook.js';

export interface ChartPoint {
  /** Of a histogram `from - to`. */
  readonly label: string;
  /** Null where the query gave none. */
  readonly value: number | null;
  /** Which sparkline it belongs to; null where there is one only. */
  readonly group: string | null;
}

export interface ChartData {
  readonly shape: ChartShape;
  /** The expressions that were drawn. */
  readonly xTitle: string;
  readonly yTitle: string;
  /** In the order to draw. */
  readonly points: readonly ChartPoint[];
  /** True if there was more than was drawn. */
  readonly isCut: boolean;
}

const BARS = 20;
const POINTS = 1000;
const BINS = 20;

/** Bars, points or bins to read at most. */
export function chartLimit(cell: ChartCell): number {
  if (cell.shape === 'histogram') return cell.bins ?? BINS;
  return cell.limit ?? (cell.shape === 'bar' ? BARS : POINTS);
}

/**
 * The query of a chart, as a template over its cell: the warehouse adds up, so that few rows travel.
 *
 * Columns: of a histogram the lowest and highest value, the bin from 0, and the count; else group (if any), x, y.
 */
export function chartQuery(cell: ChartCell): string {
  const from = `from {{ cell('${cell.of}') }}`;
  if (cell.shape === 'histogram') return histogramQuery(cell, from);
  const y = withPercentiles(cell.y ?? 'count(*)');
  const groups = cell.by === null ? '' : `${cell.by} as chart_group, `;
  const keys = cell.by === null ? '1' : '1, 2';
  const value = cell.by === null ? 2 : 3;
  const grouping = isAggregate(y) ? `\ngroup by ${keys}` : '';
  const order = cell.shape === 'bar' ? `${value} desc nulls last, 1` : keys;
  return `select ${groups}${cell.x} as chart_x, ${y} as chart_y\n${from}${grouping}\norder by ${order}`;
}

function histogramQuery(cell: ChartCell, from: string): string {
  const bins = cell.bins ?? BINS;
  const at = `floor((chart_value - chart_low) / nullif(chart_high - chart_low, 0) * ${bins})`;
  return [
    `with chart_values as (select cast(${cell.x} as double) as chart_value ${from}),`,
    'chart_bounds as (select min(chart_value) as chart_low, max(chart_value) as chart_high from chart_values)',
    `select chart_low, chart_high, coalesce(least(${at}, ${bins - 1}), 0) as chart_bin, count(*) as chart_y`,
    'from chart_values cross join chart_bounds',
    'where chart_value is not null',
    'group by 1, 2, 3',
    'order by 3',
  ].join('\n');
}

/** Reads the rows of `chartQuery`. */
export function chartData(
  cell: ChartCell,
  page: ResultPage & { readonly isCut: boolean },
): ChartData {
  const isHistogram = cell.shape === 'histogram';
  return {
    shape: cell.shape,
    xTitle: cell.x,
    yTitle: isHistogram ? 'count' : (cell.y ?? ''),
    points: isHistogram ? binPoints(cell.bins ?? BINS, page) : points(cell, page),
    isCut: page.isCut && !isHistogram,
  };
}

function points(cell: ChartCell, { columns, rows }: ResultPage): readonly ChartPoint[] {
  const xAt = cell.by === null ? 0 : 1;
  const found = rows.map((row) => ({
    label: labelOf(row[xAt]),
    value: numberOf(row[xAt + 1]),
    group: cell.by === null ? null : labelOf(row[0]),
  }));
  // The largest bars are asked for, but time runs in one direction only.
  return cell.shape === 'bar' && isTime(columns[xAt]?.kind)
    ? found.toSorted((left, right) => (left.label < right.label ? -1 : 1))
    : found;
}

/** Every bin, empty ones included. */
function binPoints(bins: number, { rows }: ResultPage): readonly ChartPoint[] {
  const [first] = rows;
  const low = numberOf(first?.[0]);
  const high = numberOf(first?.[1]);
  if (low === null || high === null) return [];
  const counts = new Map(rows.map((row) => [numberOf(row[2]), numberOf(row[3])]));
  if (low === high) return [{ label: numberText(low), value: counts.get(0) ?? 0, group: null }];
  const step = (high - low) / bins;
  return Array.from({ length: bins }, (_, bin) => ({
    label: `${numberText(low + bin * step)} – ${numberText(low + (bin + 1) * step)}`,
    value: counts.get(bin) ?? 0,
    group: null,
  }));
}

function isTime(kind: CellKind | undefined): boolean {
  return kind === 'date' || kind === 'timestamp' || kind === 'timestamp_tz';
}

function labelOf(cell: Cell | undefined): string {
  return cell === null || cell === undefined ? '∅' : String(cell);
}

/** Decimals come as text, to keep their digits; a picture needs none. */
function numberOf(cell: Cell | undefined): number | null {
  if (cell === null || cell === undefined || cell === '') return null;
  const value = Number(cell);
  return Number.isFinite(value) ? value : null;
}

/** The values of each group, in the order of the points. */
export function groupsOf(
  points: readonly ChartPoint[],
): readonly { readonly label: string | null; readonly values: readonly (number | null)[] }[] {
  const groups = new Map<string | null, (number | null)[]>();
  for (const { group, value } of points) {
    const known = groups.get(group);
    if (known === undefined) groups.set(group, [value]);
    else known.push(value);
  }
  return [...groups].map(([label, values]) => ({ label, values }));
}

/** A number for a picture: grouped, with the digits that can be seen. */
export function numberText(value: number): string {
  const size = Math.abs(value);
  return value.toLocaleString(
    'en-US',
    size >= 100 || Number.isInteger(value)
      ? { maximumFractionDigits: 0 }
      : size >= 1
        ? { maximumFractionDigits: 2 }
        : { maximumSignificantDigits: 3 },
  );
}
