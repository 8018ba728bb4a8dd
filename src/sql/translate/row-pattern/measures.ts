/**
 * Expressions of MEASURES: windows over the rows of a match, and columns that only rows of one symbol count for.
 */
import { quoteIdentifier, storedName } from '../../identifiers.js';
import type { SqlNode } from '../../tree.js';
import type { Call, Over } from '../called.js';
import { AGGREGATES } from '../functions/aggregates.js';
import { WINDOWS } from '../functions/windows.js';
import { isName, isOperator } from '../nodes.js';
import { argument } from '../rule.js';
import { type RowExpressions, type Scope, type Written, literal, unsupported } from '../scope.js';

/** Columns that the machine adds to a row: see `match-recognize.ts`. */
const OWN: Readonly<Record<string, string>> = {
  CLASSIFIER: '"__C"',
  MATCH_NUMBER: '"__M"',
  MATCH_SEQUENCE_NUMBER: '"__O"',
};
const EDGES: Readonly<Record<string, string>> = {
  FIRST: 'FIRST_VALUE',
  FIRST_VALUE: 'FIRST_VALUE',
  LAST: 'LAST_VALUE',
  LAST_VALUE: 'LAST_VALUE',
};
const STEPS: Readonly<Record<string, string>> = {
  LAG: 'LAG',
  LEAD: 'LEAD',
  NEXT: 'LEAD',
  PREV: 'LAG',
};
const MATCH = '(PARTITION BY "__P", "__M" ORDER BY "__O")';
const WHOLE = 'ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING';
const SO_FAR = 'ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW';

export interface MeasureOptions {
  readonly symbols: ReadonlySet<string>;
  /** True for ALL ROWS PER MATCH; otherwise a measure is what it is at the match's last row. */
  readonly isAllRows: boolean;
  /** Name of the relation, which may stand before a column. */
  readonly relation: string | undefined;
}

export function measureExpressions(options: MeasureOptions): RowExpressions {
  return {
    semantics: options.isAllRows ? 'running' : 'final',
    call: (call, scope) => writeCall(call, scope, options),
    operator: (word, scope) => {
      if (scope.rows === undefined || (word !== 'FINAL' && word !== 'RUNNING')) return undefined;
      const semantics = word === 'FINAL' ? 'final' : 'running';
      return { ...scope, rows: { ...scope.rows, semantics } };
    },
    column: (parts, node, scope) => writeColumn(parts, node, scope, options),
  };
}

function writeColumn(
  parts: readonly string[],
  node: SqlNode,
  scope: Scope,
  options: MeasureOptions,
): Written | undefined {
  const [first = '', column] = parts;
  if (column === undefined) {
    const own = OWN[first];
    if (own !== undefined) return { text: own };
    return options.isAllRows && scope.rows?.semantics === 'final'
      ? { text: `last_value(${quoteIdentifier(first)}) OVER ${framed(WHOLE)}` }
      : undefined;
  }
  if (parts.length > 2) return undefined;
  if (first === options.relation) return { text: quoteIdentifier(column) };
  if (!options.symbols.has(first)) return undefined;
  mustBeFinal(`${first}.${column}`, node, scope);
  return edge('last_value', first, quoteIdentifier(column));
}

function framed(frame: string): string {
  return `${MATCH.slice(0, -1)} ${frame})`;
}

/** The value in the first or last row of a symbol, though it be null. */
function edge(name: 'first_value' | 'last_value', symbol: string, value: string): Written {
  const row = `CASE WHEN "__C" = ${literal(symbol)} THEN {'v': ${value}} END`;
  return { text: `(${name}(${row} IGNORE NULLS) OVER ${framed(WHOLE)}).v` };
}

function mustBeFinal(construct: string, node: SqlNode, scope: Scope): void {
  if (scope.rows?.semantics !== 'final')
    throw unsupported(scope, `${construct} of the rows so far (write FINAL before it)`, node);
}

