/**
 * A query as far as column lineage needs it: which selects stand where, what they name, and the text of their expressions.
 *
 * Expressions stay bracket trees; `expression.ts` reads what they refer to.
 */
import type { Leaf, SqlNode } from '../tree.js';

/** A run of nodes between two clauses, commas or brackets. */
export type Nodes = readonly SqlNode[];

/** An identifier as written, quotes included. */
export interface Name {
  readonly written: string;
  /** UTF-16 units from the start of the text. */
  readonly offset: number;
}

export interface Query {
  readonly ctes: readonly CteDefinition[];
  readonly isRecursive: boolean;
  /** At least one; more where set operators stand between them. */
  readonly branches: readonly Branch[];
}

export interface CteDefinition {
  readonly name: Name;
  readonly columns: readonly Name[];
  /** Between its brackets: every level of queries is read when it is resolved. */
  readonly body: Nodes;
}

export interface Branch {
  /** What joins it to those before it; null for the first. */
  readonly operator: 'union' | 'except' | 'intersect' | null;
  readonly isByName: boolean;
  readonly body: Body;
}

export type Body =
  | SelectBody
  | { readonly kind: 'nested'; readonly nodes: Nodes }
  | { readonly kind: 'values'; readonly rows: readonly (readonly Nodes[])[] }
  | { readonly kind: 'source'; readonly item: FromItem }
  | { readonly kind: 'unread'; readonly offset: number };

export interface SelectBody {
  readonly kind: 'select';
  readonly items: readonly SelectItem[];
  readonly from: readonly FromItem[];
  readonly clauses: readonly Clause[];
  /** Definitions of named windows, by name as written. */
  readonly windows: ReadonlyMap<string, Nodes>;
}

export type ClauseKind = 'where' | 'join' | 'group' | 'having' | 'qualify' | 'order';

export interface Clause {
  readonly kind: ClauseKind;
  readonly nodes: Nodes;
}

export type SelectItem =
  | {
      readonly kind: 'expression';
      readonly nodes: Nodes;
      /** Null where the column has no name of its own. */
      readonly alias: Name | null;
    }
  | StarItem;

export interface StarItem {
  readonly kind: 'star';
  /** `a.b` of `a.b.*`; empty for a bare star. */
  readonly qualifier: readonly Name[];
  readonly excluded: readonly Name[];
  readonly renamed: readonly { readonly from: Name; readonly to: Name }[];
  readonly replaced: readonly { readonly nodes: Nodes; readonly name: Name }[];
  /** A `like` pattern that names must match, or null. */
  readonly pattern: string | null;
  readonly offset: number;
}

export interface FromItem {
  readonly source: Source;
  readonly alias: Name | null;
  readonly columnAliases: readonly Name[];
  /** How it is joined to what stands before it; null for the first, and after a comma. */
  readonly join: Join | null;
  readonly pivots: readonly Pivot[];
}

export interface Join {
  /** `semi` and `anti` give no columns. */
  readonly kind: 'both' | 'semi' | 'anti';
  readonly isNatural: boolean;
  readonly using: readonly Name[];
  readonly on: Nodes;
}

export type Source =
  | { readonly kind: 'table'; readonly parts: readonly Name[] }
  | { readonly kind: 'query'; readonly nodes: Nodes }
  | { readonly kind: 'joined'; readonly items: readonly FromItem[] }
  | { readonly kind: 'values'; readonly rows: readonly (readonly Nodes[])[] }
  | {
      readonly kind: 'function';
      /** In upper case, the last part alone. */
      readonly name: string;
      readonly arguments: readonly Nodes[];
      readonly offset: number;
    }
  | { readonly kind: 'unread'; readonly offset: number };

export interface Pivot {
  readonly kind: 'pivot' | 'unpivot';
  /** What is between its brackets, or the clauses of the statement form. */
  readonly nodes: Nodes;
  readonly offset: number;
}

/** Whether a node is this word, not quoted. */
export function isWord(
  node: SqlNode | undefined,
  ...words: readonly string[]
): node is Leaf & { readonly kind: 'word' } {
  return node?.kind === 'word' && words.includes(node.word);
}

export function isOperator(node: SqlNode | undefined, text: string): boolean {
  return node?.kind === 'operator' && node.text === text;
}

/** The children of a node if it is a group in round brackets. */
export function bracketed(node: SqlNode | undefined): Nodes | null {
  return node?.kind === 'group' && node.open === '(' ? node.children : null;
}

/** An identifier, or null. */
export function nameOf(node: SqlNode | undefined): Name | null {
  return node?.kind === 'word' || node?.kind === 'quoted'
    ? { written: node.text, offset: node.offset }
    : null;
}

/** Just after the last character of a node. */
export function endOf(node: SqlNode): number {
  return node.kind === 'group' ? node.end : node.offset + node.text.length;
}

/** Parts between the commas of one level; none for no nodes. */
export function splitCommas(nodes: Nodes): readonly Nodes[] {
  const parts: SqlNode[][] = [];
  let current: SqlNode[] = [];
  for (const node of nodes) {
    if (isOperator(node, ',')) {
      parts.push(current);
      current = [];
    } else current.push(node);
  }
  // A trailing comma is allowed in both dialects.
  if (current.length > 0) parts.push(current);
  return parts;
}

/** The identifiers of a bracketed list. */
export function namesIn(nodes: Nodes): readonly Name[] {
  return splitCommas(nodes).flatMap((part) => nameOf(part[0]) ?? []);
}

/** `(1, 'a'), (2, 'b')` as rows of expressions. */
export function readRows(nodes: Nodes): readonly (readonly Nodes[])[] {
  const rows: (readonly Nodes[])[] = [];
  for (const part of splitCommas(nodes)) {
    const group = bracketed(part[0]);
    if (group !== null) rows.push(splitCommas(group));
  }
  return rows;
}

/** Whether the nodes between two brackets are a query. */
export function isQuery(nodes: Nodes): boolean {
  let inner = nodes;
  for (;;) {
    if (isWord(inner[0], 'SELECT', 'WITH', 'FROM', 'PIVOT', 'UNPIVOT')) return true;
    if (isWord(inner[0], 'VALUES')) return bracketed(inner[1]) !== null;
    const group = bracketed(inner[0]);
    if (group === null) return false;
    const follower = inner[1];
    if (follower !== undefined && !isSetOperator(inner, 1) && !isWord(follower, 'ORDER', 'LIMIT'))
      return false;
    inner = group;
  }
}

/** Whether a node stands between two branches of a query. */
export function isSetOperator(nodes: Nodes, at: number): boolean {
  if (!isWord(nodes[at], 'UNION', 'EXCEPT', 'INTERSECT', 'MINUS')) return false;
  const before = nodes[at - 1];
  const after = nodes[at + 1];
  if (at === 0 || isOperator(before, '.') || isOperator(before, ',')) return false;
  // `* except (a)` leaves columns out.
  if (isOperator(before, '*')) return isWord(after, 'ALL', 'DISTINCT', 'SELECT');
  return (
    isWord(after, 'ALL', 'DISTINCT', 'SELECT', 'WITH', 'FROM', 'VALUES', 'BY', 'TABLE') ||
    bracketed(after) !== null
  );
}
