/**
 * Rows of the map: each layer keeps its order, and vertices come as near to their neighbours' rows as it allows.
 */
import type { Layers } from './map-layers.js';

const PASSES = 4;

/** One row for each vertex, >= 0, distinct within a layer; rows that nobody uses are taken out. */
export function rowsOf(layers: Layers): number[] {
  const rows: number[] = [];
  for (const layer of layers.layers) {
    layer.forEach((vertex, place) => {
      rows[vertex] = place;
    });
  }
  for (let pass = 0; pass < PASSES; pass += 1) {
    const isRightward = pass % 2 === 0;
    const turns = isRightward ? layers.layers : layers.layers.toReversed();
    const neighbours = isRightward ? layers.before : layers.after;
    for (const layer of turns) {
      const wishes = layer.map((vertex) =>
        wishOf(neighbours[vertex] ?? [], rows, rows[vertex] ?? 0),
      );
      const places = placeInOrder(wishes);
      layer.forEach((vertex, place) => {
        rows[vertex] = places[place] ?? 0;
      });
    }
  }
  return withoutEmptyRows(rows);
}

function wishOf(neighbours: readonly number[], rows: readonly number[], otherwise: number): number {
  if (neighbours.length === 0) return otherwise;
  const sorted = neighbours.map((vertex) => rows[vertex] ?? 0).sort((left, right) => left - right);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2;
}

/**
 * Rows in the given order, at least one apart, with the least sum of squared distances to the wishes:
 * pool-adjacent-violators over the wishes less their place.
 */
function placeInOrder(wishes: readonly number[]): readonly number[] {
  const blocks: { sum: number; count: number }[] = [];
  wishes.forEach((wish, place) => {
    let block = { sum: wish - place, count: 1 };
    for (let last = blocks.at(-1); last !== undefined; last = blocks.at(-1)) {
      if (last.sum / last.count < block.sum / block.count) break;
      block = { sum: last.sum + block.sum, count: last.count + block.count };
      blocks.pop();
    }
    blocks.push(block);
  });
  const rows: number[] = [];
  for (const block of blocks) {
    const level = Math.round(block.sum / block.count);
    for (let index = 0; index < block.count; index += 1) rows.push(level + rows.length);
  }
  return rows;
}

function withoutEmptyRows(rows: readonly number[]): number[] {
  const used = [...new Set(rows)].sort((left, right) => left - right);
  const dense = new Map(used.map((row, index) => [row, index]));
  return rows.map((row) => dense.get(row) ?? 0);
}
