/**
 * Column lineage of one query: for every column of its result, the columns of tables it comes from and what was done.
 *
 * Pure. Time grows with the text and the number of columns it makes; nesting and size have limits, beyond which the query is
 * unresolved as a whole.
 */
import { DagbookError } from '../../base/index.js';
import { splitStatements } from '../split-statements.js';
import { tokenize } from '../tokens.js';
import { readTree } from '../tree.js';
import { Analysis, type AnalysisOptions } from './analysis.js';
import { resolveQuery } from './resolve-query.js';
import type { FilterUse, Input, Shape, Span, Unresolved } from './shape.js';

export interface ColumnLineage {
  /** In stored case. */
  readonly name: string;
  readonly inputs: readonly Input[];
  readonly unresolved: readonly Unresolved[];
  /** Where the value was last made, or first named; null for a star over a table. */
  readonly expression: Span | null;
}

export interface QueryLineage {
  readonly columns: readonly ColumnLineage[];
  /** Columns that decide on rows, once a clause. */
  readonly filters: readonly FilterUse[];
  /** Tables whose unnamed columns are also in the result, with the parts of their names. */
  readonly openTables: readonly (readonly string[])[];
  /** Why the query as a whole, or a part of its columns, is not known; null if all is. */
  readonly doubt: string | null;
}

/** Brackets in brackets that a query may have. */
const MAX_DEPTH = 200;

/** Traces the columns of a query. Never fails: what cannot be traced is unresolved, with the reason. */
export function columnLineage(sql: string, options: AnalysisOptions): QueryLineage {
  try {
    const [text = ''] = splitStatements(sql, options.dialect);
    if (depthOf(sql, options) > MAX_DEPTH)
      return unresolvedQuery(`More than ${MAX_DEPTH} brackets stand in each other.`);
    if (text.trim() === '') return unresolvedQuery('There is no query.');
    const analysis = new Analysis(options, resolveQuery);
    const nodes = readTree(sql, options.dialect);
    const shape = analysis.query(nodes, { ctes: new Map(), outer: null }, null);
    return lineageOf(analysis, shape);
  } catch (error) {
    if (!(error instanceof DagbookError)) throw error;
    return unresolvedQuery(error.message);
  }
}

function unresolvedQuery(doubt: string): QueryLineage {
  return { columns: [], filters: [], openTables: [], doubt };
}

function depthOf(sql: string, { dialect }: AnalysisOptions): number {
  let depth = 0;
  let deepest = 0;
  for (const { kind, text } of tokenize(sql, dialect)) {
    if (kind !== 'operator') continue;
    if (text === '(' || text === '[' || text === '{') depth += 1;
    else if (text === ')' || text === ']' || text === '}') depth -= 1;
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}

function lineageOf(analysis: Analysis, shape: Shape): QueryLineage {
  const columns = shape.columns.map(({ name, key, inputs, unresolved, expression }) => ({
    name,
    inputs: [...inputs.values()].map((input) =>
      input.kind === 'passthrough' && analysis.keyOf(input.column) !== key
        ? { ...input, kind: 'rename' as const }
        : input,
    ),
    unresolved,
    expression,
  }));
  const doubts = shape.opens.flatMap(({ table, doubt }) =>
    doubt !== null ? [doubt] : table === null ? ['columns of a function that are not known'] : [],
  );
  return {
    columns,
    filters: filtersOf(shape),
    openTables: shape.opens.flatMap(({ table }) => (table === null ? [] : [table.parts])),
    doubt: doubts[0] ?? null,
  };
}

/** The filters of everything that a query reads, each once. */
function filtersOf(shape: Shape): readonly FilterUse[] {
  const found = new Map<string, FilterUse>();
  const seen = new Set<Shape>([shape]);
  const waiting = [shape];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const [key, use] of next.filters)
      if (!found.has(key) && use.table.id >= 0) found.set(key, use);
    for (const read of next.reads) {
      if (seen.has(read)) continue;
      seen.add(read);
      waiting.push(read);
    }
  }
  return [...found.values()];
}
