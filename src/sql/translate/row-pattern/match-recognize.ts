/**
 * MATCH_RECOGNIZE: which symbols a row fits is asked in SQL, the machine of `__match_rows` finds the matches of each partition,
 * and measures are windows over their rows.
 *
 * Columns that are added on the way: `__P` and `__N` partition and place of a row, `__F` what it fits, `__M` the match (null for
 * a row in none), `__O` the place in it, `__C` the symbol (null for an empty match), `__X` left out, `__L` the match's last.
 */
import { quoteIdentifier, storedName } from '../../identifiers.js';
import type { Group, SqlNode } from '../../tree.js';
import { hasWords, isGroup, isName, isWord, sourceText, splitCommas, writeName } from '../nodes.js';
import { writeOrderList } from '../order.js';
import { type Scope, literal, unsupported } from '../scope.js';
import { defineExpressions } from './define.js';
import { measureExpressions } from './measures.js';
import { type RowPattern, readPattern } from './pattern.js';

interface Clauses {
  readonly partition: readonly (readonly SqlNode[])[];
  readonly order: readonly SqlNode[];
  readonly measures: readonly (readonly SqlNode[])[];
  readonly rows: RowsPerMatch;
  readonly skip: readonly SqlNode[];
  readonly pattern: Group;
  readonly define: readonly (readonly SqlNode[])[];
}

type RowsPerMatch = 'one' | 'all' | 'all but empty' | 'all and unmatched';

const ADDED = '"__P", "__N", "__F", "__M", "__O", "__C", "__X", "__L"';
const FOUND =
  '[{"r":"BIGINT","m":"BIGINT","p":"BIGINT","s":"VARCHAR","x":"BOOLEAN","l":"BOOLEAN"}]';

/**
 * Translates `match_recognize (…)` over a relation, as a query in brackets.
 *
 * @param source the relation with its alias, ready SQL; `relation` is its name.
 */
export function writeMatchRecognize(
  source: string,
  relation: string | undefined,
  group: Group,
  scope: Scope,
): string {
  const clauses = readClauses(group, scope);
  const pattern = readPattern(clauses.pattern, scope);
  if (pattern.hasExclusions && clauses.rows === 'all and unmatched')
    throw unsupported(scope, 'A PATTERN with exclusions and WITH UNMATCHED ROWS', clauses.pattern);
  const symbols = new Set(pattern.symbols);
  const isAllRows = clauses.rows !== 'one';
  const measuring: Scope = {
    ...scope,
    rows: measureExpressions({ symbols, isAllRows, relation }),
  };
  const partition = isAllRows
    ? []
    : clauses.partition.map((part) => `${inMatch(part, measuring)} AS ${labelOf(part, scope)}`);
  const measures = clauses.measures.map((part) => writeMeasure(part, clauses.rows, measuring));
  const output = [...partition, ...measures];
  if (output.length === 0 && !isAllRows)
    throw unsupported(scope, 'ONE ROW PER MATCH without PARTITION BY and MEASURES', group);
  const input = isAllRows ? '*' : '"__M", "__L", "__C", "__X"';
  const measured = `SELECT ${[input, ...output].join(', ')} FROM "__MAPPED"`;
  const added = isAllRows ? ADDED : '"__M", "__L", "__C", "__X"';
  return `(WITH ${writeRows(source, clauses, pattern, scope)} SELECT * EXCLUDE (${added}) FROM (${measured}) WHERE ${FILTERS[clauses.rows]})`;
}

const FILTERS: Readonly<Record<RowsPerMatch, string>> = {
  one: '"__M" IS NOT NULL AND "__L"',
  all: '"__M" IS NOT NULL AND NOT "__X"',
  'all but empty': '"__C" IS NOT NULL AND NOT "__X"',
  'all and unmatched': 'TRUE',
};

/** The CTEs up to `__MAPPED`: the rows of all matches, and those in none. */
function writeRows(source: string, clauses: Clauses, pattern: RowPattern, scope: Scope): string {
  const partition = clauses.partition.map((part) => scope.expression(part, scope).text).join(', ');
  const order = clauses.order.length === 0 ? '' : writeOrderList(clauses.order, scope);
  const window = `(${[partition === '' ? '' : `PARTITION BY ${partition}`, order === '' ? '' : `ORDER BY ${order}`].join(' ').trim()})`;
  const defining: Scope = {
    ...scope,
    rows: defineExpressions({ text: window, hasOrder: order !== '' }, new Set(pattern.symbols)),
  };
  const defined = new Map(
    clauses.define.map((part) => {
      const [name, as] = part;
      if (!isName(name) || !isWord(as, 'AS')) throw unsupported(scope, 'This DEFINE', name);
      return [storedName(name.text, 'snowflake'), scope.expression(part.slice(2), defining).text];
    }),
  );
  const fits = pattern.symbols.map((symbol) => {
    const condition = defined.get(symbol);
    return condition === undefined ? "'1'" : `CASE WHEN ${condition} THEN '1' ELSE '0' END`;
  });
  const number = partition === '' ? '1' : `dense_rank() OVER (ORDER BY ${partition})`;
  const [to, symbol] = readSkip(clauses.skip, pattern, scope);
  const machine = `__match_rows(${literal(pattern.program)}, [${pattern.symbols.map((one) => literal(one)).join(', ')}], string_agg("__F", '' ORDER BY "__N"), '${to}', ${symbol})`;
  return [
    `"__ROWS" AS MATERIALIZED (SELECT *, ${number} AS "__P", row_number() OVER ${window} AS "__N", concat(${fits.join(', ')}) AS "__F" FROM ${source})`,
    `"__FOUND" AS (SELECT "__P" AS "__FP", unnest(from_json(${machine}, '${FOUND}')) AS "__E" FROM "__ROWS" GROUP BY "__P")`,
    `"__MAPPED" AS (SELECT "__ROWS".*, "__E".m AS "__M", "__E".p AS "__O", "__E".s AS "__C", "__E".x AS "__X", "__E".l AS "__L" FROM "__FOUND" JOIN "__ROWS" ON "__FP" = "__P" AND "__E".r = "__N")`,
  ].join(', ');
}

