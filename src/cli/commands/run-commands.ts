/**
 * `run`, `test`, `build`, `seed`, `snapshot`.
 */
import { display, displayLines, formatDiagnostic } from '../../base/index.js';
import type { RunRequest } from '../../session/index.js';
import type { Io } from '../io.js';
import {
  type OutputFlags,
  type ProjectFlags,
  type RunFlags,
  runRequest,
  type SelectionFlags,
} from '../options.js';
import { exitCodeOf, printSummary, runPrinter } from '../print/run-printer.js';
import { type CommandScope, withSession } from '../with-session.js';

export type RunCommandFlags = ProjectFlags & SelectionFlags & RunFlags & OutputFlags;

export async function runCommand(
  io: Io,
  command: RunRequest['command'],
  flags: RunCommandFlags,
): Promise<number> {
  return await withSession(io, flags, { needsCleanProject: true }, async (scope) => {
    return await runSelected(scope, runRequest(command, flags), flags);
  });
}

/** Runs what is asked for in an open session, and prints it. */
export async function runSelected(
  { io, session, signal }: CommandScope,
  request: RunRequest,
  flags: Pick<RunCommandFlags, 'output' | 'quiet'>,
): Promise<number> {
  const { ids, warnings } = session.select(request);
  for (const warning of warnings)
    io.note(io.errorStyle.yellow(displayLines(formatDiagnostic(warning))));
  if (ids.length === 0) {
    io.note(
      io.errorStyle.yellow('Nothing to do. Check the selection, or try `dagbook ls` with it.'),
    );
    return 0;
  }
  const [cutOff] = session.cutOffRuns();
  if (cutOff !== undefined)
    io.note(
      io.errorStyle.yellow(
        `A ${display(cutOff.start.command)} of this target was cut off. \`dagbook recover\` sees to what it left.`,
      ),
    );
  const printing = {
    io,
    manifest: session.manifest,
    format: flags.output === 'json' ? ('json' as const) : ('text' as const),
    isQuiet: flags.quiet === true,
  };
  if (!printing.isQuiet && printing.format === 'text') {
    const { facts } = session;
    io.note(
      io.errorStyle.dim(
        `${request.command} · ${ids.length} nodes · target ${display(facts.targetName)} (${facts.engine}) · ${request.threads ?? facts.threads} threads`,
      ),
    );
  }
  const summary = await session.run(request, { signal, emit: runPrinter(printing) });
  printSummary(summary, printing);
  return exitCodeOf(summary);
}