function writeCall(call: Call, scope: Scope, options: MeasureOptions): Written | undefined {
  const { name } = call;
  if (call.parts.length > 1) return undefined;
  const own = OWN[name];
  if (own !== undefined && call.args.length === 0) return { text: own };
  const isFinal = scope.rows?.semantics === 'final';
  const isCount = name === 'COUNT';
  const symbol = symbolOf(call, scope, options.symbols);
  const inside = insideWindow(scope, symbol, options);
  const over = overOf(call, scope, isFinal ? WHOLE : SO_FAR);
  const aggregate = AGGREGATES[name];
  if (aggregate !== undefined) {
    if (isCount && symbol !== undefined && isStarOf(call))
      return guarded(
        {
          text: `count(CASE WHEN "__C" = ${literal(symbol)} THEN 1 END) OVER ${framed(over.frame)}`,
          hint: 'integer',
        },
        isCount,
      );
    return guarded(aggregate({ ...call, over }, inside), isCount || name === 'COUNT_IF');
  }
  const edgeName = EDGES[name];
  if (edgeName !== undefined && symbol !== undefined) {
    mustBeFinal(`${name} of ${symbol}`, call.node, scope);
    const plain = { ...inside, expression: scope.expression };
    const value = argument(call, 0, plain).text;
    return guarded(
      edge(edgeName === 'FIRST_VALUE' ? 'first_value' : 'last_value', symbol, value),
      false,
    );
  }
  const step = STEPS[name];
  const rule = WINDOWS[edgeName ?? step ?? name];
  if (rule === undefined) return undefined;
  if (symbol !== undefined)
    throw unsupported(scope, `${name} of the rows of one symbol`, call.node);
  if (edgeName !== undefined)
    return guarded(rule({ ...call, name: edgeName, over }, inside), false);
  if (isFinal && options.isAllRows) throw unsupported(scope, `FINAL ${name}`, call.node);
  return guarded(
    rule({ ...call, name: step ?? name, over: { ...over, frame: call.over?.frame ?? '' } }, inside),
    false,
  );
}

/** An empty match has no row that a window could see: it counts none, and all else is null. */
function guarded(value: Written, isCount: boolean): Written {
  const nothing = isCount ? '0' : 'NULL';
  return { ...value, text: `CASE WHEN "__C" IS NULL THEN ${nothing} ELSE ${value.text} END` };
}

function overOf(call: Call, scope: Scope, frame: string): Over {
  const { over } = call;
  if (over !== undefined && over.text !== '()')
    throw unsupported(scope, 'PARTITION BY or ORDER BY of a window in MEASURES', call.node);
  return {
    text: MATCH,
    hasOrder: true,
    frame: over === undefined || over.frame === '' ? frame : over.frame,
  };
}

/** The one symbol that stands before columns of the arguments. */
function symbolOf(call: Call, scope: Scope, symbols: ReadonlySet<string>): string | undefined {
  const found = new Set(call.args.flatMap((part) => symbolsIn(part, symbols)));
  if (found.size > 1)
    throw unsupported(scope, `${call.name} of the rows of several symbols`, call.node);
  return [...found][0];
}

function symbolsIn(nodes: readonly SqlNode[], symbols: ReadonlySet<string>): readonly string[] {
  return nodes.flatMap((node, index) => {
    if (node.kind === 'group') return symbolsIn(node.children, symbols);
    if (!isName(node) || !isOperator(nodes[index + 1], '.') || isOperator(nodes[index - 1], '.'))
      return [];
    const name = storedName(node.text, 'snowflake');
    return symbols.has(name) ? [name] : [];
  });
}

function isStarOf(call: Call): boolean {
  const [only, ...rest] = call.args;
  return rest.length === 0 && isOperator(only?.at(-1), '*');
}

/** Inside of a window's arguments no other window may stand, and columns have all the same symbol or none. */
function insideWindow(scope: Scope, symbol: string | undefined, options: MeasureOptions): Scope {
  const rows: RowExpressions = {
    semantics: 'running',
    operator: () => undefined,
    call: (call, inner) => {
      const own = OWN[call.name];
      if (own !== undefined && call.args.length === 0) return { text: own };
      if (AGGREGATES[call.name] ?? WINDOWS[call.name] ?? EDGES[call.name] ?? STEPS[call.name])
        throw unsupported(inner, `${call.name} inside of a window function`, call.node);
      return undefined;
    },
    column: (parts, node, inner) => {
      const [first = '', column] = parts;
      const own = column === undefined ? OWN[first] : undefined;
      if (own !== undefined) return { text: own };
      if (symbol !== undefined && first !== symbol)
        throw unsupported(inner, 'Columns with and without a symbol in one function', node);
      return column !== undefined && (first === symbol || first === options.relation)
        ? { text: quoteIdentifier(column) }
        : undefined;
    },
  };
  const inner: Scope = { ...scope, rows };
  if (symbol === undefined) return inner;
  return {
    ...inner,
    expression: (nodes) => {
      const value = scope.expression(nodes, inner);
      return { ...value, text: `CASE WHEN "__C" = ${literal(symbol)} THEN ${value.text} END` };
    },
  };
}
