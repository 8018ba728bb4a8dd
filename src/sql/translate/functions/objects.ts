/** JSON, VARIANT and OBJECT functions. A JSON null becomes an SQL null: DuckDB's VARIANT does not tell them apart. */
import { variantText } from '../casts.js';
import { asVariant, element } from '../path.js';
import { type Rule, type Rules, argument, everyArgument, forms, rowArgument } from '../rule.js';
import { type Written, unsupported } from '../scope.js';
import { asList } from './arrays.js';
import { stringValue } from '../nodes.js';

function variant(text: string): Written {
  return { text, hint: 'variant' };
}

/** Keys in order of their names, as Snowflake keeps them; pairs with a null key or value are left out unless `keepsNulls`. */
function objectConstruct(keepsNulls: boolean): Rule {
  return (call, scope) => {
    const args = everyArgument(call, scope);
    const [first] = args;
    const row =
      args.length === 1 && first !== undefined ? rowArgument(first.text, call, scope) : undefined;
    if (row !== undefined) return objectOfRow(row, keepsNulls);
    if (args.length % 2 !== 0)
      throw unsupported(scope, 'OBJECT_CONSTRUCT with a key without a value', call.node);
    const pairs: { readonly key: string; readonly value: string }[] = [];
    for (let index = 0; index < args.length; index += 2)
      pairs.push({
        key: args[index]?.text ?? '',
        value: `(${args[index + 1]?.text ?? 'NULL'})::VARIANT`,
      });
    if (pairs.every(({ key }) => key.startsWith("'")))
      pairs.sort((a, b) => (a.key < b.key ? -1 : 1));
    const items = pairs.map(({ key, value }) => `{'k': CAST(${key} AS VARCHAR), 'v': ${value}}`);
    const list = `CAST([${items.join(', ')}] AS STRUCT(k VARCHAR, v VARIANT)[])`;
    const kept = `list_filter(${list}, lambda e: e.k IS NOT NULL${keepsNulls ? '' : ' AND e.v IS NOT NULL'})`;
    return variant(fromEntries(kept));
  };
}

/** A row as an object: columns that are null are left out unless `keepsNulls`. */
export function objectOfRow(row: string, keepsNulls: boolean): Written {
  const entries = `map_entries(CAST(to_json(${row}) AS MAP(VARCHAR, JSON)))`;
  const all = `list_sort(list_transform(${entries}, lambda e: {'k': e.key, 'v': e.value}))`;
  return variant(
    fromEntries(keepsNulls ? all : `list_filter(${all}, lambda e: e.v::VARCHAR <> 'null')`),
  );
}

/** A VARIANT object from a list of `{k, v}`. */
export function fromEntries(entries: string): string {
  return `(CAST(map_from_entries(${entries}) AS JSON)::VARIANT)`;
}

/** The entries of an object as a list of `{k, v}`, in order of their keys. */
function entriesOf(object: string): string {
  return `list_transform(map_entries(CAST(${object} AS MAP(VARCHAR, VARIANT))), lambda e: {'k': e.key, 'v': e.value})`;
}

const objectInsert: Rule = (call, scope) => {
  const [object, key, value] = everyArgument(call, scope);
  if (object === undefined || key === undefined || value === undefined)
    throw unsupported(scope, `OBJECT_INSERT with ${call.args.length} arguments`, call.node);
  const others = `list_filter(${entriesOf(asVariant(object))}, lambda e: e.k <> (${key.text}))`;
  return variant(
    fromEntries(
      `list_sort(list_append(${others}, {'k': CAST(${key.text} AS VARCHAR), 'v': (${value.text})::VARIANT}))`,
    ),
  );
};

/** `OBJECT_DELETE` and `OBJECT_PICK`: the entries whose keys are not, or are, among the arguments. */
function objectKeep(isPicked: boolean): Rule {
  return (call, scope) => {
    const [object, ...keys] = everyArgument(call, scope);
    if (object === undefined || keys.length === 0)
      throw unsupported(scope, `${call.name} with ${call.args.length} arguments`, call.node);
    const list = `[${keys.map(({ text }) => text).join(', ')}]`;
    return variant(
      fromEntries(
        `list_filter(${entriesOf(asVariant(object))}, lambda e: ${isPicked ? '' : 'NOT '}list_contains(${list}, e.k))`,
      ),
    );
  };
}

/** `GET(x, 'key')`, `GET(x, 0)`. */
const get: Rule = (call, scope) => {
  const value = argument(call, 0, scope);
  const [key, ...rest] = call.args[1] ?? [];
  if (rest.length === 0 && key?.kind === 'string') return element(value, stringValue(key.text));
  const index = argument(call, 1, scope);
  if (index.hint === 'text')
    return variant(`(CAST(${asVariant(value)} AS MAP(VARCHAR, VARIANT)))[${index.text}]`);
  return variant(`(${asList(value)})[(${index.text}) + 1]`);
};

/** `GET_PATH(x, 'a.b[0]')`. */
const getPath: Rule = (call, scope) => {
  const [path] = call.args[1] ?? [];
  if (path?.kind !== 'string')
    throw unsupported(scope, `${call.name} with a path that is not a literal`, call.node);
  let value = argument(call, 0, scope);
  for (const [, name, quoted, index] of stringValue(path.text).matchAll(
    /([A-Za-z_][\w$]*)|["']([^"']*)["']|\[(\d+)\]/gu,
  )) {
    if (index === undefined) value = element(value, name ?? quoted ?? '');
    else value = variant(`variant_extract(${asVariant(value)}, ${Number(index) + 1}::UINTEGER)`);
  }
  return value;
};

