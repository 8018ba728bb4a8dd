/**
 * Takes secrets out of what is printed or kept, as dbt does: the values of variables that say by their name that they are secret.
 */
import { isJsonObject, type Json } from './json.js';

const SECRET_NAME = /^DBT_(?:ENV|ENGINE)_SECRET/u;
const HIDDEN = '*****';

/** Puts stars in the place of secrets. */
export type HideSecrets = (text: string) => string;

/** Hides the values of `DBT_ENV_SECRET_*`: as they are, and as base64, percent-encoded, hexadecimal or reversed. */
export function hidingSecrets(env: Readonly<Record<string, string | undefined>>): HideSecrets {
  const values = Object.entries(env).flatMap(([name, value]) =>
    SECRET_NAME.test(name) && value !== undefined && value.trim() !== '' ? [value] : [],
  );
  // The longest first: one secret may be a part of another.
  const sought = [...new Set(values.flatMap(formsOf))].toSorted((a, b) => b.length - a.length);
  if (sought.length === 0) return (text) => text;
  return (text) => sought.reduce((hidden, one) => hidden.replaceAll(one, HIDDEN), text);
}

function formsOf(secret: string): readonly string[] {
  const bytes = new TextEncoder().encode(secret);
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return [
    secret,
    JSON.stringify(secret).slice(1, -1),
    encodeURIComponent(secret),
    btoa(String.fromCharCode(...bytes)),
    hex,
    hex.toUpperCase(),
    Array.from(secret).toReversed().join(''),
  ];
}

/** The same for every text of a value. */
export function hideInJson(value: Json, hide: HideSecrets): Json {
  if (typeof value === 'string') return hide(value);
  if (Array.isArray(value)) return value.map((item: Json) => hideInJson(item, hide));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, hideInJson(item, hide)]),
  );
}

/** Whether something was hidden in a value. */
export function isHidden(value: Json): boolean {
  return JSON.stringify(value).includes(HIDDEN);
}
