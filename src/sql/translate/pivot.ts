/** PIVOT and UNPIVOT with fixed lists. Pivoted columns are named as Snowflake names them: the value's text, quotes included. */
import { quoteIdentifier, storedName } from '../identifiers.js';
import type { SqlNode } from '../tree.js';
import {
  isGroup,
  isName,
  isQuery,
  isWord,
  sourceText,
  splitCommas,
  stringValue,
  writeName,
} from './nodes.js';
import { type Scope, literal, unsupported } from './scope.js';

interface Part {
  readonly text: string;
  readonly next: number;
}

const AGGREGATES = new Set(['SUM', 'AVG', 'COUNT', 'MAX', 'MIN', 'ANY_VALUE', 'MEDIAN']);

/** Translates `pivot (sum(x) for y in ('a', 'b' as b))` from its word. */
export function writePivot(nodes: readonly SqlNode[], at: number, scope: Scope): Part {
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
  if (children.length > split + 4)
    throw unsupported(scope, 'PIVOT with DEFAULT ON NULL', children[split + 4]);
  if (isQuery(list.children) || isWord(list.children[0], 'ANY'))
    throw unsupported(scope, 'PIVOT over values that are not listed', list);
  const values = splitCommas(list.children).map((part) => {
    const as = part.findIndex((node) => isWord(node, 'AS'));
    const value = as === -1 ? part : part.slice(0, as);
    const given = as === -1 ? undefined : part[as + 1];
    const label = isName(given)
      ? storedName(given.text, 'snowflake')
      : sourceText(value, scope.sql);
    return `${scope.expression(value, scope).text} AS ${quoteIdentifier(label)}`;
  });
  const call = `${name.word.toLowerCase()}(${scope.expression(args.children, scope).text})`;
  return {
    text: `PIVOT (${call} FOR ${writeName(column.text)} IN (${values.join(', ')}))`,
    next: at + 2,
  };
}

/** Translates `unpivot [include nulls] (value for name in (a, b as 'x'))` from its word. */
export function writeUnpivot(nodes: readonly SqlNode[], at: number, scope: Scope): Part {
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
    text: `UNPIVOT ${keepsNulls ? 'INCLUDE NULLS ' : ''}(${writeName(value.text)} FOR ${writeName(name.text)} IN (${columns.join(', ')}))`,
    next: groupAt + 1,
  };
}
