/**
 * States of APPROX_TOP_K and APPROX_PERCENTILE, to be kept, combined and asked. Their form is ours, as Snowflake's is its own.
 *
 * Both are exact while they are small: a top-k state up to its number of counters, a digest up to some hundred values.
 */
import { type NativeFunction, listAt, numberAt, textAt } from '../../duckdb/native-function.js';
import { WarehouseError } from '../../warehouse-error.js';

/** Larger is finer: the widest centroid holds about 4 % of the values divided by this over 100. */
const COMPRESSION = 200;

/** The `state` of a state's JSON, as pairs. @throws WarehouseError if it is none of that type. */
function readState(text: string, type: string): readonly (readonly [unknown, number])[] {
  const value: unknown = JSON.parse(text);
  if (typeof value === 'object' && value !== null && 'type' in value && 'state' in value) {
    const { type: found, state } = value;
    if (found === type && Array.isArray(state))
      return state.map((pair: unknown) => {
        const [first, second]: readonly unknown[] = Array.isArray(pair) ? pair : [];
        return [first, Number(second)];
      });
  }
  throw new WarehouseError('warehouse/failed', `The value is no state of ${type}.`);
}

function writeState(type: string, state: readonly (readonly [unknown, number])[]): string {
  return JSON.stringify({ state, type, version: 1 });
}

/** The most frequent first; values that are as frequent stand in their order of appearance. */
function topOf(counts: ReadonlyMap<string, number>, limit: number): readonly [unknown, number][] {
  return [...counts]
    .sort(([, left], [, right]) => right - left)
    .slice(0, limit)
    .map(([key, count]): [unknown, number] => [JSON.parse(key), count]);
}

function add(counts: Map<string, number>, key: string, count: number): void {
  counts.set(key, (counts.get(key) ?? 0) + count);
}

function countValues(values: readonly string[], counters: number): string {
  const counts = new Map<string, number>();
  for (const value of values) add(counts, value, 1);
  return writeState('topk', topOf(counts, counters));
}

function mergeCounts(states: readonly string[], counters: number): string {
  const counts = new Map<string, number>();
  for (const state of states)
    for (const [value, count] of readState(state, 'topk'))
      add(counts, JSON.stringify(value), count);
  return writeState('topk', topOf(counts, counters > 0 ? counters : counts.size));
}

type Centroid = readonly [mean: number, weight: number];

/** Merges neighbours while what they hold is little at their place: fine at both ends, coarse in the middle. */
function compressed(points: readonly Centroid[]): readonly Centroid[] {
  const sorted = [...points].sort(([left], [right]) => left - right);
  const total = sorted.reduce((sum, [, weight]) => sum + weight, 0);
  const out: Centroid[] = [];
  let before = 0;
  let last: Centroid | undefined;
  for (const point of sorted) {
    const weight = (last?.[1] ?? 0) + point[1];
    const share = (before + weight / 2) / total;
    if (last !== undefined && weight <= (4 * total * share * (1 - share)) / COMPRESSION) {
      last = [(last[0] * last[1] + point[0] * point[1]) / weight, weight];
      continue;
    }
    if (last !== undefined) {
      out.push(last);
      before += last[1];
    }
    last = point;
  }
  return last === undefined ? out : [...out, last];
}

function readCentroids(state: string): readonly Centroid[] {
  return readState(state, 'tdigest').map(([mean, weight]) => [Number(mean), weight]);
}

/** The value at a share of the way from the least to the greatest, between the middles of centroids; null of nothing. */
function valueAt(centroids: readonly Centroid[], share: number): number | null {
  const total = centroids.reduce((sum, [, weight]) => sum + weight, 0);
  const wanted = share * (total - 1);
  let before = 0;
  let left: { readonly rank: number; readonly mean: number } | undefined;
  for (const [mean, weight] of centroids) {
    const rank = before + (weight - 1) / 2;
    if (rank >= wanted) {
      if (left === undefined || rank === wanted) return mean;
      return left.mean + ((mean - left.mean) * (wanted - left.rank)) / (rank - left.rank);
    }
    left = { rank, mean };
    before += weight;
  }
  return left?.mean ?? null;
}

export const SKETCHES: readonly NativeFunction[] = [
  {
    name: '__top_k',
    parameters: ['VARCHAR[]', 'BIGINT'],
    returns: 'VARCHAR',
    call: (...values) => countValues(listAt(values, 0), numberAt(values, 1)),
  },
  {
    name: '__top_k_merge',
    parameters: ['VARCHAR[]', 'BIGINT'],
    returns: 'VARCHAR',
    call: (...values) => mergeCounts(listAt(values, 0), numberAt(values, 1)),
  },
  {
    name: '__top_k_estimate',
    parameters: ['VARCHAR', 'BIGINT'],
    returns: 'VARCHAR',
    call: (...values) =>
      JSON.stringify(readState(textAt(values, 0), 'topk').slice(0, numberAt(values, 1))),
  },
  {
    name: '__digest',
    parameters: ['VARCHAR[]'],
    returns: 'VARCHAR',
    call: (...values) =>
      writeState('tdigest', compressed(listAt(values, 0).map((value) => [Number(value), 1]))),
  },
  {
    name: '__digest_merge',
    parameters: ['VARCHAR[]'],
    returns: 'VARCHAR',
    call: (...values) =>
      writeState('tdigest', compressed(listAt(values, 0).flatMap((state) => readCentroids(state)))),
  },
  {
    name: '__digest_estimate',
    parameters: ['VARCHAR', 'DOUBLE'],
    returns: 'DOUBLE',
    call: (...values) => valueAt(readCentroids(textAt(values, 0)), numberAt(values, 1)),
  },
];
