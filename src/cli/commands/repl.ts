/**
 * `repl`: questions typed line by line, or piped.
 */
import { createInterface, type Interface } from 'node:readline';
import {
  DagbookError,
  display,
  displayLines,
  formatPosition,
  messageOf,
} from '../../base/index.js';
import { type Entry, type OutputForm, readLine, statementsOf } from '../../workbench/index.js';
import { askFor } from '../confirm.js';
import type { Io } from '../io.js';
import type { ProjectFlags } from '../options.js';
import { completerOf } from '../repl/completer.js';
import { LineHistory } from '../repl/line-history.js';
import { ReplSession } from '../repl/repl-session.js';
import { type CommandScope, withSession } from '../with-session.js';

export type ReplFlags = ProjectFlags & { readonly output?: OutputForm; readonly limit?: string };

const PROMPT = 'dagbook> ';
const CONTINUED = '      -> ';

/** @returns 0; for piped input 1 if anything in it failed. */
export async function replCommand(io: Io, flags: ReplFlags): Promise<number> {
  return await withSession(io, flags, { needsCleanProject: false }, async (scope) => {
    const isTyped = io.stdin.isTTY && io.stdout.isTTY;
    const repl = new ReplSession({
      session: scope.session,
      io,
      output: flags.output ?? (io.stdout.isTTY ? 'table' : 'csv'),
      maxRows: limitOf(flags.limit),
    });
    try {
      return isTyped ? await typed(repl, scope) : await piped(repl, scope);
    } finally {
      await repl.close();
    }
  });
}

async function piped(repl: ReplSession, { io, signal }: CommandScope): Promise<number> {
  let hasFailed = false;
  let pending = '';
  const lines = createInterface({ input: io.stdin, crlfDelay: Number.POSITIVE_INFINITY });
  const doAll = async (entries: readonly Entry[]): Promise<boolean> => {
    for (const entry of entries) {
      signal.throwIfAborted();
      const ended = await attempt(repl, entry, io, signal);
      if (ended === 'leave') return false;
      hasFailed ||= ended === 'failed';
    }
    return true;
  };
  for await (const line of lines) {
    const reading = readLine(pending, line);
    ({ pending } = reading);
    if (!(await doAll(reading.entries))) return hasFailed ? 1 : 0;
  }
  await doAll(statementsOf(pending));
  return hasFailed ? 1 : 0;
}

async function typed(repl: ReplSession, { session, io, signal }: CommandScope): Promise<number> {
  const history = new LineHistory(io.env);
  const completer = completerOf(session);
  let pending = '';
  let running: AbortController | null = null;
  const lines: Interface = createInterface({
    input: io.stdin,
    output: io.stdout,
    history: [...history.read()],
    historySize: 1000,
    removeHistoryDuplicates: true,
    completer: (line, done) => {
      const start = pending === '' ? '' : `${pending}\n`;
      completer(start + line, start + lines.line).then(
        (found) => done(null, found),
        () => done(null, [[], line]),
      );
    },
  });
  lines.on('history', (kept: string[]) => history.write(kept));
  lines.on('SIGINT', () => {
    if (running !== null) {
      running.abort(new DagbookError('run/cancelled', 'Cancelled.', { exitCode: 1 }));
      return;
    }
    // As in other shells: what was typed is dropped, the session goes on.
    pending = '';
    io.stdout.write('^C\n');
    lines.write(null, { ctrl: true, name: 'e' });
    lines.write(null, { ctrl: true, name: 'u' });
    prompt(lines, pending);
  });
  signal.addEventListener('abort', () => lines.close(), { once: true });
  const { facts } = session;
  const question = async (prompt: string): Promise<string> =>
    await new Promise((resolve) => {
      lines.question(prompt, resolve);
      running?.signal.addEventListener('abort', () => resolve(''), { once: true });
    });
  session.confirmThrough(
    async (what) =>
      await askFor(facts.targetName, what, { note: (text) => io.note(text), question }),
  );
  io.note(
    `${display(facts.projectName)}, target ${display(facts.targetName)} (${facts.engine}). SQL ends at ; or an empty line, :help lists verbs.`,
  );
  prompt(lines, pending);
  for await (const line of lines) {
    const reading = readLine(pending, line);
    ({ pending } = reading);
    for (const entry of reading.entries) {
      running = new AbortController();
      const ended = await attempt(repl, entry, io, AbortSignal.any([signal, running.signal]));
      running = null;
      if (ended === 'leave') {
        lines.close();
        return 0;
      }
    }
    prompt(lines, pending);
  }
  io.stdout.write('\n');
  return 0;
}

function prompt(lines: Interface, pending: string): void {
  lines.setPrompt(pending === '' ? PROMPT : CONTINUED);
  lines.prompt();
}

/** Does one entry, and tells what went wrong; the session goes on. */
async function attempt(
  repl: ReplSession,
  entry: Entry,
  io: Io,
  signal: AbortSignal,
): Promise<'done' | 'failed' | 'leave'> {
  try {
    return await repl.do(entry, signal);
  } catch (error) {
    if (!(error instanceof DagbookError) && !signal.aborted) throw error;
    const { red } = io.errorStyle;
    if (signal.aborted) {
      io.note(red('Cancelled.'));
      return 'failed';
    }
    io.note(red(`error: ${displayLines(messageOf(error))}`));
    if (!(error instanceof DagbookError)) return 'failed';
    if (error.position !== undefined)
      io.note(`  at ${displayLines(formatPosition(error.position))}`);
    if (error.hint !== undefined) io.note(`  hint: ${displayLines(error.hint)}`);
    return 'failed';
  }
}

function limitOf(text: string | undefined): number {
  const limit = Number(text ?? '1000');
  if (Number.isInteger(limit) && limit > 0) return limit;
  throw new DagbookError(
    'repl/bad-limit',
    `--limit must be a whole number; this is ${text ?? ''}.`,
    {
      exitCode: 1,
    },
  );
}
