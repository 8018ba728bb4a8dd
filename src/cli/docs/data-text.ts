/**
 * Plain data as text that people read.
 */
import { isJsonObject, type Json, type JsonObject } from '../../base/index.js';
import { fromJson } from '../../jinja/index.js';
import { dumpYaml } from '../../project/index.js';

/** One line: lists joined by commas, mappings as `key: value`, nested ones as JSON. */
export function inlineText(value: Json): string {
  if (Array.isArray(value)) return value.map((item: Json) => scalarText(item)).join(', ');
  if (isJsonObject(value)) {
    return Object.entries(value)
      .map(([key, item]) => `${key}: ${scalarText(item)}`)
      .join(', ');
  }
  return scalarText(value);
}

/** YAML, or null for an empty mapping. */
export function yamlText(value: JsonObject): string | null {
  return Object.keys(value).length === 0 ? null : dumpYaml(fromJson(value)).trimEnd();
}

export function scalarText(value: Json): string {
  if (typeof value === 'string') return value;
  return value === null ? 'null' : JSON.stringify(value);
}

/** The text under a key of a mapping, or null. */
export function textAt(value: JsonObject, key: string): string | null {
  const found = value[key];
  return typeof found === 'string' && found.trim() !== '' ? found : null;
}

/** `not null`, `primary key (a, b)`, `check (amount > 0)`. */
export function constraintText(constraint: JsonObject): string {
  const { type, columns, expression } = constraint;
  return [
    typeof type === 'string' ? type.replaceAll('_', ' ') : '',
    Array.isArray(columns) ? `(${inlineText(columns)})` : '',
    typeof expression === 'string' ? `(${expression})` : '',
  ]
    .filter((part) => part !== '')
    .join(' ');
}
