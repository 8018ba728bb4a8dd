/**
 * Which macro a name means: by package, by dispatch, by materialization.
 */
import type { DispatchRule } from '../project/index.js';
import type { MacroDefinition } from './macro.js';

export interface RegistryFacts {
  readonly rootPackage: string;
  /** dbt's own packages, the adapter's first: `['dbt_snowflake', 'dbt']`. */
  readonly internalPackages: readonly string[];
  readonly dispatch: readonly DispatchRule[];
  /** Prefixes of dispatch, most specific first: `['snowflake']`. */
  readonly adapterTypes: readonly string[];
}

/** All macros of a project; never changes once built. */
export class MacroRegistry {
  readonly facts: RegistryFacts;
  readonly #packages = new Map<string, Map<string, MacroDefinition>>();
  /** dbt's own packages as one flat namespace, the adapter's macros before dbt's. */
  readonly #internal = new Map<string, MacroDefinition>();

  readonly #dispatched = new Map<string, ReturnType<MacroRegistry['dispatch']>>();
  readonly #materializations = new Map<string, MacroDefinition | undefined>();

  constructor(macros: Iterable<MacroDefinition>, facts: RegistryFacts) {
    this.facts = facts;
    for (const macro of macros) {
      let named = this.#packages.get(macro.packageName);
      if (named === undefined) this.#packages.set(macro.packageName, (named = new Map()));
      named.set(macro.name, macro);
    }
    for (const packageName of facts.internalPackages) {
      for (const macro of this.#packages.get(packageName)?.values() ?? []) {
        if (!this.#internal.has(macro.name)) this.#internal.set(macro.name, macro);
      }
    }
  }

  all(): readonly MacroDefinition[] {
    return [...this.#packages.values()].flatMap((named) => [...named.values()]);
  }

  /** A bare name, seen from a node of `fromPackage`: its own package, then the root project, then dbt's own. */
  find(name: string, fromPackage: string): MacroDefinition | undefined {
    return (
      this.#project(fromPackage)?.get(name) ??
      this.#project(this.facts.rootPackage)?.get(name) ??
      this.#internal.get(name)
    );
  }

  /**
   * A bare name wherever it may be: as `find`, then in any installed package, the last of them first.
   *
   * dbt looks for the macros of generic tests this way while it parses.
   */
  findAnywhere(name: string, fromPackage: string): MacroDefinition | undefined {
    const own =
      this.#packages.get(fromPackage)?.get(name) ??
      this.#project(this.facts.rootPackage)?.get(name);
    if (own !== undefined) return own;
    const installed = [...this.#packages.keys()]
      .filter((packageName) => !this.facts.internalPackages.includes(packageName))
      .map((packageName) => this.#packages.get(packageName)?.get(name))
      .findLast((macro) => macro !== undefined);
    return installed ?? this.#internal.get(name);
  }

  /** `package.name`; `dbt` means all of dbt's own packages. */
  findIn(packageName: string, name: string): MacroDefinition | undefined {
    if (packageName === 'dbt') return this.#internal.get(name);
    return this.#packages.get(packageName)?.get(name);
  }

  /** True for `dbt` and for each package that has macros. */
  hasPackage(packageName: string): boolean {
    return packageName === 'dbt' || this.#packages.has(packageName);
  }

  /**
   * `adapter.dispatch(name, namespace)`: package by package, and in each the adapter's prefixes before `default__`.
   *
   * @returns the macro, or what was searched for.
   */
  dispatch(
    name: string,
    namespace: string | null,
    fromPackage: string,
  ): { readonly macro: MacroDefinition } | { readonly searched: readonly string[] } {
    const key = `${name}\u0000${namespace ?? ''}\u0000${fromPackage}`;
    let found = this.#dispatched.get(key);
    if (found === undefined) {
      found = this.#dispatch(name, namespace, fromPackage);
      this.#dispatched.set(key, found);
    }
    return found;
  }

  #dispatch(
    name: string,
    namespace: string | null,
    fromPackage: string,
  ): ReturnType<MacroRegistry['dispatch']> {
    const searched: string[] = [];
    for (const packageName of this.#searchPackages(namespace)) {
      for (const prefix of [...this.facts.adapterTypes, 'default']) {
        const wanted = `${prefix}__${name}`;
        searched.push(packageName === null ? wanted : `${packageName}.${wanted}`);
        const macro =
          packageName === null ? this.find(wanted, fromPackage) : this.findIn(packageName, wanted);
        if (macro !== undefined) return { macro };
      }
    }
    return { searched };
  }

  /** True if dbt's own macro answers to a name and to its dispatch, seen from a package; false if anything stands in its place. */
  isBuiltin(name: string, fromPackage: string): boolean {
    const found = this.dispatch(name, 'dbt', fromPackage);
    const isOwn = (macro: MacroDefinition | undefined): boolean =>
      macro !== undefined && this.facts.internalPackages.includes(macro.packageName);
    return isOwn(this.find(name, fromPackage)) && 'macro' in found && isOwn(found.macro);
  }

  /**
   * The materialization macro for a node: the root project's before packages' (which may not replace dbt's own), and in
   * each the adapter's before the default.
   */
  materialization(name: string): MacroDefinition | undefined {
    if (!this.#materializations.has(name))
      this.#materializations.set(name, this.#materialization(name));
    return this.#materializations.get(name);
  }

  #materialization(name: string): MacroDefinition | undefined {
    const root = this.facts.rootPackage;
    const internal = new Set(this.facts.internalPackages);
    for (const adapter of [...this.facts.adapterTypes, 'default']) {
      const wanted = `materialization_${name}_${adapter}`;
      const own = this.#project(root)?.get(wanted);
      const builtin = this.#internal.get(wanted);
      const installed = [...this.#packages]
        .filter(([packageName]) => packageName !== root && !internal.has(packageName))
        .map(([, named]) => named.get(wanted))
        .find((macro) => macro !== undefined);
      const found = own ?? builtin ?? installed;
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** A `generate_*_name` macro: the node's package's own, else the root's, else dbt's. */
  nameMacro(name: string, packageName: string): MacroDefinition | undefined {
    return this.find(name, packageName);
  }

  #project(packageName: string): ReadonlyMap<string, MacroDefinition> | undefined {
    return this.facts.internalPackages.includes(packageName)
      ? undefined
      : this.#packages.get(packageName);
  }

  #searchPackages(namespace: string | null): readonly (string | null)[] {
    if (namespace === null) return [null];
    const rule = this.facts.dispatch.find((one) => one.macroNamespace === namespace);
    if (rule !== undefined && rule.searchOrder.length > 0) return rule.searchOrder;
    // dbt's own packages count as installed: a root `default__x` shadows the adapter's `snowflake__x`.
    return this.hasPackage(namespace) ? [this.facts.rootPackage, namespace] : [null];
  }
}
