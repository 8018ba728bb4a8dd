/**
 * Options of Snowflake's refreshed tables in a form in which what was asked for and what is read back compare equal.
 */
import { toText, type Value } from '../jinja/index.js';

const SECONDS: Readonly<Record<string, number>> = {
  second: 1,
  minute: 60,
  hour: 3600,
  day: 86_400,
};

/** A lag in seconds where it is a duration: Snowflake reads `60 seconds` back as `1 minute`. Null for none. */
export function sameLag(value: Value): string | null {
  const text = present(value)?.toLowerCase();
  if (text === undefined) return null;
  const [count = '', unit = '', ...more] = text.split(/\s+/u);
  const seconds = SECONDS[unit.replace(/s$/u, '')];
  if (seconds === undefined || more.length > 0 || !/^\d+$/u.test(count))
    return text.split(/\s+/u).join(' ');
  return String(Number(count) * seconds);
}

/** A warehouse's name without its quotes, case aside. Null for none. */
export function sameWarehouse(value: Value): string | null {
  const text = present(value);
  if (text === undefined) return null;
  const name = /^"(?<name>.*)"$/su.exec(text)?.groups?.['name'];
  return (name?.replaceAll('""', '"') ?? text).toLowerCase();
}

/** Clustering keys without the brackets and the `LINEAR` around them, case aside but for quoted text. Null for none. */
export function sameClustering(value: Value): string | null {
  const text = present(value);
  if (text === undefined) return null;
  const inner = withoutBrackets(/^linear\s*(?<rest>\(.*)$/isu.exec(text)?.groups?.['rest'] ?? text);
  return keysOf(inner)
    .map((key) => folded(key.trim()))
    .filter((key) => key !== '')
    .join(', ');
}

function present(value: Value): string | undefined {
  const text = value === null ? '' : toText(value).trim();
  return text === '' || text.toLowerCase() === 'none' ? undefined : text;
}

/** Quoted names and literals, or any other character. */
const PIECE = /"(?:[^"]|"")*"|'(?:[^']|'')*'|./gsu;

function withoutBrackets(text: string): string {
  if (!text.startsWith('(') || !text.endsWith(')')) return text;
  let depth = 0;
  let at = 0;
  for (const [piece] of text.matchAll(PIECE)) {
    at += piece.length;
    if (piece === '(') depth += 1;
    if (piece === ')') depth -= 1;
    if (depth === 0 && at < text.length) return text;
  }
  return text.slice(1, -1).trim();
}

function keysOf(text: string): readonly string[] {
  const keys = [''];
  let depth = 0;
  for (const [piece] of text.matchAll(PIECE)) {
    if (piece === '(') depth += 1;
    if (piece === ')') depth -= 1;
    if (piece === ',' && depth === 0) keys.push('');
    else keys[keys.length - 1] = `${keys.at(-1) ?? ''}${piece}`;
  }
  return keys;
}

function folded(key: string): string {
  return key.replaceAll(PIECE, (piece) => (/^["']/u.test(piece) ? piece : piece.toLowerCase()));
}
