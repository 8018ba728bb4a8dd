/**
 * The list of packages that a project asks for.
 */
import { DagbookError, isJsonObject, type Json } from '../../base/index.js';
import { isFile, joinPath, readText } from '../../platform/index.js';
import { type RenderText, renderTree } from '../render.js';
import { parseYamlDocument, type YamlDocument } from '../yaml.js';
import { type PackageSpec, packageSpec } from './package-spec.js';

const PACKAGES_FILE = 'packages.yml';
const DEPENDENCIES_FILE = 'dependencies.yml';

/**
 * Reads packages.yml, or `packages:` of dependencies.yml, in which nothing is rendered.
 *
 * @param shownFolder what positions begin with; '' for the root project.
 * @returns an empty list if neither file asks for any.
 * @throws DagbookError deps/bad-file or deps/bad-package.
 */
export function packagesOf(
  folder: string,
  shownFolder: string,
  renderText: RenderText,
): readonly PackageSpec[] {
  const [packages, dependencies] = [PACKAGES_FILE, DEPENDENCIES_FILE].map((name) =>
    read(joinPath(folder, name), shownFolder === '' ? name : `${shownFolder}/${name}`),
  );
  const stated = packages === undefined ? undefined : listOf(packages);
  const inDependencies = dependencies === undefined ? undefined : listOf(dependencies);
  if (packages !== undefined && stated !== undefined && inDependencies !== undefined) {
    throw new DagbookError(
      'deps/bad-file',
      `Packages stand both in ${PACKAGES_FILE} and in ${DEPENDENCIES_FILE}.`,
      {
        exitCode: 2,
        hint: 'Keep them in one of the two.',
        position: packages.positionOf(['packages']),
      },
    );
  }
  if (dependencies !== undefined && inDependencies !== undefined)
    return specsOf(inDependencies, dependencies, (text) => text);
  return packages === undefined || stated === undefined
    ? []
    : specsOf(stated, packages, renderText);
}

/** Reads the list of a lock file. @returns undefined if there is no such file. */
export function readLock(
  file: string,
  shownFile: string,
  renderText: RenderText,
): { readonly packages: readonly PackageSpec[]; readonly hash: string | null } | undefined {
  const document = read(file, shownFile);
  if (document === undefined) return undefined;
  const { value } = document;
  const hash = isJsonObject(value) ? value['sha1_hash'] : undefined;
  return {
    packages: specsOf(listOf(document) ?? [], document, renderText),
    hash: typeof hash === 'string' ? hash : null,
  };
}

function specsOf(
  list: readonly Json[],
  document: YamlDocument,
  renderText: RenderText,
): readonly PackageSpec[] {
  return list.map((written, at) => {
    const path = ['packages', at];
    let rendered: Json;
    try {
      rendered = renderTree(written, renderText);
    } catch (cause) {
      throw new DagbookError('deps/bad-package', cause instanceof Error ? cause.message : '', {
        cause,
        exitCode: 2,
        position: document.positionOf(path),
      });
    }
    return packageSpec(rendered, written, document.positionOf(path));
  });
}

function read(file: string, shownFile: string): YamlDocument | undefined {
  if (!isFile(file)) return undefined;
  const document = parseYamlDocument(readText(file), shownFile);
  const fault = document.diagnostics.find((one) => one.severity === 'error');
  if (fault === undefined) return document;
  throw new DagbookError('deps/bad-file', fault.message, {
    exitCode: 2,
    ...(fault.position === undefined ? {} : { position: fault.position }),
  });
}

function listOf(document: YamlDocument): readonly Json[] | undefined {
  const list: Json | undefined = isJsonObject(document.value)
    ? document.value['packages']
    : undefined;
  if (list === undefined || list === null) return undefined;
  if (Array.isArray(list)) return list;
  throw new DagbookError('deps/bad-file', '`packages:` must be a list.', {
    exitCode: 2,
    position: document.positionOf(['packages']),
  });
}
