/**
 * Runs a notebook: every cell once, after what it needs, through a session.
 */
import { DagbookError, type Diagnostic, type NodeId, toDiagnostic } from '../../base/index.js';
import type { Emit } from '../../events/index.js';
import type { Session } from '../../session/index.js';
import { Desk } from '../metadata/ask.js';
import { cellGraph } from './cell-graph.js';
import type { CellOutcome, CellResult, NotebookOutcome } from './cell-outcome.js';
import { CellRunner, type Done, type DoneCell } from './cell-runner.js';
import { bodyLineOf, type Cell, labelOf, type Notebook } from './notebook.js';
import { parameterValues, type ParameterValues } from './parameters.js';
import { type CellReads, readsOf } from './references.js';
import { runRequestOf } from './run-command.js';

export interface RunNotebookOptions {
  readonly session: Session;
  /** Values of parameters by name, as typed. */
  readonly given: ReadonlyMap<string, string>;
  readonly signal: AbortSignal;
  /** Milliseconds, of any origin. */
  readonly now: () => number;
  /** Hears of the dbt runs of run cells. */
  readonly emit?: Emit;
  /** Hears of each cell as it ends, in the order in which they run. */
  readonly onCell?: (outcome: CellOutcome) => void;
}

/**
 * Runs all cells. What goes wrong in one is its outcome; those that need it are skipped, the others go on.
 *
 * @throws DagbookError notebook/broken if the notebook cannot be read or its cells need each other in a circle; what
 * `parameterValues` throws.
 */
export async function runNotebook(
  notebook: Notebook,
  options: RunNotebookOptions,
): Promise<NotebookOutcome> {
  const { session, signal, now } = options;
  const dialect = session.facts.engine === 'duckdb' ? 'duckdb' : 'snowflake';
  const values = parameterValues(notebook, options.given, dialect);
  const startedAtMs = now();
  const reads = notebook.cells.map((cell) => readsOf(cell, notebook.file, session.manifest));
  const graph = cellGraph(notebook, reads, buildsOf(notebook, values, session));
  refuseBroken([...notebook.diagnostics, ...graph.diagnostics]);
  const desk = new Desk(session);
  const runner = new CellRunner({ ...options, notebook, values, desk });
  const done = new Map<number, DoneCell>();
  try {
    for (const index of graph.order) {
      const cell = notebook.cells[index];
      if (cell === undefined || signal.aborted) continue;
      const ended = await runOne(cell, {
        runner,
        reads: reads[index] ?? { references: [], nodes: [] },
        parents: (graph.parents[index] ?? []).flatMap((parent) => done.get(parent) ?? []),
        now,
        signal,
      });
      done.set(index, ended);
      options.onCell?.(ended.outcome);
    }
  } finally {
    await desk.close();
  }
  return {
    notebook,
    parameters: [...values.values()],
    cells: notebook.cells.map((cell) => done.get(cell.index)?.outcome ?? unreached(cell)),
    isCancelled: signal.aborted,
    durationMs: now() - startedAtMs,
  };
}

interface Turn {
  readonly runner: CellRunner;
  readonly reads: CellReads;
  readonly parents: readonly DoneCell[];
  readonly now: () => number;
  readonly signal: AbortSignal;
}

const CANCELLED = 'because it was cancelled';

async function runOne(
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

function skipped(cell: Cell, why: string): CellOutcome {
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

function unreached(cell: Cell): CellOutcome {
  return skipped(cell, CANCELLED);
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
function buildsOf(
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

function refuseBroken(diagnostics: readonly Diagnostic[]): void {
  const [first, ...others] = diagnostics;
  if (first === undefined) return;
  const more =
    others.length === 0
      ? ''
      : `\n${others.map(({ message, position }) => `Also on line ${position?.line ?? 0}: ${message}`).join('\n')}`;
  throw new DagbookError(first.code, `${first.message}${more}`, {
    ...(first.hint === undefined ? {} : { hint: first.hint }),
    ...(first.position === undefined ? {} : { position: first.position }),
    exitCode: 1,
  });
}
