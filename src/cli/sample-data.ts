/**
 * The bundled project's raw data: made once, and known to be there by a mark beside the warehouse.
 */
import type { Emit } from '../events/index.js';
import { isFile, isFolder, joinPath, readText, writeAtomic } from '../platform/index.js';
import type { ProjectSession } from '../session/index.js';

const MACRO = 'load_sample_data';

/** Which load was made last; 0 if none was. */
export function loadsMade(projectDir: string): number {
  const file = markFile(projectDir);
  if (!isFile(file) || !isFolder(joinPath(projectDir, '.dagbook', 'warehouse'))) return 0;
  const load = Number(readText(file).trim());
  return Number.isInteger(load) ? load : 0;
}

/** Makes the raw data of one load, in the session's target. */
export async function loadSampleData(
  session: ProjectSession,
  load: number,
  options: { readonly signal: AbortSignal; readonly emit?: Emit },
): Promise<void> {
  await session.runOperation(MACRO, { load }, options);
  if (session.facts.engine === 'embedded')
    writeAtomic(markFile(session.facts.projectDir), `${load}\n`);
}

/** Whether a project is the bundled one, or at least brings data of its own in the same way. */
export function hasSampleData(session: ProjectSession): boolean {
  return session.parsed.registry.find(MACRO, session.facts.projectName) !== undefined;
}

function markFile(projectDir: string): string {
  return joinPath(projectDir, '.dagbook', 'sample-data');
}
