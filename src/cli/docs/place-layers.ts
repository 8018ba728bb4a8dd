/**
 * Heights of a layered drawing: each layer keeps its order, and vertices come as near to their neighbours as their sizes allow.
 */
export interface LayeredVertices {
  /** Vertices of each layer, top to bottom. */
  readonly layers: readonly (readonly number[])[];
  /** For each vertex its neighbours one layer to the left, and to the right. */
  readonly before: readonly (readonly number[])[];
  readonly after: readonly (readonly number[])[];
}

const PASSES = 8;

/**
 * Centres of the vertices, the topmost edge at 0.
 *
 * @param sizeOf the height that a vertex takes, with the space around it. O(passes x (V + E)).
 */
export function placeLayers(
  graph: LayeredVertices,
  sizeOf: (vertex: number) => number,
): readonly number[] {
  const centres: number[] = [];
  for (const layer of graph.layers) {
    let top = 0;
    for (const vertex of layer) {
      centres[vertex] = top + sizeOf(vertex) / 2;
      top += sizeOf(vertex);
    }
  }
  for (let pass = 0; pass < PASSES; pass += 1) {
    const isRightward = pass % 2 === 0;
    const turns = isRightward ? graph.layers : graph.layers.toReversed();
    const neighbours = isRightward ? graph.before : graph.after;
    for (const layer of turns) {
      const wishes = layer.map((vertex) => wishOf(neighbours[vertex] ?? [], centres, vertex));
      spread(layer, wishes, sizeOf).forEach((centre, place) => {
        const vertex = layer[place];
        if (vertex !== undefined) centres[vertex] = centre;
      });
    }
  }
  let top = Number.POSITIVE_INFINITY;
  centres.forEach((centre, vertex) => {
    top = Math.min(top, centre - sizeOf(vertex) / 2);
  });
  return centres.map((centre) => centre - top);
}

function wishOf(neighbours: readonly number[], centres: readonly number[], vertex: number): number {
  if (neighbours.length === 0) return centres[vertex] ?? 0;
  let sum = 0;
  for (const neighbour of neighbours) sum += centres[neighbour] ?? 0;
  return sum / neighbours.length;
}

/** Centres in the given order that do not overlap, nearest to the wishes: wishes that collide share their mean. */
function spread(
  layer: readonly number[],
  wishes: readonly number[],
  sizeOf: (vertex: number) => number,
): readonly number[] {
  const offsets: number[] = [];
  let top = 0;
  for (const vertex of layer) {
    offsets.push(top + sizeOf(vertex) / 2);
    top += sizeOf(vertex);
  }
  const blocks: { sum: number; count: number }[] = [];
  wishes.forEach((wish, place) => {
    let block = { sum: wish - (offsets[place] ?? 0), count: 1 };
    for (let last = blocks.at(-1); last !== undefined; last = blocks.at(-1)) {
      if (last.sum / last.count < block.sum / block.count) break;
      block = { sum: last.sum + block.sum, count: last.count + block.count };
      blocks.pop();
    }
    blocks.push(block);
  });
  const shifts = blocks.flatMap(({ sum, count }) =>
    Array.from({ length: count }, () => sum / count),
  );
  return offsets.map((offset, place) => offset + (shifts[place] ?? 0));
}
