/**
 * What a column holds, in figures and a picture: asked of the warehouse over all rows of the result.
 */
import { quoteIdentifier } from '../../sql/index.js';
import type {
  Cell,
  CellKind,
  Dialect,
  ResultColumn,
  ResultPage,
  Row,
} from '../../warehouse/index.js';
import { derived } from './result-shape.js';

/** One value with how often it is there. */
export interface Facet {
  readonly cell: Cell;
  readonly count: number;
}

export interface ColumnProfile {
  readonly column: ResultColumn;
  readonly rowCount: number;
  readonly nullCount: number;
  readonly distinctCount: number;
  /** Name and value, in the order to show: min, quartiles, max, mean. */
  readonly figures: readonly (readonly [name: string, cell: Cell])[];
  /** Most frequent first. */
  readonly facets: readonly Facet[];
  /** Counts of bins of equal width from lowest to highest; empty where values have no distance. */
  readonly bins: readonly number[];
}

/** Values listed at most. */
export const MAX_FACETS = 200;
const BINS = 40;

/** Asks one statement and returns its rows, at most so many. */
export type AskRows = (sql: string, maxRows: number) => Promise<ResultPage>;

/**
 * Profiles a column of a statement.
 *
 * @throws what the warehouse throws.
 */
export async function profileColumn(
  sql: string,
  column: ResultColumn,
  dialect: Dialect,
  ask: AskRows,
): Promise<ColumnProfile> {
  const name = quoteIdentifier(column.name);
  const value = isPlain(column.kind) ? name : `cast(${name} as varchar)`;
  const figures = FIGURES[shapeOf(column.kind)];
  const selected = ['count(*)', `count(${name})`, `count(distinct ${value})`].concat(
    figures.map(([, expression]) => expression(value)),
  );
  const first = (await ask(`select ${selected.join(', ')}\nfrom ${derived(sql)}`, 1)).rows[0] ?? [];
  const [rowCount, known, distinctCount] = [first[0], first[1], first[2]].map(Number);
  const facets = await ask(
    `select ${value}, count(*)\nfrom ${derived(sql)}\ngroup by 1\norder by 2 desc, 1 nulls last\nlimit ${MAX_FACETS}`,
    MAX_FACETS,
  );
  const hasBins = shapeOf(column.kind) !== 'word' && (distinctCount ?? 0) > 1;
  const bins = hasBins ? (await ask(binQuery(sql, name, column.kind, dialect), BINS + 1)).rows : [];
  return {
    column,
    rowCount: rowCount ?? 0,
    nullCount: (rowCount ?? 0) - (known ?? 0),
    distinctCount: distinctCount ?? 0,
    figures: figures.map(([label], index) => [label, first[index + 3] ?? null]),
    facets: facets.rows.map((row) => ({ cell: row[0] ?? null, count: Number(row[1]) })),
    bins: hasBins ? binCounts(bins) : [],
  };
}

type Shape = 'number' | 'time' | 'word';

function shapeOf(kind: CellKind): Shape {
  switch (kind) {
    case 'integer':
    case 'decimal':
    case 'float':
      return 'number';
    case 'date':
    case 'timestamp':
    case 'timestamp_tz':
      return 'time';
    default:
      return 'word';
  }
}

/** Whether values group and compare as they are. */
function isPlain(kind: CellKind): boolean {
  return kind !== 'json' && kind !== 'binary' && kind !== 'time';
}

const quantile =
  (share: number) =>
  (value: string): string =>
    `percentile_cont(${share}) within group (order by cast(${value} as double))`;

const FIGURES: Readonly<
  Record<Shape, readonly (readonly [label: string, expression: (value: string) => string])[]>
> = {
  number: [
    ['min', (value) => `min(${value})`],
    ['p25', quantile(0.25)],
    ['p50', quantile(0.5)],
    ['p75', quantile(0.75)],
    ['p95', quantile(0.95)],
    ['max', (value) => `max(${value})`],
    ['mean', (value) => `avg(cast(${value} as double))`],
  ],
  time: [
    ['min', (value) => `min(${value})`],
    ['max', (value) => `max(${value})`],
  ],
  word: [
    ['min', (value) => `min(cast(${value} as varchar))`],
    ['max', (value) => `max(cast(${value} as varchar))`],
    ['longest', (value) => `max(length(cast(${value} as varchar)))`],
  ],
};

/** A row a bin: its place from 0, and how many values it holds. */
function binQuery(sql: string, name: string, kind: CellKind, dialect: Dialect): string {
  const number =
    shapeOf(kind) === 'number' ? `cast(${name} as double)` : epochOf(name, kind, dialect);
  const at = `floor((value - low) / nullif(high - low, 0) * ${BINS})`;
  return [
    `with given as (select ${number} as value from ${derived(sql)}),`,
    'bounds as (select min(value) as low, max(value) as high from given)',
    `select least(${at}, ${BINS - 1}) as bin, count(*) as many`,
    'from given cross join bounds',
    'where value is not null',
    'group by 1',
    'order by 1',
  ].join('\n');
}

function epochOf(name: string, kind: CellKind, dialect: Dialect): string {
  if (dialect === 'duckdb') return `epoch(cast(${name} as timestamp))`;
  const moment = kind === 'date' ? `cast(${name} as timestamp_ntz)` : name;
  return `date_part(epoch_second, ${moment})`;
}

function binCounts(rows: readonly Row[]): readonly number[] {
  const counts = new Map(rows.map((row) => [Number(row[0]), Number(row[1])]));
  return Array.from({ length: BINS }, (_, bin) => counts.get(bin) ?? 0);
}
