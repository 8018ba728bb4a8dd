/**
 * Finds what a name means: refs, sources and metrics, seen from the package that asks.
 */
import type { NodeId } from '../base/index.js';
import type { RefCall } from '../context/index.js';

/** What a search gave. */
export type Search<Target> =
  | { readonly kind: 'found'; readonly target: Target }
  | { readonly kind: 'disabled'; readonly id: NodeId }
  | { readonly kind: 'ambiguous'; readonly targets: readonly Target[] }
  | { readonly kind: 'missing' };

/** Names to targets by package, with what is disabled beside them. */
export class NameTable<Target> {
  readonly #enabled = new Map<string, Map<string, Target>>();
  readonly #disabled = new Map<string, Map<string, NodeId>>();

  add(name: string, packageName: string, target: Target): void {
    inner(this.#enabled, name).set(packageName, target);
  }

  addDisabled(name: string, packageName: string, id: NodeId): void {
    const byPackage = inner(this.#disabled, name);
    if (!byPackage.has(packageName)) byPackage.set(packageName, id);
  }

  /** The target of one package, or null for the first of any. */
  get(name: string, packageName: string | null): Target | undefined {
    const byPackage = this.#enabled.get(name);
    if (byPackage === undefined) return undefined;
    return packageName === null ? byPackage.values().next().value : byPackage.get(packageName);
  }

  has(name: string): boolean {
    return this.#enabled.has(name) || this.#disabled.has(name);
  }

  names(): Iterable<string> {
    return this.#enabled.keys();
  }

  /** Searches package by package, null meaning any; two targets in any package are ambiguous. */
  search(name: string, packages: readonly (string | null)[]): Search<Target> {
    let disabled: NodeId | undefined;
    for (const packageName of packages) {
      const byPackage = this.#enabled.get(name);
      if (byPackage !== undefined && packageName === null) {
        const targets = [...byPackage.values()];
        const [only] = targets;
        if (targets.length > 1) return { kind: 'ambiguous', targets };
        if (only !== undefined) return { kind: 'found', target: only };
      }
      const target = packageName === null ? undefined : byPackage?.get(packageName);
      if (target !== undefined) return { kind: 'found', target };
      const off = this.#disabled.get(name);
      disabled ??= packageName === null ? off?.values().next().value : off?.get(packageName);
    }
    return disabled === undefined ? { kind: 'missing' } : { kind: 'disabled', id: disabled };
  }
}

/** The name under which a ref looks: a version is part of it. */
export function refKey(ref: RefCall): string {
  return ref.version === null ? ref.name : `${ref.name}.v${ref.version}`;
}

/** Packages in which a name is looked for, seen from a node's package; null is any. */
export function packagesToSearch(
  rootPackage: string,
  nodePackage: string,
  namedPackage: string | null,
  nodeFirst: boolean,
): readonly (string | null)[] {
  if (namedPackage !== null) return [namedPackage];
  if (nodePackage === rootPackage) return [rootPackage, null];
  return nodeFirst ? [nodePackage, rootPackage, null] : [rootPackage, nodePackage, null];
}

function inner<Target>(outer: Map<string, Map<string, Target>>, name: string): Map<string, Target> {
  let found = outer.get(name);
  if (found === undefined) {
    found = new Map();
    outer.set(name, found);
  }
  return found;
}
