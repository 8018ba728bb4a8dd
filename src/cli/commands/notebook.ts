/**
 * `notebook run`: the cells of a `.sql` file, run from the command line.
 */
import { DagbookError, display, displayLines } from '../../base/index.js';
import { absolutePath, readText, relativePath, writeAtomic } from '../../platform/index.js';
import {
  type CellOutcome,
  isAllWell,
  type NotebookOutcome,
  parseNotebook,
  runNotebook,
} from '../../workbench/index.js';
import type { Io } from '../io.js';
import { outcomeJson, outcomeLines, verdictLine } from '../notebook/print-outcome.js';
import type { OutputFlags, ProjectFlags } from '../options.js';
import { runPrinter } from '../print/run-printer.js';
import { type CommandScope, withSession } from '../with-session.js';

export type NotebookFlags = ProjectFlags &
  OutputFlags & { readonly param?: readonly string[]; readonly save?: string };

const WIDTH = 100;

/** @returns 0 if every cell was done and every check is met, 1 if not, 2 if it was cancelled. */
export async function notebookRunCommand(
  io: Io,
  path: string,
  flags: NotebookFlags,
): Promise<number> {
  const file = absolutePath(path, io.cwd);
  const text = readText(file);
  const given = parametersOf(flags.param ?? []);
  return await withSession(io, flags, { needsCleanProject: false }, async (scope) => {
    const { session, signal } = scope;
    const outside = relativePath(session.facts.projectDir, file);
    const notebook = parseNotebook(text, outside.startsWith('../') ? file : outside);
    const printsNow = flags.output === 'text' && flags.save === undefined;
    const inOrder = fileOrder((cell) => {
      for (const line of outcomeLines(cell, io, widthOf(io))) io.print(line);
    });
    const outcome = await runNotebook(notebook, {
      session,
      given,
      signal,
      now: () => performance.now(),
      emit: runPrinter({
        io: { ...io, print: (line) => io.note(line), style: io.errorStyle },
        manifest: session.manifest,
        format: 'text',
        isQuiet: flags.quiet === true,
      }),
      onCell: (cell) => {
        if (printsNow) inOrder(cell);
      },
    });
    if (printsNow) io.print(verdictLine(outcome, io));
    else await deliver(outcome, scope, flags);
    if (outcome.isCancelled) return 2;
    return isAllWell(outcome) ? 0 : 1;
  });
}

/** Passes cells on in the order of the file: one that ended early waits for those above it. */
function fileOrder(pass: (cell: CellOutcome) => void): (cell: CellOutcome) => void {
  const waiting = new Map<number, CellOutcome>();
  let next = 0;
  return (ended) => {
    waiting.set(ended.cell.index, ended);
    for (let cell = waiting.get(next); cell !== undefined; cell = waiting.get(next)) {
      pass(cell);
      next += 1;
    }
  };
}

async function deliver(
  outcome: NotebookOutcome,
  { io, session }: CommandScope,
  flags: NotebookFlags,
): Promise<void> {
  const text = await documentOf(outcome, io, flags.output, session.facts);
  if (flags.save === undefined) {
    // A program reads the bytes as they are; a terminal must not act on them.
    const isSafe = flags.output === 'text' || !io.stdout.isTTY;
    io.print(isSafe ? text : displayLines(text));
    return;
  }
  const file = absolutePath(flags.save, io.cwd);
  writeAtomic(file, `${text}\n`);
  io.note(`Wrote ${display(file)}.`);
  io.note(verdictLine(outcome, { ...io, style: io.errorStyle }));
}

async function documentOf(
  outcome: NotebookOutcome,
  io: Io,
  output: string,
  facts: CommandScope['session']['facts'],
): Promise<string> {
  if (output === 'json') return outcomeJson(outcome);
  if (output === 'text') {
    const plain = { ...io, style: PLAIN };
    const lines = outcome.cells.flatMap((cell) => outcomeLines(cell, plain, WIDTH));
    return [...lines, verdictLine(outcome, plain)].join('\n');
  }
  const { renderNotebook } = await import('../notebook/render-notebook.js');
  return renderNotebook(outcome, facts, output === 'html' ? 'html' : 'md');
}

const same = (text: string): string => text;
const PLAIN: Io['style'] = {
  isColoured: false,
  green: same,
  red: same,
  yellow: same,
  dim: same,
  bold: same,
};

function widthOf(io: Io): number {
  return Math.max(40, io.stdout.columns ?? WIDTH);
}

function parametersOf(words: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    words.map((word) => {
      const at = word.indexOf('=');
      if (at < 1) {
        throw new DagbookError('notebook/bad-param', `--param takes name=value, not ${word}.`, {
          hint: 'Write --param start=2026-11-01.',
          exitCode: 1,
        });
      }
      return [word.slice(0, at).trim(), word.slice(at + 1)];
    }),
  );
}
