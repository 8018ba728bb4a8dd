/**
 * The config of a resource: dbt_project.yml from the root of its tree to the leaf, then yaml properties, then `config()`
 * calls; for a package's resource the root project's tree comes last and so wins over the file itself.
 */
import { isJsonObject, type Json, type JsonObject } from '../base/index.js';
import type { ConfigTrees, Package, Project, TreeName } from '../project/index.js';
import { DEFAULT_CONFIGS } from './config-defaults.js';
import { asList, hookObject, mergeConfig } from './config-merge.js';
import type { ResourceType } from './node.js';

export interface ConfigRequest {
  readonly resourceType: ResourceType;
  readonly packageName: string;
  readonly fqn: readonly string[];
  /** `config:` of the yaml properties, rendered. */
  readonly properties?: JsonObject;
  /** The same as written. */
  readonly unrenderedProperties?: JsonObject;
  /** What the file's `config()` calls say, merged. */
  readonly calls?: JsonObject;
  /** The same as written. */
  readonly unrenderedCalls?: JsonObject;
}

export interface ResolvedConfig {
  readonly config: JsonObject;
  readonly unrendered: JsonObject;
}

const TREES: Readonly<Record<ResourceType, TreeName>> = {
  model: 'models',
  analysis: 'models',
  seed: 'seeds',
  snapshot: 'snapshots',
  test: 'data_tests',
  unit_test: 'unit_tests',
  operation: 'models',
  source: 'sources',
  exposure: 'exposures',
  metric: 'metrics',
  semantic_model: 'semantic-models',
  saved_query: 'saved-queries',
  function: 'functions',
};

/** Resolves configs of one project; remembers what a folder's config is. */
export class ConfigResolver {
  readonly #root: Package;
  readonly #packages: ReadonlyMap<string, Package>;
  readonly #cache = new Map<string, JsonObject>();

  constructor(project: Project) {
    const [root] = project.packages;
    if (root === undefined) throw new Error('a project has at least its root package');
    this.#root = root;
    this.#packages = new Map(project.packages.map((one) => [one.name, one]));
  }

  resolve(request: ConfigRequest): ResolvedConfig {
    return { config: this.#rendered(request), unrendered: this.#unrendered(request) };
  }

  /** What dbt_project.yml alone says: what a node's own text sees while it is parsed. */
  base(request: Pick<ConfigRequest, 'resourceType' | 'packageName' | 'fqn'>): JsonObject {
    return this.#rendered(request);
  }

  #rendered(request: ConfigRequest): JsonObject {
    const { resourceType, packageName, fqn, properties, calls } = request;
    const own = this.#packages.get(packageName) ?? this.#root;
    let config = this.#ofTree(own, resourceType, fqn);
    if (properties !== undefined) config = mergeConfig(config, properties, resourceType);
    if (calls !== undefined) config = mergeConfig(config, calls, resourceType);
    if (own !== this.#root) {
      for (const level of levelsOf(this.#root.trees, resourceType, fqn)) {
        config = mergeConfig(config, level, resourceType);
      }
    }
    return finished(config);
  }

  /** Defaults and the own package's tree, by the levels that the fqn reaches. */
  #ofTree(own: Package, resourceType: ResourceType, fqn: readonly string[]): JsonObject {
    const levels = levelsOf(own.trees, resourceType, fqn);
    // Levels follow the fqn from its start, so their number says which they are.
    const reached = fqn.slice(0, Math.max(0, levels.length - 1)).join('\u0000');
    const key = `${own.name}\u0000${resourceType}\u0000${reached}`;
    let config = this.#cache.get(key);
    if (config === undefined) {
      config = levels.reduce<JsonObject>(
        (base, level) => mergeConfig(base, level, resourceType),
        DEFAULT_CONFIGS[resourceType],
      );
      this.#cache.set(key, config);
    }
    return config;
  }

  /** As written, each layer replacing: dbt keeps it so to compare what the files say. */
  #unrendered(request: ConfigRequest): JsonObject {
    const { resourceType, packageName, fqn } = request;
    const own = this.#packages.get(packageName) ?? this.#root;
    const properties = request.unrenderedProperties ?? request.properties;
    return Object.assign(
      {},
      ...levelsOf(own.unrenderedTrees, resourceType, fqn),
      properties,
      request.unrenderedCalls ?? request.calls,
      ...(own === this.#root ? [] : levelsOf(this.#root.unrenderedTrees, resourceType, fqn)),
    );
  }
}

/** The configs that apply along an fqn, outermost first; each without its folders. */
function levelsOf(
  trees: ConfigTrees,
  resourceType: ResourceType,
  fqn: readonly string[],
): readonly JsonObject[] {
  let level: JsonObject = trees[TREES[resourceType]];
  const levels = [configsOf(level)];
  for (const part of fqn) {
    const next = Object.hasOwn(level, part) ? level[part] : undefined;
    if (!isJsonObject(next)) break;
    levels.push(configsOf(next));
    level = next;
  }
  return levels;
}

const levelConfigs = new WeakMap<JsonObject, JsonObject>();

/** `+key` is always a config; a bare key is one unless its value is a mapping, which makes it a folder. */
function configsOf(level: JsonObject): JsonObject {
  let configs = levelConfigs.get(level);
  if (configs === undefined) {
    configs = Object.fromEntries(
      Object.entries(level).flatMap(([key, value]): readonly [string, Json][] => {
        if (key.startsWith('+')) return [[key.slice(1).trim(), value]];
        return isJsonObject(value) ? [] : [[key, value]];
      }),
    );
    levelConfigs.set(level, configs);
  }
  return configs;
}

/** Fills in what follows from other keys, and gives hooks their full form. */
function finished(config: JsonObject): JsonObject {
  const result: Record<string, Json> = { ...config };
  for (const key of ['pre-hook', 'post-hook']) {
    const hooks = result[key];
    if (Array.isArray(hooks) && hooks.length > 0) result[key] = hooks.map(hookObject);
  }
  if ('store_failures_as' in result) {
    const { store_failures_as: kind, store_failures: stores } = result;
    if (kind === null || kind === undefined) {
      result['store_failures_as'] =
        stores === true ? 'table' : stores === false ? 'ephemeral' : null;
    } else result['store_failures'] = kind !== 'ephemeral';
  }
  if (isJsonObject(result['snapshot_meta_column_names'])) {
    result['snapshot_meta_column_names'] = {
      ...objectOfDefault('snapshot_meta_column_names'),
      ...result['snapshot_meta_column_names'],
    };
  }
  if (typeof result['static_analysis'] === 'boolean') {
    result['static_analysis'] = result['static_analysis'] ? 'on' : 'off';
  }
  if (result['tags'] !== undefined && result['tags'] !== null)
    result['tags'] = asList(result['tags']);
  if ('freshness' in result && 'on_error' in result)
    result['freshness'] = modelFreshness(result['freshness']);
  return result;
}

function objectOfDefault(key: string): JsonObject {
  const value = DEFAULT_CONFIGS.snapshot[key];
  return isJsonObject(value) ? value : {};
}

/** A model's freshness counts only with `build_after`. */
function modelFreshness(value: Json | undefined): Json {
  const buildAfter = isJsonObject(value) ? value['build_after'] : undefined;
  if (!isJsonObject(buildAfter)) return null;
  return { build_after: { count: null, period: null, updates_on: 'any', ...buildAfter } };
}
