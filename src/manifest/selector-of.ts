/**
 * Says a set of nodes as a selector, as short as can be found.
 */
import type { NodeId } from '../base/index.js';
import type { Manifest } from './manifest.js';
import type { ManifestNode } from './node.js';
import { reachWithin } from './reach.js';
import { select } from './select.js';

/**
 * A selector that means exactly these nodes, tests of theirs aside: what is marked is models and the like, and
 * whether tests run with them is the business of the command.
 *
 * Tries, in this order: one node with its relatives (`+fct`, `stg+`, `@stg`), a folder, a tag, a package; else names the
 * nodes one by one, or what all have but a few.
 */
export function selectorOf(manifest: Manifest, ids: readonly NodeId[]): string {
  const wanted = new Set(ids.filter((id) => manifest.nodes.has(id)));
  if (wanted.size === 0) return '';
  const bare = [...wanted].map((id) => nameOf(manifest, id));
  if (wanted.size === 1) return bare[0] ?? '';

  const candidates = [
    ...familyCandidates(manifest, wanted),
    ...sharedCandidates(manifest, wanted),
  ].filter((candidate) => means(manifest, candidate, wanted));
  const byName = bare.join(' ');
  return [...candidates, byName].reduce((best, one) => (one.length < best.length ? one : best));
}

/** The shortest name that selects a node alone. */
function nameOf(manifest: Manifest, id: NodeId): string {
  const node = manifest.nodes.get(id);
  if (node === undefined) return id;
  const full = qualifiedName(node);
  const short =
    node.resourceType === 'model' && node.version !== null
      ? `${node.name}.v${node.version}`
      : node.name;
  if (full.includes(':')) return full;
  return namesakes(manifest, short) === 1 ? short : full;
}

function qualifiedName(node: ManifestNode): string {
  switch (node.resourceType) {
    case 'source':
      return `source:${node.sourceName}.${node.name}`;
    case 'exposure':
    case 'metric':
    case 'semantic_model':
    case 'saved_query':
    case 'unit_test':
      return `${node.resourceType}:${node.name}`;
    default:
      return node.fqn.join('.');
  }
}

const leaves = new WeakMap<Manifest, Map<string, number>>();

/** How many nodes an fqn selector with this bare name would match. */
function namesakes(manifest: Manifest, name: string): number {
  let counts = leaves.get(manifest);
  if (counts === undefined) {
    counts = new Map();
    for (const node of manifest.nodes.values()) {
      if (node.resourceType === 'source') continue;
      const isVersioned = node.resourceType === 'model' && node.version !== null;
      const names = new Set([
        node.name,
        ...(isVersioned ? [`${node.name}.v${node.version}`] : []),
        // A bare word also means a package, or a folder right below it.
        ...node.fqn.slice(0, 2),
      ]);
      for (const one of names) counts.set(one, (counts.get(one) ?? 0) + 1);
    }
    leaves.set(manifest, counts);
  }
  return counts.get(name) ?? 0;
}

/** Above this many nodes only those at the ends are tried as the middle of a family. */
const FEW = 60;

/** One of the nodes with what is above or below it. */
function familyCandidates(manifest: Manifest, wanted: ReadonlySet<NodeId>): readonly string[] {
  const { dag } = manifest;
  const touches = (ids: readonly NodeId[] | undefined): boolean =>
    (ids ?? []).some((id) => wanted.has(id));
  const ends = [...wanted].filter(
    (id) => !touches(dag.children.get(id)) || !touches(dag.parents.get(id)),
  );
  const middles = wanted.size <= FEW ? [...wanted] : ends.length <= FEW ? ends : [];
  const candidates: string[] = [];
  for (const id of middles) {
    const up = withoutTests(manifest, reachWithin(dag, [id], 'upstream'));
    const down = withoutTests(manifest, reachWithin(dag, [id], 'downstream'));
    const name = nameOf(manifest, id);
    if (up.length + 1 === wanted.size) candidates.push(`+${name}`);
    if (down.length + 1 === wanted.size) candidates.push(`${name}+`);
    if (up.length + down.length + 1 === wanted.size) candidates.push(`+${name}+`);
    const near = withoutTests(manifest, new Set(dag.parents.get(id)));
    const below = withoutTests(manifest, new Set(dag.children.get(id)));
    if (near.length + 1 === wanted.size) candidates.push(`1+${name}`);
    if (below.length + 1 === wanted.size) candidates.push(`${name}+1`);
    if (near.length + below.length + 1 === wanted.size) candidates.push(`1+${name}+1`);
  }
  return candidates;
}

/** What all of them have in common: a folder, a tag, a package, a kind. */
function sharedCandidates(manifest: Manifest, wanted: ReadonlySet<NodeId>): readonly string[] {
  const nodes = [...wanted].flatMap((id) => manifest.nodes.get(id) ?? []);
  const [first, ...rest] = nodes;
  if (first === undefined) return [];
  const tags = first.tags.filter((tag) => rest.every((node) => node.tags.includes(tag)));
  const folders = foldersAbove(first.originalFilePath).filter((folder) =>
    rest.every((node) => node.originalFilePath.startsWith(`${folder}/`)),
  );
  const kinds = rest.every((node) => node.resourceType === first.resourceType)
    ? [`resource_type:${first.resourceType}`]
    : [];
  const packages = rest.every((node) => node.packageName === first.packageName)
    ? [`package:${first.packageName}`]
    : [];
  const paths = folders.map((folder) => (folder.includes('/') ? folder : `path:${folder}`));
  const parts = [...tags.map((tag) => `tag:${tag}`), ...paths, ...packages];
  return [...parts, ...kinds, ...parts.flatMap((part) => kinds.map((kind) => `${part},${kind}`))];
}

function foldersAbove(file: string): readonly string[] {
  const parts = file.split('/').slice(0, -1);
  return parts.map((_, at) => parts.slice(0, at + 1).join('/'));
}

/** True if a selector selects exactly these, tests aside. */
function means(manifest: Manifest, selector: string, wanted: ReadonlySet<NodeId>): boolean {
  const { ids } = select(manifest, { select: [selector], indirectSelection: 'empty' });
  const found = withoutTests(manifest, ids);
  const asked = withoutTests(manifest, wanted);
  // Tests that are marked themselves must be named.
  if (asked.length !== wanted.size) return false;
  return found.length === asked.length && found.every((id) => wanted.has(id));
}

function withoutTests(manifest: Manifest, ids: Iterable<NodeId>): readonly NodeId[] {
  return [...ids].filter((id) => !isTest(manifest, id));
}

function isTest(manifest: Manifest, id: NodeId): boolean {
  const type = manifest.nodes.get(id)?.resourceType;
  return type === 'test' || type === 'unit_test';
}
