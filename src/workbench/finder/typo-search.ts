/**
 * The typo pass: fuse.js over the few texts that share most letter pairs with the query. Never over everything.
 */
import Fuse from 'fuse.js';
import type { FinderIndex, Found, Findable } from './search.js';

const SHORTLIST = 200;
// Looser than fuse's default would let every name of a family in; tighter loses two swapped letters.
const THRESHOLD = 0.45;

const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789';
const PAIR_COUNT = LETTERS.length ** 2;

/** Letters next to each other, in either order: two swapped letters still share their own pair. A number for each, once. */
function pairsOf(text: string): Uint16Array {
  const pairs = new Set<number>();
  let last = -1;
  for (const letter of text.toLowerCase()) {
    const at = LETTERS.indexOf(letter);
    if (at === -1) continue;
    if (last !== -1) pairs.add(Math.min(last, at) * LETTERS.length + Math.max(last, at));
    last = at;
  }
  return Uint16Array.from(pairs);
}

const knownPairs = new WeakMap<FinderIndex, readonly Uint16Array[]>();

/** The pairs of all texts of an index, worked out at its first guess. */
function pairsOfAll(index: FinderIndex): readonly Uint16Array[] {
  const known = knownPairs.get(index);
  if (known !== undefined) return known;
  const pairs = index.items.map(({ text }) => pairsOf(text));
  knownPairs.set(index, pairs);
  return pairs;
}

/** What most resembles a query that nothing matches, best first. */
export function guess(
  index: FinderIndex,
  query: string,
  limit: number,
  accepts: (item: Findable) => boolean = () => true,
): readonly Found[] {
  const shortlist = shortlistOf(index, query, accepts);
  const fuse = new Fuse(shortlist, {
    keys: ['text'],
    threshold: THRESHOLD,
    ignoreLocation: true,
    includeMatches: true,
    minMatchCharLength: 2,
    useExtendedSearch: true,
  });
  return fuse.search(query, { limit }).map((result) => ({
    item: result.item,
    positions: (result.matches ?? []).flatMap(({ indices }) =>
      indices.flatMap(([from, to]) =>
        Array.from({ length: to - from + 1 }, (_, offset) => from + offset),
      ),
    ),
    isGuess: true,
  }));
}

function shortlistOf(
  index: FinderIndex,
  query: string,
  accepts: (item: Findable) => boolean,
): readonly Findable[] {
  const wanted = new Uint8Array(PAIR_COUNT);
  for (const pair of pairsOf(query)) wanted[pair] = 1;
  const pairs = pairsOfAll(index);
  const scored = index.items.flatMap((item, at) => {
    let shared = 0;
    for (const pair of pairs[at] ?? []) shared += wanted[pair] ?? 0;
    return shared === 0 || !accepts(item) ? [] : [{ item, shared }];
  });
  return scored
    .sort((left, right) => right.shared - left.shared)
    .slice(0, SHORTLIST)
    .map(({ item }) => item);
}