function inMatch(part: readonly SqlNode[], measuring: Scope): string {
  return measuring.expression(part, measuring).text;
}

function labelOf(part: readonly SqlNode[], scope: Scope): string {
  const last = part.at(-1);
  return isName(last) && part.length % 2 === 1
    ? writeName(last.text)
    : quoteIdentifier(sourceText(part, scope.sql).toUpperCase());
}

/** `expression [as] name`; null for a row that is in no match. */
function writeMeasure(part: readonly SqlNode[], rows: RowsPerMatch, measuring: Scope): string {
  const name = part.at(-1);
  if (!isName(name) || part.length < 2) throw unsupported(measuring, 'This measure', part[0] ?? 0);
  const body = part.slice(0, isWord(part.at(-2), 'AS') ? -2 : -1);
  const text = inMatch(body, measuring);
  const value =
    rows === 'all and unmatched' ? `CASE WHEN "__M" IS NOT NULL THEN ${text} END` : text;
  return `${value} AS ${writeName(name.text)}`;
}

/** Where to go on: the place, and the index of a symbol, or -1. */
function readSkip(
  nodes: readonly SqlNode[],
  pattern: RowPattern,
  scope: Scope,
): readonly ['past' | 'next' | 'first' | 'last', number] {
  if (nodes.length === 0 || hasWords(nodes, 0, 'PAST', 'LAST', 'ROW')) return ['past', -1];
  if (nodes.length === 3 && hasWords(nodes, 0, 'TO', 'NEXT', 'ROW')) return ['next', -1];
  const symbol = nodes.at(-1);
  const edge = nodes[1];
  if (!isWord(nodes[0], 'TO') || nodes.length > 3 || nodes.length < 2 || !isName(symbol))
    throw unsupported(scope, 'This AFTER MATCH SKIP', nodes[0]);
  if (nodes.length === 3 && !isWord(edge, 'FIRST', 'LAST'))
    throw unsupported(scope, 'This AFTER MATCH SKIP', edge);
  return [
    nodes.length === 3 && isWord(edge, 'FIRST') ? 'first' : 'last',
    pattern.symbols.indexOf(storedName(symbol.text, 'snowflake')),
  ];
}

const STARTS: readonly (readonly string[])[] = [
  ['PARTITION', 'BY'],
  ['ORDER', 'BY'],
  ['MEASURES'],
  ['ONE', 'ROW', 'PER', 'MATCH'],
  ['ALL', 'ROWS', 'PER', 'MATCH'],
  ['AFTER', 'MATCH', 'SKIP'],
  ['PATTERN'],
  ['DEFINE'],
];

function readClauses(group: Group, scope: Scope): Clauses {
  const found = new Map<string, readonly SqlNode[]>();
  const { children } = group;
  const starts = children.flatMap((_, at) => {
    const words = STARTS.find((one) => hasWords(children, at, ...one));
    const isPattern = words?.[0] !== 'PATTERN' || isGroup(children[at + 1]);
    return words === undefined || !isPattern ? [] : [{ words, at }];
  });
  if (starts[0]?.at !== 0) throw unsupported(scope, 'This MATCH_RECOGNIZE', children[0] ?? group);
  for (const [index, { words, at }] of starts.entries()) {
    const [key = ''] = words;
    if (found.has(key)) throw unsupported(scope, `A second ${key}`, children[at]);
    found.set(key, children.slice(at + words.length, starts[index + 1]?.at));
  }
  const pattern = found.get('PATTERN')?.[0];
  if (!isGroup(pattern)) throw unsupported(scope, 'MATCH_RECOGNIZE without a PATTERN', group);
  const skip = found.get('AFTER');
  if (skip?.length === 0)
    throw unsupported(
      scope,
      'AFTER MATCH SKIP without a place',
      children[starts.findIndex(({ words }) => words[0] === 'AFTER')],
    );
  return {
    partition: splitCommas(found.get('PARTITION') ?? []),
    order: found.get('ORDER') ?? [],
    measures: splitCommas(found.get('MEASURES') ?? []),
    rows: readRows(found.get('ALL'), scope),
    skip: skip ?? [],
    pattern,
    define: splitCommas(found.get('DEFINE') ?? []),
  };
}

function readRows(all: readonly SqlNode[] | undefined, scope: Scope): RowsPerMatch {
  if (all === undefined) return 'one';
  if (all.length === 0 || hasWords(all, 0, 'SHOW', 'EMPTY', 'MATCHES')) return 'all';
  if (hasWords(all, 0, 'OMIT', 'EMPTY', 'MATCHES')) return 'all but empty';
  if (hasWords(all, 0, 'WITH', 'UNMATCHED', 'ROWS')) return 'all and unmatched';
  throw unsupported(scope, 'This ALL ROWS PER MATCH', all[0]);
}
