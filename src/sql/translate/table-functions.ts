/** FLATTEN, SPLIT_TO_TABLE and GENERATOR as relations. */
import type { Leaf, SqlNode } from '../tree.js';
import { asVariant, element } from './path.js';
import { isName, isOperator, isQuery, splitCommas, stringValue } from './nodes.js';
import { type Scope, type Written, literal, unsupported } from './scope.js';

export interface TableFunction {
  readonly text: string;
  readonly alias: string | undefined;
  readonly variants: readonly string[];
  /** Columns at its start that are left out. */
  readonly omits?: number;
}

const NAMES = new Set(['FLATTEN', 'SPLIT_TO_TABLE', 'STRTOK_SPLIT_TO_TABLE', 'GENERATOR']);

export function isTableFunction(name: string): boolean {
  return NAMES.has(name);
}

/** The SEQ of a FLATTEN with nothing before it in FROM: it belongs to no row. */
export const FIRST = '1::BIGINT';

/**
 * Translates a table function.
 *
 * @param seq what the SEQ of a FLATTEN is, ready SQL; undefined if it cannot be told.
 */
export function writeTableFunction(
  name: Leaf,
  args: readonly SqlNode[],
  scope: Scope,
  seq: string | undefined,
): TableFunction {
  const given = new Map<string, readonly SqlNode[]>();
  splitCommas(args).forEach((part, index) => {
    const [key] = part;
    if (isName(key) && isOperator(part[1], '=>')) given.set(key.word.toUpperCase(), part.slice(2));
    else given.set(String(index), part);
  });
  switch (name.word) {
    case 'FLATTEN':
      return flatten(name, given, scope, seq);
    case 'SPLIT_TO_TABLE':
      return splitToTable(name, given, scope);
    case 'GENERATOR':
      return generator(name, given, scope);
    default:
      throw unsupported(scope, `The table function ${name.text}`, name);
  }
}

function textOf(nodes: readonly SqlNode[] | undefined): string | undefined {
  const [only] = nodes ?? [];
  if (only === undefined || only.kind === 'group') return undefined;
  return only.kind === 'string' ? stringValue(only.text) : only.word;
}

/**
 * One row for each element, with Snowflake's columns SEQ, KEY, PATH, INDEX, VALUE and THIS.
 *
 * SEQ numbers the input's rows. Where it cannot be told, the column is left out: to ask for it is an error.
 */
function flatten(
  name: Leaf,
  given: ReadonlyMap<string, readonly SqlNode[]>,
  scope: Scope,
  seq: string | undefined,
): TableFunction {
  const input = given.get('INPUT') ?? given.get('0');
  if (input === undefined) throw unsupported(scope, 'FLATTEN without INPUT', name);
  const path = textOf(given.get('PATH'));
  const isRecursive = textOf(given.get('RECURSIVE'))?.toUpperCase() === 'TRUE';
  const mode = textOf(given.get('MODE'))?.toUpperCase() ?? 'BOTH';
  const isOuter = textOf(given.get('OUTER'))?.toUpperCase() === 'TRUE';
  const source: Written = (path ?? '')
    .split('.')
    .filter((part) => part !== '')
    .reduce(
      (value, part) => element(value, part),
      isQuery(input) ? { text: `(${scope.query(input, scope)})` } : scope.expression(input, scope),
    );
  if (isRecursive) {
    if (isOuter || path !== undefined)
      throw unsupported(scope, 'FLATTEN with RECURSIVE and OUTER or PATH', name);
    return flattenDeep(asVariant(source), seq, mode);
  }
  const prefix = path ?? '';
  const arrays = `WHEN starts_with(variant_typeof("__I"."__IN"), 'ARRAY') THEN list_transform(TRY_CAST("__I"."__IN" AS VARIANT[]), lambda v, n: {'k': NULL::VARCHAR, 'n': n - 1, 'v': v})`;
  const objects = `WHEN starts_with(variant_typeof("__I"."__IN"), 'OBJECT') THEN list_transform(list_sort(map_keys(TRY_CAST("__I"."__IN" AS MAP(VARCHAR, VARIANT)))), lambda k: {'k': k, 'n': NULL::BIGINT, 'v': (TRY_CAST("__I"."__IN" AS MAP(VARCHAR, VARIANT)))[k]})`;
  const chosen = `CASE ${mode === 'OBJECT' ? '' : arrays} ${mode === 'ARRAY' ? '' : objects} END`;
  const list = isOuter
    ? `CASE WHEN coalesce(length(${chosen}), 0) = 0 THEN [{'k': NULL::VARCHAR, 'n': NULL::BIGINT, 'v': NULL::VARIANT}] ELSE ${chosen} END`
    : chosen;
  const pathText = `CASE WHEN "__E".n IS NOT NULL THEN ${literal(prefix)} || '[' || "__E".n || ']' WHEN regexp_full_match("__E".k, '[A-Za-z_][A-Za-z0-9_]*') THEN ${literal(prefix === '' ? '' : `${prefix}.`)} || "__E".k WHEN "__E".k IS NOT NULL THEN ${literal(`${prefix}['`)} || "__E".k || ${literal("']")} END`;
  const columns = `${seq === undefined ? '' : `${seq} AS "SEQ", `}"__E".k AS "KEY", ${pathText} AS "PATH", "__E".n AS "INDEX", "__E".v AS "VALUE", "__THIS" AS "THIS"`;
  const rows = `SELECT unnest(${list}) AS "__E", "__I"."__IN" AS "__THIS" FROM (SELECT ${asVariant(source)} AS "__IN") AS "__I"`;
  return {
    text: `${seq === FIRST ? '' : 'LATERAL '}(SELECT ${columns} FROM (${rows}) AS "__U")`,
    alias: 'FLATTEN',
    variants: ['VALUE', 'THIS'],
    omits: seq === undefined ? 1 : 0,
  };
}

