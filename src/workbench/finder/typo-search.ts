/**
 * The typo pass: fuse.js over the few texts that share most letter pairs with the query. Never over everything.
 */
import Fuse from 'fuse.js';
import type { FinderIndex, Found, Findable } from './search.js';

const SHORTLIST = 200;
// Looser than fuse's default would let every name of a family in; tighter loses two swapped letters.
const THRESHOLD = 0.45;

/** Letters next to each other, in either order: two swapped letters still share their own pair. */
function pairsOf(text: string): ReadonlySet<string> {
  const letters = text.toLowerCase().replaceAll(/[^a-z0-9]+/gu, '');
  const pairs = new Set<string>();
  for (let at = 0; at + 1 < letters.length; at += 1) {
    const first = letters[at] ?? '';
    const second = letters[at + 1] ?? '';
    pairs.add(first < second ? first + second : second + first);
  }
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
  const wanted = pairsOf(query);
  const scored = index.items.flatMap((item) => {
    if (!accepts(item)) return [];
    let shared = 0;
    for (const pair of pairsOf(item.text)) if (wanted.has(pair)) shared += 1;
    return shared === 0 ? [] : [{ item, shared }];
  });
  return scored
    .sort((left, right) => right.shared - left.shared)
    .slice(0, SHORTLIST)
    .map(({ item }) => item);
}
