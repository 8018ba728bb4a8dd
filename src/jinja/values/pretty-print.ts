/**
 * Python's `pprint.pformat` with its default width.
 */
import type { Value } from '../value.js';
import { compare } from './compare.js';
import { reprText, toRepr } from './describe.js';
import { PyDict } from './dict.js';
import { asText } from './text.js';
import { PyTuple } from './tuple.js';

const WIDTH = 80;

/** A value over several lines where it would not fit on one. Dicts are sorted by key. */
export function prettyPrint(value: Value): string {
  return print(value, 0, 0);
}

/**
 * @param indent columns before the value on its first line.
 * @param allowance columns that its closing brackets need after it.
 */
function print(value: Value, indent: number, allowance: number): string {
  const line = onOneLine(value);
  if (line.length <= WIDTH - indent - allowance) return line;
  if (value instanceof PyDict && value.size > 0) {
    const parts = sortedEntries(value).map(([key, one], index, all) => {
      const shown = toRepr(key);
      const after = index === all.length - 1 ? allowance + 1 : 1;
      return `${shown}: ${print(one, indent + 1 + shown.length + 2, after)}`;
    });
    return `{${parts.join(`,\n${' '.repeat(indent + 1)}`)}}`;
  }
  const items = Array.isArray(value) ? value : value instanceof PyTuple ? value.items : undefined;
  if (items !== undefined && items.length > 0) {
    const [open, close] = Array.isArray(value)
      ? ['[', ']']
      : ['(', items.length === 1 ? ',)' : ')'];
    const parts = items.map((item, index) =>
      print(item, indent + 1, index === items.length - 1 ? allowance + close.length : 1),
    );
    return `${open}${parts.join(`,\n${' '.repeat(indent + 1)}`)}${close}`;
  }
  const text = asText(value);
  return text === undefined ? line : printText(text, indent, allowance);
}

function onOneLine(value: Value): string {
  if (value instanceof PyDict) {
    const parts = sortedEntries(value).map(([key, one]) => `${toRepr(key)}: ${onOneLine(one)}`);
    return `{${parts.join(', ')}}`;
  }
  if (Array.isArray(value)) return `[${value.map(onOneLine).join(', ')}]`;
  return toRepr(value);
}

function sortedEntries(dict: PyDict): readonly (readonly [Value, Value])[] {
  return [...dict.entries()].sort(([left], [right]) => compare(left, right) ?? 0);
}

/** Long texts become several literals, cut between words. */
function printText(text: string, indent: number, allowance: number): string {
  const lines = text.split(/(?<=\n)/u);
  const chunks: string[] = [];
  for (const [index, line] of lines.entries()) {
    const isLast = index === lines.length - 1;
    const room = WIDTH - indent - (isLast ? allowance : 0);
    if (reprText(line).length <= room) {
      chunks.push(reprText(line));
      continue;
    }
    let current = '';
    for (const part of line.match(/\S*\s*/gu) ?? []) {
      if (current !== '' && reprText(current + part).length > room) {
        chunks.push(reprText(current));
        current = part;
      } else current += part;
    }
    if (current !== '') chunks.push(reprText(current));
  }
  if (chunks.length <= 1) return reprText(text);
  const joined = chunks.join(`\n${' '.repeat(indent === 0 ? 1 : indent)}`);
  return indent === 0 ? `(${joined})` : joined;
}
