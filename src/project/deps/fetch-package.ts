/**
 * Brings one package: finds which version it is, what it needs, and its files.
 */
import { DagbookError, type JsonObject, textOfJson } from '../../base/index.js';
import {
  absolutePath,
  type ArchivedFile,
  download,
  type Environment,
  gunzip,
  isFolder,
  joinPath,
  makeFolder,
  readTar,
  removePath,
  runProgram,
  temporaryFolder,
  unpack,
} from '../../platform/index.js';
import { PROJECT_FILE, readRawProject } from '../project-config.js';
import type { RenderText } from '../render.js';
import type { Hub } from './hub.js';
import { packagesOf } from './package-list.js';
import type { PackageSpec } from './package-spec.js';

/** A package whose version is chosen. */
export interface PinnedPackage {
  /** The name of its project, which its folder gets. */
  readonly projectName: string;
  /** Its entry in the lock file, without the name. */
  readonly entry: JsonObject;
  /** What it needs in turn. */
  readonly packages: readonly PackageSpec[];
  /** As told to the user: `version 1.2.0`, `revision abc`, `local`. */
  readonly shownVersion: string;
  /** A higher version that could be had, or null. */
  readonly newer: string | null;
  /** A warning, or null. */
  readonly warning: string | null;
  /** Where its files are, or how they are brought into a folder that does not exist. */
  readonly source: { readonly folder: string } | { readonly bring: (to: string) => Promise<void> };
}

export interface FetchOptions {
  readonly rootDir: string;
  readonly env: Environment;
  readonly renderText: RenderText;
  readonly hub: Hub;
  readonly signal: AbortSignal;
  /** An empty folder for downloads; the caller removes it. */
  readonly scratch: string;
}

const GIT_TIMEOUT_MS = 120_000;

/** @param spec what all who ask for the package ask for together. @throws DagbookError deps/..., archive/..., download/... or program/... */
export async function pinPackage(spec: PackageSpec, options: FetchOptions): Promise<PinnedPackage> {
  switch (spec.kind) {
    case 'local':
      return localPackage(spec, options);
    case 'git':
      return gitPackage(spec, options);
    case 'hub':
      return await hubPackage(spec, options);
    default:
      return await tarballPackage(spec, options);
  }
}

type SpecOf<Kind extends PackageSpec['kind']> = Extract<PackageSpec, { readonly kind: Kind }>;

function localPackage(spec: SpecOf<'local'>, options: FetchOptions): PinnedPackage {
  const folder = absolutePath(spec.path, options.rootDir);
  if (!isFolder(folder)) {
    throw new DagbookError(
      'deps/not-found',
      `There is no folder ${spec.path} to take a package from.`,
      {
        exitCode: 2,
        hint: 'The path of a local package counts from the folder of dbt_project.yml.',
      },
    );
  }
  return {
    ...metadata(folder, spec.path, options),
    entry: { local: spec.path },
    shownVersion: 'local',
    newer: null,
    warning: null,
    source: { folder },
  };
}

function gitPackage(spec: SpecOf<'git'>, options: FetchOptions): PinnedPackage {
  const { env, scratch } = options;
  const revision = spec.revision ?? 'HEAD';
  if (spec.url.startsWith('-') || revision.startsWith('-')) {
    throw new DagbookError('deps/bad-package', `${spec.url} is no address of a repository.`, {
      exitCode: 2,
    });
  }
  const clone = temporaryFolderIn(scratch);
  const git = (...args: readonly string[]): Uint8Array =>
    runProgram('git', args, {
      cwd: clone,
      // No transport that runs a command of the address's choosing.
      env: { ...env, GIT_ALLOW_PROTOCOL: 'file:git:http:https:ssh' },
      timeoutMs: GIT_TIMEOUT_MS,
    });
  git('init', '--quiet', '--bare');
  fetchRevision(git, absoluteUrl(spec.url, options.rootDir), revision);
  const commit = new TextDecoder()
    .decode(git('rev-parse', '--verify', 'FETCH_HEAD^{commit}'))
    .trim();
  const tree = spec.subdirectory === null ? commit : `${commit}:${spec.subdirectory}`;
  // An archive instead of a checkout: no hooks, no filters, no links.
  const archive = git('archive', '--format=tar', tree);
  const folder = temporaryFolderIn(scratch);
  unpack(readTar(archive, { name: spec.url, links: 'refuse' }), folder);
  const isLoose = spec.warnsUnpinned && ['HEAD', 'main', 'master'].includes(revision);
  return {
    ...metadata(folder, spec.url, options),
    entry: {
      git: textOfJson(spec.written['git']) ?? spec.url,
      revision: commit,
      ...(spec.subdirectory === null ? {} : { subdirectory: spec.subdirectory }),
    },
    shownVersion: `revision ${commit.slice(0, 12)}`,
    newer: null,
    warning: isLoose
      ? `The git package ${spec.url} is not pinned: its ${revision === 'HEAD' ? 'default branch' : `branch ${revision}`} may change any time.`
      : null,
    source: { folder },
  };
}

