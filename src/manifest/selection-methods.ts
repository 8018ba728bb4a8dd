/**
 * What each selection method matches: `tag:`, `path:`, `config.materialized:` and the others.
 */
import { DagbookError, isJsonObject, type Json, type NodeId } from '../base/index.js';
import { fnmatch, globMatcher, hasWildcard } from './fnmatch.js';
import type { Manifest } from './manifest.js';
import type { ManifestNode } from './node.js';
import { isEarlier } from './node-properties.js';
import type { Criterion } from './selection-spec.js';

/** Says whether a node matches. */
type Matcher = (node: ManifestNode) => boolean;

/** The methods that compare with an earlier state. */
export type StateMethod = 'state' | 'result' | 'source_status';

/** An earlier state of the project, as selection asks for it. */
export interface StateMethods {
  /**
   * What `state:modified` and the like match.
   *
   * @throws DagbookError state/... if that part of the state is not there, or the value is none of the method's.
   */
  matcher(method: StateMethod, value: string): (node: ManifestNode) => boolean;
}

/** The methods, in the order in which messages list them. `selector` is resolved by the caller. */
export const METHODS: readonly string[] = [
  'fqn',
  'tag',
  'group',
  'access',
  'source',
  'path',
  'file',
  'package',
  'config',
  'test_name',
  'test_type',
  'resource_type',
  'exposure',
  'metric',
  'version',
  'semantic_model',
  'saved_query',
  'unit_test',
  'state',
  'result',
  'source_status',
  'selector',
];

/**
 * Ids of the nodes that a criterion itself names, relatives not yet taken.
 *
 * @returns undefined if there is no such method.
 * @throws DagbookError select/bad-value, or select/needs-state.
 */
export function matchingNodes(
  manifest: Manifest,
  criterion: Criterion,
  state: StateMethods | undefined,
): Set<NodeId> | undefined {
  const matches = matcherOf(manifest, criterion, state);
  if (matches === undefined) return undefined;
  const found = new Set<NodeId>();
  for (const node of manifest.nodes.values()) if (matches(node)) found.add(node.id);
  return found;
}

function matcherOf(
  manifest: Manifest,
  criterion: Criterion,
  state: StateMethods | undefined,
): Matcher | undefined {
  const { method, methodArguments, value } = criterion;
  switch (method) {
    case 'fqn':
      return fqnMatcher(value);
    case 'tag':
      return (node) => node.tags.some((tag) => fnmatch(tag, value));
    case 'group':
      return (node) =>
        typeof node.config['group'] === 'string' &&
        isGroupable(node) &&
        fnmatch(node.config['group'], value);
    case 'access':
      return (node) => node.resourceType === 'model' && node.access === value;
    case 'source':
      return sourceMatcher(criterion);
    case 'exposure':
    case 'metric':
    case 'semantic_model':
    case 'saved_query':
    case 'unit_test':
      return namedMatcher(criterion);
    case 'path':
      return pathMatcher(manifest, value);
    case 'file':
      return fileMatcher(value);
    case 'package': {
      const name = value === 'this' ? manifest.projectName : value;
      return (node) => fnmatch(node.packageName, name);
    }
    case 'config':
      return configMatcher(methodArguments, value);
    case 'resource_type':
      return resourceTypeMatcher(criterion);
    case 'test_name':
      return (node) => {
        if (node.resourceType === 'unit_test') return fnmatch(node.name, value);
        return (
          node.resourceType === 'test' &&
          node.testMetadata !== null &&
          fnmatch(node.testMetadata.name, value)
        );
      };
    case 'test_type':
      return testTypeMatcher(criterion);
    case 'version':
      return versionMatcher(criterion);
    case 'state':
    case 'result':
    case 'source_status':
      if (state !== undefined) return state.matcher(method, value);
      throw new DagbookError(
        'select/needs-state',
        `The method '${method}:' compares with an earlier state, and none is given.`,
        {
          exitCode: 2,
          hint: 'Name it: --state FOLDER with the artifacts of a run, or --state git:REF.',
        },
      );
    default:
      return undefined;
  }
}

