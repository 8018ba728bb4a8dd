/**
 * `run-operation`, `debug`, `clean`.
 */
import { DagbookError, display, messageOf } from '../../base/index.js';
import {
  absolutePath,
  findUp,
  isFile,
  isFolder,
  relativePath,
  removePath,
} from '../../platform/index.js';
import { targetDict } from '../../project/index.js';
import type { Io } from '../io.js';
import { type ProjectFlags, yamlObject } from '../options.js';
import { runPrinter } from '../print/run-printer.js';
import { renderTable } from '../print/table.js';
import { withSession } from '../with-session.js';
import type { ProjectSession } from '../../session/index.js';
import { connectionSources } from '../../warehouse/index.js';

export async function runOperationCommand(
  io: Io,
  macro: string,
  flags: ProjectFlags & { readonly args?: string },
): Promise<number> {
  return await withSession(io, flags, { needsCleanProject: true }, async ({ session, signal }) => {
    const args = yamlObject(flags.args ?? '{}', '--args');
    const emit = runPrinter({
      io,
      manifest: session.manifest,
      format: 'text',
      isQuiet: flags.quiet === true,
    });
    await session.runOperation(macro, args, { signal, emit });
    io.note(`${display(macro)} has run.`);
    return 0;
  });
}

/** Says what was read from where, and whether the warehouse answers. */
export async function debugCommand(io: Io, flags: ProjectFlags): Promise<number> {
  return await withSession(io, flags, { needsCleanProject: false }, async ({ session, signal }) => {
    const { facts, parsed } = session;
    const rows = [
      ['project', facts.projectName, facts.projectDir],
      [
        'profile',
        parsed.project.target.profileName,
        findUp('profiles.yml', facts.projectDir) ?? '',
      ],
      ['target', facts.targetName, `engine ${facts.engine}`],
      ...(facts.engine === 'snowflake' ? await connectionRows(session) : targetRows(session)),
      ['node', process.version, ''],
    ];
    io.print(renderTable([{ title: 'what' }, { title: 'value' }, { title: 'from' }], rows, io));
    io.print('');
    try {
      for await (const page of session.preview(
        { kind: 'sql', sql: 'select 1 as answer', isTemplate: false },
        { signal, pageRows: 1 },
      )) {
        if (page.rows.length > 0 || facts.engine === 'none') break;
      }
      io.print(io.style.green('The warehouse answers.'));
      return 0;
    } catch (error) {
      io.print(io.style.red(`The warehouse does not answer: ${display(messageOf(error))}`));
      if (error instanceof DagbookError && error.hint !== undefined)
        io.print(`  hint: ${display(error.hint)}`);
      return 1;
    }
  });
}

/** What templates see of a target. */
function targetRows({ parsed }: ProjectSession): readonly (readonly string[])[] {
  return Object.entries(targetDict(parsed.project.target))
    .filter(
      ([key, value]) =>
        value !== null && !['name', 'target_name', 'profile_name', 'type'].includes(key),
    )
    .map(([key, value]) => [
      `target.${key}`,
      typeof value === 'string' ? value : JSON.stringify(value),
      'profiles.yml',
    ]);
}

/** Every value of a Snowflake connection with its source; what lets in is shown as stars. */
async function connectionRows({ parsed }: ProjectSession): Promise<readonly string[][]> {
  const { target, env } = parsed.project;
  const shown = await connectionSources(target, env);
  return shown.map(({ name, value, from }) => [`target.${name}`, value, from]);
}

/** Removes the folders that dbt_project.yml lists as clean-targets; nothing outside of the project. */
export async function cleanCommand(io: Io, flags: ProjectFlags): Promise<number> {
  return await withSession(io, flags, { needsCleanProject: false }, ({ session }) => {
    const { project } = session.parsed;
    const targets = project.packages[0]?.config.cleanTargets ?? [];
    for (const target of targets) {
      const path = absolutePath(target, project.rootDir);
      const shown = relativePath(project.rootDir, path);
      if (shown === '' || shown === '.' || shown.startsWith('..')) {
        throw new DagbookError(
          'clean/outside',
          `${target} is not inside of the project, so it is not removed.`,
          { exitCode: 1 },
        );
      }
      if (!isFolder(path) && !isFile(path)) continue;
      removePath(path);
      io.print(`removed ${display(shown)}`);
    }
    return Promise.resolve(0);
  });
}
