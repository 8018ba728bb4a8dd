/**
 * ORDER BY lists and windows. Null order is the session's: last ascending, first descending, as on Snowflake.
 */
import type { SqlNode } from '../tree.js';
import { variantKey } from './casts.js';
import { hasWords, isOperator, isWord, splitCommas } from './nodes.js';
import type { Over } from './rule.js';
import type { Scope } from './scope.js';

const TAIL = ['ASC', 'DESC', 'NULLS', 'FIRST', 'LAST'] as const;

/** Translates the list after ORDER BY. */
export function writeOrderList(nodes: readonly SqlNode[], scope: Scope): string {
  return splitCommas(nodes)
    .map((part) => {
      let end = part.length;
      // A column may be called `first`: a word alone is never a tail.
      while (end > 1 && isWord(part[end - 1], ...TAIL) && !isOperator(part[end - 2], '.')) end -= 1;
      const tail = part.slice(end).map((node) => (node.kind === 'group' ? '' : node.word));
      const { text, hint } = scope.expression(part.slice(0, end), scope);
      if (hint !== 'variant') return [text, ...tail].join(' ');
      // DuckDB sorts VARIANT by kind first: numbers must sort as numbers, texts as texts.
      return [variantKey(text), ...tail].join(' ');
    })
    .join(', ');
}

/** Translates a comma list of expressions. */
export function writeList(nodes: readonly SqlNode[], scope: Scope): string {
  return splitCommas(nodes)
    .map((part) => `${part[0]?.space ?? ''}${scope.expression(part, scope).text}`)
    .join(',');
}

/** Translates the inside of `over (…)` or of a named window. */
export function writeWindow(nodes: readonly SqlNode[], scope: Scope): Over {
  const order = nodes.findIndex((_, index) => hasWords(nodes, index, 'ORDER', 'BY'));
  const frame = nodes.findIndex(
    (node, index) => isWord(node, 'ROWS', 'RANGE', 'GROUPS') && isFrame(nodes, index),
  );
  const end = frame === -1 ? nodes.length : frame;
  const parts: string[] = [];
  if (hasWords(nodes, 0, 'PARTITION', 'BY'))
    parts.push(`PARTITION BY ${writeList(nodes.slice(2, order === -1 ? end : order), scope)}`);
  else if (nodes.length > 0 && order !== 0 && frame !== 0)
    parts.push(scope.expression(nodes.slice(0, order === -1 ? end : order), scope).text);
  if (order !== -1) parts.push(`ORDER BY ${writeOrderList(nodes.slice(order + 2, end), scope)}`);
  return {
    text: `(${parts.join(' ')})`,
    hasOrder: order !== -1,
    frame:
      frame === -1
        ? ''
        : nodes
            .slice(frame)
            .map((node) => frameWord(node, scope))
            .join(' '),
  };
}

function isFrame(nodes: readonly SqlNode[], at: number): boolean {
  return (
    isWord(nodes[at + 1], 'BETWEEN', 'UNBOUNDED', 'CURRENT') || nodes[at + 1]?.kind === 'number'
  );
}

function frameWord(node: SqlNode, scope: Scope): string {
  if (node.kind === 'group') return `(${scope.expression(node.children, scope).text})`;
  return node.kind === 'string' ? scope.expression([node], scope).text : node.word;
}
