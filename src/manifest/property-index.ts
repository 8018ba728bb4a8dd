/**
 * Finds the properties of a node: by kind, package and name, versions by their files.
 */
import type { Draft } from './draft.js';
import { stem } from './node-files.js';
import {
  hasVersions,
  type NodeProperties,
  nodeProperties,
  versionProperties,
} from './node-properties.js';
import type { ParseScope } from './parse-scope.js';
import { positionIn, type PropertyEntry, type PropertyKey } from './property-files.js';

const KEYS: Partial<Record<Draft['resourceType'], PropertyKey>> = {
  model: 'models',
  seed: 'seeds',
  snapshot: 'snapshots',
  analysis: 'analyses',
  test: 'data_tests',
};

/** Properties that describe nodes of files. */
export class PropertyIndex {
  readonly #scope: ParseScope;
  /** By `key package name`; versions of models by their file's name. */
  readonly #byName = new Map<string, NodeProperties>();
  readonly #used = new Set<NodeProperties>();

  constructor(scope: ParseScope, entries: readonly PropertyEntry[]) {
    this.#scope = scope;
    const files = modelFiles(scope);
    for (const entry of entries) {
      if (!Object.values(KEYS).includes(entry.key)) continue;
      const packageName = entry.source.owner.name;
      const all = hasVersions(entry)
        ? versionProperties(scope, entry, (name) => files.has(`${packageName} ${name}`))
        : [nodeProperties(scope, entry)];
      for (const one of all) this.#add(`${entry.key} ${packageName} ${one.fileName}`, one);
    }
  }

  /** All of them, in the order of the files. */
  all(): Iterable<NodeProperties> {
    return this.#byName.values();
  }

  /** Properties of a model's file, to know which version it is. */
  ofModelFile(packageName: string, fileName: string): NodeProperties | undefined {
    return this.#byName.get(`models ${packageName} ${fileName}`);
  }

  /**
   * What describes a draft: an entry of its own package, or of another one that has no such node itself.
   *
   * @param isOff says whether a package's own node of that kind and name is disabled before any properties are heard: its
   * entry then is for the node of another package.
   */
  of(
    draft: Draft,
    isOff: (kind: Draft['resourceType'], packageName: string, name: string) => boolean,
  ): NodeProperties | undefined {
    const key = KEYS[draft.resourceType];
    if (key === undefined) return undefined;
    const name = draft.resourceType === 'model' ? stem(draft.path) : draft.name;
    const own = this.#byName.get(`${key} ${draft.packageName} ${name}`);
    const found = own ?? this.#ofOtherPackage(key, draft, name, isOff);
    if (found !== undefined) this.#used.add(found);
    return found;
  }

  /** Warns of properties that describe nothing. @param broken names of nodes that could not be read. */
  reportUnused(
    hasNode: (kind: string, packageName: string, name: string) => boolean,
    broken: ReadonlySet<string>,
  ): void {
    for (const one of this.#byName.values()) {
      if (this.#used.has(one) || broken.has(one.entry.name)) continue;
      const { entry } = one;
      const packageName = entry.source.owner.name;
      const other = Object.entries(KEYS).find(
        ([kind, key]) => key !== entry.key && hasNode(kind, packageName, entry.name),
      );
      this.#scope.warn(
        'manifest/unused-properties',
        other === undefined
          ? `'${one.fileName}' is described under '${entry.key}', but there is no such node.`
          : `'${entry.name}' is a ${other[0]}, but it is described under '${entry.key}'.`,
        positionIn(entry),
        {
          hint:
            other === undefined
              ? 'Check the name, or remove the entry.'
              : `Move it under '${other[1]}'.`,
        },
      );
    }
  }

  #ofOtherPackage(
    key: PropertyKey,
    draft: Draft,
    name: string,
    isOff: (kind: Draft['resourceType'], packageName: string, name: string) => boolean,
  ): NodeProperties | undefined {
    for (const owner of this.#scope.packages) {
      if (owner.name === draft.packageName) continue;
      const found = this.#byName.get(`${key} ${owner.name} ${name}`);
      if (found === undefined) continue;
      const hasOwn = owner.files.some(
        (file) => file.kind === draft.resourceType && stem(file.path) === name,
      );
      if (!hasOwn || isOff(draft.resourceType, owner.name, name)) return found;
    }
    return undefined;
  }

  #add(key: string, properties: NodeProperties): void {
    const first = this.#byName.get(key);
    if (first === undefined) {
      this.#byName.set(key, properties);
      return;
    }
    const { entry } = properties;
    this.#scope.error(
      'manifest/duplicate-properties',
      `'${entry.name}' is described twice: in ${first.entry.source.shownFile} and in ${entry.source.shownFile}. The first counts.`,
      positionIn(entry),
      { hint: 'Bring the two entries together.' },
    );
  }
}

function modelFiles(scope: ParseScope): ReadonlySet<string> {
  return new Set(
    scope.packages.flatMap((owner) =>
      owner.files
        .filter((file) => file.kind === 'model')
        .map((file) => `${owner.name} ${stem(file.path)}`),
    ),
  );
}
