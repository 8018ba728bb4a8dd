/**
 * Where the bundled project is, and how it is unpacked.
 */
import { cpSync, existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DagbookError } from '../base/index.js';

const PARTS = [
  'dbt_project.yml',
  'profiles.yml',
  'models',
  'macros',
  'snapshots',
  'data_tests',
  'seeds',
  'analyses',
  'notebooks',
] as const;

/** The package's own folder: the nearest above the program with a dbt_project.yml. */
export function bundledProjectDir(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'dbt_project.yml'))) return folder;
    if (dirname(folder) === folder) {
      throw new DagbookError(
        'demo/missing',
        'The bundled project is not where the program is installed.',
        {
          hint: 'Install dagbook again.',
        },
      );
    }
  }
}

/** Copies the bundled project into a folder that has no project yet. */
export function unpackBundledProject(to: string): void {
  const from = bundledProjectDir();
  if (existsSync(join(to, 'dbt_project.yml'))) {
    throw new DagbookError('demo/occupied', `There is a dbt project in ${to} already.`, {
      hint: 'Name another folder: `dagbook demo FOLDER`.',
      exitCode: 1,
    });
  }
  mkdirSync(to, { recursive: true });
  for (const part of PARTS) {
    if (existsSync(join(from, part))) cpSync(join(from, part), join(to, part), { recursive: true });
  }
}
