/** Finding a column of a result by some letters of its name. */
import type { ResultColumn } from '../../warehouse/index.js';
import { indexOf, search } from '../finder/search.js';

/** Indices of the columns that match, best first; all of them, in order, for an empty text. */
export function columnMatches(columns: readonly ResultColumn[], text: string): readonly number[] {
  const items = columns.map(({ name }, index) => ({
    kind: 'column' as const,
    text: name,
    detail: '',
    target: String(index),
  }));
  if (text.trim() === '') return columns.map((_, index) => index);
  const { found } = search(indexOf(items), text, { limit: columns.length });
  return found.map(({ item }) => Number(item.target));
}
