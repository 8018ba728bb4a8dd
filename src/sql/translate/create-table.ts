/**
 * CREATE TABLE: with columns, as a query, like or clone of another; dynamic tables are kept as views, which are never behind.
 */
import { quoteIdentifier } from '../identifiers.js';
import type { SqlNode } from '../tree.js';
import { writeCast } from './casts.js';
import { type ColumnDefinition, declaredLength, readColumns, textLengthCheck } from './columns.js';
import { isGroup, isQuery, isWord, readName, sourceText } from './nodes.js';
import { renamed } from './query.js';
import { type CreateHead, createWords, facts, readOptions } from './relation-options.js';
import { type Scope, lineBreaks, literal, unsupported } from './scope.js';
import type { Translation } from './translation.js';
import type { DuckType } from './types.js';

export function writeCreateTable(
  nodes: readonly SqlNode[],
  head: CreateHead,
  scope: Scope,
): Translation {
  const target = scope.options.place(head.name, head);
  const create = createWords(head, 'TABLE');
  const word = nodes[head.next];
  if (isWord(word, 'LIKE', 'CLONE')) return copyTable(nodes, head, target, create, scope);
  // Options may stand before the columns as well as after them.
  const leading = readOptions(nodes, head.next, scope);
  const group = nodes[leading.next];
  const hasColumns = isGroup(group) && !isQuery(group.children);
  const columns = hasColumns ? readColumns(group, scope) : [];
  const options = hasColumns ? readOptions(nodes, leading.next + 1, scope, leading) : leading;
  const cluster =
    options.clusterBy === undefined ? {} : { clusterBy: sourceText(options.clusterBy, scope.sql) };
  const after = comments(target, head.isDynamic ? 'VIEW' : 'TABLE', columns, options.comment);
  const base = { kind: 'create', object: 'table', ...facts(head), ...cluster } as const;
  const rest = nodes.slice(options.next);
  if (isWord(rest[0], 'AS')) {
    const query = writeBody(rest.slice(1), columns, scope);
    if (head.isDynamic)
      return {
        ...base,
        object: 'view',
        dynamic: options.dynamic,
        before: [],
        sql: `${createWords(head, 'VIEW')} ${target} AS${query}`,
        after,
      };
    if (columns.some(({ type }) => declaredLength(type) !== undefined))
      return { ...base, ...createSized(head, target, columns, query, scope), after: [...after] };
    const required = columns.filter(({ isRequired }) => isRequired);
    const constraints = required.map(
      ({ name }) => `ALTER TABLE ${target} ALTER ${quoteIdentifier(name)} SET NOT NULL`,
    );
    return {
      ...base,
      before: [],
      sql: `${create} ${target} AS${query}`,
      after: [...constraints, ...after],
    };
  }
  if (rest.length > 0 || !hasColumns)
    throw unsupported(scope, 'This CREATE TABLE', rest[0] ?? nodes[0]);
  const sequences = columns.flatMap((column) => sequenceOf(head, column, scope));
  const before =
    sequences.length > 0 && head.orReplace
      ? [`DROP TABLE IF EXISTS ${target}`, ...sequences]
      : sequences;
  const definitions = columns.map((column) => definition(head, column, scope)).join(', ');
  return { ...base, before, sql: `${create} ${target} (${definitions})`, after };
}

/** A table from a query whose columns have lengths: DuckDB takes checks only where a table is made empty. */
function createSized(
  head: CreateHead,
  target: string,
  columns: readonly ColumnDefinition[],
  query: string,
  scope: Scope,
): { readonly before: readonly string[]; readonly sql: string; readonly replaces?: string } {
  const definitions = columns.map((column) => definition(head, column, scope)).join(', ');
  const words = createWords({ ...head, orReplace: false, ifNotExists: false }, 'TABLE');
  // The query may read the table that is replaced.
  const made = head.orReplace ? `${target.slice(0, -1)}__MADE"` : target;
  return {
    before: [`${words} ${made} (${definitions})`],
    sql: `INSERT INTO ${made}${query}`,
    ...(head.orReplace ? { replaces: made } : {}),
  };
}

