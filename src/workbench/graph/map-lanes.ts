/**
 * Lanes: where between two layers each bundle of edges goes up and down.
 *
 * A *net* is a set of targets that have exactly the same sources in the gap: its edges share one vertical line, which says
 * nothing that is not so. Two lines in one row must not touch: a net whose target shares a row with a stranger's source has to
 * turn after that source's last net. Of two nets that share a source, the one with fewer sources turns first: what flows on to
 * the other belongs there too. Where such demands contradict each other, the target's row is split.
 */
import type { Layers } from './map-layers.js';

export interface Net {
  readonly sources: readonly number[];
  readonly targets: readonly number[];
  /** Which lane, 0 next to the sources; -1: a straight line that needs none. */
  readonly lane: number;
}

/** The nets between a layer and the next one. */
export interface Gap {
  readonly nets: readonly Net[];
  readonly laneCount: number;
}

interface OpenNet {
  readonly sources: readonly number[];
  readonly targets: readonly number[];
  readonly top: number;
  readonly bottom: number;
}

/** Nets that must turn before a net, each with the row whose split would lift the demand, or null. */
type Demands = Map<number, number | null>;

/** Assigns lanes; may push rows of `rows` down, to part lines that would touch. */
export function gapsOf(layers: Layers, rows: number[]): readonly Gap[] {
  const gaps: Gap[] = [];
  for (let rank = 0; rank + 1 < layers.layers.length; rank += 1) {
    let nets = netsOf(layers, rank, rows);
    let turns = turnsOf(nets, orderOf(nets, rows));
    // Each round splits rows that two lines shared, and makes none that are: it ends.
    while (turns.split.size > 0) {
      splitRows(layers, rank, rows, turns.split);
      nets = netsOf(layers, rank, rows);
      turns = turnsOf(nets, orderOf(nets, rows));
    }
    gaps.push(gapOf(nets, turns));
  }
  return gaps;
}

interface Turns {
  /** Nets in an order that meets all demands, with what each demands. */
  readonly order: readonly number[];
  readonly before: readonly ReadonlyMap<number, number | null>[];
  /** Rows to split first, because demands went in circles. */
  readonly split: ReadonlySet<number>;
}

function turnsOf(nets: readonly OpenNet[], demands: readonly Demands[]): Turns {
  const before = demands.map((one) => new Map(one));
  const later: number[][] = nets.map(() => []);
  before.forEach((earlier, net) => {
    for (const other of earlier.keys()) later[other]?.push(net);
  });
  const order = [...nets.keys()]
    .filter((net) => before[net]?.size === 0)
    .sort((left, right) => (nets[left]?.top ?? 0) - (nets[right]?.top ?? 0));
  const done = new Set<number>();
  const split = new Set<number>();
  const lift = (net: number, other: number): void => {
    if (before[net]?.delete(other) === true && before[net]?.size === 0) order.push(net);
  };
  let firstOpen = 0;
  while (done.size < nets.length) {
    for (let at = done.size; at < order.length; at += 1) {
      const net = order[at] ?? 0;
      done.add(net);
      for (const next of later[net] ?? []) lift(next, net);
    }
    if (done.size === nets.length) break;
    while (done.has(firstOpen)) firstOpen += 1;
    const circle = demandOnCircle(before, firstOpen);
    split.add(circle.row);
    lift(circle.net, circle.other);
  }
  return { order, before: demands, split };
}

/** A demand that, lifted, breaks a circle. There is one in each: fewer sources alone never go in a circle. */
function demandOnCircle(
  before: readonly ReadonlyMap<number, number | null>[],
  start: number,
): { readonly net: number; readonly other: number; readonly row: number } {
  const placeOf = new Map<number, number>();
  const walked: number[] = [];
  let net = start;
  while (!placeOf.has(net)) {
    placeOf.set(net, walked.length);
    walked.push(net);
    net = before[net]?.keys().next().value ?? net;
  }
  const circle = walked.slice(placeOf.get(net));
  for (const [index, one] of circle.entries()) {
    const other = circle[index + 1] ?? net;
    const row = before[one]?.get(other) ?? null;
    if (row !== null) return { net: one, other, row };
  }
  throw new Error('Lanes wait for each other in a circle without a row.');
}

