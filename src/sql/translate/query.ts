/**
 * Queries: CTEs, set operators and the clauses of a SELECT, each handed to its rules and printed in its place.
 */
import { quoteIdentifier, storedName } from '../identifiers.js';
import type { SqlNode } from '../tree.js';
import { writeFrom } from './from.js';
import {
  hasWords,
  isFromEdge,
  isGroup,
  isName,
  isOperator,
  isQuery,
  isSetOperator,
  isWord,
  splitCommas,
  writeName,
} from './nodes.js';
import { type Hierarchy, openHierarchy } from './hierarchy.js';
import { writeList, writeOrderList, writeWindow } from './order.js';
import { type Scope, unsupported } from './scope.js';
import { writeSelectList } from './select-list.js';
import { writeValues } from './values.js';

/** Translates a query: `with …`, `select …`, `values …`, or several of them with set operators between. */
export function writeQuery(nodes: readonly SqlNode[], outer: Scope): string {
  // Rows of a pattern or hierarchy are those of the query outside.
  const { rows: _, ...plain } = outer;
  const scope: Scope = { ...plain, ctes: new Set(outer.ctes) };
  if (!isWord(nodes[0], 'WITH')) return writeTerms(nodes, scope);
  const { text, next } = writeCtes(nodes, scope);
  return `${text}${nodes[next]?.space ?? ' '}${writeTerms(nodes.slice(next), scope)}`;
}

/** The WITH clause, and the index after it. Each name is known from its own end on. */
function writeCtes(
  nodes: readonly SqlNode[],
  scope: Scope,
): { readonly text: string; readonly next: number } {
  let next = isWord(nodes[1], 'RECURSIVE') ? 2 : 1;
  let isRecursive = next === 2;
  const parts: string[] = [];
  for (;;) {
    const name = nodes[next];
    if (!isName(name)) throw unsupported(scope, 'This WITH', name ?? nodes[0]);
    const stored = storedName(name.text, 'snowflake').toUpperCase();
    let at = next + 1;
    const columns = nodes[at];
    const names =
      isGroup(columns) && !isQuery(columns.children) ? writeNames(columns.children) : '';
    if (names !== '') at += 1;
    // AS may be left out.
    if (isWord(nodes[at], 'AS')) at += 1;
    const body = nodes[at];
    if (!isGroup(body)) throw unsupported(scope, 'A CTE without a query in brackets', nodes[at]);
    const callsItself = hasUnion(body.children) && mentions(body.children, stored);
    if (callsItself) {
      isRecursive = true;
      scope.ctes.add(stored);
    }
    const query = writeQuery(body.children, scope);
    parts.push(
      `${name.space}${writeName(name.text)}${names} AS (${body.children[0]?.space ?? ''}${query}${body.closeSpace})`,
    );
    scope.ctes.add(stored);
    next = at + 1;
    if (!isOperator(nodes[next], ',')) break;
    next += 1;
  }
  return { text: `WITH${isRecursive ? ' RECURSIVE' : ''}${parts.join(',')}`, next };
}

/** `("A", "B")` for a list of names. */
export function writeNames(nodes: readonly SqlNode[]): string {
  return ` (${splitCommas(nodes)
    .map(([name]) => (isName(name) ? writeName(name.text) : ''))
    .join(', ')})`;
}

function hasUnion(nodes: readonly SqlNode[]): boolean {
  return nodes.some((node) => isWord(node, 'UNION'));
}

function mentions(nodes: readonly SqlNode[], name: string): boolean {
  return nodes.some((node, index) =>
    node.kind === 'group'
      ? mentions(node.children, name)
      : isName(node) &&
        !isOperator(nodes[index - 1], '.') &&
        storedName(node.text, 'snowflake').toUpperCase() === name,
  );
}

/** Selects joined by set operators. */
function writeTerms(nodes: readonly SqlNode[], scope: Scope): string {
  const out: string[] = [];
  let start = 0;
  for (let index = 0; index <= nodes.length; index += 1) {
    const node = nodes[index];
    if (node !== undefined && !isSetOperator(node)) continue;
    out.push(writeTerm(nodes.slice(start, index), scope));
    if (node === undefined || node.kind === 'group') break;
    let words = node.word === 'MINUS' ? 'EXCEPT' : node.word;
    while (isWord(nodes[index + 1], 'ALL', 'DISTINCT', 'BY')) {
      index += 1;
      if (isWord(nodes[index], 'ALL')) words += ' ALL';
      if (isWord(nodes[index], 'BY')) {
        words += ' BY NAME';
        index += 1;
      }
    }
    start = index + 1;
    out.push(`${node.space}${words}${nodes[start]?.space ?? ' '}`);
  }
  return out.join('');
}

