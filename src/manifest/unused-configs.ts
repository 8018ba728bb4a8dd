/**
 * Configs of dbt_project.yml that reach no resource: most often a folder that was renamed.
 */
import { isJsonObject, type JsonObject } from '../base/index.js';
import type { TreeName } from '../project/index.js';
import type { ResourceType } from './node.js';
import type { ParseScope } from './parse-scope.js';
import { similarName } from './similar.js';

const TYPES: Partial<Record<TreeName, ResourceType>> = {
  models: 'model',
  seeds: 'seed',
  snapshots: 'snapshot',
  data_tests: 'test',
  sources: 'source',
  unit_tests: 'unit_test',
  exposures: 'exposure',
  functions: 'function',
};

/**
 * Warns of folders that the root project configures and that hold nothing.
 *
 * @param nodes all nodes, disabled ones among them, and those that are broken.
 */
export function warnOfUnusedConfigs(
  scope: ParseScope,
  nodes: Iterable<{ readonly resourceType: ResourceType; readonly fqn: readonly string[] }>,
): void {
  const [root] = scope.packages;
  if (root === undefined) return;
  const used = new Map<ResourceType, Set<string>>();
  for (const { resourceType, fqn } of nodes) {
    // Analyses and hooks are configured among the models.
    const type =
      resourceType === 'analysis' || resourceType === 'operation' ? 'model' : resourceType;
    const paths = used.get(type) ?? new Set();
    used.set(type, paths);
    fqn.forEach((_, at) => paths.add(fqn.slice(0, at + 1).join('\u0000')));
  }
  for (const [tree, type] of Object.entries(TYPES)) {
    const known = used.get(type) ?? new Set<string>();
    // A kind that the project does not have yet may be configured ahead.
    if (known.size === 0) continue;
    for (const path of configuredPaths(root.trees[tree as TreeName])) {
      if (path.length === 0 || known.has(path.join('\u0000'))) continue;
      const siblings = siblingsOf(known, path);
      const similar = similarName(path.at(-1) ?? '', siblings);
      scope.warn(
        'manifest/unused-config',
        `The config ${[tree, ...path].join('.')} of dbt_project.yml applies to nothing.`,
        root.positionOf([tree, ...path]),
        similar === undefined ? {} : { hint: `Did you mean '${similar}'?` },
      );
    }
  }
}

/** Folders that set something, as paths from the top of a tree. */
function configuredPaths(
  tree: JsonObject,
  path: readonly string[] = [],
): readonly (readonly string[])[] {
  const entries = Object.entries(tree);
  const isSet = entries.some(([key, value]) => key.startsWith('+') || !isJsonObject(value));
  const below = entries.flatMap(([key, value]) =>
    isJsonObject(value) && !key.startsWith('+') ? configuredPaths(value, [...path, key]) : [],
  );
  return isSet ? [path, ...below] : below;
}

function siblingsOf(known: ReadonlySet<string>, path: readonly string[]): readonly string[] {
  const above = path.slice(0, -1);
  return [...known]
    .map((one) => one.split('\u0000'))
    .filter((one) => one.length === path.length && above.every((part, at) => one[at] === part))
    .map((one) => one.at(-1) ?? '');
}
