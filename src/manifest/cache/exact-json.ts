/**
 * Plain data as text and back, with what JSON forgets: numbers that are exact, keys that are no texts, and the numbers that
 * it has no word for.
 */
import {
  ExactNumber,
  isJsonObject,
  type Json,
  type MappingKey,
  membersOf,
  noteKeys,
} from '../../base/index.js';

type Steps = readonly (string | number)[];

/** A key, or a number with its digits and whether it is a float. */
type Spelled = null | boolean | number | string | readonly [text: string, isFloat: boolean];

/** What JSON forgets of one place: its number, or the keys of its mapping in their order. */
type Oddity = readonly [steps: Steps, number: Spelled] | readonly [steps: Steps, keys: Keys];

interface Keys {
  readonly inOrder: readonly Spelled[];
}

/** Looks for oddities; what was looked through before and has none is left out. */
export class Oddities {
  readonly #plain = new WeakSet<object>();

  of(value: unknown): readonly Oddity[] {
    const found: Oddity[] = [];
    this.#look(value, [], found);
    return found;
  }

  #look(value: unknown, steps: Steps, found: Oddity[]): void {
    if (typeof value === 'number') {
      if (!Number.isFinite(value)) found.push([steps, [String(value), true]]);
      else if (Object.is(value, -0)) found.push([steps, ['-0', false]]);
      return;
    }
    if (typeof value !== 'object' || value === null || this.#plain.has(value)) return;
    if (value instanceof ExactNumber) {
      found.push([steps, [value.text, value.isFloat]]);
      return;
    }
    const before = found.length;
    if (Array.isArray(value)) {
      for (const [at, item] of value.entries()) {
        if (typeof item !== 'string') this.#look(item, [...steps, at], found);
      }
    } else {
      for (const [key, item] of Object.entries(value)) {
        if (typeof item !== 'string') this.#look(item, [...steps, key], found);
      }
      const keys = membersOf(value).map(([key]) => key);
      if (keys.some((key) => typeof key !== 'string' || /^\d+$/u.test(key)))
        found.push([steps, { inOrder: keys.map(spelled) }]);
    }
    if (found.length === before) this.#plain.add(value);
  }
}

function spelled(key: MappingKey): Spelled {
  return key instanceof ExactNumber ? [key.text, key.isFloat] : key;
}

/** The text of a value. */
export function exactText(value: unknown, oddities: Oddities): string {
  const found = oddities.of(value);
  const text = JSON.stringify(value);
  return found.length === 0 ? text : `${text}\n${JSON.stringify(found)}`;
}

/** The value of such a text: plain data, of the shape that was written. @throws SyntaxError. */
export function exactValue(text: string): ReturnType<typeof JSON.parse> {
  // JSON.stringify leaves no newline in what it writes.
  const end = text.indexOf('\n');
  if (end === -1) return JSON.parse(text);
  const value: Json = JSON.parse(text.slice(0, end));
  const oddities: readonly Oddity[] = JSON.parse(text.slice(end + 1));
  const holder: Record<string, Json> = { value };
  for (const [steps, oddity] of oddities) restore(holder, ['value', ...steps], oddity);
  return holder['value'];
}

function restore(holder: Record<string, Json>, steps: Steps, oddity: Spelled | Keys): void {
  let container: Record<string | number, Json> = holder;
  for (const step of steps.slice(0, -1)) {
    const next: ReturnType<typeof JSON.parse> = container[step];
    container = next;
  }
  const last = steps.at(-1) ?? '';
  if (typeof oddity === 'object' && oddity !== null && 'inOrder' in oddity) {
    const mapping = container[last];
    if (isJsonObject(mapping)) noteKeys(mapping, oddity.inOrder.map(read));
  } else {
    const number = read(oddity);
    if (typeof number === 'number' || number instanceof ExactNumber) container[last] = number;
  }
}

function read(key: Spelled): MappingKey {
  if (typeof key !== 'object' || key === null) return key;
  const [text, isFloat] = key;
  const number = Number(text);
  if (!Number.isFinite(number)) return number;
  if (isFloat) return ExactNumber.float(number);
  return text === '-0' ? -0 : ExactNumber.integer(BigInt(text));
}
