/**
 * The list after SELECT. An expression without an alias gets the name that Snowflake gives it: its own text in upper case.
 */
import { quoteIdentifier } from '../identifiers.js';
import type { SqlNode } from '../tree.js';
import { readExpression } from './expression.js';
import {
  isGroup,
  isName,
  isOperator,
  isWord,
  readName,
  sourceText,
  splitCommas,
  stringValue,
  writeName,
} from './nodes.js';
import { type Scope, literal, unsupported } from './scope.js';

/** Translates the list, with what may stand before it (DISTINCT, TOP n). */
export function writeSelectList(nodes: readonly SqlNode[], scope: Scope): string {
  let rest = nodes;
  let prefix = '';
  if (isWord(rest[0], 'DISTINCT')) prefix = ' DISTINCT';
  if (isWord(rest[0], 'DISTINCT', 'ALL')) rest = rest.slice(1);
  const top = rest[1];
  if (isWord(rest[0], 'TOP') && top?.kind === 'number')
    throw unsupported(scope, 'TOP (write LIMIT)', rest[0]);
  const items = splitCommas(rest);
  // A comma before FROM is allowed.
  const kept = items.at(-1)?.length === 0 ? items.slice(0, -1) : items;
  return `${prefix}${kept.map((item) => `${item[0]?.space || ' '}${writeItem(item, scope)}`).join(',')}`;
}

function writeItem(item: readonly SqlNode[], scope: Scope): string {
  const star = starAt(item);
  if (star !== -1) return writeStar(item, star, scope);
  const { written, next } = readExpression(item, 0, scope);
  const hasAs = isWord(item[next], 'AS');
  const alias = item[hasAs ? next + 1 : next];
  if (alias === undefined && !hasAs) {
    return isPlainColumn(item)
      ? written.text
      : `${written.text} AS ${quoteIdentifier(sourceText(item, scope.sql).toUpperCase())}`;
  }
  if (item.length > next + (hasAs ? 2 : 1))
    throw unsupported(scope, 'This item of the select list', item[next]);
  if (alias?.kind === 'string')
    return `${written.text} AS ${quoteIdentifier(stringValue(alias.text))}`;
  if (!isName(alias)) throw unsupported(scope, 'This alias', alias ?? item[next]);
  const name = writeName(alias.text);
  if (written.hint === 'variant') scope.variantAliases.add(name.slice(1, -1).toUpperCase());
  return `${written.text} AS ${name}`;
}

function isPlainColumn(item: readonly SqlNode[]): boolean {
  const name = readName(item, 0);
  return (
    name !== undefined &&
    name.next === item.length &&
    !isWord(item[0], 'NULL', 'TRUE', 'FALSE') &&
    !/^CURRENT_|^LOCALTIME|^SYSDATE/u.test(name.parts.length === 1 ? (name.parts[0] ?? '') : '')
  );
}

/** Index of the `*` of `*` or `t.*`; -1 for any other item. */
function starAt(item: readonly SqlNode[]): number {
  if (isOperator(item[0], '*')) return 0;
  const name = readName(item, 0);
  return name !== undefined &&
    isOperator(item[name.next], '.') &&
    isOperator(item[name.next + 1], '*')
    ? name.next + 1
    : -1;
}

/** `* [ilike 'p'] [exclude …] [replace (…)] [rename …]`. */
function writeStar(item: readonly SqlNode[], star: number, scope: Scope): string {
  const table = star === 0 ? '' : `${quoteIdentifier(readName(item, 0)?.parts.at(-1) ?? '')}.`;
  let text = `${table}*`;
  let at = star + 1;
  const excluded: string[] = scope.hidden
    .filter(({ relation }) => table === '' || table === `${quoteIdentifier(relation ?? '')}.`)
    .map(({ column }) => column);
  if (excluded.length > 0) text += ` EXCLUDE (${excluded.join(', ')})`;
  while (at < item.length) {
    const word = item[at];
    const value = item[at + 1];
    if (isWord(word, 'ILIKE') && value?.kind === 'string') {
      // COLUMNS takes a function of the name; DuckDB's own `* ILIKE` cannot be combined with a table's name.
      text = `COLUMNS(lambda c: c ILIKE ${literal(stringValue(value.text))})`;
      if (table !== '') throw unsupported(scope, 'ILIKE after a table’s star', word);
      at += 2;
    } else if (isWord(word, 'EXCLUDE')) {
      const names = isGroup(value) ? splitCommas(value.children).map(([name]) => name) : [value];
      excluded.push(...names.map((name) => (isName(name) ? writeName(name.text) : '')));
      text += ` EXCLUDE (${excluded.join(', ')})`;
      at += 2;
    } else if (isWord(word, 'REPLACE') && isGroup(value)) {
      text += ` REPLACE (${splitCommas(value.children)
        .map((part) => writeItem(part, scope))
        .join(', ')})`;
      at += 2;
    } else if (isWord(word, 'RENAME')) {
      const { list, next } = renames(item, at + 1);
      text += ` RENAME (${list.join(', ')})`;
      at = next;
    } else throw unsupported(scope, 'This item of the select list', word);
  }
  return text;
}

/** `a as b`, or `(a as b, c as d)`. */
function renames(
  item: readonly SqlNode[],
  at: number,
): { readonly list: readonly string[]; readonly next: number } {
  const value = item[at];
  const isList = isGroup(value);
  const pairs = isList ? splitCommas(value.children) : [item.slice(at, at + 3)];
  const list = pairs.map((pair) => {
    const from = pair[0];
    const to = pair[2];
    return isName(from) && isName(to) ? `${writeName(from.text)} AS ${writeName(to.text)}` : '';
  });
  return { list, next: isList ? at + 1 : at + 3 };
}