/** A branch or tag by itself; some servers give a commit only with everything else. */
function fetchRevision(
  git: (...args: readonly string[]) => Uint8Array,
  url: string,
  revision: string,
): void {
  try {
    git('fetch', '--quiet', '--depth', '1', '--no-tags', url, revision);
  } catch (error) {
    if (!(error instanceof DagbookError) || error.code !== 'program/failed') throw error;
    if (!/^[0-9a-f]{7,64}$/u.test(revision)) throw error;
    git('fetch', '--quiet', url, '+refs/*:refs/fetched/*');
    git('fetch', '--quiet', '.', revision);
  }
}

async function hubPackage(spec: SpecOf<'hub'>, options: FetchOptions): Promise<PinnedPackage> {
  const chosen = await options.hub.choose(spec.name, spec.ranges, spec.allowsPrereleases);
  return {
    projectName: projectName(chosen.projectName, spec.name),
    packages: chosen.packages,
    entry: { package: spec.name, version: chosen.version },
    shownVersion: `version ${chosen.version}`,
    newer: chosen.latest === chosen.version ? null : chosen.latest,
    warning: null,
    source: {
      bring: async (to) => {
        const name = `${spec.name} ${chosen.version}`;
        unpack(await archiveOf(chosen.tarballUrl, name, options), to);
      },
    },
  };
}

async function tarballPackage(
  spec: SpecOf<'tarball'>,
  options: FetchOptions,
): Promise<PinnedPackage> {
  const folder = temporaryFolderIn(options.scratch);
  unpack(await archiveOf(spec.url, spec.url, options), folder);
  const found = metadata(folder, spec.url, options);
  return {
    ...found,
    projectName: projectName(spec.projectName ?? found.projectName, spec.url),
    entry: { tarball: textOfJson(spec.written['tarball']) ?? spec.url },
    shownVersion: 'tarball',
    newer: null,
    warning: null,
    source: { folder },
  };
}

/** The files of an archive, which has all of them in one folder. */
async function archiveOf(
  url: string,
  name: string,
  { signal }: FetchOptions,
): Promise<readonly ArchivedFile[]> {
  const bytes = await download(url, { signal });
  const files = readTar(gunzip(bytes, name), { name, links: 'refuse' });
  const tops = new Set(files.map((file) => file.path.split('/')[0]));
  if (tops.size !== 1 || files.some((file) => !file.path.includes('/'))) {
    throw new DagbookError(
      'deps/bad-archive',
      `${name} does not hold one folder with the package in it.`,
      {
        exitCode: 2,
      },
    );
  }
  return files.map((file) => ({ ...file, path: file.path.slice(file.path.indexOf('/') + 1) }));
}

function metadata(
  folder: string,
  shownFolder: string,
  options: FetchOptions,
): Pick<PinnedPackage, 'projectName' | 'packages'> {
  const raw = readRawProject(folder, joinPath(shownFolder, PROJECT_FILE), []);
  return {
    projectName: projectName(textOfJson(raw.data['name']) ?? '', shownFolder),
    packages: packagesOf(folder, shownFolder, options.renderText),
  };
}

/** A name becomes a folder, so it must be a plain one. */
function projectName(name: string, shown: string): string {
  if (/^\w+$/u.test(name)) return name;
  throw new DagbookError(
    'deps/bad-package',
    `The project of ${shown} is named '${name}', which is no name of a project.`,
    { exitCode: 2 },
  );
}

function absoluteUrl(url: string, rootDir: string): string {
  return /^\.{1,2}\//u.test(url) ? absolutePath(url, rootDir) : url;
}

let folders = 0;

function temporaryFolderIn(scratch: string): string {
  folders += 1;
  const folder = joinPath(scratch, String(folders));
  makeFolder(folder);
  return folder;
}

/** Runs `body` with a folder for downloads that is gone afterwards. */
export async function withScratch<Result>(
  body: (scratch: string) => Promise<Result>,
): Promise<Result> {
  const scratch = temporaryFolder();
  try {
    return await body(scratch);
  } finally {
    removePath(scratch);
  }
}
