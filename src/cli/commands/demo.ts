/**
 * `demo`: the bundled project in a folder of the user's, with its data.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { display, displayLines } from '../../base/index.js';
import { absolutePath, relativePath } from '../../platform/index.js';
import { unpackBundledProject } from '../bundled-project.js';
import type { Io } from '../io.js';
import type { ProjectFlags } from '../options.js';
import { hasSampleData, loadSampleData } from '../sample-data.js';
import { withSession } from '../with-session.js';

export interface DemoFlags extends ProjectFlags {
  readonly load?: string;
}

/**
 * Unpacks the project into `folder` (or finds it there, or here), and makes its raw data.
 *
 * `--load 2` brings the second load: later rows, and changes to earlier ones.
 */
export async function demoCommand(
  io: Io,
  folder: string | undefined,
  flags: DemoFlags,
): Promise<number> {
  const isHere = folder === undefined && existsSync(join(io.cwd, 'dbt_project.yml'));
  const projectDir = absolutePath(isHere ? '.' : (folder ?? 'dagbook-demo'), io.cwd);
  if (!existsSync(join(projectDir, 'dbt_project.yml'))) {
    unpackBundledProject(projectDir);
    io.note(
      `Unpacked the bundled project into ${display(relativePath(io.cwd, projectDir) || '.')}.`,
    );
  }
  const load = Number(flags.load ?? '1');
  return await withSession(
    io,
    { ...flags, projectDir },
    { needsCleanProject: true },
    async ({ session, signal }) => {
      if (!hasSampleData(session)) {
        io.note(
          `The project ${display(session.facts.projectName)} has no macro load_sample_data, so there is no data to make.`,
        );
        return 1;
      }
      await loadSampleData(session, load, {
        signal,
        emit: (event) => {
          if (event.type === 'log' && event.level === 'info') io.print(displayLines(event.message));
        },
      });
      const where = relativePath(io.cwd, projectDir);
      io.note(`The raw data of load ${load} is made.`);
      io.note(
        `Next: ${where === '' ? '' : `cd ${display(where)} && `}dagbook build, then dagbook to look around.`,
      );
      return 0;
    },
  );
}