const TYPE_NAMES = [
  "WHEN 'OBJECT' THEN 'OBJECT'",
  "WHEN 'ARRAY' THEN 'ARRAY'",
  "WHEN 'VARCHAR' THEN 'VARCHAR'",
  "WHEN 'BOOL_TRUE' THEN 'BOOLEAN'",
  "WHEN 'BOOL_FALSE' THEN 'BOOLEAN'",
  "WHEN 'BOOLEAN' THEN 'BOOLEAN'",
  "WHEN 'DOUBLE' THEN 'DECIMAL'",
  "WHEN 'FLOAT' THEN 'DOUBLE'",
  "WHEN 'DECIMAL' THEN 'DECIMAL'",
  "WHEN 'DATE' THEN 'DATE'",
  "WHEN 'TIMESTAMP_MICROS' THEN 'TIMESTAMP_NTZ'",
  "WHEN 'TIMESTAMP_MICROS_TZ' THEN 'TIMESTAMP_TZ'",
  "WHEN 'VARIANT_NULL' THEN 'NULL_VALUE'",
].join(' ');

/** DuckDB's name of what a VARIANT holds, without its size: `ARRAY`, `OBJECT`, `INT64`. */
function kindOf(text: string): string {
  return `regexp_extract(variant_typeof((${text})::VARIANT), '^[A-Z0-9_]+')`;
}

/** `IS_ARRAY` and the like, of a VARIANT. */
function isKind(condition: string): Rule {
  return (call, scope) => ({
    text: condition.replaceAll('$1', () => kindOf(argument(call, 0, scope).text)),
  });
}

/** `AS_…`: the value if it is of that kind, else null. */
function asKind(condition: string, type: string): Rule {
  return (call, scope) => {
    const { text } = argument(call, 0, scope);
    const value = type === 'VARIANT' ? text : `CAST(${variantText(text)} AS ${type})`;
    return {
      text: `CASE WHEN ${condition.replaceAll('$1', () => kindOf(text))} THEN ${value} END`,
      hint: type === 'VARIANT' ? 'variant' : undefined,
    };
  };
}

const INTEGER_KIND = "$1 LIKE '%INT%'";
const NUMBER_KIND = "($1 LIKE '%INT%' OR $1 IN ('DOUBLE', 'FLOAT', 'DECIMAL'))";
const BOOLEAN_KIND = "$1 LIKE 'BOOL%'";

const parseJson =
  (how: 'CAST' | 'TRY_CAST'): Rule =>
  (call, scope) => {
    const { text, hint } = argument(call, 0, scope);
    const source = hint === 'text' ? text : `CAST(${text} AS VARCHAR)`;
    return variant(`${how}(nullif(trim(${source}), '') AS JSON)::VARIANT`);
  };

export const OBJECTS: Rules = {
  AS_ARRAY: asKind("$1 = 'ARRAY'", 'VARIANT'),
  AS_BOOLEAN: asKind(BOOLEAN_KIND, 'BOOLEAN'),
  AS_CHAR: asKind("$1 = 'VARCHAR'", 'VARCHAR'),
  AS_DOUBLE: asKind(NUMBER_KIND, 'DOUBLE'),
  AS_INTEGER: asKind(INTEGER_KIND, 'BIGINT'),
  AS_NUMBER: asKind(NUMBER_KIND, 'DECIMAL(38,0)'),
  AS_OBJECT: asKind("$1 = 'OBJECT'", 'VARIANT'),
  AS_VARCHAR: asKind("$1 = 'VARCHAR'", 'VARCHAR'),
  CHECK_JSON: forms(
    { 1: "CASE WHEN $1 IS NULL OR json_valid($1) THEN NULL ELSE 'not valid JSON' END" },
    'text',
  ),
  GET: get,
  GET_PATH: getPath,
  IS_ARRAY: isKind("$1 = 'ARRAY'"),
  IS_BOOLEAN: isKind(BOOLEAN_KIND),
  IS_CHAR: isKind("$1 = 'VARCHAR'"),
  IS_DECIMAL: isKind(NUMBER_KIND),
  IS_DOUBLE: isKind(NUMBER_KIND),
  IS_INTEGER: isKind(INTEGER_KIND),
  IS_NULL_VALUE: isKind("$1 = 'VARIANT_NULL'"),
  IS_OBJECT: isKind("$1 = 'OBJECT'"),
  IS_VARCHAR: isKind("$1 = 'VARCHAR'"),
  OBJECT_CONSTRUCT: objectConstruct(false),
  OBJECT_CONSTRUCT_KEEP_NULL: objectConstruct(true),
  OBJECT_DELETE: objectKeep(false),
  OBJECT_INSERT: objectInsert,
  OBJECT_KEYS: (call, scope) => ({
    text: `list_sort(json_keys(CAST(${asVariant(argument(call, 0, scope))} AS JSON)))`,
  }),
  OBJECT_PICK: objectKeep(true),
  PARSE_JSON: parseJson('CAST'),
  STRIP_NULL_VALUE: (call, scope) => argument(call, 0, scope),
  TO_JSON: (call, scope) => ({
    text: `CAST((${argument(call, 0, scope).text})::VARIANT::JSON AS VARCHAR)`,
    hint: 'text',
  }),
  TO_OBJECT: (call, scope) => variant(`(${argument(call, 0, scope).text})::VARIANT`),
  TO_VARIANT: (call, scope) => variant(`(${argument(call, 0, scope).text})::VARIANT`),
  TRY_PARSE_JSON: parseJson('TRY_CAST'),
  TYPEOF: (call, scope) => {
    const kind = kindOf(argument(call, 0, scope).text);
    return {
      text: `CASE ${kind} ${TYPE_NAMES} ELSE CASE WHEN ${kind} LIKE '%INT%' THEN 'INTEGER' ELSE ${kind} END END`,
      hint: 'text',
    };
  },
};
