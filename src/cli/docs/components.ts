/**
 * A graph's connected parts, so that each is laid out by itself and they stand one below the other.
 */

/** Edges are pairs of indices into the items. */
type Edges = readonly (readonly [from: number, to: number])[];

/** Indices of each part, in the order of the items; the largest part first. O((V + E) log V). */
export function connectedParts(itemCount: number, edges: Edges): readonly (readonly number[])[] {
  const leader = Array.from({ length: itemCount }, (_, index) => index);
  const find = (item: number): number => {
    let root = item;
    while (leader[root] !== root) root = leader[root] ?? root;
    for (let at = item; at !== root;) {
      const next = leader[at] ?? root;
      leader[at] = root;
      at = next;
    }
    return root;
  };
  for (const [from, to] of edges) leader[find(from)] = find(to);
  const parts = new Map<number, number[]>();
  for (let item = 0; item < itemCount; item += 1) {
    const root = find(item);
    const part = parts.get(root);
    if (part === undefined) parts.set(root, [item]);
    else part.push(item);
  }
  return [...parts.values()].sort((left, right) => right.length - left.length);
}