/** Puts each net into the first lane after those that it waits for, and where its rows are free. */
function gapOf(nets: readonly OpenNet[], { order, before }: Turns): Gap {
  const lanes: number[] = nets.map(() => -1);
  const taken: OpenNet[][] = [];
  for (const index of order) {
    const net = nets[index];
    if (net === undefined || net.top === net.bottom) continue;
    let lane = 0;
    for (const earlier of before[index]?.keys() ?? []) {
      lane = Math.max(lane, (lanes[earlier] ?? -1) + 1);
    }
    while (!takeRows(taken, lane, net)) lane += 1;
    lanes[index] = lane;
  }
  return {
    nets: nets.map(({ sources, targets }, index) => ({
      sources,
      targets,
      lane: lanes[index] ?? -1,
    })),
    laneCount: taken.length,
  };
}

/** Takes the rows of a net in a lane, unless somebody has some of them. Each lane is kept by rows, for a quick search. */
function takeRows(taken: OpenNet[][], lane: number, net: OpenNet): boolean {
  const column = taken[lane];
  if (column === undefined) {
    taken[lane] = [net];
    return true;
  }
  let low = 0;
  let high = column.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((column[middle]?.top ?? 0) <= net.bottom) low = middle + 1;
    else high = middle;
  }
  const above = column[low - 1];
  if (above !== undefined && above.bottom >= net.top) return false;
  column.splice(low, 0, net);
  return true;
}

function netsOf(layers: Layers, rank: number, rows: readonly number[]): readonly OpenNet[] {
  const bySources = new Map<string, { sources: readonly number[]; targets: number[] }>();
  for (const target of layers.layers[rank + 1] ?? []) {
    const sources = layers.before[target] ?? [];
    if (sources.length === 0) continue;
    const key = [...sources].sort((left, right) => left - right).join();
    const net = bySources.get(key);
    if (net === undefined) bySources.set(key, { sources, targets: [target] });
    else net.targets.push(target);
  }
  return [...bySources.values()].map(({ sources, targets }) => {
    const used = [...sources, ...targets].map((vertex) => rows[vertex] ?? 0);
    return { sources, targets, top: Math.min(...used), bottom: Math.max(...used) };
  });
}

function orderOf(nets: readonly OpenNet[], rows: readonly number[]): readonly Demands[] {
  const before = nets.map((): Demands => new Map());
  const netsByRow = new Map<number, Set<number>>();
  const netsBySource = new Map<number, number[]>();
  nets.forEach((net, index) => {
    for (const source of net.sources) {
      const row = rows[source] ?? 0;
      netsByRow.set(row, (netsByRow.get(row) ?? new Set()).add(index));
      netsBySource.set(source, [...(netsBySource.get(source) ?? []), index]);
    }
  });
  nets.forEach((net, index) => {
    const sources = new Set(net.sources);
    for (const target of net.targets) {
      const row = rows[target] ?? 0;
      for (const other of netsByRow.get(row) ?? []) {
        if (other !== index && !isPartOf(nets[other], sources)) before[index]?.set(other, row);
      }
    }
    for (const source of net.sources) {
      for (const other of netsBySource.get(source) ?? []) {
        const isSmaller = (nets[other]?.sources.length ?? 0) < net.sources.length;
        if (isSmaller && isPartOf(nets[other], sources) && before[index]?.has(other) !== true) {
          before[index]?.set(other, null);
        }
      }
    }
  });
  return before;
}

function isPartOf(net: OpenNet | undefined, sources: ReadonlySet<number>): boolean {
  return net?.sources.every((source) => sources.has(source)) === true;
}

/** Everything below a split row moves down by one, and so does what stands in it right of the gap. */
function splitRows(layers: Layers, rank: number, rows: number[], split: ReadonlySet<number>): void {
  const sorted = [...split].sort((left, right) => left - right);
  layers.layers.forEach((layer, index) => {
    for (const vertex of layer) {
      const row = rows[vertex] ?? 0;
      const above = sorted.filter((one) => one < row || (one === row && index > rank)).length;
      rows[vertex] = row + above;
    }
  });
}
