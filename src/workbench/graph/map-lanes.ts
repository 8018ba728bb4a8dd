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

/** Assigns lanes; may push rows of `rows` down, one at a time, to part lines that would touch. */
export function gapsOf(layers: Layers, rows: number[]): readonly Gap[] {
  const gaps: Gap[] = [];
  for (let rank = 0; rank + 1 < layers.layers.length; rank += 1) {
    let gap = gapOf(layers, rank, rows);
    for (; typeof gap === 'number'; gap = gapOf(layers, rank, rows))
      splitRow(layers, rank, rows, gap);
    gaps.push(gap);
  }
  return gaps;
}

/** The gap after a rank, or the row that must be split first. */
function gapOf(layers: Layers, rank: number, rows: readonly number[]): Gap | number {
  const nets = netsOf(layers, rank, rows);
  const before = orderOf(nets, rows);
  const lanes: number[] = nets.map(() => -1);
  const waiting = nets.map((_, net) => before[net]?.size ?? 0);
  const later: number[][] = nets.map(() => []);
  before.forEach((earlier, net) => {
    for (const other of earlier.keys()) later[other]?.push(net);
  });
  const ready = [...nets.keys()]
    .filter((net) => waiting[net] === 0)
    .sort((left, right) => (nets[left]?.top ?? 0) - (nets[right]?.top ?? 0));
  const taken: OpenNet[][] = [];
  for (let at = 0; at < ready.length; at += 1) {
    const index = ready[at] ?? 0;
    const net = nets[index];
    if (net === undefined) continue;
    if (net.top !== net.bottom) {
      let lane = 0;
      for (const earlier of before[index]?.keys() ?? []) {
        lane = Math.max(lane, (lanes[earlier] ?? -1) + 1);
      }
      while (taken[lane]?.some((other) => overlaps(other, net)) === true) lane += 1;
      lanes[index] = lane;
      const column = taken[lane];
      if (column === undefined) taken[lane] = [net];
      else column.push(net);
    }
    for (const next of later[index] ?? []) {
      waiting[next] = (waiting[next] ?? 0) - 1;
      if (waiting[next] === 0) ready.push(next);
    }
  }
  const stuck = waiting.findIndex((count) => count > 0);
  if (stuck !== -1) return rowOnCycle(before, waiting, stuck);
  return {
    nets: nets.map(({ sources, targets }, index) => ({
      sources,
      targets,
      lane: lanes[index] ?? -1,
    })),
    laneCount: taken.length,
  };
}

/** A row that, once split, breaks a circle of demands. There is one in each: fewer sources alone never go in a circle. */
function rowOnCycle(
  before: readonly ReadonlyMap<number, number | null>[],
  waiting: readonly number[],
  start: number,
): number {
  const walked: number[] = [];
  let net = start;
  while (!walked.includes(net)) {
    walked.push(net);
    net = [...(before[net]?.keys() ?? [])].find((other) => (waiting[other] ?? 0) > 0) ?? start;
  }
  const cycle = walked.slice(walked.indexOf(net));
  const rows = cycle.map((one, index) => before[one]?.get(cycle[index + 1] ?? net) ?? null);
  return rows.find((row) => row !== null) ?? 0;
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

/** For each net the nets that must turn before it, each with the row whose split would lift the demand, or null. */
function orderOf(
  nets: readonly OpenNet[],
  rows: readonly number[],
): readonly ReadonlyMap<number, number | null>[] {
  const before = nets.map(() => new Map<number, number | null>());
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

function overlaps(left: OpenNet, right: OpenNet): boolean {
  return left.top <= right.bottom && right.top <= left.bottom;
}

/** Everything below `row` moves down by one, and so does what stands in `row` right of the gap. */
function splitRow(layers: Layers, rank: number, rows: number[], row: number): void {
  layers.layers.forEach((layer, index) => {
    for (const vertex of layer) {
      const current = rows[vertex] ?? 0;
      if (current > row || (current === row && index > rank)) rows[vertex] = current + 1;
    }
  });
}
