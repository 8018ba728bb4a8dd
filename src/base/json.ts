/** Plain data: what YAML and JSON files hold once read. Objects keep the order of their keys. */
export type Json = null | boolean | number | string | ExactNumber | readonly Json[] | JsonObject;

export interface JsonObject {
  readonly [key: string]: Json;
}

/**
 * A number that JavaScript would blur: a float that is whole (`1.0`), or an integer beyond 2^53.
 *
 * Python keeps them apart from `1` and prints them in full, so a template must too.
 */
export class ExactNumber {
  /** As Python prints it: `1.0`, `1e+16`, `12345678901234567890`. */
  readonly text: string;
  readonly isFloat: boolean;

  private constructor(text: string, isFloat: boolean) {
    this.text = text;
    this.isFloat = isFloat;
  }

  /** A float; a plain number if it has a fraction, since nothing is lost then. */
  static float(value: number): number | ExactNumber {
    if (!Number.isInteger(value)) return value;
    const digits = Object.is(value, -0) ? '-0' : String(value);
    if (Math.abs(value) < 1e16) return new ExactNumber(`${digits}.0`, true);
    return new ExactNumber(value.toExponential(), true);
  }

  /** An integer; a plain number if JavaScript counts that far. */
  static integer(value: bigint): number | ExactNumber {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : new ExactNumber(String(value), false);
  }

  /** The nearest JavaScript number. */
  get value(): number {
    return Number(this.text);
  }

  /** In JSON it is the number, all its digits kept. */
  toJSON(): unknown {
    const raw: unknown = Reflect.get(JSON, 'rawJSON'); // younger than TypeScript's library
    return typeof raw === 'function' ? Reflect.apply(raw, JSON, [this.text]) : this.value;
  }

  toString(): string {
    return this.text;
  }
}

/** Tells an object from arrays, primitives and null. */
export function isJsonObject(value: Json | undefined): value is JsonObject {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof ExactNumber)
  );
}

/** Text, numbers and booleans as text, anything deeper as JSON; null for what is absent. */
export function textOfJson(value: Json | undefined): string | null {
  if (value === undefined || value === null) return null;
  if (value instanceof ExactNumber) return value.text;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
