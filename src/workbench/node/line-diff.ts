/**
 * Two texts compared line by line: the fewest lines taken away and added (Myers, "An O(ND) difference algorithm", 1986).
 */

export interface DiffLine {
  readonly kind: 'same' | 'removed' | 'added';
  readonly text: string;
  /** 1 first; null for a line that is not in that text. */
  readonly before: number | null;
  readonly after: number | null;
}

/** A run of lines that are the same on both sides, and are not shown. */
export interface SkippedLines {
  readonly kind: 'skipped';
  readonly count: number;
}

// Beyond so many changed lines the texts have little in common: all of one, then all of the other.
const MAX_CHANGES = 600;

/** All lines of both texts, in order. Trailing blanks of a line and a last empty line are no difference. */
export function diffLines(before: string, after: string): readonly DiffLine[] {
  const old = linesOf(before);
  const now = linesOf(after);
  let head = 0;
  while (head < old.length && head < now.length && old[head] === now[head]) head += 1;
  let tail = 0;
  while (
    tail < old.length - head &&
    tail < now.length - head &&
    old[old.length - 1 - tail] === now[now.length - 1 - tail]
  ) {
    tail += 1;
  }
  const kinds = [
    ...Array.from({ length: head }, () => 'same' as const),
    ...editScript(old.slice(head, old.length - tail), now.slice(head, now.length - tail)),
    ...Array.from({ length: tail }, () => 'same' as const),
  ];
  let left = 0;
  let right = 0;
  return kinds.map((kind): DiffLine => {
    const text = (kind === 'removed' ? old[left] : now[right]) ?? '';
    if (kind !== 'added') left += 1;
    if (kind !== 'removed') right += 1;
    return {
      kind,
      text,
      before: kind === 'added' ? null : left,
      after: kind === 'removed' ? null : right,
    };
  });
}

/** The changed lines with so many lines around them; what is between is counted. */
export function withContext(
  lines: readonly DiffLine[],
  context: number,
): readonly (DiffLine | SkippedLines)[] {
  const isNear = new Set<number>();
  for (const [index, { kind }] of lines.entries()) {
    if (kind === 'same') continue;
    for (let near = index - context; near <= index + context; near += 1) isNear.add(near);
  }
  const shown: (DiffLine | SkippedLines)[] = [];
  let skipped = 0;
  const skip = (): void => {
    if (skipped > 0) shown.push({ kind: 'skipped', count: skipped });
    skipped = 0;
  };
  for (const [index, line] of lines.entries()) {
    if (isNear.has(index)) {
      skip();
      shown.push(line);
    } else skipped += 1;
  }
  skip();
  return shown;
}

function linesOf(text: string): readonly string[] {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => line.trimEnd());
}

type Kind = DiffLine['kind'];

/** The kinds of the lines of a shortest edit, in order. */
function editScript(old: readonly string[], now: readonly string[]): readonly Kind[] {
  const replaced: readonly Kind[] = [
    ...old.map((): Kind => 'removed'),
    ...now.map((): Kind => 'added'),
  ];
  if (old.length === 0 || now.length === 0) return replaced;
  const most = Math.min(old.length + now.length, MAX_CHANGES);
  const ends = new Map<number, number>([[1, 0]]);
  const trace: ReadonlyMap<number, number>[] = [];
  for (let changes = 0; changes <= most; changes += 1) {
    trace.push(new Map(ends));
    for (let diagonal = -changes; diagonal <= changes; diagonal += 2) {
      let { x } = entryOf(ends, diagonal, changes);
      while (x < old.length && x - diagonal < now.length && old[x] === now[x - diagonal]) x += 1;
      ends.set(diagonal, x);
      if (x >= old.length && x - diagonal >= now.length) return walkBack(trace, old, now);
    }
  }
  return replaced;
}

/** Where a diagonal is entered, and how: from the one above it by a line added, from the one below by a line removed. */
function entryOf(
  ends: ReadonlyMap<number, number>,
  diagonal: number,
  changes: number,
): { readonly x: number; readonly isAddition: boolean } {
  const above = ends.get(diagonal + 1) ?? -1;
  const below = ends.get(diagonal - 1) ?? -1;
  const isAddition = diagonal === -changes || (diagonal !== changes && below < above);
  return { x: isAddition ? above : below + 1, isAddition };
}

function walkBack(
  trace: readonly ReadonlyMap<number, number>[],
  old: readonly string[],
  now: readonly string[],
): readonly Kind[] {
  const kinds: Kind[] = [];
  let x = old.length;
  let y = now.length;
  for (let changes = trace.length - 1; changes >= 0; changes -= 1) {
    const ends = trace[changes] ?? new Map<number, number>();
    const { x: start, isAddition } = entryOf(ends, x - y, changes);
    while (x > start) {
      kinds.push('same');
      x -= 1;
      y -= 1;
    }
    if (changes === 0) break;
    if (isAddition) {
      kinds.push('added');
      y -= 1;
    } else {
      kinds.push('removed');
      x -= 1;
    }
  }
  return kinds.toReversed();
}