/** What the machine of `__flatten` says of an element: key, path, index, and JSON pointers of itself and of what holds it. */
const ELEMENT = '[{"k":"VARCHAR","p":"VARCHAR","i":"BIGINT","v":"VARCHAR","t":"VARCHAR"}]';

/** Elements of elements too, each before what it holds. */
function flattenDeep(source: string, seq: string | undefined, mode: string): TableFunction {
  const columns = [
    ...(seq === undefined ? [] : [`${seq} AS "SEQ"`]),
    '"__E".k AS "KEY"',
    '"__E".p AS "PATH"',
    '"__E".i AS "INDEX"',
    'CAST(json_extract("__IN", "__E".v) AS VARIANT) AS "VALUE"',
    'CAST(json_extract("__IN", "__E".t) AS VARIANT) AS "THIS"',
  ].join(', ');
  const elements = `from_json(__flatten(CAST("__I"."__IN" AS VARCHAR), '${mode}'), '${ELEMENT}')`;
  const rows = `SELECT unnest(${elements}) AS "__E", "__I"."__IN" AS "__IN" FROM (SELECT CAST(${source} AS JSON) AS "__IN") AS "__I"`;
  return {
    text: `${seq === FIRST ? '' : 'LATERAL '}(SELECT ${columns} FROM (${rows}) AS "__U")`,
    alias: 'FLATTEN',
    variants: ['VALUE', 'THIS'],
    omits: seq === undefined ? 1 : 0,
  };
}

/** One row for each part of a text, with columns SEQ (where it can be told), INDEX (from 1) and VALUE. */
function splitToTable(
  name: Leaf,
  given: ReadonlyMap<string, readonly SqlNode[]>,
  scope: Scope,
): TableFunction {
  const value = given.get('0');
  const separator = given.get('1');
  if (value === undefined || separator === undefined)
    throw unsupported(scope, 'SPLIT_TO_TABLE without two arguments', name);
  const parts = `string_split(CAST(${scope.expression(value, scope).text} AS VARCHAR), ${scope.expression(separator, scope).text})`;
  const rows = `SELECT unnest(list_transform(${parts}, lambda v, n: {'n': n, 'v': v})) AS "__E"`;
  return {
    text: `LATERAL (SELECT "__E".n AS "INDEX", "__E".v AS "VALUE" FROM (${rows}) AS "__U")`,
    alias: 'SPLIT_TO_TABLE',
    variants: [],
  };
}

/** Rows without columns; SEQ4() and its kin number them from 0. */
function generator(
  name: Leaf,
  given: ReadonlyMap<string, readonly SqlNode[]>,
  scope: Scope,
): TableFunction {
  const count = given.get('ROWCOUNT') ?? given.get('0');
  if (count === undefined) throw unsupported(scope, 'GENERATOR without ROWCOUNT', name);
  const text = scope.expression(count, scope).text;
  scope.sequence.column = '"__SEQ"';
  return {
    text: `(SELECT range AS "__SEQ" FROM range(CAST(${text} AS BIGINT)))`,
    alias: 'GENERATOR',
    variants: [],
  };
}
