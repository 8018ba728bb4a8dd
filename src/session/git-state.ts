/**
 * The manifest of a commit: the project as git has it, unpacked into a temporary folder, parsed, and removed.
 */
import { manifestJson } from '../artifacts/index.js';
import { DagbookError, type JsonObject, messageOf } from '../base/index.js';
import {
  isFile,
  isFolder,
  joinPath,
  linkFolder,
  readTar,
  removePath,
  runProgram,
  temporaryFolder,
  unpack,
} from '../platform/index.js';
import type { Project } from '../project/index.js';
import type { Parsed } from './parsed.js';

const TIMEOUT_MS = 60_000;

/**
 * Parses the project as it was at a commit. Packages that git does not keep are those that are installed now.
 *
 * @param ref a branch, a tag, a commit, or what `git rev-parse` makes one of.
 * @returns the content of its manifest.json.
 * @throws DagbookError state/git if there is no such commit, or no project in it that parses.
 */
export function manifestAt(
  ref: string,
  project: Project,
  parseAt: (projectDir: string) => Parsed,
): JsonObject {
  const { rootDir, env } = project;
  const git = (...args: readonly string[]): Uint8Array =>
    runProgram('git', args, { cwd: rootDir, env, timeoutMs: TIMEOUT_MS });
  const commit = commitOf(ref, git);
  const folder = temporaryFolder();
  try {
    // Run below the top of a repository, this archives the folder it is run in.
    const archive = git('archive', '--format=tar', commit);
    unpack(readTar(archive, { name: `git:${ref}`, links: 'skip' }), folder);
    if (!isFile(joinPath(folder, 'dbt_project.yml'))) {
      throw failure(ref, 'there is no dbt_project.yml in it where it is now');
    }
    installPackages(project, folder);
    return manifestOf(parseAt(folder), ref);
  } finally {
    removePath(folder);
  }
}

function commitOf(ref: string, git: (...args: readonly string[]) => Uint8Array): string {
  try {
    const said = git('rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`);
    return new TextDecoder().decode(said).trim();
  } catch (cause) {
    if (cause instanceof DagbookError && cause.code !== 'program/failed') throw cause;
    throw failure(ref, 'git knows no such commit here', cause);
  }
}

/** Installed packages are seldom kept in git: those of now stand in for those of then. */
function installPackages(project: Project, folder: string): void {
  const home = project.packages[0]?.config.packagesInstallPath ?? 'dbt_packages';
  const installed = joinPath(project.rootDir, home);
  const wanted = joinPath(folder, home);
  if (home.includes('/') || isFolder(wanted) || !isFolder(installed)) return;
  linkFolder(installed, wanted);
}

function manifestOf(parsed: Parsed, ref: string): JsonObject {
  const { manifest, registry, facts, diagnostics } = parsed;
  const fault = diagnostics.find((one) => one.severity === 'error');
  if (fault !== undefined) throw failure(ref, `it does not parse: ${fault.message}`);
  return manifestJson({
    manifest,
    macros: () => registry.all(),
    adapterType: facts.dialect,
    target: facts.target,
    dbtVersion: facts.dbtVersion,
    invocationId: facts.invocationId,
    generatedAt: new Date(facts.now()),
    compiled: new Map(),
  });
}

function failure(ref: string, why: string, cause?: unknown): DagbookError {
  return new DagbookError('state/git', `git:${ref} cannot be compared with: ${why}.`, {
    exitCode: 2,
    hint: 'Name a branch, a tag or a commit that holds this project: git:main, git:HEAD~1.',
    ...(cause === undefined ? {} : { cause: messageOf(cause) }),
  });
}