function writeTerm(nodes: readonly SqlNode[], scope: Scope): string {
  const first = nodes[0];
  if (first === undefined) throw unsupported(scope, 'An empty query', 0);
  if (isGroup(first) && isQuery(first.children)) {
    const rest = nodes.length > 1 ? writeClauses(nodes.slice(1), scope) : '';
    return `(${first.children[0]?.space ?? ''}${writeQuery(first.children, scope)}${first.closeSpace})${rest}`;
  }
  if (isWord(first, 'VALUES')) return `SELECT * FROM ${writeValues(nodes, scope).text}`;
  if (isWord(first, 'SELECT')) return writeSelect(nodes, scope);
  throw unsupported(
    scope,
    `A query that starts with ${first.kind === 'group' ? first.open : first.text}`,
    first,
  );
}

type ClauseName =
  | 'SELECT'
  | 'FROM'
  | 'WHERE'
  | 'START'
  | 'CONNECT'
  | 'GROUP'
  | 'HAVING'
  | 'QUALIFY'
  | 'WINDOW'
  | 'ORDER'
  | 'LIMIT'
  | 'OFFSET'
  | 'FETCH';

interface Clause {
  readonly name: ClauseName;
  readonly space: string;
  readonly body: readonly SqlNode[];
}

const TWO_WORDS = new Set<ClauseName>(['CONNECT', 'GROUP', 'ORDER', 'START']);

/** Cuts a select at the keywords of its clauses. */
function readClauses(nodes: readonly SqlNode[], scope: Scope): readonly Clause[] {
  const starts: { readonly name: ClauseName; readonly at: number; readonly body: number }[] = [];
  for (let index = 0; index < nodes.length; index += 1) {
    const name = clauseAt(nodes, index);
    if (name === undefined) continue;
    starts.push({ name, at: index, body: index + (TWO_WORDS.has(name) ? 2 : 1) });
  }
  const into = nodes.find((node) => isWord(node, 'INTO') && starts.length > 0);
  if (into !== undefined) throw unsupported(scope, 'SELECT INTO', into);
  return starts.map(({ name, at, body }, index) => ({
    name,
    space: nodes[at]?.space ?? ' ',
    body: nodes.slice(body, starts[index + 1]?.at),
  }));
}

function clauseAt(nodes: readonly SqlNode[], at: number): ClauseName | undefined {
  const node = nodes[at];
  if (node?.kind !== 'word' || isOperator(nodes[at - 1], '.') || isOperator(nodes[at - 1], ':'))
    return undefined;
  switch (node.word) {
    case 'SELECT':
    case 'WHERE':
    case 'HAVING':
    case 'QUALIFY':
      return node.word;
    case 'FROM':
      // `is [not] distinct from`, `nth_value(x, 2) from first`
      return (isWord(nodes[at - 1], 'DISTINCT') && isWord(nodes[at - 2], 'IS', 'NOT')) ||
        isFromEdge(nodes, at)
        ? undefined
        : 'FROM';
    case 'CONNECT':
    case 'GROUP':
    case 'ORDER':
      return isWord(nodes[at + 1], 'BY') ? node.word : undefined;
    case 'START':
      return isWord(nodes[at + 1], 'WITH') ? node.word : undefined;
    case 'WINDOW':
      return isWord(nodes[at + 2], 'AS') && isGroup(nodes[at + 3]) ? 'WINDOW' : undefined;
    case 'LIMIT':
    case 'OFFSET':
      return at > 0 && isAmount(nodes[at + 1]) && !isOperator(nodes[at - 1], ',')
        ? node.word
        : undefined;
    case 'FETCH':
      return isAmount(nodes[at + 1]) || isWord(nodes[at + 1], 'FIRST', 'NEXT')
        ? 'FETCH'
        : undefined;
    default:
      return undefined;
  }
}

function isAmount(node: SqlNode | undefined): boolean {
  return (
    node?.kind === 'number' ||
    node?.kind === 'variable' ||
    isWord(node, 'NULL') ||
    node?.kind === 'string'
  );
}

function writeSelect(nodes: readonly SqlNode[], outer: Scope): string {
  const scope: Scope = {
    ...outer,
    variants: new Set(outer.variants),
    sequence: { column: undefined },
    relations: [],
    hidden: [],
    numbersRows: outer.numbersRows || hasStar(nodes),
  };
  const clauses = readClauses(nodes, scope);
  const from = clauses.find(({ name }) => name === 'FROM');
  // First, since it tells which columns are VARIANT and what numbers a generator makes.
  const fromText = from === undefined ? '' : writeFrom(from.body, scope);
  const offsetFirst = clauses.some(({ name }) => name === 'FETCH');
  const hierarchy = readHierarchy(clauses, fromText, scope);
  const texts = clauses.map((clause) => {
    if (clause.name === 'FROM') return undefined;
    if (clause.name === 'START' || clause.name === 'CONNECT') return '';
    const text = writeClause(clause, hierarchy?.scope ?? scope, offsetFirst);
    return `${clause.name === 'SELECT' ? '' : clause.space || ' '}${text}`;
  });
  const source = `${from?.space || ' '}FROM${hierarchy?.from() ?? fromText}`;
  return texts.map((text) => text ?? source).join('');
}

