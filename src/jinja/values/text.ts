/**
 * Texts that Python holds as subclasses of `str`: Jinja2's Markup and dbt's markers for yaml.
 */
import { type Operator, PyObject, type Value } from '../value.js';
import { textLength } from './characters.js';
import { compare } from './compare.js';
import { reprText, toText } from './describe.js';

/**
 * `Markup` is escaped HTML; the markers say how yaml rendering converts the text: `TextMarker` not at all,
 * `NativeMarker` by `literal_eval`, `BoolMarker` and `NumberMarker` too, and insisting on the type.
 */
export type TextKind = 'Markup' | 'TextMarker' | 'NativeMarker' | 'BoolMarker' | 'NumberMarker';

/** A text with a mark. Behaves as the plain text everywhere else. */
export class PyText extends PyObject {
  readonly typeName: TextKind;
  readonly text: string;

  constructor(kind: TextKind, text: string) {
    super();
    this.typeName = kind;
    this.text = text;
  }

  override textOf(): string {
    return this.text;
  }

  override toText(): string {
    return this.text;
  }

  override toRepr(): string {
    const quoted = reprText(this.text);
    return this.typeName === 'Markup' ? `Markup(${quoted})` : quoted;
  }

  override isTruthy(): boolean {
    return this.text !== '';
  }

  override length(): number {
    return textLength(this.text);
  }

  override equals(other: Value): boolean {
    return asText(other) === this.text;
  }

  override hashKey(): string {
    return this.text;
  }

  override compare(other: Value): number | undefined {
    const text = asText(other);
    return text === undefined ? undefined : compare(this.text, text);
  }

  override operate(operator: Operator, other: Value, isReflected: boolean): Value | undefined {
    const text = asText(other);
    if (operator !== '+' || text === undefined) return undefined;
    if (this.typeName !== 'Markup') return isReflected ? text + this.text : this.text + text;
    // Markup stays markup: what is added to it gets escaped.
    const safe = other instanceof PyText && other.typeName === 'Markup' ? text : escapeHtml(text);
    return new PyText('Markup', isReflected ? safe + this.text : this.text + safe);
  }
}

/** The text of a str or of a subclass of it; undefined for anything else. */
export function asText(value: Value): string | undefined {
  if (typeof value === 'string') return value;
  return value instanceof PyObject ? value.textOf() : undefined;
}

/** Replaces what HTML gives a meaning to. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('>', '&gt;')
    .replaceAll('<', '&lt;')
    .replaceAll("'", '&#39;')
    .replaceAll('"', '&#34;');
}

/** `markupsafe.escape(x)`: markup stays as it is. */
export function escaped(value: Value): PyText {
  if (value instanceof PyText && value.typeName === 'Markup') return value;
  return new PyText('Markup', escapeHtml(toText(value)));
}
