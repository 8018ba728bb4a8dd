/**
 * Runs a notebook: every cell once, after what it needs, through a session.
 */
import { DagbookError, type Diagnostic } from '../../base/index.js';
import type { Emit } from '../../events/index.js';
import type { Session } from '../../session/index.js';
import { Desk } from '../metadata/ask.js';
import { cellGraph } from './cell-graph.js';
import type { CellOutcome, NotebookOutcome } from './cell-outcome.js';
import { CellRunner, type DoneCell } from './cell-runner.js';
import type { Cell, Notebook } from './notebook.js';
import { parameterValues } from './parameters.js';
import { readsOf } from './references.js';
import { buildsOf, CANCELLED, runCell, skipped } from './run-cell.js';

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
  const desk = new Desk(session, { mayWrite: true });
  const runner = new CellRunner({ ...options, notebook, values, desk });
  const done = new Map<number, DoneCell>();
  try {
    for (const index of graph.order) {
      const cell = notebook.cells[index];
      if (cell === undefined || signal.aborted) continue;
      const ended = await runCell(cell, {
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

function unreached(cell: Cell): CellOutcome {
  return skipped(cell, CANCELLED);
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
