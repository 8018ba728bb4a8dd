/** Set operations that give new sets in the order of their first. */

export function union<Item>(...sets: readonly Iterable<Item>[]): Set<Item> {
  const result = new Set<Item>();
  for (const set of sets) for (const item of set) result.add(item);
  return result;
}

export function intersection<Item>(first: Iterable<Item>, second: ReadonlySet<Item>): Set<Item> {
  const result = new Set<Item>();
  for (const item of first) if (second.has(item)) result.add(item);
  return result;
}

export function difference<Item>(first: Iterable<Item>, second: ReadonlySet<Item>): Set<Item> {
  const result = new Set<Item>();
  for (const item of first) if (!second.has(item)) result.add(item);
  return result;
}
