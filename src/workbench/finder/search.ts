/**
 * The finder's keystroke pass: words are ANDed, most texts are refused by a mask of letters, and a longer query searches only
 * what the shorter one left.
 */
import { letterMask, matchWord, scoreWord } from './score.js';

/** One thing that can be found. */
export interface Findable {
  readonly kind: 'node' | 'column' | 'command' | 'tag' | 'recent' | 'macro' | 'notebook';
  /** What is searched and shown. */
  readonly text: string;
  /** Shown beside it, dim; not searched. */
  readonly detail: string;
  /** unique_id, command id, selector or command line, by kind. */
  readonly target: string;
}

/** Findables made ready. */
export interface FinderIndex {
  readonly items: readonly Findable[];
  readonly lower: readonly string[];
  readonly masks: Int32Array;
}

/** One result, best first. */
export interface Found {
  readonly item: Findable;
  /** Letters of `item.text` that matched, for highlighting. */
  readonly positions: readonly number[];
  /** True if it came from the typo pass. */
  readonly isGuess: boolean;
}

/** What a search leaves behind for the next keystroke. */
export interface SearchTrace {
  readonly query: string;
  readonly survivors: Int32Array;
}

export interface SearchOptions {
  readonly limit: number;
  readonly accepts?: (item: Findable) => boolean;
  /** Added to the score: what is near, recent or broken comes first. */
  readonly bonus?: (item: Findable) => number;
}

/** Prepares an index. O(characters). */
export function indexOf(items: readonly Findable[]): FinderIndex {
  const lower = items.map((item) => item.text.toLowerCase());
  return { items, lower, masks: Int32Array.from(lower, letterMask) };
}

/** Splits a query into the words that must all match. */
export function wordsOf(query: string): readonly string[] {
  return query
    .toLowerCase()
    .split(/\s+/u)
    .filter((word) => word !== '');
}

/**
 * Finds the best items for a query.
 *
 * @param trace of the last search on the same index with the same `accepts`, or null.
 */
export function search(
  index: FinderIndex,
  query: string,
  options: SearchOptions,
  trace: SearchTrace | null = null,
): { readonly found: readonly Found[]; readonly trace: SearchTrace; readonly total: number } {
  const words = wordsOf(query);
  const mask = letterMask(words.join(''));
  const pool =
    trace !== null && trace.query !== '' && query.startsWith(trace.query) ? trace.survivors : null;
  const count = pool?.length ?? index.items.length;
  const survivors = new Int32Array(count);
  const top = createTop(options.limit);
  let total = 0;
  for (let place = 0; place < count; place += 1) {
    const at = pool === null ? place : (pool[place] ?? 0);
    if ((mask & ~(index.masks[at] ?? 0)) !== 0) continue;
    const item = index.items[at];
    if (item === undefined || options.accepts?.(item) === false) continue;
    const text = index.lower[at] ?? '';
    const score = scoreAll(text, words);
    if (score === 0 && words.length > 0) continue;
    survivors[total] = at;
    total += 1;
    top.offer(at, score + (options.bonus?.(item) ?? 0) - text.length * 0.5);
  }
  const found = top.taken().flatMap((at): Found[] => {
    const item = index.items[at];
    if (item === undefined) return [];
    return [{ item, positions: positionsIn(index.lower[at] ?? '', words), isGuess: false }];
  });
  return { found, trace: { query, survivors: survivors.slice(0, total) }, total };
}

function scoreAll(text: string, words: readonly string[]): number {
  let sum = 0;
  for (const word of words) {
    const score = scoreWord(text, word);
    if (score === 0) return 0;
    sum += score;
  }
  return sum;
}

/** Which letters of a text the words match, in order. */
function positionsIn(text: string, words: readonly string[]): readonly number[] {
  const all = new Set(words.flatMap((word) => matchWord(text, word).positions));
  return [...all].sort((left, right) => left - right);
}

interface Top {
  offer(at: number, score: number): void;
  taken(): readonly number[];
}

/** The best `limit` of a stream, by insertion: limits are small, and most offers fail the first comparison. */
function createTop(limit: number): Top {
  const best: { readonly at: number; readonly score: number }[] = [];
  return {
    offer(at, score) {
      const last = best[best.length - 1];
      if (best.length >= limit && (last === undefined || score <= last.score)) return;
      let place = best.length;
      while (place > 0 && (best[place - 1]?.score ?? 0) < score) place -= 1;
      best.splice(place, 0, { at, score });
      if (best.length > limit) best.pop();
    },
    taken: () => best.map(({ at }) => at),
  };
}