/** True for a select list with a star of its own, as the first item or after a comma or a name. */
function hasStar(nodes: readonly SqlNode[]): boolean {
  return nodes.some(
    (node, index) =>
      isOperator(node, '*') &&
      (isOperator(nodes[index - 1], ',') ||
        isOperator(nodes[index - 1], '.') ||
        isWord(nodes[index - 1], 'SELECT', 'DISTINCT')),
  );
}

/** START WITH and CONNECT BY of a select. A filter on several relations could be a join, which would come first: it is refused. */
function readHierarchy(
  clauses: readonly Clause[],
  source: string,
  scope: Scope,
): Hierarchy | undefined {
  const start = clauses.find(({ name }) => name === 'START');
  const connect = clauses.find(({ name }) => name === 'CONNECT');
  if (connect === undefined) {
    if (start !== undefined)
      throw unsupported(scope, 'START WITH without CONNECT BY', start.body[0]);
    return undefined;
  }
  const where = clauses.find(({ name }) => name === 'WHERE');
  if (where !== undefined && scope.relations.length > 1)
    throw unsupported(scope, 'CONNECT BY with WHERE over several relations', where.body[0]);
  return openHierarchy(source, start?.body, connect.body, scope);
}

/** Clauses after a query in brackets: ORDER BY and LIMIT. */
function writeClauses(nodes: readonly SqlNode[], scope: Scope): string {
  return readClauses(nodes, scope)
    .map((clause) => `${clause.space || ' '}${writeClause(clause, scope, false)}`)
    .join('');
}

function writeClause(clause: Clause, scope: Scope, hasFetch: boolean): string {
  const { name, body } = clause;
  const space = body[0]?.space || ' ';
  switch (name) {
    case 'SELECT':
      return `SELECT${writeSelectList(body, scope)}`;
    case 'FROM':
      return `FROM${writeFrom(body, scope)}`;
    case 'START':
    case 'CONNECT':
      throw unsupported(scope, `${name} in this place`, body[0]);
    case 'WHERE':
    case 'HAVING':
    case 'QUALIFY':
      return `${name}${space}${scope.expression(body, scope).text}`;
    case 'GROUP':
      return `GROUP BY${writeGroupList(body, scope)}`;
    case 'ORDER':
      return `ORDER BY${space}${isWord(body[0], 'ALL') ? body.map((node) => (node.kind === 'group' ? '' : node.word)).join(' ') : writeOrderList(body, scope)}`;
    case 'WINDOW':
      return `WINDOW ${splitCommas(body)
        .map((part) => namedWindow(part, scope))
        .join(', ')}`;
    case 'LIMIT':
      return isWord(body[0], 'NULL')
        ? ''
        : `LIMIT ${scope.expression(body.slice(0, 1), scope).text}`;
    case 'OFFSET':
      return `OFFSET ${scope.expression(body.slice(0, 1), scope).text}`;
    case 'FETCH': {
      const amount = body.find((node) => node.kind === 'number' || node.kind === 'variable');
      if (amount === undefined || !hasFetch) throw unsupported(scope, 'FETCH', body[0]);
      return `LIMIT ${scope.expression([amount], scope).text}`;
    }
  }
}

function namedWindow(part: readonly SqlNode[], scope: Scope): string {
  const [name, , window] = part;
  if (!isName(name) || !isGroup(window)) throw unsupported(scope, 'This WINDOW', part[0]);
  const { text, frame } = writeWindow(window.children, scope);
  return `${writeName(name.text)} AS ${frame === '' ? text : `${text.slice(0, -1)} ${frame})`}`;
}

function writeGroupList(nodes: readonly SqlNode[], scope: Scope): string {
  if (nodes.length === 1 && isWord(nodes[0], 'ALL')) return ' ALL';
  return splitCommas(nodes)
    .map((part) => {
      const [first, second] = part;
      const space = first?.space || ' ';
      if (isWord(first, 'ROLLUP', 'CUBE') && isGroup(second))
        return `${space}${first.word} (${writeList(second.children, scope)})`;
      if (hasWords(part, 0, 'GROUPING', 'SETS') && isGroup(part[2]))
        return `${space}GROUPING SETS (${splitCommas(part[2].children)
          .map(([set]) =>
            isGroup(set)
              ? `(${writeList(set.children, scope)})`
              : scope.expression(set === undefined ? [] : [set], scope).text,
          )
          .join(', ')})`;
      return `${space}${scope.expression(part, scope).text}`;
    })
    .join(',');
}

/** Names the columns of a query in brackets: `(…) AS q("A", "B")`. */
export function renamed(query: string, columns: readonly string[]): string {
  return `SELECT * FROM (${query}) AS "__COLUMNS" (${columns.map((column) => quoteIdentifier(column)).join(', ')})`;
}
