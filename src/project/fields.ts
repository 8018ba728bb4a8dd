/**
 * Reads typed values out of YAML data; what does not fit is reported where it stands.
 */
import {
  type Diagnostic,
  ExactNumber,
  isJsonObject,
  type Json,
  type JsonObject,
} from '../base/index.js';
import type { YamlDocument, YamlPath } from './yaml.js';

/** Hears of what does not fit. */
export type Report = (path: YamlPath, message: string, hint?: string) => void;

/** A report that collects errors with the positions of a document. */
export function reportInto(
  diagnostics: Diagnostic[],
  document: Pick<YamlDocument, 'positionOf'>,
  code: string,
): Report {
  return (path, message, hint) => {
    diagnostics.push({
      severity: 'error',
      code,
      message,
      position: document.positionOf(path),
      ...(hint === undefined ? {} : { hint }),
    });
  };
}

/** A scalar as text; lists and mappings as JSON. */
export function jsonText(value: Json): string {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
}

/** A reader of one mapping. */
export class Fields {
  readonly #data: JsonObject;
  readonly #report: Report;

  constructor(data: JsonObject, report: Report) {
    this.#data = data;
    this.#report = report;
  }

  /** The value under the first of these keys that is there and is not null. */
  raw(...keys: readonly string[]): Json | undefined {
    const key = this.#keyOf(keys);
    return key === undefined ? undefined : this.#data[key];
  }

  /** Whether the key is written, if only with nothing behind it. */
  has(key: string): boolean {
    return Object.hasOwn(this.#data, key);
  }

  text(key: string): string | null {
    const value = this.raw(key);
    if (value === undefined) return null;
    if (typeof value === 'string') return value;
    if (typeof value === 'number' || value instanceof ExactNumber) return String(value);
    this.#report([key], `'${key}' must be text.`);
    return null;
  }

  flag(fallback: boolean, ...keys: readonly string[]): boolean {
    const value = this.raw(...keys);
    if (value === undefined) return fallback;
    if (typeof value === 'boolean') return value;
    this.#report(
      keys.slice(0, 1),
      `'${keys[0] ?? ''}' must be true or false.`,
      'A template gives text: add the filter `| as_bool`.',
    );
    return fallback;
  }

  /** A list of texts; a single text counts as a list of one where dbt takes it so. */
  texts(fallback: readonly string[], ...keys: readonly string[]): readonly string[] {
    const key = this.#keyOf(keys);
    const value = key === undefined ? undefined : this.#data[key];
    if (key === undefined || value === undefined) return fallback;
    if (typeof value === 'string') return [value];
    if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value;
    this.#report([key], `'${key}' must be a list of texts.`);
    return fallback;
  }

  mapping(...keys: readonly string[]): JsonObject {
    const key = this.#keyOf(keys);
    const value = key === undefined ? undefined : this.#data[key];
    if (key === undefined || value === undefined) return {};
    if (isJsonObject(value)) return value;
    this.#report([key], `'${key}' must be a mapping.`);
    return {};
  }

  #keyOf(keys: readonly string[]): string | undefined {
    return keys.find((key) => Object.hasOwn(this.#data, key) && this.#data[key] !== null);
  }
}
