/**
 * One turn of a notebook: a cell after what it needs.
 */
import { DagbookError, type NodeId, toDiagnostic } from '../../base/index.js';
import type { Session } from '../../session/index.js';
import type { CellOutcome, CellResult } from './cell-outcome.js';
import type { CellRunner, Done, DoneCell } from './cell-runner.js';
import { bodyLineOf, type Cell, labelOf, type Notebook } from './notebook.js';
import type { ParameterValues } from './parameters.js';
import type { CellReads } from './references.js';
import { runRequestOf } from './run-command.js';

/** What one cell runs with. */
export interface Turn {
  readonly runner: CellRunner;
  readonly reads: CellReads;
  readonly parents: readonly DoneCell[];
  readonly now: () => number;
  readonly signal: AbortSignal;
}

export const CANCELLED = 'because it was cancelled';

/** Runs one cell; what goes wrong is its outcome. Cells whose parents are not well are skipped. */
export async function runCell(
  cell: Cell,
  { runner, reads, parents, now, signal }: Turn,
): Promise<DoneCell> {
  const broken = parents.find(({ outcome }) => outcome.status !== 'ok');
  if (broken !== undefined) {
    return { outcome: skipped(cell, `because ${labelOf(broken.outcome.cell)} failed`), needs: [] };
  }
  const startedAtMs = now();
  try {
    const done: Done = await runner.run(cell, { reads, parents });
    const outcome: CellOutcome = {
      cell,
      status: isWell(done.result) ? 'ok' : 'failed',
      durationMs: now() - startedAtMs,
      sql: done.sql,
      hash: done.hash,
      result: done.result,
      error: null,
    };
    return { outcome, needs: done.needs };
  } catch (error) {
    if (signal.aborted) return { outcome: skipped(cell, CANCELLED), needs: [] };
    if (!(error instanceof DagbookError)) throw error;
    return { outcome: failed(cell, error, now() - startedAtMs, runner.file), needs: [] };
  }
}

function failed(cell: Cell, error: DagbookError, durationMs: number, file: string): CellOutcome {
  const diagnostic = toDiagnostic(error, error.code);
  const line = cell.kind === 'sql' ? bodyLineOf(cell) : cell.line;
  const position = { file, line, column: 1 };
  return {
    ...skipped(cell, ''),
    status: 'failed',
    durationMs,
    error: diagnostic.position === undefined ? { ...diagnostic, position } : diagnostic,
  };
}

/** The outcome of a cell that was not run. */
export function skipped(cell: Cell, why: string): CellOutcome {
  return {
    cell,
    status: 'skipped',
    durationMs: 0,
    sql: null,
    hash: null,
    result: null,
    error: { severity: 'warning', code: 'notebook/skipped', message: why },
  };
}

function isWell(result: CellResult): boolean {
  if (result.kind === 'check') return result.expectations.every(({ isMet }) => isMet);
  if (result.kind !== 'run') return true;
  const { results, isCancelled, diagnostics } = result.summary;
  const isBroken = results.some(({ status }) =>
    ['error', 'fail', 'runtime error', 'partial success'].includes(status),
  );
  return !isBroken && !isCancelled && diagnostics.every(({ severity }) => severity !== 'error');
}

/** Nodes that each run cell builds; one that cannot be read builds nothing, and says so when it runs. */
export function buildsOf(
  notebook: Notebook,
  values: ParameterValues,
  session: Session,
): ReadonlyMap<number, ReadonlySet<NodeId>> {
  return new Map(
    notebook.cells.flatMap((cell): readonly (readonly [number, ReadonlySet<NodeId>])[] => {
      if (cell.kind !== 'run') return [];
      try {
        return [[cell.index, new Set(session.select(runRequestOf(cell, values)).ids)]];
      } catch (error) {
        if (error instanceof DagbookError) return [];
        throw error;
      }
    }),
  );
}
