/**
 * Which macros a node's build depends on, as can be read off their texts, and the variables that only they read.
 */
import { type Json, type JsonObject, textOfJson } from '../../base/index.js';
import { hooksOf, type RunnableNode } from '../../compile/index.js';
import type { MacroDefinition, MacroRegistry } from '../../context/index.js';
import { MacroReach } from '../../manifest/index.js';
import { md5 } from '../../platform/index.js';

/** Called by names that are put together while they run: the text of who calls them does not show them. */
const BY_NAME: readonly { readonly wanted: RegExp; readonly names: RegExp }[] = [
  { wanted: /^incremental$/u, names: /(?:^|__)get_incremental_\w+_sql$/u },
  { wanted: /^snapshot$/u, names: /(?:^|__)snapshot_\w+_strategy$/u },
];

/** They decide names, which are looked at themselves. */
const NAMING = /^(?:\w+__)?generate_(?:alias|database|schema)_name$/u;

export interface ConcernedMacros {
  /** Hashes by unique_id. */
  readonly hashes: Readonly<Record<string, string>>;
  /** What hooks and the materialization read that no compiled text shows: environment variables by name, and variables. */
  readonly environment: readonly string[];
  readonly readsVars: boolean;
}

/** For the macros of one parse. */
export class MacroBook {
  readonly #registry: MacroRegistry;
  readonly #reach: MacroReach;
  readonly #byId: ReadonlyMap<string, MacroDefinition>;
  readonly #hashes = new Map<string, string>();
  readonly #known = new Map<string, ConcernedMacros>();

  constructor(registry: MacroRegistry) {
    this.#registry = registry;
    this.#reach = new MacroReach(registry);
    this.#byId = new Map(registry.all().map((macro) => [macro.id, macro]));
  }

  of(node: RunnableNode, materialization: string): ConcernedMacros {
    const hooks = hookTexts(node.config);
    const own = 'macros' in node ? node.macros : [];
    const key = JSON.stringify([own, materialization, node.packageName, hooks]);
    let found = this.#known.get(key);
    if (found === undefined) {
      found = this.#read(own, materialization, node.packageName, hooks);
      this.#known.set(key, found);
    }
    return found;
  }

  #read(
    own: readonly string[],
    materialization: string,
    packageName: string,
    hooks: readonly string[],
  ): ConcernedMacros {
    const beside = this.#reach.reached([
      ...this.#materializing(materialization),
      ...this.#overriding(packageName),
      ...hooks.flatMap((text) => this.#reach.calledIn(text, packageName)),
    ]);
    const all = [...new Set([...this.#reach.reached(own), ...beside])].sort();
    const { internalPackages } = this.#registry.facts;
    const texts = [...beside]
      .map((id) => this.#byId.get(id))
      .filter((macro) => macro !== undefined)
      .filter((macro) => !internalPackages.includes(macro.packageName))
      .map((macro) => macro.sql);
    return {
      hashes: Object.fromEntries(all.map((id) => [id, this.#hash(id)])),
      environment: [...hooks, ...texts].flatMap((text) =>
        [...text.matchAll(/\benv_var\s*\(\s*['"](?<name>\w+)/gu)].map(
          ({ groups }) => groups?.['name'] ?? '',
        ),
      ),
      readsVars: [...hooks, ...texts].some((text) => /\bvar\s*\(/u.test(text)),
    };
  }

  #materializing(materialization: string): readonly string[] {
    const macro = this.#registry.materialization(materialization);
    const named = BY_NAME.filter(({ wanted }) => wanted.test(materialization)).flatMap(
      ({ names }) => [...this.#byId.values()].filter(({ name }) => names.test(name)),
    );
    return [...(macro === undefined ? [] : [macro]), ...named].map(({ id }) => id);
  }

  /** What the project, or the node's package, puts in the place of macros of dbt's: it may be called from anywhere. */
  #overriding(packageName: string): readonly string[] {
    const { internalPackages, rootPackage } = this.#registry.facts;
    const internal = [...this.#byId.values()].filter((macro) =>
      internalPackages.includes(macro.packageName),
    );
    const names = new Set(internal.map(({ name }) => name.replace(/^[a-z]+__/u, '')));
    return [...this.#byId.values()]
      .filter(
        (macro) =>
          (macro.packageName === rootPackage || macro.packageName === packageName) &&
          names.has(macro.name.replace(/^[a-z]+__/u, '')) &&
          !NAMING.test(macro.name),
      )
      .map(({ id }) => id);
  }

  #hash(id: string): string {
    let hash = this.#hashes.get(id);
    if (hash === undefined) {
      hash = md5(this.#byId.get(id)?.sql ?? '').slice(0, 12);
      this.#hashes.set(id, hash);
    }
    return hash;
  }
}

function hookTexts(config: JsonObject): readonly string[] {
  const { pre, post } = hooksOf(config);
  return [...pre, ...post].map(
    (hook: Readonly<Record<string, Json>>) => textOfJson(hook['sql']) ?? '',
  );
}
