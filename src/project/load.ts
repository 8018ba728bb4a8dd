/**
 * Opens a dbt project: settings, target, packages, files.
 */
import { type Diagnostic, isJsonObject, type JsonObject } from '../base/index.js';
import {
  absolutePath,
  type Environment,
  isFile,
  joinPath,
  readText,
  relativePath,
} from '../platform/index.js';
import { installedPackages, packageOf } from './packages.js';
import { chooseTarget } from './profiles.js';
import type { Package, Project, Target } from './project.js';
import { PROJECT_FILE, readRawProject } from './project-config.js';
import { createRenderer } from './render.js';
import { readSelectors } from './selectors-file.js';
import { targetDict } from './target.js';
import { parseYamlDocument } from './yaml.js';

export interface LoadOptions {
  readonly projectDir: string;
  readonly profilesDir?: string;
  readonly profile?: string;
  readonly target?: string;
  /** `--vars`. */
  readonly vars?: JsonObject;
  readonly threads?: number;
  /** Folder of installed packages, instead of the one in dbt_project.yml. */
  readonly packagesInstallPath?: string;
  readonly env: Environment;
  /** Milliseconds since the epoch: what `modules.datetime` tells templates. */
  readonly now: () => number;
}

/**
 * Reads a project from disk; parses none of its resources.
 *
 * @returns the project with all that is wrong in its packages and selectors.
 * @throws DagbookError project/... or profile/... where nothing could be opened.
 */
export function loadProject(options: LoadOptions): {
  readonly project: Project;
  readonly diagnostics: readonly Diagnostic[];
} {
  const diagnostics: Diagnostic[] = [];
  const rootDir = absolutePath(options.projectDir);
  const { env, now, vars: cliVars = {} } = options;
  const raw = readRawProject(rootDir, PROJECT_FILE, diagnostics);

  const profile = raw.data['profile'];
  const target = chooseTarget(
    {
      projectDir: rootDir,
      projectProfile: typeof profile === 'string' ? profile : null,
      projectProfilePosition: raw.document.positionOf(['profile']),
      env,
      ...(options.profilesDir === undefined ? {} : { profilesDir: options.profilesDir }),
      ...(options.profile === undefined ? {} : { profile: options.profile }),
      ...(options.target === undefined ? {} : { target: options.target }),
      ...(options.threads === undefined ? {} : { threads: options.threads }),
    },
    createRenderer({ cliVars, env, now, allowsSecrets: true }),
    diagnostics,
  );

  const fileVars = readVarsFile(rootDir, diagnostics);
  const shown = { env, now, target: targetDict(target), allowsSecrets: false };
  const renderRoot = createRenderer({ ...shown, cliVars: { ...fileVars, ...cliVars } });
  // Packages do not see the command line's variables in their dbt_project.yml.
  const renderPackage = createRenderer({ ...shown, cliVars: {} });

  const written = packageOf({ rootDir, shownPath: '' }, raw, renderRoot, fileVars, diagnostics);
  const home = options.packagesInstallPath;
  const root =
    home === undefined
      ? written
      : {
          ...written,
          config: {
            ...written.config,
            packagesInstallPath: relativePath(rootDir, absolutePath(home)),
          },
        };
  const packages = [root, ...installedPackages(root, renderPackage, diagnostics)];
  return {
    project: {
      rootDir,
      name: root.name,
      packages,
      target,
      selectors: readSelectors(rootDir, renderRoot, diagnostics),
      cliVars,
      flags: root.config.flags,
      env,
      quoting: quotingOf(root, target),
    },
    diagnostics,
  };
}

/** vars.yml, or null if there is none. */
function readVarsFile(rootDir: string, diagnostics: Diagnostic[]): JsonObject | null {
  const path = joinPath(rootDir, 'vars.yml');
  if (!isFile(path)) return null;
  const { value, diagnostics: found } = parseYamlDocument(readText(path), 'vars.yml');
  diagnostics.push(...found);
  const vars = isJsonObject(value) ? value['vars'] : undefined;
  return isJsonObject(vars) && Object.keys(vars).length > 0 ? vars : null;
}

function quotingOf(root: Package, target: Target): Project['quoting'] {
  const fallback = target.type === 'duckdb';
  const read = (key: string): boolean => {
    const value = root.config.quoting[key];
    return typeof value === 'boolean' ? value : fallback;
  };
  return { database: read('database'), schema: read('schema'), identifier: read('identifier') };
}
