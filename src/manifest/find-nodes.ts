/**
 * Finds what a `ref()` or a `source()` means in a built manifest.
 */
import type { NodeId } from '../base/index.js';
import { NameTable, packagesToSearch, refKey } from './lookups.js';
import type { Manifest } from './manifest.js';
import type { ManifestNode, RefArguments } from './node.js';

interface ManifestTables {
  readonly refs: NameTable<NodeId>;
  readonly sources: NameTable<NodeId>;
}

const tables = new WeakMap<Manifest, ManifestTables>();

/** The node that a ref means, seen from a package; undefined if there is none that is enabled. */
export function resolveRef(
  manifest: Manifest,
  ref: RefArguments,
  fromPackage: string,
): NodeId | undefined {
  const packages = packagesToSearch(manifest.projectName, fromPackage, ref.packageName, false);
  const found = tablesOf(manifest).refs.search(refKey(ref), packages);
  return found.kind === 'found' ? found.target : undefined;
}

/** The node that a source means, seen from a package; undefined if there is none that is enabled. */
export function resolveSource(
  manifest: Manifest,
  source: string,
  table: string,
  fromPackage: string,
): NodeId | undefined {
  const packages = packagesToSearch(manifest.projectName, fromPackage, null, false);
  const found = tablesOf(manifest).sources.search(`${source}.${table}`, packages);
  return found.kind === 'found' ? found.target : undefined;
}

/** Names under which a node can be referred to: versions have their own, the latest also the plain one. */
export function refNames(node: {
  readonly name: string;
  readonly version: string | number | null;
  readonly latestVersion: string | number | null;
}): readonly string[] {
  if (node.version === null) return [node.name];
  const own = `${node.name}.v${node.version}`;
  return node.version === node.latestVersion ? [own, node.name] : [own];
}

function tablesOf(manifest: Manifest): ManifestTables {
  let known = tables.get(manifest);
  if (known === undefined) {
    const made = { refs: new NameTable<NodeId>(), sources: new NameTable<NodeId>() };
    for (const node of manifest.nodes.values()) addNode(made, node);
    known = made;
    tables.set(manifest, known);
  }
  return known;
}

function addNode({ refs, sources }: ManifestTables, node: ManifestNode): void {
  if (node.resourceType === 'source') {
    sources.add(`${node.sourceName}.${node.name}`, node.packageName, node.id);
  } else if (node.resourceType === 'model') {
    for (const name of refNames(node)) refs.add(name, node.packageName, node.id);
  } else if (node.resourceType === 'seed' || node.resourceType === 'snapshot') {
    refs.add(node.name, node.packageName, node.id);
  }
}
