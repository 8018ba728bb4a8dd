/**
 * What an open notebook's cells stand on, worked out at every change without asking the warehouse.
 */
import { DagbookError } from '../../base/index.js';
import type { Session } from '../../session/index.js';
import { type CellGraph, cellGraph } from './cell-graph.js';
import { cellText } from './edit-notebook.js';
import type { Cell, Notebook } from './notebook.js';
import { parameterValues, type ParameterValues } from './parameters.js';
import { type CellReads, readsOf } from './references.js';
import { cellHash } from './staleness.js';

export interface LiveGraph {
  readonly reads: readonly CellReads[];
  readonly graph: CellGraph;
  readonly values: ParameterValues;
  /** Of what each cell's result stands on, by index: equal as long as a result holds. */
  readonly hashes: readonly string[];
  /** The first thing that is wrong, in words; cells that it does not touch can be run all the same. */
  readonly fault: string | null;
}

/**
 * Run cells stand on their own: those that read what they build see it by the moment of the build.
 *
 * @param given values of parameters, as typed.
 */
export function liveGraph(
  notebook: Notebook,
  given: ReadonlyMap<string, string>,
  session: Session,
): LiveGraph {
  const dialect = session.facts.engine === 'duckdb' ? 'duckdb' : 'snowflake';
  const reads = notebook.cells.map((cell) => readsOf(cell, notebook.file, session.manifest));
  const graph = cellGraph(notebook, reads, new Map());
  const { values, fault } = valuesOf(notebook, given, dialect);
  const hashes: string[] = [];
  for (const index of graph.order) {
    const cell = notebook.cells[index];
    if (cell === undefined) continue;
    hashes[index] = cellHash({
      text: hashedText(cell, values),
      parents: (graph.parents[index] ?? []).map((parent) => hashes[parent] ?? ''),
      nodes: (reads[index]?.nodes ?? []).map((id) => ({ id, builtAtMs: builtAtMs(session, id) })),
    });
  }
  const [first] = [...notebook.diagnostics, ...graph.diagnostics];
  return {
    reads,
    graph,
    values,
    hashes: notebook.cells.map((cell, index) => hashes[index] ?? cellText(cell)),
    fault: first?.message ?? fault,
  };
}

function hashedText(cell: Cell, values: ParameterValues): string {
  if (cell.kind !== 'param') return cellText(cell);
  return values.get(cell.name.toLowerCase())?.literal ?? cellText(cell);
}

function builtAtMs(session: Session, id: CellReads['nodes'][number]): number | null {
  const { lastResult } = session.stateOf(id);
  return lastResult === null ? null : lastResult.startedAtMs + lastResult.durationMs;
}

function valuesOf(
  notebook: Notebook,
  given: ReadonlyMap<string, string>,
  dialect: 'snowflake' | 'duckdb',
): { readonly values: ParameterValues; readonly fault: string | null } {
  const names = new Set(
    notebook.cells.flatMap((cell) => (cell.kind === 'param' ? [cell.name.toLowerCase()] : [])),
  );
  // A parameter that was taken out of the notebook has no value any more.
  const known = new Map([...given].filter(([name]) => names.has(name.toLowerCase())));
  try {
    return { values: parameterValues(notebook, known, dialect), fault: null };
  } catch (error) {
    if (!(error instanceof DagbookError)) throw error;
    return { values: new Map(), fault: error.message };
  }
}
