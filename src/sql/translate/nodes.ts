/**
 * Questions about runs of nodes: what stands where, where a list splits, how a name reads.
 */
import { quoteIdentifier, storedName } from '../identifiers.js';
import type { Group, Leaf, SqlNode } from '../tree.js';

// Narrower than Leaf, so that the compiler does not conclude from a "no" that a node is no leaf.
interface Word extends Leaf {
  readonly kind: 'word';
}
interface Operator extends Leaf {
  readonly kind: 'operator';
}
interface Name extends Leaf {
  readonly kind: 'word' | 'quoted';
}

export function isWord(node: SqlNode | undefined, ...words: readonly string[]): node is Word {
  return node?.kind === 'word' && words.includes(node.word);
}

export function isOperator(node: SqlNode | undefined, text: string): node is Operator {
  return node?.kind === 'operator' && node.text === text;
}

export function isGroup(node: SqlNode | undefined, open: Group['open'] = '('): node is Group {
  return node?.kind === 'group' && node.open === open;
}

/** True for a plain or quoted identifier, keywords included. */
export function isName(node: SqlNode | undefined): node is Name {
  return node?.kind === 'word' || node?.kind === 'quoted';
}

/** True if the words stand in this order from `at`. */
export function hasWords(
  nodes: readonly SqlNode[],
  at: number,
  ...words: readonly string[]
): boolean {
  return words.every((word, index) => isWord(nodes[at + index], word));
}

/** Splits at top-level commas; an empty run is an empty list. */
export function splitCommas(nodes: readonly SqlNode[]): readonly (readonly SqlNode[])[] {
  if (nodes.length === 0) return [];
  const parts: SqlNode[][] = [[]];
  for (const node of nodes) {
    if (isOperator(node, ',')) parts.push([]);
    else parts.at(-1)?.push(node);
  }
  return parts;
}

/** True if a group's inside is a query and not an expression. */
export function isQuery(nodes: readonly SqlNode[]): boolean {
  const first = nodes[0];
  if (isGroup(first))
    return (
      isQuery(first.children) &&
      (nodes.length === 1 || isSetOperator(nodes[1]) || isWord(nodes[1], 'ORDER', 'LIMIT'))
    );
  return isWord(first, 'SELECT', 'WITH') || (isWord(first, 'VALUES') && isGroup(nodes[1]));
}

/** True for `from first` and `from last` of a window function. */
export function isFromEdge(nodes: readonly SqlNode[], at: number): boolean {
  return (
    isWord(nodes[at], 'FROM') &&
    isWord(nodes[at + 1], 'FIRST', 'LAST') &&
    isWord(nodes[at + 2], 'OVER', 'IGNORE', 'RESPECT')
  );
}

export function isSetOperator(node: SqlNode | undefined): boolean {
  return isWord(node, 'UNION', 'INTERSECT', 'EXCEPT', 'MINUS');
}

/** A name with dots, read from `at`: its parts in stored case, and the index after it. Undefined if no name stands there. */
export function readName(
  nodes: readonly SqlNode[],
  at: number,
): { readonly parts: readonly string[]; readonly next: number; readonly first: Leaf } | undefined {
  const first = nodes[at];
  if (!isName(first)) return undefined;
  const parts = [storedName(first.text, 'snowflake')];
  let next = at + 1;
  while (isOperator(nodes[next], '.')) {
    // `db..table`: the schema is left to the default, PUBLIC.
    if (isOperator(nodes[next + 1], '.')) {
      parts.push('PUBLIC');
      next += 1;
      continue;
    }
    const part = nodes[next + 1];
    if (!isName(part)) break;
    parts.push(storedName(part.text, 'snowflake'));
    next += 2;
  }
  return { parts, next, first };
}

/** A name for DuckDB: stored case, always quoted, so that no keyword of DuckDB's can get in the way. */
export function writeName(written: string): string {
  return quoteIdentifier(storedName(written, 'snowflake'));
}

/** The value of a string token: quotes off, escapes read as Snowflake reads them. */
export function stringValue(text: string): string {
  if (text.startsWith('$$')) return text.slice(2, -2);
  return text
    .slice(1, -1)
    .replaceAll(
      /''|\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|([0-7]{1,3})|([^]))/gu,
      (
        whole,
        hex: string | undefined,
        unicode: string | undefined,
        octal: string | undefined,
        other: string | undefined,
      ) => {
        if (whole === "''") return "'";
        if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
        if (unicode !== undefined) return String.fromCodePoint(Number.parseInt(unicode, 16));
        if (octal !== undefined) return String.fromCodePoint(Number.parseInt(octal, 8));
        return ESCAPES[other ?? ''] ?? other ?? '';
      },
    );
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

/** The source text of a run, without the white space around it. */
export function sourceText(nodes: readonly SqlNode[], sql: string): string {
  const first = nodes[0];
  const last = nodes.at(-1);
  if (first === undefined || last === undefined) return '';
  return sql.slice(first.offset, endOf(last));
}

/** Offset just after a node. */
export function endOf(node: SqlNode): number {
  return node.kind === 'group' ? node.end : node.offset + node.text.length;
}
