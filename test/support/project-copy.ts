/**
 * A copy of a project in a folder of its own, so that tests never write into the repository.
 */
import { cpSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const BUNDLED = [
  'dbt_project.yml',
  'profiles.yml',
  'models',
  'macros',
  'snapshots',
  'seeds',
  'data_tests',
  'analyses',
  'notebooks',
] as const;

export interface ProjectCopy {
  readonly dir: string;
  /** Removes the copy. */
  remove(): void;
}

/** Copies the bundled project. */
export function copyBundledProject(): ProjectCopy {
  const copy = emptyFolder();
  for (const part of BUNDLED) cpSync(part, join(copy.dir, part), { recursive: true });
  return copy;
}

/** Copies a project of `test/fixtures/projects`. */
export function copyFixture(name: string): ProjectCopy {
  const copy = emptyFolder();
  cpSync(join('test/fixtures/projects', name), copy.dir, { recursive: true });
  return copy;
}

/** A folder with nothing in it. */
export function emptyFolder(): ProjectCopy {
  const dir = realpathSync(mkdtempSync(join(tmpdir(), 'dagbook-')));
  return { dir, remove: () => rmSync(dir, { recursive: true, force: true }) };
}
