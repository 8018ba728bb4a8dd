/**
 * Semi-structured access: `v:a.b[0]`, `v['a']`. A value that has no such element answers null, as Snowflake's does.
 */
import type { Group, SqlNode } from '../tree.js';
import { storedName } from '../identifiers.js';
import { isGroup, isOperator, stringValue } from './nodes.js';
import { type Scope, type Written, literal, unsupported } from './scope.js';

/** Reads from the `:` at `at` as far as the path goes; element names are matched in their case. */
export function readPath(
  value: Written,
  nodes: readonly SqlNode[],
  at: number,
  scope: Scope,
): { readonly written: Written; readonly next: number } {
  let written = value;
  let next = at;
  while (isOperator(nodes[next], ':') || (next > at && isOperator(nodes[next], '.'))) {
    const key = nodes[next + 1];
    if (key?.kind === 'word') written = element(written, key.text);
    else if (key?.kind === 'quoted') written = element(written, storedName(key.text, 'snowflake'));
    else if (key?.kind === 'string') written = element(written, stringValue(key.text));
    else throw unsupported(scope, 'This path', nodes[next]);
    next += 2;
    for (let group = nodes[next]; isGroup(group, '['); group = nodes[next]) {
      written = writeSubscript(written, group, scope);
      next += 1;
    }
  }
  return { written, next };
}

/** `x[0]` counts from 0 and DuckDB from 1; `x['key']` is an element by name. */
export function writeSubscript(value: Written, group: Group, scope: Scope): Written {
  const [only, ...rest] = group.children;
  if (only === undefined) throw unsupported(scope, 'An empty subscript', group);
  if (rest.length === 0 && only.kind === 'string') return element(value, stringValue(only.text));
  if (rest.length === 0 && only.kind === 'number') return item(value, Number(only.text) + 1);
  const index = scope.expression(group.children, scope);
  if (index.hint === 'text')
    return {
      text: `(CAST(${asVariant(value)} AS MAP(VARCHAR, VARIANT)))[${index.text}]`,
      hint: 'variant',
    };
  return { text: `(CAST(${asVariant(value)} AS VARIANT[]))[(${index.text}) + 1]`, hint: 'variant' };
}

/** The element of that name. */
export function element(value: Written, key: string): Written {
  return { text: `variant_extract(${asVariant(value)}, ${literal(key)})`, hint: 'variant' };
}

function item(value: Written, position: number): Written {
  return { text: `variant_extract(${asVariant(value)}, ${position}::UINTEGER)`, hint: 'variant' };
}

/** Lists and structs as VARIANT, so that one way of access serves all. */
export function asVariant(value: Written): string {
  return value.hint === 'variant' && value.text.startsWith('variant_extract(')
    ? value.text
    : `(${value.text})::VARIANT`;
}
