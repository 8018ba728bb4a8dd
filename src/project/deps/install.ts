/**
 * `deps`: resolves the packages of a project, writes the lock file, installs what it says.
 */
import { DagbookError, type Diagnostic, type JsonObject } from '../../base/index.js';
import {
  copyFolder,
  type Environment,
  joinPath,
  linkFolder,
  makeFolder,
  moveFolder,
  randomId,
  removePath,
  writeAtomic,
} from '../../platform/index.js';
import { PROJECT_FILE, readProject, readRawProject } from '../project-config.js';
import { createRenderer } from '../render.js';
import { type FetchOptions, pinPackage, type PinnedPackage, withScratch } from './fetch-package.js';
import { Hub } from './hub.js';
import { LOCK_FILE, lockText, packagesHash } from './lock-file.js';
import { packagesOf, readLock } from './package-list.js';
import { packageKey, type PackageSpec } from './package-spec.js';

export interface DepsOptions {
  readonly projectDir: string;
  readonly cliVars: JsonObject;
  readonly env: Environment;
  readonly now: () => number;
  /** Resolves anew even if the lock file fits. */
  readonly isUpgrade: boolean;
  /** Writes the lock file and installs nothing. */
  readonly isLockOnly: boolean;
  /** Leaves out versions that ask for another dbt. */
  readonly checksDbtVersion: boolean;
  readonly signal: AbortSignal;
}

export interface DepsResult {
  readonly packages: readonly PinnedPackage[];
  /** True if the lock file was written. */
  readonly hasLocked: boolean;
  readonly warnings: readonly Diagnostic[];
}

const HUB = 'https://hub.getdbt.com/';

/**
 * Installs the packages of a project below its packages-install-path: all of them, or nothing is changed.
 *
 * @throws DagbookError deps/..., download/..., archive/..., program/... or project/...
 */
export async function installDeps(options: DepsOptions): Promise<DepsResult> {
  const { projectDir: rootDir, env, now, cliVars, signal } = options;
  const renderText = createRenderer({ cliVars, env, now, allowsSecrets: true });
  const raw = readRawProject(rootDir, PROJECT_FILE, []);
  const { config } = readProject(
    raw,
    createRenderer({ cliVars, env, now, allowsSecrets: false }),
    null,
  );
  const asked = packagesOf(rootDir, '', renderText);
  if (asked.length === 0) return { packages: [], hasLocked: false, warnings: [] };

  const hub = new Hub(env['DBT_PACKAGE_HUB_URL'] ?? HUB, options.checksDbtVersion, signal);
  return await withScratch(async (scratch) => {
    const fetching: FetchOptions = { rootDir, env, renderText, hub, signal, scratch };
    const lockFile = joinPath(rootDir, LOCK_FILE);
    const hash = packagesHash(asked);
    const lock = readLock(lockFile, LOCK_FILE, renderText);
    const isLocked = lock !== undefined && lock.hash === hash && !options.isUpgrade;
    const packages = isLocked
      ? await pinAll(lock.packages, fetching)
      : await resolve(asked, fetching);
    checkNames(packages, config.name);
    if (!isLocked) writeAtomic(lockFile, lockText(packages.map(lockEntry), hash));
    if (!options.isLockOnly) {
      await install(packages, joinPath(rootDir, config.packagesInstallPath), signal);
    }
    return { packages, hasLocked: !isLocked, warnings: packages.flatMap(warningOf) };
  });
}

/** What is asked for, and what that asks for in turn; requests for one package must agree. */
async function resolve(
  asked: readonly PackageSpec[],
  options: FetchOptions,
): Promise<readonly PinnedPackage[]> {
  const specs = new Map<string, PackageSpec>();
  const pinned = new Map<string, PinnedPackage>();
  let pending = asked;
  while (pending.length > 0) {
    const next: PackageSpec[] = [];
    for (const spec of pending) {
      const key = packageKey(spec);
      const known = specs.get(key);
      if (known !== undefined && isSameRequest(known, spec)) continue;
      const merged = known === undefined ? spec : mergedSpec(known, spec);
      specs.set(key, merged);
      const found = await pinPackage(merged, options);
      pinned.set(key, found);
      next.push(...found.packages);
    }
    pending = next;
  }
  return [...pinned.values()];
}

