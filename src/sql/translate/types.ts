/**
 * Snowflake's types in DuckDB's words, and back.
 *
 * Whole numbers of the INT family become BIGINT (fast, exact to 19 digits), NUMBER without a scale DECIMAL(38,0);
 * fractions of a second are kept to the microsecond, where Snowflake keeps nanoseconds.
 */
import type { SqlNode } from '../tree.js';
import { isGroup, isOperator, isWord, splitCommas } from './nodes.js';
import { type Hint, type Scope, unsupported } from './scope.js';

/** Collations that compare texts by their code points, as texts without one do; any other would change results. */
export function isPlainCollation(specification: string): boolean {
  return /^(?:utf8|bin)?$/iu.test(specification);
}

export interface DuckType {
  readonly text: string;
  readonly hint: Hint | undefined;
  /** Characters of a VARCHAR(n) or CHAR(n), for explicit casts, which cut. */
  readonly length?: number;
  /** True for the types that hold an offset. */
  readonly hasZone?: boolean;
  /** Index after the type. */
  readonly next: number;
}

const SIMPLE: Readonly<Record<string, readonly [string, Hint | undefined]>> = {
  INT: ['BIGINT', 'integer'],
  INTEGER: ['BIGINT', 'integer'],
  BIGINT: ['BIGINT', 'integer'],
  SMALLINT: ['BIGINT', 'integer'],
  TINYINT: ['BIGINT', 'integer'],
  BYTEINT: ['BIGINT', 'integer'],
  FLOAT: ['DOUBLE', 'float'],
  FLOAT4: ['DOUBLE', 'float'],
  FLOAT8: ['DOUBLE', 'float'],
  REAL: ['DOUBLE', 'float'],
  DOUBLE: ['DOUBLE', 'float'],
  BOOLEAN: ['BOOLEAN', undefined],
  DATE: ['DATE', 'date'],
  VARIANT: ['VARIANT', 'variant'],
  OBJECT: ['VARIANT', 'variant'],
  ARRAY: ['VARIANT[]', undefined],
};
const NUMBERS = new Set(['NUMBER', 'DECIMAL', 'NUMERIC', 'DEC']);
const TEXTS = new Set([
  'VARCHAR',
  'STRING',
  'TEXT',
  'CHAR',
  'CHARACTER',
  'NCHAR',
  'NVARCHAR',
  'NVARCHAR2',
  'CHARACTERVARYING',
]);
const ZONED = new Set(['TIMESTAMP_TZ', 'TIMESTAMP_LTZ', 'TIMESTAMPTZ', 'TIMESTAMPLTZ']);
const UNZONED = new Set(['TIMESTAMP', 'TIMESTAMP_NTZ', 'TIMESTAMPNTZ', 'DATETIME']);

/**
 * Reads a type from `at`.
 *
 * @throws DagbookError sql/unsupported for types that DuckDB has no counterpart of.
 */
export function readType(nodes: readonly SqlNode[], at: number, scope: Scope): DuckType {
  const first = nodes[at];
  if (first?.kind !== 'word') throw unsupported(scope, 'A type is missing', first ?? nodes.at(-1));
  const group = nodes[at + 1];
  const sizes = isGroup(group) ? splitCommas(group.children).map((part) => sizeOf(part)) : [];
  const next = isGroup(group) ? at + 2 : at + 1;
  const { word } = first;
  const simple = SIMPLE[word];
  if (word === 'DOUBLE' && isWord(nodes[at + 1], 'PRECISION'))
    return { text: 'DOUBLE', hint: 'float', next: at + 2 };
  if (word === 'ARRAY' || word === 'OBJECT') {
    // ARRAY(INT), OBJECT(a INT): structured types, kept as semi-structured ones.
    return { text: simple?.[0] ?? 'VARIANT', hint: simple?.[1], next };
  }
  if (simple !== undefined) return { text: simple[0], hint: simple[1], next };
  if (NUMBERS.has(word)) {
    const [precision = 38, scale = 0] = sizes;
    return { text: `DECIMAL(${precision},${scale})`, hint: 'decimal', next };
  }
  if (TEXTS.has(word)) return readText(nodes, at, sizes, next);
  if (ZONED.has(word)) return { text: 'TIMESTAMPTZ', hint: 'timestamp', hasZone: true, next };
  if (UNZONED.has(word)) return readTimestamp(nodes, next);
  if (word === 'TIME')
    return {
      text: 'TIME',
      hint: 'time',
      next: isWord(nodes[next], 'WITHOUT') ? next + 3 : next,
    };
  if (word === 'BINARY' || word === 'VARBINARY') return { text: 'BLOB', hint: 'binary', next };
  if (word === 'MAP' && isGroup(group)) return readMap(group.children, next, scope);
  if (word === 'VECTOR' && isGroup(group)) return readVector(group.children, next, scope);
  throw unsupported(scope, `The type ${first.text}`, first);
}