/** The query of a CTAS or view, its columns named and cast as a list in front of it says. */
export function writeBody(
  nodes: readonly SqlNode[],
  columns: readonly ColumnDefinition[],
  scope: Scope,
): string {
  if (!isQuery(nodes)) throw unsupported(scope, 'This query', nodes[0]);
  const query = `${lineBreaks(scope, nodes[0])}${scope.query(nodes, scope)}`;
  if (columns.length === 0) return query;
  const inner = renamed(
    query,
    columns.map(({ name }) => name),
  );
  if (columns.every(({ type }) => type === undefined)) return ` ${inner}`;
  const casts = columns.map(({ name, type }) => {
    const column = quoteIdentifier(name);
    return type === undefined
      ? column
      : `${writeCast({ text: column }, uncut(type), 'CAST').text} AS ${column}`;
  });
  return ` SELECT ${casts.join(', ')} FROM (${inner}) AS "__TYPED"`;
}

/** A text is not cut to the length of its column: too long a text is an error. */
function uncut(type: DuckType): DuckType {
  const { length: _, ...rest } = type;
  return rest;
}

export function comments(
  target: string,
  object: 'TABLE' | 'VIEW',
  columns: readonly ColumnDefinition[],
  comment: string | undefined,
): readonly string[] {
  const own =
    comment === undefined ? [] : [`COMMENT ON ${object} ${target} IS ${literal(comment)}`];
  const ofColumns = columns.flatMap(({ name, comment: text }) =>
    text === undefined || text === ''
      ? []
      : [`COMMENT ON COLUMN ${target}.${quoteIdentifier(name)} IS ${literal(text)}`],
  );
  return [...own, ...ofColumns];
}

function definition(head: CreateHead, column: ColumnDefinition, scope: Scope): string {
  const { name, type, isRequired, defaultSql, identity } = column;
  if (type === undefined) throw unsupported(scope, `The column ${name} without a type`, 0);
  const value =
    identity === undefined ? defaultSql : `nextval(${literal(sequenceName(head, name, scope))})`;
  const length = declaredLength(type);
  const check = length === undefined ? '' : ` ${textLengthCheck(name, length)}`;
  return `${quoteIdentifier(name)} ${type.text}${isRequired ? ' NOT NULL' : ''}${value === undefined ? '' : ` DEFAULT ${value}`}${check}`;
}

function sequenceName(head: CreateHead, column: string, scope: Scope): string {
  const table = head.name.at(-1) ?? '';
  return scope.options.place([...head.name.slice(0, -1), `${table}__${column}__SEQ`], {
    isTemporary: false,
  });
}

function sequenceOf(head: CreateHead, column: ColumnDefinition, scope: Scope): readonly string[] {
  const { identity, name } = column;
  if (identity === undefined) return [];
  return [
    `CREATE OR REPLACE SEQUENCE ${sequenceName(head, name, scope)} INCREMENT ${identity.step} MINVALUE -9223372036854775808 MAXVALUE 9223372036854775807 START ${identity.start}`,
  ];
}

function copyTable(
  nodes: readonly SqlNode[],
  head: CreateHead,
  target: string,
  create: string,
  scope: Scope,
): Translation {
  const word = nodes[head.next];
  const source = readName(nodes, head.next + 1);
  if (source === undefined) throw unsupported(scope, 'This CREATE TABLE', word);
  const rest = nodes[source.next];
  if (isWord(rest, 'AT', 'BEFORE')) throw unsupported(scope, 'Time travel', rest);
  const options = readOptions(nodes, source.next, scope);
  const left = nodes[options.next];
  if (left !== undefined) throw unsupported(scope, 'This CREATE TABLE', left);
  const { text } = scope.options.resolve(source.parts);
  const filter = isWord(word, 'LIKE') ? ' LIMIT 0' : '';
  return {
    kind: 'create',
    object: 'table',
    ...facts(head),
    copyOf: { source: source.parts, withRows: !isWord(word, 'LIKE') },
    before: [],
    sql: `${create} ${target} AS SELECT * FROM ${text}${filter}`,
    after: comments(target, 'TABLE', [], options.comment),
  };
}
