/**
 * `str.format`: replacement fields in braces, with attributes and items looked up by the sandbox's rules.
 */
import { JinjaError, valueError } from '../error.js';
import type { CallArguments, Value } from '../value.js';
import { escapeCode, toRepr, toText } from './describe.js';
import { formatValue } from './format-spec.js';

/** How a field reaches into its argument: the environment's own lookups, so that no field escapes the sandbox. */
export interface FieldAccess {
  attribute(value: Value, name: string): Value;
  item(value: Value, key: Value): Value;
  /** What becomes of each printed field. */
  finish(printed: string): string;
}

interface Field {
  readonly path: string;
  readonly conversion: string;
  readonly spec: string;
  readonly end: number;
}

// Python's own limit is two; deeper nesting is an error there as well.
const MAX_DEPTH = 2;

/** `text.format(*args, **kwargs)`. */
export function formatBraces(text: string, call: CallArguments, access: FieldAccess): string {
  const numbering = { next: 0, isManual: false };
  const expand = (source: string, depth: number): string => {
    if (depth < 0) throw valueError('Max string recursion exceeded');
    let result = '';
    let at = 0;
    while (at < source.length) {
      const brace = source.slice(at).search(/[{}]/u);
      if (brace === -1) return result + source.slice(at);
      result += source.slice(at, at + brace);
      at += brace;
      const mark = source.charAt(at);
      if (source.charAt(at + 1) === mark) {
        result += mark;
        at += 2;
        continue;
      }
      if (mark === '}') throw valueError("Single '}' encountered in format string");
      const field = readField(source, at + 1);
      const value = resolve(field.path, call, numbering, access);
      result += access.finish(
        formatValue(convert(value, field.conversion), expand(field.spec, depth - 1)),
      );
      at = field.end;
    }
    return result;
  };
  return expand(text, MAX_DEPTH);
}

/** Reads `path!conversion:spec}` from `start`. */
function readField(source: string, start: number): Field {
  let depth = 1;
  let end = start;
  for (; end < source.length && depth > 0; end += 1) {
    const character = source.charAt(end);
    if (character === '{') depth += 1;
    else if (character === '}') depth -= 1;
    else if (character === '[') {
      const close = source.indexOf(']', end);
      if (close !== -1) end = close;
    }
  }
  if (depth > 0) {
    throw valueError(
      start >= source.length
        ? "Single '{' encountered in format string"
        : "expected '}' before end of string",
    );
  }
  const inner = source.slice(start, end - 1);
  const [, path = '', conversion, spec] =
    /^((?:[^!:[]|\[[^\]]*\])*)(?:!([^:]*))?(?::(.*))?$/su.exec(inner) ?? [];
  if (conversion !== undefined && conversion.length !== 1) {
    throw valueError(
      conversion === ''
        ? 'end of string while looking for conversion specifier'
        : "expected ':' after conversion specifier",
    );
  }
  return { path, conversion: conversion ?? '', spec: spec ?? '', end };
}

function resolve(
  path: string,
  call: CallArguments,
  numbering: { next: number; isManual: boolean },
  access: FieldAccess,
): Value {
  const [first = ''] = /^[^.[]*/u.exec(path) ?? [];
  let value = argument(first, call, numbering);
  const steps = path.slice(first.length).matchAll(/\.([^.[]*)|\[([^\]]*)\]?|(.)/gsu);
  for (const [, attribute, item, stray] of steps) {
    if (stray !== undefined)
      throw valueError("Only '.' or '[' may follow ']' in format field specifier");
    if (attribute === '' || item === '') throw valueError('Empty attribute in format string');
    value =
      attribute === undefined
        ? access.item(value, /^\d+$/u.test(item ?? '') ? Number(item) : (item ?? ''))
        : access.attribute(value, attribute);
  }
  return value;
}

function argument(
  name: string,
  call: CallArguments,
  numbering: { next: number; isManual: boolean },
): Value {
  if (name !== '' && !/^\d+$/u.test(name)) {
    const value = call.kwargs.get(name);
    if (value === undefined) throw new JinjaError('KeyError', toRepr(name));
    return value;
  }
  if (name === '' ? numbering.isManual : numbering.next > 0) {
    throw valueError('cannot switch from manual field specification to automatic field numbering');
  }
  const index = name === '' ? numbering.next : Number(name);
  if (name === '') numbering.next += 1;
  else numbering.isManual = true;
  const value = call.args[index];
  if (value === undefined) {
    throw new JinjaError('IndexError', 'tuple index out of range');
  }
  return value;
}

function convert(value: Value, conversion: string): Value {
  switch (conversion) {
    case '':
      return value;
    case 's':
      return toText(value);
    case 'r':
      return toRepr(value);
    case 'a':
      return toRepr(value).replaceAll(/[^\0-\x7f]/gu, (one) => escapeCode(one.codePointAt(0) ?? 0));
    default:
      throw valueError(`Unknown conversion specifier ${conversion}`);
  }
}