/** `MAP(VARCHAR, INT)`. */
function readMap(nodes: readonly SqlNode[], next: number, scope: Scope): DuckType {
  const comma = nodes.findIndex((node) => isOperator(node, ','));
  const key = readType(nodes, 0, scope);
  const value = readType(nodes, comma + 1, scope);
  return { text: `MAP(${key.text}, ${value.text})`, hint: undefined, next };
}

/** `VECTOR(FLOAT, 3)`: an array of a fixed length. */
function readVector(nodes: readonly SqlNode[], next: number, scope: Scope): DuckType {
  const size = nodes.at(-1);
  const element = isWord(nodes[0], 'INT', 'INTEGER') ? 'INTEGER' : 'FLOAT';
  if (size?.kind !== 'number') throw unsupported(scope, 'A VECTOR without a size', nodes[0]);
  return { text: `${element}[${size.text}]`, hint: undefined, next };
}

function readText(
  nodes: readonly SqlNode[],
  at: number,
  sizes: readonly number[],
  next: number,
): DuckType {
  const first = nodes[at];
  if (isWord(nodes[at + 1], 'VARYING')) {
    const group = nodes[at + 2];
    const size = isGroup(group) ? sizeOf(group.children) : undefined;
    return text(size, isGroup(group) ? at + 3 : at + 2);
  }
  const isFixed = isWord(first, 'CHAR', 'CHARACTER', 'NCHAR');
  return text(sizes[0] ?? (isFixed ? 1 : undefined), next);
}

function text(length: number | undefined, next: number): DuckType {
  return { text: 'VARCHAR', hint: 'text', next, ...(length === undefined ? {} : { length }) };
}

/** `timestamp [(9)] [with|without [local] time zone]`. */
function readTimestamp(nodes: readonly SqlNode[], next: number): DuckType {
  const isWith = isWord(nodes[next], 'WITH');
  if (!isWith && !isWord(nodes[next], 'WITHOUT'))
    return { text: 'TIMESTAMP', hint: 'timestamp', next };
  const isLocal = isWord(nodes[next + 1], 'LOCAL');
  const after = next + (isLocal ? 4 : 3);
  return {
    text: isWith ? 'TIMESTAMPTZ' : 'TIMESTAMP',
    hint: 'timestamp',
    hasZone: isWith,
    next: after,
  };
}

function sizeOf(nodes: readonly SqlNode[]): number {
  const [only] = nodes;
  return only?.kind === 'number' && !isOperator(only, '.') ? Number(only.text) : 0;
}

/** How Snowflake prints a column's type, from DuckDB's name of it. */
export function snowflakeTypeName(duckdb: string): string {
  const decimal = /^DECIMAL\((\d+),\s*(\d+)\)$/u.exec(duckdb);
  if (decimal !== null) return `NUMBER(${decimal[1]},${decimal[2]})`;
  if (duckdb.endsWith('[]')) return 'ARRAY';
  const vector = /^(INTEGER|FLOAT)\[(\d+)\]$/u.exec(duckdb);
  if (vector !== null) return `VECTOR(${vector[1] === 'FLOAT' ? 'FLOAT' : 'INT'}, ${vector[2]})`;
  if (duckdb.startsWith('STRUCT(') || duckdb.startsWith('MAP(')) return 'OBJECT';
  return PRINTED[duckdb] ?? duckdb;
}

const PRINTED: Readonly<Record<string, string>> = {
  TINYINT: 'NUMBER(38,0)',
  SMALLINT: 'NUMBER(38,0)',
  INTEGER: 'NUMBER(38,0)',
  BIGINT: 'NUMBER(38,0)',
  HUGEINT: 'NUMBER(38,0)',
  UTINYINT: 'NUMBER(38,0)',
  USMALLINT: 'NUMBER(38,0)',
  UINTEGER: 'NUMBER(38,0)',
  UBIGINT: 'NUMBER(38,0)',
  UHUGEINT: 'NUMBER(38,0)',
  FLOAT: 'FLOAT',
  DOUBLE: 'FLOAT',
  VARCHAR: 'VARCHAR(16777216)',
  BOOLEAN: 'BOOLEAN',
  DATE: 'DATE',
  TIME: 'TIME(9)',
  TIMESTAMP: 'TIMESTAMP_NTZ(9)',
  TIMESTAMP_S: 'TIMESTAMP_NTZ(9)',
  TIMESTAMP_MS: 'TIMESTAMP_NTZ(9)',
  TIMESTAMP_NS: 'TIMESTAMP_NTZ(9)',
  'TIMESTAMP WITH TIME ZONE': 'TIMESTAMP_TZ(9)',
  BLOB: 'BINARY(8388608)',
  JSON: 'VARIANT',
  VARIANT: 'VARIANT',
  '"NULL"': 'VARCHAR(16777216)',
};
