/**
 * Loads a package's own dbt_project.yml and files, and finds what is installed below a project.
 */
import {
  type Diagnostic,
  isJsonObject,
  type Json,
  type JsonObject,
  toDiagnostic,
} from '../base/index.js';
import { isFile, joinPath, listFolders, readText, relativePath } from '../platform/index.js';
import { discoverFiles } from './discover.js';
import { isVersionWithin } from './dbt-version.js';
import type { Package } from './project.js';
import { PROJECT_FILE, type RawProject, readProject, readRawProject } from './project-config.js';
import { DBT_VERSION, type RenderText } from './render.js';
import { parseYamlDocument } from './yaml.js';

/** Makes a package of a dbt_project.yml that was read. @throws DagbookError project/... */
export function packageOf(
  folder: { readonly rootDir: string; readonly shownPath: string },
  raw: RawProject,
  renderText: RenderText,
  varsFromFile: JsonObject | null,
  diagnostics: Diagnostic[],
): Package {
  const { config, trees, unrenderedTrees, vars } = readProject(raw, renderText, varsFromFile);
  if (isVersionWithin(DBT_VERSION, config.requireDbtVersion) === false) {
    diagnostics.push({
      severity: 'warning',
      code: 'project/dbt-version',
      message: `'${config.name}' asks for dbt ${config.requireDbtVersion.join(', ')}; this is read as dbt ${DBT_VERSION} does.`,
      position: raw.document.positionOf(['require-dbt-version']),
    });
  }
  return {
    ...folder,
    name: config.name,
    config,
    trees,
    unrenderedTrees,
    vars,
    files: discoverFiles(folder.rootDir, config),
    positionOf: (path) => raw.document.positionOf(path),
  };
}

/**
 * Loads everything that is installed below the root project, by folder name.
 *
 * A package that cannot be read is left out with an error; one that is asked for and missing, or there and not asked
 * for, gives a warning.
 */
export function installedPackages(
  root: Package,
  renderText: RenderText,
  diagnostics: Diagnostic[],
): readonly Package[] {
  const home = joinPath(root.rootDir, root.config.packagesInstallPath);
  const names = listFolders(home).filter((name) => !name.startsWith('__'));
  const seen = new Map<string, string>([[root.name, '.']]);
  const loaded: Package[] = [];
  for (const name of names) {
    const rootDir = joinPath(home, name);
    const shownPath = relativePath(root.rootDir, rootDir);
    try {
      const raw = readRawProject(rootDir, `${shownPath}/${PROJECT_FILE}`, []);
      const found = packageOf({ rootDir, shownPath }, raw, renderText, null, []);
      const other = seen.get(found.name);
      if (other !== undefined) {
        diagnostics.push(twice(found.name, shownPath, other));
        continue;
      }
      seen.set(found.name, shownPath);
      loaded.push(found);
    } catch (error) {
      const fault = toDiagnostic(error, 'project/package');
      diagnostics.push({
        ...fault,
        message: `The package in ${shownPath} cannot be read: ${fault.message}`,
      });
    }
  }
  warnOfMismatch(root, names, diagnostics);
  return loaded;
}

function twice(name: string, path: string, other: string): Diagnostic {
  return {
    severity: 'error',
    code: 'project/duplicate-package',
    message: `Two packages are named '${name}': ${other} and ${path}. The second is left out.`,
    hint: 'Remove one of them.',
    position: { file: `${path}/${PROJECT_FILE}`, line: 1, column: 1 },
  };
}

/** What is installed is used as it is: without a network there is nothing else. */
function warnOfMismatch(
  root: Package,
  installed: readonly string[],
  diagnostics: Diagnostic[],
): void {
  const asked = askedFor(root.rootDir);
  if (asked === undefined) return;
  const missing = asked.names.filter((name) => !installed.includes(name));
  const isSame = asked.count === installed.length && missing.length === 0;
  if (isSame) return;
  const home = root.config.packagesInstallPath;
  diagnostics.push({
    severity: 'warning',
    code: 'project/packages-mismatch',
    message:
      missing.length > 0
        ? `${asked.file} names packages that ${home} does not hold: ${missing.join(', ')}.`
        : `${asked.file} names ${asked.count} packages, but ${home} holds ${installed.length}.`,
    hint: 'Run `dagbook deps` to install what is asked for.',
    position: { file: asked.file, line: 1, column: 1 },
  });
}

/** What the lock file, or else packages.yml or dependencies.yml, lists. Only a lock knows the names of the projects. */
function askedFor(
  rootDir: string,
):
  | { readonly file: string; readonly count: number; readonly names: readonly string[] }
  | undefined {
  for (const file of ['package-lock.yml', 'packages.yml', 'dependencies.yml']) {
    const path = joinPath(rootDir, file);
    if (!isFile(path)) continue;
    const { value } = parseYamlDocument(readText(path), file);
    const packages: Json | undefined = isJsonObject(value) ? value['packages'] : undefined;
    if (!Array.isArray(packages)) continue;
    const names = packages.flatMap((one: Json) => {
      const name = isJsonObject(one) ? one['name'] : undefined;
      return file === 'package-lock.yml' && typeof name === 'string' ? [name] : [];
    });
    return { file, count: packages.length, names };
  }
  return undefined;
}