/** An fqn matches with or without its package. */
function fqnMatcher(value: string): Matcher {
  if (value === '*') return ({ resourceType }) => resourceType !== 'source';
  const wanted = value.split('.');
  const wildcardAt = wanted.findIndex(hasWildcard);
  const exact = wildcardAt === -1 ? wanted : wanted.slice(0, wildcardAt);
  const [first] = exact;
  const isNamed = (fqn: readonly string[], isVersioned: boolean): boolean => {
    const leaf = fqn.at(isVersioned ? -2 : -1);
    if (leaf === value) return true;
    if (isVersioned && fqn.slice(-2).join('_') === wanted.slice(-2).join('_')) return true;
    // Most nodes are told by the first part.
    if (first !== undefined && fqn[0]?.startsWith(first) !== true) return false;

    // Dots in names count as separators.
    const flat = fqn.flatMap((part) => part.split('.'));
    if (flat.length < wanted.length) return false;
    if (exact.some((part, at) => flat[at] !== part)) return false;
    if (wildcardAt === -1) return true;
    if (fnmatch(flat.slice(wildcardAt).join('.'), wanted.slice(wildcardAt).join('.'))) return true;
    return !value.includes('.') && leaf !== undefined && fnmatch(leaf, value);
  };
  return (node) => {
    if (node.resourceType === 'source') return false;
    const isVersioned = node.resourceType === 'model' && node.version !== null;
    return isNamed(node.fqn, isVersioned) || isNamed(node.fqn.slice(1), isVersioned);
  };
}

function isGroupable(node: ManifestNode): boolean {
  switch (node.resourceType) {
    case 'source':
    case 'exposure':
    case 'unit_test':
    case 'semantic_model':
    case 'saved_query':
    case 'function':
      return false;
    default:
      return true;
  }
}

function sourceMatcher({ value }: Criterion): Matcher {
  const parts = value.split('.');
  if (parts.length > 3) {
    throw badValue(
      `A source is named as source, source.table or package.source.table, not '${value}'.`,
    );
  }
  const [packageName, source, table] =
    parts.length === 3 ? parts : parts.length === 2 ? ['*', ...parts] : ['*', value, '*'];
  return (node) =>
    node.resourceType === 'source' &&
    fnmatch(node.packageName, packageName ?? '*') &&
    fnmatch(node.sourceName, source ?? '*') &&
    fnmatch(node.name, table ?? '*');
}

function namedMatcher({ method, value }: Criterion): Matcher {
  const parts = value.split('.');
  if (parts.length > 2)
    throw badValue(`A ${method} is named as name or package.name, not '${value}'.`);
  const [packageName, name] = parts.length === 2 ? parts : ['*', value];
  return (node) =>
    node.resourceType === method &&
    fnmatch(node.packageName, packageName ?? '*') &&
    fnmatch(node.name, name ?? '*');
}

/**
 * A path matches a node's file, the file that describes it, and any folder above its file.
 *
 * Paths are those of the root project: a package's file counts if the root project has one at the same place.
 */
function pathMatcher(manifest: Manifest, value: string): Matcher {
  const matches = globMatcher(value);
  const known = rootPaths(manifest);
  const isHit = (path: string): boolean => known.has(path) && matches(path);
  const folders = new Map<string, boolean>();
  const isBelow = (file: string): boolean => {
    const folder = folderOf(file);
    if (folder === '') return false;
    let isFound = folders.get(folder);
    if (isFound === undefined) {
      isFound = isHit(folder) || isBelow(folder);
      folders.set(folder, isFound);
    }
    return isFound;
  };
  return (node) => {
    const file = filePath(node);
    if (isHit(file) || isBelow(file)) return true;
    const patch = patchFile(node);
    return patch !== null && isHit(patch);
  };
}

const rootPathsOf = new WeakMap<Manifest, ReadonlySet<string>>();

/** Files of the root project's nodes, what describes them, and the folders above. */
function rootPaths(manifest: Manifest): ReadonlySet<string> {
  let known = rootPathsOf.get(manifest);
  if (known === undefined) {
    const paths = new Set<string>();
    const add = (path: string): void => {
      for (let at = path; at !== '' && !paths.has(at); at = folderOf(at)) paths.add(at);
    };
    for (const node of [...manifest.nodes.values(), ...[...manifest.disabled.values()].flat()]) {
      if (node.packageName !== manifest.projectName) continue;
      add(filePath(node));
      const patch = patchFile(node);
      if (patch !== null) add(patch);
    }
    known = paths;
    rootPathsOf.set(manifest, known);
  }
  return known;
}

