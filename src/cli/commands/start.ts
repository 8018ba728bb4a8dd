/**
 * `start`: the main job on the bundled project. With a terminal it opens the workbench; without one it prints what the
 * workbench would show.
 */
import { display, displayLines } from '../../base/index.js';
import type { DagbookEvent } from '../../events/index.js';
import { reach } from '../lineage.js';
import { bundledProjectDir } from '../bundled-project.js';
import type { Io } from '../io.js';
import type { ProjectFlags } from '../options.js';
import { exitCodeOf, printSummary, runPrinter } from '../print/run-printer.js';
import { renderGlance } from '../print/table.js';
import { loadSampleData, loadsMade } from '../sample-data.js';
import { type CommandScope, withSession } from '../with-session.js';
import { printNodePlan } from './plan.js';
import { readRows } from './show.js';
import { openWorkbenchOn } from './workbench.js';

/** The mart that `start` shows. */
const MART = 'fct_ops__incidents';
const ROWS = 10;

export async function startCommand(io: Io, flags: ProjectFlags): Promise<number> {
  const projectDir = flags.projectDir ?? bundledProjectDir();
  if (io.stdout.isTTY && io.stdin.isTTY) {
    return await openWorkbenchOn(io, { ...flags, projectDir }, { makesSampleData: true });
  }
  return await withSession(
    io,
    { ...flags, projectDir },
    { needsCleanProject: true },
    async (scope) => {
      const { session, signal } = scope;
      if (loadsMade(session.facts.projectDir) === 0) {
        heading(io, 'Sample data');
        await loadSampleData(session, 1, { signal, emit: (event) => printLog(event, io) });
      }
      heading(io, 'Build');
      const printing = {
        io,
        manifest: session.manifest,
        format: 'text',
        isQuiet: flags.quiet === true,
      } as const;
      const summary = await session.run(
        { command: 'build' },
        { signal, emit: runPrinter(printing) },
      );
      printSummary(summary, printing);
      const exitCode = exitCodeOf(summary);
      if (exitCode !== 0) return exitCode;
      await showMart(scope);
      return 0;
    },
  );
}

async function showMart(scope: CommandScope): Promise<void> {
  const { session, signal, io } = scope;
  const mart = [...session.manifest.nodes.values()].find((node) => node.name === MART);
  if (mart === undefined) return;
  heading(io, `Lineage of ${MART}`);
  for (const text of reach(session.manifest, mart.id)) io.print(text);
  heading(io, `Plan of ${MART}`);
  printNodePlan(await session.planNode(mart.id, {}, { signal }), io);
  heading(io, `First rows of ${MART}`);
  io.print(
    renderGlance(
      await readRows(scope, { kind: 'node', nodeId: mart.id, from: 'relation' }, ROWS),
      io,
      { width: io.stdout.columns ?? 120 },
    ),
  );
}

function heading(io: Io, text: string): void {
  io.print('');
  io.print(io.style.bold(`── ${display(text)} ──`));
}

function printLog(event: DagbookEvent, io: Io): void {
  if (event.type === 'log' && event.level === 'info') io.print(displayLines(event.message));
}
