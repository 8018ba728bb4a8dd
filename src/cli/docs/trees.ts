/**
 * The sidebar's two trees: by package and folder, and by kind.
 */
import { isJsonObject } from '../../base/index.js';
import type { ManifestNode } from '../../manifest/index.js';
import { KIND_TITLES } from './kinds.js';
import { crumbsOf } from './node-page.js';
import type { Scribe } from './scribe.js';
import type { Kind, Link, TreeFolder } from './view.js';

interface Growing {
  readonly folders: Map<string, Growing>;
  readonly leaves: Link[];
}

/** Packages, their folders, what stands in them. The tests of the yaml and the hooks are left to the other tree. */
export function folderTree(scribe: Scribe): readonly TreeFolder[] {
  const root = growing();
  for (const node of scribe.input.manifest.nodes.values()) {
    if (isListed(node) && isListedByFolder(node))
      place(root, crumbsOf(node), scribe.linkToNode(node));
  }
  for (const macro of scribe.input.macros) {
    const folders = [macro.packageName, ...macro.path.split('/').slice(0, -1)];
    place(root, folders, scribe.linkTo(macro.id));
  }
  return grown(root, 0, null);
}

/** Kinds, then sources by their source; in the order of the lists. */
export function kindTree(scribe: Scribe): readonly TreeFolder[] {
  return KIND_TITLES.flatMap(([kind, title]) => {
    const root = growing();
    for (const node of scribe.input.manifest.nodes.values()) {
      if (node.resourceType !== kind || isGenericTest(node) || !isListed(node)) continue;
      if (node.resourceType === 'source')
        place(root, [title, node.sourceName], scribe.linkToNode(node, node.name));
      else place(root, [title], scribe.linkToNode(node));
    }
    if (kind === 'macro')
      for (const macro of scribe.input.macros) place(root, [title], scribe.linkTo(macro.id));
    return grown(root, 0, kind);
  });
}

/** False where the project says `docs: {show: false}`: such a page is reached by links alone. */
export function isListed(node: ManifestNode): boolean {
  const docs = node.config['docs'];
  return !isJsonObject(docs) || docs['show'] !== false;
}

function isListedByFolder(node: ManifestNode): boolean {
  return (
    !isGenericTest(node) && node.resourceType !== 'unit_test' && node.resourceType !== 'operation'
  );
}

function isGenericTest(node: ManifestNode): boolean {
  return node.resourceType === 'test' && node.isGeneric;
}

function growing(): Growing {
  return { folders: new Map(), leaves: [] };
}

function place(root: Growing, path: readonly string[], leaf: Link): void {
  let folder = root;
  for (const name of path) {
    let next = folder.folders.get(name);
    if (next === undefined) folder.folders.set(name, (next = growing()));
    folder = next;
  }
  folder.leaves.push(leaf);
}

/** Sorted, counted. Packages are open, folders below and kinds while they are short. */
function grown(folder: Growing, depth: number, kind: Kind | null): readonly TreeFolder[] {
  return [...folder.folders]
    .map(([label, child]): TreeFolder => {
      const folders = grown(child, depth + 1, null);
      const leaves = child.leaves.toSorted((left, right) => compare(left.label, right.label));
      const count = leaves.length + folders.reduce((sum, one) => sum + one.count, 0);
      const isOpen = (kind === null && depth === 0) || count <= 8;
      return { label, kind, count, isOpen, folders, leaves };
    })
    .sort((left, right) =>
      // The folders of a project stand in the order of the kinds in them: models before macros.
      depth === 1
        ? kindRank(left) - kindRank(right) || compare(left.label, right.label)
        : compare(left.label, right.label),
    );
}

function kindRank(folder: TreeFolder): number {
  const own = folder.leaves.map(({ kind }) => KIND_TITLES.findIndex(([one]) => one === kind));
  return Math.min(...own, ...folder.folders.map(kindRank), KIND_TITLES.length);
}

function compare(left: string, right: string): number {
  return left.localeCompare(right, 'en');
}
