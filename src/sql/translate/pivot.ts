/** PIVOT and UNPIVOT. Pivoted columns are named as Snowflake names them: the value's text, quotes included. */
import { quoteIdentifier, storedName } from '../identifiers.js';
import type { SqlNode } from '../tree.js';
import {
  hasWords,
  isGroup,
  isName,
  isQuery,
  isWord,
  sourceText,
  splitCommas,
  stringValue,
  writeName,
} from './nodes.js';
import { writeOrderList } from './order.js';
import { type Scope, literal, unsupported } from './scope.js';

interface Part {
  readonly text: string;
  readonly next: number;
}

const AGGREGATES = new Set(['SUM', 'AVG', 'COUNT', 'MAX', 'MIN', 'ANY_VALUE', 'MEDIAN']);

/**
 * Translates `pivot (sum(x) for y in (…) [default on null (0)])` from its word, as a query in brackets.
 *
 * Values that are not listed (`any [order by …]`, a query) are found when the statement runs, so not in a view.
 * @param source the relation with its alias, ready SQL.
 */
export function writePivot(
  source: string,
  nodes: readonly SqlNode[],
  at: number,
  scope: Scope,
): Part {
  const group = nodes[at + 1];
  const word = nodes[at];
  if (!isGroup(group)) throw unsupported(scope, 'PIVOT', word);
  const { children } = group;
  const split = children.findIndex((node) => isWord(node, 'FOR'));
  const name = children[0];
  const args = children[1];
  const column = children[split + 1];
  const list = children[split + 3];
  if (
    split < 2 ||
    name?.kind !== 'word' ||
    !AGGREGATES.has(name.word) ||
    !isGroup(args) ||
    !isName(column) ||
    !isGroup(list)
  )
    throw unsupported(scope, 'This PIVOT', word);
  const otherwise = readDefault(children, split + 4, scope);
  const pivot: Pivot = {
    source,
    call: `${name.word.toLowerCase()}(${scope.expression(args.children, scope).text})`,
    column: writeName(column.text),
    otherwise,
  };
  const isOpen = isQuery(list.children) || isWord(list.children[0], 'ANY');
  if (isOpen && otherwise !== undefined)
    throw unsupported(scope, 'DEFAULT ON NULL over values that are not listed', list);
  const text = isOpen
    ? pivotFound(pivot, list.children, scope)
    : pivotListed(pivot, list.children, scope);
  return { text: `(${text})`, next: at + 2 };
}

interface Pivot {
  readonly source: string;
  readonly call: string;
  readonly column: string;
  /** What stands for a null in the new columns. */
  readonly otherwise: string | undefined;
}

function readDefault(nodes: readonly SqlNode[], at: number, scope: Scope): string | undefined {
  if (nodes.length <= at) return undefined;
  const value = nodes[at + 3];
  if (!hasWords(nodes, at, 'DEFAULT', 'ON', 'NULL') || !isGroup(value) || nodes.length > at + 4)
    throw unsupported(scope, 'This PIVOT', nodes[at]);
  return scope.expression(value.children, scope).text;
}

function pivotListed(pivot: Pivot, list: readonly SqlNode[], scope: Scope): string {
  const values = splitCommas(list).map((part) => {
    const as = part.findIndex((node) => isWord(node, 'AS'));
    const value = as === -1 ? part : part.slice(0, as);
    const given = as === -1 ? undefined : part[as + 1];
    const label = isName(given)
      ? storedName(given.text, 'snowflake')
      : sourceText(value, scope.sql);
    return { value: scope.expression(value, scope).text, label: quoteIdentifier(label) };
  });
  const { source, call, column, otherwise } = pivot;
  const star =
    otherwise === undefined
      ? '*'
      : `* REPLACE (${values.map(({ label }) => `coalesce(${label}, ${otherwise}) AS ${label}`).join(', ')})`;
  const listed = values.map(({ value, label }) => `${value} AS ${label}`).join(', ');
  return `SELECT ${star} FROM ${source} PIVOT (${call} FOR ${column} IN (${listed}))`;
}

/** A text names its column with its quotes, a number as it is: the type that the column has decides. */
function labelled(column: string): string {
  return `cast_to_type(CASE typeof(${column}) WHEN 'VARCHAR' THEN concat(chr(39), ${column}, chr(39)) ELSE CAST(${column} AS VARCHAR) END, ${column})`;
}

function pivotFound(pivot: Pivot, list: readonly SqlNode[], scope: Scope): string {
  const { source, call, column } = pivot;
  const rows = `(SELECT * REPLACE (${labelled(column)} AS ${column}) FROM ${source})`;
  return `PIVOT ${rows} ON ${column} IN (${foundValues(pivot, list, scope)}) USING ${call}`;
}

/** The values in their order, each once; a null makes no column. */
function foundValues(pivot: Pivot, list: readonly SqlNode[], scope: Scope): string {
  const { source, column } = pivot;
  if (isQuery(list))
    return `SELECT ${labelled('v')} FROM (SELECT v, min(n) AS n FROM (SELECT v, row_number() OVER () AS n FROM (${scope.query(list, scope)}) AS "__V" (v)) WHERE v IS NOT NULL GROUP BY v) ORDER BY n`;
  const isOrdered = hasWords(list, 1, 'ORDER', 'BY');
  if (list.length > 1 && !isOrdered) throw unsupported(scope, 'This PIVOT', list[1]);
  const order = isOrdered ? writeOrderList(list.slice(3), scope) : column;
  return `SELECT ${labelled(column)} FROM ${source} WHERE ${column} IS NOT NULL GROUP BY ${column} ORDER BY ${order}`;
}

/** Translates `unpivot [include nulls] (value for name in (a, b as 'x'))` from its word. */
export function writeUnpivot(
  source: string,
  nodes: readonly SqlNode[],
  at: number,
  scope: Scope,
): Part {
  const word = nodes[at];
  const isCounted = isWord(nodes[at + 1], 'INCLUDE', 'EXCLUDE');
  const keepsNulls = isWord(nodes[at + 1], 'INCLUDE');
  const groupAt = at + (isCounted ? 3 : 1);
  const group = nodes[groupAt];
  if (!isGroup(group)) throw unsupported(scope, 'UNPIVOT', word);
  const [value, , name, , list] = group.children;
  if (!isName(value) || !isName(name) || !isGroup(list))
    throw unsupported(scope, 'This UNPIVOT', word);
  const columns = splitCommas(list.children).map((part) => {
    const [column, , label] = part;
    if (!isName(column)) throw unsupported(scope, 'This UNPIVOT', column ?? list);
    if (label === undefined) return writeName(column.text);
    const text =
      label.kind === 'string'
        ? stringValue(label.text)
        : isName(label)
          ? storedName(label.text, 'snowflake')
          : '';
    return `${writeName(column.text)} AS ${literal(text)}`;
  });
  return {
    text: `(SELECT * FROM ${source} UNPIVOT ${keepsNulls ? 'INCLUDE NULLS ' : ''}(${writeName(value.text)} FOR ${writeName(name.text)} IN (${columns.join(', ')})))`,
    next: groupAt + 1,
  };
}
