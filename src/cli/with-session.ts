/**
 * Opens the project of a command, runs the command, closes what was opened, and makes Ctrl-C cancel.
 */
import { DagbookError, display, formatDiagnostic, displayLines } from '../base/index.js';
import { absolutePath, findUp } from '../platform/index.js';
import { openSession, type ProjectSession } from '../session/index.js';
import { confirmOn } from './confirm.js';
import type { Io } from './io.js';
import { type ProjectFlags, sessionOptions } from './options.js';
import { sessionState } from './state-options.js';

export interface CommandScope {
  readonly session: ProjectSession;
  readonly signal: AbortSignal;
  readonly io: Io;
}

/**
 * @param options.needsCleanProject refuse to go on if the project has errors.
 * @returns the command's exit code.
 */
export async function withSession(
  io: Io,
  flags: ProjectFlags,
  options: { readonly needsCleanProject: boolean },
  body: (scope: CommandScope) => Promise<number>,
): Promise<number> {
  const interrupt = interruption(io);
  const opened = {
    ...sessionOptions(flags, projectFolder(flags, io)),
    ...sessionState(flags, io),
  };
  const session = openSession(opened, {
    env: io.env,
    ...(io.openWarehouse === undefined ? {} : { openWarehouse: io.openWarehouse }),
    log: (level, message) => {
      if (level === 'warn' && flags.quiet !== true)
        io.note(io.errorStyle.yellow(`warning: ${display(message)}`));
      if (level === 'print' || level === 'info') io.note(displayLines(message));
    },
  });
  session.confirmThrough(confirmOn(io, { ...session.facts, ...interrupt }));
  try {
    const hasErrors = reportDiagnostics(session, io, flags.quiet === true);
    if (hasErrors && options.needsCleanProject) return 1;
    return await body({ session, signal: interrupt.signal, io });
  } finally {
    interrupt.stop();
    await session.close();
  }
}

/** The folder of the project: as told, or the nearest that has a dbt_project.yml. */
export function projectFolder(flags: ProjectFlags, io: Io): string {
  const asked = flags.projectDir ?? io.env['DBT_ENGINE_PROJECT_DIR'] ?? io.env['DBT_PROJECT_DIR'];
  if (asked !== undefined) return absolutePath(asked, io.cwd);
  const found = findUp('dbt_project.yml', io.cwd);
  if (found !== undefined) return found;
  throw new DagbookError('project/none-here', `There is no dbt project in ${io.cwd} or above it.`, {
    hint: 'Go to a folder with a dbt_project.yml, name it with --project-dir, or try `dagbook demo`.',
  });
}

/** Prints what is wrong with the project. @returns whether any of it is an error. */
function reportDiagnostics(session: ProjectSession, io: Io, isQuiet: boolean): boolean {
  let hasErrors = false;
  for (const diagnostic of session.diagnostics) {
    if (diagnostic.severity === 'error') hasErrors = true;
    else if (isQuiet) continue;
    const paint = diagnostic.severity === 'error' ? io.errorStyle.red : io.errorStyle.yellow;
    io.note(paint(displayLines(formatDiagnostic(diagnostic))));
  }
  return hasErrors;
}

/** Ctrl-C, SIGTERM, SIGHUP and a closed stdout cancel; a second signal within the same command ends the process. */
export function interruption(io: Io): { readonly signal: AbortSignal; readonly stop: () => void } {
  const controller = new AbortController();
  const onSignal = (): void => {
    if (controller.signal.aborted) process.exit(2);
    io.note(io.errorStyle.yellow('Cancelling what is running; once more to leave at once.'));
    controller.abort(new DagbookError('run/cancelled', 'Cancelled.'));
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const name of signals) process.on(name, onSignal);
  const onUnread = (): void =>
    controller.abort(new DagbookError('run/cancelled', 'Nobody reads what is printed.'));
  io.unread?.addEventListener('abort', onUnread, { once: true });
  return {
    signal: controller.signal,
    stop: () => {
      for (const name of signals) process.off(name, onSignal);
      io.unread?.removeEventListener('abort', onUnread);
    },
  };
}
