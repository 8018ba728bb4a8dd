/** Counts as a row of bars in eighths: nothing where there is none, at least the lowest bar where there is one. */

const LEVELS = ' ▁▂▃▄▅▆▇█';
const MAX_CELLS = 2;

/** @param width cells at most; each count takes one or two of them. */
export function sparkline(counts: readonly number[], width: number): string {
  const most = Math.max(1, ...counts);
  const cells = Math.max(1, Math.min(MAX_CELLS, Math.floor(width / Math.max(1, counts.length))));
  return counts
    .map((count) =>
      (LEVELS[count === 0 ? 0 : Math.max(1, Math.round((count / most) * 8))] ?? ' ').repeat(cells),
    )
    .join('');
}
