/**
 * Asks before what cannot be taken back in a target that is protected: typed by hand on a terminal, `--yes` elsewhere.
 */
import { createInterface } from 'node:readline/promises';
import { DagbookError, display } from '../base/index.js';
import type { ProjectSession, RunRequest } from '../session/index.js';
import type { CommandScope } from './with-session.js';

/**
 * Whether a target is protected: as its field `protected` says, else if it is called `prod...`.
 */
export function isProtected(session: ProjectSession): boolean {
  const { target } = session.parsed.project;
  const stated = target.fields['protected'];
  return typeof stated === 'boolean' ? stated : /^prod/iu.test(target.name);
}

/**
 * Asks before a run that rebuilds what holds history.
 *
 * @throws DagbookError cli/not-confirmed.
 */
export async function confirmRun(
  scope: CommandScope,
  request: RunRequest,
  isSaidYes: boolean,
): Promise<void> {
  if (request.isFullRefresh !== true || !isProtected(scope.session)) return;
  const { ids } = scope.session.select(request);
  const kept = ids.filter((id) => {
    const node = scope.session.manifest.nodes.get(id);
    const isIncremental = node?.resourceType === 'model' && node.materialized === 'incremental';
    return isIncremental || node?.resourceType === 'seed';
  });
  if (kept.length === 0) return;
  const names = kept.map((id) => scope.session.manifest.nodes.get(id)?.name ?? id);
  const shown = names.slice(0, 5).join(', ') + (names.length > 5 ? ', ...' : '');
  await confirm(scope, `--full-refresh replaces ${names.length} tables: ${shown}.`, isSaidYes);
}

/**
 * Asks for the target's name.
 *
 * @throws DagbookError cli/not-confirmed, also where nobody can be asked.
 */
export async function confirm(
  { io, session, signal }: CommandScope,
  what: string,
  isSaidYes: boolean,
): Promise<void> {
  if (isSaidYes) return;
  const { targetName } = session.facts;
  const refused = (hint: string): DagbookError =>
    new DagbookError(
      'cli/not-confirmed',
      `Target ${targetName} is protected. ${what} Nothing was done.`,
      { hint, exitCode: 2 },
    );
  if (!io.stdin.isTTY || !io.stderr.isTTY) throw refused('Say --yes if that is meant.');
  io.note(io.errorStyle.yellow(`Target ${display(targetName)} is protected. ${display(what)}`));
  const lines = createInterface({ input: io.stdin, output: io.stderr });
  try {
    const typed = await lines.question(`Type ${targetName} to go on: `, { signal });
    if (typed.trim() !== targetName) throw refused('It was not confirmed.');
  } finally {
    lines.close();
  }
}
