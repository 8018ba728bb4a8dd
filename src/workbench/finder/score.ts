/**
 * How well a word fits a text: a run of letters beats scattered ones, starts of words beat middles, short texts beat long ones.
 */

/** Score of a match; 0 is no match. Letters of `positions` are those that matched. */
export interface WordMatch {
  readonly score: number;
  readonly positions: readonly number[];
}

const NONE: WordMatch = { score: 0, positions: [] };
const MATCH = 16;
const CONSECUTIVE = 14;
const BOUNDARY = 18;
const START = 10;
const GAP = 2;
const WHOLE_RUN = 24;
// Letters scattered over a long text match by chance: each must be worth this much, gaps taken off.
const MIN_PER_LETTER = 13;

/** Whether a letter of `text` starts a word: after `_`, `.`, space, a digit's edge. */
export function isBoundary(text: string, at: number): boolean {
  if (at === 0) return true;
  const before = text.charCodeAt(at - 1);
  return !isLetterOrDigit(before) || (isDigit(text.charCodeAt(at)) && !isDigit(before));
}

/** One bit a letter, one for digits, one for the rest: a word can only match a text that has all its bits. */
export function letterMask(text: string): number {
  let mask = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code >= 97 && code <= 122) mask |= 1 << (code - 97);
    else if (isDigit(code)) mask |= 1 << 26;
    else mask |= 1 << 27;
  }
  return mask;
}

/**
 * Scores a word against a text, both in lower case: the letters of the word appear in order.
 *
 * A run is looked for first; only texts without one pay for the table of alignments.
 */
export function scoreWord(text: string, word: string): number {
  const run = bestRun(text, word);
  return run === -1 ? alignment(text, word, false).score : runScore(text, word, run);
}

/** As `scoreWord`, with the letters that matched: for the few results that are shown. */
export function matchWord(text: string, word: string): WordMatch {
  const run = bestRun(text, word);
  if (run === -1) return alignment(text, word, true);
  return {
    score: runScore(text, word, run),
    positions: Array.from(word, (_, index) => run + index),
  };
}

function runScore(text: string, word: string, at: number): number {
  const end = at + word.length;
  const startsWord = isBoundary(text, at) ? BOUNDARY : 0;
  const endsWord = end === text.length || isBoundary(text, end) ? 8 : 0;
  return (
    word.length * MATCH +
    (word.length - 1) * CONSECUTIVE +
    startsWord +
    endsWord +
    (at === 0 ? START : 0) +
    WHOLE_RUN
  );
}

/** Where the word stands as a run, at a word's start if it can; -1 if nowhere. */
function bestRun(text: string, word: string): number {
  const first = text.indexOf(word);
  for (let at = first; at !== -1; at = text.indexOf(word, at + 1)) {
    if (isBoundary(text, at)) return at;
  }
  return first;
}

/** Best alignment of scattered letters, by a table of two rows: the best so far, and the best that ends right here. */
function alignment(text: string, word: string, wantsPositions: boolean): WordMatch {
  if (!isSubsequence(text, word)) return NONE;
  const width = text.length;
  let best = new Int32Array(width + 1);
  let ending = new Int32Array(width + 1);
  const cameFrom: Int16Array[] = [];
  for (let row = 0; row < word.length; row += 1) {
    const nextBest = new Int32Array(width + 1).fill(-1);
    const nextEnding = new Int32Array(width + 1).fill(-1);
    const from = wantsPositions ? new Int16Array(width + 1) : null;
    for (let at = row; at < width; at += 1) {
      let score = -1;
      if (text.charCodeAt(at) === word.charCodeAt(row)) {
        const here = MATCH + (isBoundary(text, at) ? BOUNDARY : 0) + (at === 0 ? START : 0);
        const scattered = best[at] ?? -1;
        const joined = row > 0 ? (ending[at] ?? -1) : -1;
        score = Math.max(
          scattered < 0 ? -1 : scattered + here,
          joined < 0 ? -1 : joined + here + CONSECUTIVE,
        );
      }
      nextEnding[at + 1] = score;
      const skipped = (nextBest[at] ?? -1) < 0 ? -1 : Math.max(0, (nextBest[at] ?? 0) - GAP);
      const takesHere = score >= 0 && score >= skipped;
      nextBest[at + 1] = takesHere ? score : skipped;
      if (from !== null) from[at + 1] = takesHere ? at + 1 : (from[at] ?? 0);
    }
    if (from !== null) cameFrom.push(from);
    best = nextBest;
    ending = nextEnding;
  }
  const total = best[width] ?? -1;
  if (total < word.length * MIN_PER_LETTER) return NONE;
  return {
    score: total,
    positions: wantsPositions ? traceBack(cameFrom, width) : [],
  };
}

function traceBack(cameFrom: readonly Int16Array[], width: number): readonly number[] {
  const positions: number[] = [];
  let end = width;
  for (let row = cameFrom.length - 1; row >= 0; row -= 1) {
    const at = (cameFrom[row]?.[end] ?? 1) - 1;
    positions.unshift(at);
    end = at;
  }
  return positions;
}

function isSubsequence(text: string, word: string): boolean {
  let at = -1;
  for (let index = 0; index < word.length; index += 1) {
    at = text.indexOf(word[index] ?? '', at + 1);
    if (at === -1) return false;
  }
  return true;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function isLetterOrDigit(code: number): boolean {
  return isDigit(code) || (code >= 97 && code <= 122) || code > 127;
}
