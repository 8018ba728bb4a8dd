/**
 * What a kept manifest depends on besides the content of files and the environment.
 */
import type { JsonObject } from '../../base/index.js';
import { sha256 } from '../../platform/index.js';
import { type Package, type Project, targetDict } from '../../project/index.js';
import type { InternalMacroFile } from '../macros.js';
import { exactText, Oddities } from './exact-json.js';

/** Goes up whenever what is kept, or what a parse gives, changes. */
const FORMAT = 1;

/** Put in by the build: a hash of the program's source. Run from source, there is none. */
declare const DAGBOOK_BUILD: string | undefined;

/**
 * A hash of the engine, the target, the settings of every package, the list of its files, and variables.
 *
 * @param flags `{{ flags }}`.
 */
export function fingerprintOf(
  project: Project,
  flags: JsonObject,
  internalMacros: readonly InternalMacroFile[],
): string {
  const build = typeof DAGBOOK_BUILD === 'string' ? DAGBOOK_BUILD : libraryHash(internalMacros);
  return sha256(
    JSON.stringify([
      FORMAT,
      build,
      project.rootDir,
      project.name,
      targetDict(project.target),
      project.target.profileName,
      project.quoting,
      exactText(project.cliVars, new Oddities()),
      project.flags,
      flags,
      project.packages.map(packageParts),
    ]),
  );
}

function packageParts(owner: Package): readonly unknown[] {
  const { name, rootDir, shownPath, config, trees, unrenderedTrees, vars, files } = owner;
  return [
    name,
    rootDir,
    shownPath,
    config,
    trees,
    unrenderedTrees,
    vars,
    files.map((file) => `${file.kind} ${file.searchedPath} ${file.originalFilePath}`).join('\n'),
  ];
}

const hashes = new WeakMap<readonly InternalMacroFile[], string>();

function libraryHash(files: readonly InternalMacroFile[]): string {
  let hash = hashes.get(files);
  if (hash === undefined) {
    hash = sha256(files.map((file) => file.text).join('\u0000'));
    hashes.set(files, hash);
  }
  return hash;
}
