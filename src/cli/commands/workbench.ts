/**
 * The workbench on a project, opened before the project has been read, so that the screen is never blank.
 */
import { DagbookError } from '../../base/index.js';
import type { DagbookEvent, Emit } from '../../events/index.js';
import { openSession, type ProjectSession } from '../../session/index.js';
import { openWorkbench } from '../../tui/index.js';
import type { Io } from '../io.js';
import { type ProjectFlags, sessionOptions } from '../options.js';
import { loadSampleData, loadsMade } from '../sample-data.js';
import { projectFolder } from '../with-session.js';

export async function workbenchCommand(io: Io, flags: ProjectFlags): Promise<number> {
  if (!io.stdout.isTTY || !io.stdin.isTTY) {
    throw new DagbookError(
      'cli/no-terminal',
      'The workbench needs a terminal on stdin and stdout.',
      {
        hint: 'Use a command instead: `dagbook ls`, `dagbook build`, `dagbook show`; `dagbook --help` lists them.',
      },
    );
  }
  const projectDir = projectFolder(flags, io);
  return await openWorkbenchOn(io, { ...flags, projectDir }, { makesSampleData: false });
}

/** @param options.makesSampleData make the bundled project's data and build it first, if that was never done. */
export async function openWorkbenchOn(
  io: Io,
  flags: ProjectFlags & { readonly projectDir: string },
  options: { readonly makesSampleData: boolean },
): Promise<number> {
  const progress = new Progress();
  const cancel = new AbortController();
  const session = open(io, flags, options, progress, cancel.signal);
  // The workbench tells a failure; this only keeps it from counting as unheard until then.
  session.catch(() => undefined);
  const watching = session.then(
    (opened) => opened.watch(),
    () => () => undefined,
  );
  try {
    await openWorkbench({ session, progress: progress.subscribe }, io);
  } finally {
    cancel.abort();
    (await watching)();
    await session.then(
      (opened) => opened.close(),
      () => undefined,
    );
  }
  return Number(process.exitCode ?? 0);
}

async function open(
  io: Io,
  flags: ProjectFlags & { readonly projectDir: string },
  options: { readonly makesSampleData: boolean },
  progress: Progress,
  signal: AbortSignal,
): Promise<ProjectSession> {
  progress.emit({ type: 'progress', label: 'Reading the project', done: 0, total: null });
  // Lets the first frame be painted before reading keeps the thread busy.
  await new Promise((resolve) => setTimeout(resolve, 0));
  const session = openSession(sessionOptions(flags, flags.projectDir), { env: io.env });
  if (!options.makesSampleData || loadsMade(session.facts.projectDir) > 0) return session;
  try {
    progress.emit({ type: 'progress', label: 'Making the sample data', done: 0, total: null });
    await loadSampleData(session, 1, { signal, emit: progress.emit });
    await session.run({ command: 'build' }, { signal, emit: progress.emit });
    return session;
  } catch (error) {
    await session.close();
    throw error;
  }
}

/** Passes events on to whoever listens; what came before the first listener is kept for it. */
class Progress {
  readonly #listeners = new Set<Emit>();
  readonly #early: DagbookEvent[] = [];

  readonly emit: Emit = (event) => {
    if (this.#listeners.size === 0) this.#early.push(event);
    for (const listener of this.#listeners) listener(event);
  };

  readonly subscribe = (listener: Emit): (() => void) => {
    for (const event of this.#early.splice(0)) listener(event);
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };
}
