/**
 * Limits on what one operation may build: a template is untrusted text, and must end in an error, not in a dead process.
 */
import { JinjaError } from '../error.js';

/** The longest text that one operation may build, in UTF-16 units. */
export const MAX_TEXT = 134_217_728;
/** The longest list that one operation may build. */
export const MAX_ITEMS = 10_000_000;
/** The largest int that one operation may build, in bits. */
export const MAX_BITS = 1_000_000;

/** Python's MemoryError, with what was too big. */
export function tooBig(what: string): JinjaError {
  return new JinjaError('MemoryError', `${what} is larger than a template may build`);
}

/** `items * count`. */
export function repeated<Item>(items: readonly Item[], count: number | bigint): Item[] {
  const times = Math.max(0, Number(count));
  if (items.length * times > MAX_ITEMS) throw tooBig('The sequence');
  return Array.from({ length: times }, () => items).flat();
}

/** `text * count`. */
export function repeatedText(text: string, count: number | bigint): string {
  const times = Math.max(0, Number(count));
  if (text.length * times > MAX_TEXT) throw tooBig('The text');
  return text.repeat(times);
}