async function pinAll(
  specs: readonly PackageSpec[],
  options: FetchOptions,
): Promise<readonly PinnedPackage[]> {
  const pinned: PinnedPackage[] = [];
  for (const spec of specs) pinned.push(await pinPackage(spec, options));
  return pinned;
}

function isSameRequest(one: PackageSpec, other: PackageSpec): boolean {
  if (one.kind === 'hub' && other.kind === 'hub')
    return other.ranges.every((range) => one.ranges.includes(range));
  if (one.kind === 'git' && other.kind === 'git') return one.revision === other.revision;
  return one.kind === other.kind;
}

function mergedSpec(one: PackageSpec, other: PackageSpec): PackageSpec {
  if (one.kind === 'hub' && other.kind === 'hub')
    return { ...one, ranges: [...new Set([...one.ranges, ...other.ranges])] };
  if (one.kind === 'git' && other.kind === 'git') {
    if (one.revision === null || other.revision === null)
      return { ...one, revision: one.revision ?? other.revision };
    throw new DagbookError(
      'deps/conflict',
      `${one.url} is asked for at two revisions: ${one.revision} and ${other.revision}.`,
      { exitCode: 2, hint: 'State one revision in packages.yml, and the same in all packages.' },
    );
  }
  throw new DagbookError(
    'deps/conflict',
    `${packageKey(one)} is asked for in two ways: ${one.kind} and ${other.kind}.`,
    { exitCode: 2 },
  );
}

function checkNames(packages: readonly PinnedPackage[], rootName: string): void {
  const seen = new Set<string>();
  for (const { projectName } of packages) {
    if (projectName === rootName || seen.has(projectName)) {
      throw new DagbookError(
        'deps/duplicate',
        projectName === rootName
          ? `A package is named '${projectName}', as the project itself is.`
          : `Two packages are named '${projectName}'.`,
        { exitCode: 2, hint: 'Take one of them out of packages.yml, or out of what it needs.' },
      );
    }
    seen.add(projectName);
  }
}

function lockEntry({ entry, projectName }: PinnedPackage): JsonObject {
  return { ...entry, name: projectName };
}

/** Brings everything beside the folder, then puts it in its place: half of it is never there. */
async function install(
  packages: readonly PinnedPackage[],
  home: string,
  signal: AbortSignal,
): Promise<void> {
  const staging = `${home}.new-${randomId()}`;
  try {
    removePath(staging);
    for (const { projectName, source } of packages) {
      signal.throwIfAborted();
      const to = joinPath(staging, projectName);
      if ('bring' in source) await source.bring(to);
    }
    for (const { projectName, source, shownVersion } of packages) {
      const to = joinPath(staging, projectName);
      if (!('folder' in source)) continue;
      if (shownVersion === 'local') place(source.folder, to, staging);
      else copyFolder(source.folder, to);
    }
    removePath(home);
    moveFolder(staging, home);
  } finally {
    removePath(staging);
  }
}

/** A local package is linked, so that its changes are seen; copied where links are not to be had. */
function place(folder: string, to: string, staging: string): void {
  makeFolder(staging);
  try {
    linkFolder(folder, to);
  } catch {
    copyFolder(folder, to);
  }
}

function warningOf({ projectName, warning, newer }: PinnedPackage): readonly Diagnostic[] {
  return [
    ...(warning === null
      ? []
      : [
          {
            severity: 'warning' as const,
            code: 'deps/unpinned',
            message: warning,
            hint: 'Add a `revision:`, or `warn-unpinned: false`.',
          },
        ]),
    ...(newer === null
      ? []
      : [
          {
            severity: 'warning' as const,
            code: 'deps/newer',
            message: `${projectName} could be had in version ${newer}.`,
            hint: 'Change packages.yml and run `dagbook deps --upgrade`.',
          },
        ]),
  ];
}
