/**
 * The graph of a kept manifest: edges stay numbers, lists of ids are made for the nodes that somebody asks about.
 */
import type { NodeId } from '../../base/index.js';
import type { Dag } from '../manifest.js';

/**
 * @param ids of the nodes that are enabled, in order.
 * @param parents for each of them what it depends on: numbers of enabled nodes, and ids of what is none.
 */
export function keptDag(
  ids: readonly NodeId[],
  parents: readonly (readonly (number | string)[])[],
): Dag {
  const numbers = new Map<NodeId, number>(ids.map((id, at) => [id, at]));
  const known = (at: number): number[] =>
    (parents[at] ?? []).filter((parent) => typeof parent === 'number');
  let children: readonly (readonly number[])[] | null = null;
  const childrenOf = (at: number): readonly number[] =>
    (children ??= turned(ids.length, known))[at] ?? [];
  return {
    parents: new Edges(ids, numbers, known),
    children: new Edges(ids, numbers, childrenOf),
  };
}

const NONE: readonly number[] = [];

/** Edges the other way round, in the order of the nodes that they come from. */
function turned(
  count: number,
  parentsOf: (at: number) => readonly number[],
): readonly (readonly number[])[] {
  const children: (number[] | undefined)[] = Array.from({ length: count });
  for (let at = 0; at < count; at += 1)
    for (const parent of parentsOf(at)) (children[parent] ??= []).push(at);
  return children.map((list) => list ?? NONE);
}

/** One direction, as a map that makes its values when they are asked for. */
class Edges implements ReadonlyMap<NodeId, readonly NodeId[]> {
  readonly #ids: readonly NodeId[];
  readonly #numbers: ReadonlyMap<NodeId, number>;
  readonly #of: (at: number) => readonly number[];

  constructor(
    ids: readonly NodeId[],
    numbers: ReadonlyMap<NodeId, number>,
    of: (at: number) => readonly number[],
  ) {
    this.#ids = ids;
    this.#numbers = numbers;
    this.#of = of;
  }

  get size(): number {
    return this.#ids.length;
  }

  has(id: NodeId): boolean {
    return this.#numbers.has(id);
  }

  get(id: NodeId): readonly NodeId[] | undefined {
    const at = this.#numbers.get(id);
    return at === undefined ? undefined : this.#list(at);
  }

  forEach(
    visit: (
      value: readonly NodeId[],
      key: NodeId,
      map: ReadonlyMap<NodeId, readonly NodeId[]>,
    ) => void,
  ): void {
    for (const [id, list] of this) visit(list, id, this);
  }

  keys(): MapIterator<NodeId> {
    return this.#ids.values();
  }

  *values(): MapIterator<readonly NodeId[]> {
    for (const at of this.#ids.keys()) yield this.#list(at);
  }

  *entries(): MapIterator<[NodeId, readonly NodeId[]]> {
    for (const [at, id] of this.#ids.entries()) yield [id, this.#list(at)];
  }

  [Symbol.iterator](): MapIterator<[NodeId, readonly NodeId[]]> {
    return this.entries();
  }

  #list(at: number): readonly NodeId[] {
    return this.#of(at).flatMap((other) => this.#ids[other] ?? []);
  }
}