function folderOf(path: string): string {
  const cut = path.lastIndexOf('/');
  return cut === -1 ? '' : path.slice(0, cut);
}

function filePath(node: ManifestNode): string {
  return node.originalFilePath.replace(/^\.\//u, '');
}

function patchFile(node: ManifestNode): string | null {
  const patch = 'patchPath' in node ? node.patchPath : null;
  return patch === null ? null : patch.slice(patch.indexOf('://') + 3);
}

function fileMatcher(value: string): Matcher {
  return (node) => {
    const name = node.originalFilePath.slice(node.originalFilePath.lastIndexOf('/') + 1);
    const dot = name.lastIndexOf('.');
    return fnmatch(name, value) || fnmatch(dot > 0 ? name.slice(0, dot) : name, value);
  };
}

function configMatcher(path: readonly string[], value: string): Matcher {
  const isSeverity = path.length === 1 && path[0] === 'severity';
  const equals = (one: Json): boolean => {
    if (one === true || one === false) return value.toLowerCase() === String(one);
    return isSeverity && typeof one === 'string'
      ? one.toLowerCase() === value.toLowerCase()
      : one === value;
  };
  return (node) => {
    if (!isConfigurable(node)) return false;
    let here: Json | undefined = node.config;
    for (const key of path) {
      if (!isJsonObject(here)) return false;
      here = here[key] ?? here[key.replaceAll('_', '-')];
    }
    if (here === undefined) return false;
    return Array.isArray(here) ? here.some(equals) : equals(here);
  };
}

function isConfigurable(node: ManifestNode): boolean {
  switch (node.resourceType) {
    case 'exposure':
    case 'metric':
    case 'semantic_model':
    case 'saved_query':
    case 'unit_test':
    case 'function':
      return false;
    default:
      return true;
  }
}

const RESOURCE_TYPES = new Set([
  'model',
  'analysis',
  'test',
  'unit_test',
  'snapshot',
  'operation',
  'seed',
  'source',
  'exposure',
  'metric',
  'semantic_model',
  'saved_query',
  'function',
  'macro',
  'doc',
  'group',
  'fixture',
  'sql_operation',
  'rpc',
]);

function resourceTypeMatcher({ value }: Criterion): Matcher {
  if (!RESOURCE_TYPES.has(value)) throw badValue(`'${value}' is not a resource type.`);
  return (node) => node.resourceType === value;
}

function testTypeMatcher({ value }: Criterion): Matcher {
  switch (value) {
    case 'generic':
    case 'schema':
      return (node) => node.resourceType === 'test' && node.isGeneric;
    case 'singular':
      return (node) => node.resourceType === 'test' && !node.isGeneric;
    case 'data':
      return (node) => node.resourceType === 'test';
    case 'unit':
      return (node) => node.resourceType === 'unit_test';
    default:
      throw badValue(`'${value}' is not a type of test; it is generic, singular, unit or data.`);
  }
}

function versionMatcher({ value }: Criterion): Matcher {
  const compares =
    (holds: (own: string | number, latest: string | number) => boolean): Matcher =>
    (node) =>
      node.resourceType === 'model' &&
      node.version !== null &&
      node.latestVersion !== null &&
      holds(node.version, node.latestVersion);
  switch (value) {
    case 'latest':
      return compares((own, latest) => own === latest);
    case 'prerelease':
      return compares((own, latest) => isEarlier(latest, own));
    case 'old':
      return compares((own, latest) => isEarlier(own, latest));
    case 'none':
      return (node) => node.resourceType === 'model' && node.version === null;
    default:
      throw badValue(`'${value}' is not a kind of version; it is latest, prerelease, old or none.`);
  }
}

function badValue(message: string): DagbookError {
  return new DagbookError('select/bad-value', message, { exitCode: 2 });
}
