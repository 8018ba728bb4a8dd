/**
 * `recover`: sees to runs that were cut off.
 */
import { display } from '../../base/index.js';
import type { OpenStatement, RecoveredRun } from '../../session/index.js';
import type { Io } from '../io.js';
import type { OutputFlags, ProjectFlags } from '../options.js';
import { withSession } from '../with-session.js';

type RecoverFlags = ProjectFlags & OutputFlags & { readonly list?: boolean };

/** @returns 0 if all was seen to, 1 if something could not be done. */
export async function recoverCommand(io: Io, flags: RecoverFlags): Promise<number> {
  return await withSession(io, flags, { needsCleanProject: false }, async ({ session, signal }) => {
    const isLooking = flags.list === true;
    const runs = await session.recover({ isLooking, signal });
    if (flags.output === 'json') io.print(JSON.stringify({ runs }));
    else if (runs.length === 0)
      io.print('Every run of this target came to its end: there is nothing to recover.');
    else for (const run of runs) print(run, isLooking, io);
    return runs.some(({ problems }) => problems.length > 0) ? 1 : 0;
  });
}

function print(
  { run, open, leftovers, summary, problems }: RecoveredRun,
  isLooking: boolean,
  io: Io,
): void {
  const at = new Date(run.atMs).toISOString().slice(0, 19).replace('T', ' ');
  io.print(io.style.bold(`${display(run.command)} of ${at} UTC, process ${run.processId}`));
  for (const statement of open) io.print(`  ${openText(statement)}`);
  if (open.length === 0) io.print('  no statement was left without an end');
  for (const name of leftovers)
    io.print(`  ${isLooking ? 'left behind' : 'dropped'}: ${display(name)}`);
  if (summary !== null) {
    const count = (status: string): number =>
      summary.results.filter((result) => result.status === status).length;
    const done = summary.results.length - count('error') - count('skipped');
    io.print(
      `  ${done} nodes done, ${count('error')} failed or cut off, ${count('skipped')} not begun${isLooking ? '' : '; run_results.json says so, `dagbook retry` goes on from there'}`,
    );
  }
  for (const problem of problems) io.print(io.style.red(`  ${display(problem)}`));
  io.print('');
}

const FATES: Readonly<Record<OpenStatement['fate'], string>> = {
  running: 'still running',
  cancelled: 'was still running: cancelled',
  done: 'had been done',
  failed: 'had failed',
  gone: 'ended with the process',
  unknown: 'its end is not known; it was asked to stop',
};

function openText({ verb, nodeId, sessionId, requestId, fate }: OpenStatement): string {
  const session = sessionId === null ? '' : `, session ${sessionId}`;
  return `${display(verb)} of ${display(nodeId ?? 'the run itself')}: ${FATES[fate]} (request ${requestId}${session})`;
}
