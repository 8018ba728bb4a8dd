/**
 * Reads anew only the files that changed, where that cannot change anything else: models, analyses and singular tests
 * that stay what they are to all others. The same steps as of a whole parse, for a few drafts.
 */
import type { NodeId } from '../../base/index.js';
import type { MacroRegistry, ProjectFacts } from '../../context/index.js';
import type { Package, Project, SourceFile } from '../../project/index.js';
import { finishDraft } from '../apply-properties.js';
import { described, referrerOf } from '../assemble.js';
import { captureDraft } from '../capture.js';
import { buildDag, findCycle } from '../dag.js';
import { type Draft, isEnabled } from '../draft.js';
import { refNames } from '../find-nodes.js';
import { finishNode } from '../finish-node.js';
import { NameTable } from '../lookups.js';
import type { Manifest } from '../manifest.js';
import type { ManifestNode } from '../node.js';
import { checkDraft } from '../node-checks.js';
import { draftsOf } from '../node-files.js';
import { hasVersions } from '../node-properties.js';
import { ParseScope } from '../parse-scope.js';
import { readProperties } from '../property-files.js';
import { PropertyIndex } from '../property-index.js';
import { resolveReferences, type RefTarget, type Tables } from '../resolve.js';
import { TouchRecorder } from './touches.js';

/** More files than this are cheaper to read with all others. */
const MAX_FILES = 200;

/** Nodes in the place of those of the same id, and what their templates read. */
export interface PartialParse {
  readonly nodes: ReadonlyMap<NodeId, ManifestNode>;
  readonly touches: TouchRecorder;
}

/**
 * @param before the manifest before the change, of a project without faults.
 * @param changed absolute paths of the files.
 * @returns null if the whole project must be parsed.
 */
export function parsePartly(
  project: Project,
  registry: MacroRegistry,
  facts: ProjectFacts,
  before: Manifest,
  changed: readonly string[],
): PartialParse | null {
  const old = oldNodes(project, before, changed);
  if (old === null) return null;
  const touches = new TouchRecorder();
  const properties = new Set(
    [...old.values()].flatMap((node) => ('patchPath' in node ? (node.patchPath ?? []) : [])),
  );
  const files = new Set(changed);
  const few = narrowed(
    project,
    (owner, file) =>
      files.has(file.file) ||
      (file.kind === 'properties' && properties.has(`${owner.name}://${file.originalFilePath}`)),
  );
  const scope = new ParseScope(few, registry, facts, touches);
  const drafts = few.packages
    .flatMap((owner) => draftsOf(scope, owner, () => undefined))
    .filter((draft) => draft.resourceType !== 'operation');
  const keys = new Set(drafts.map((draft) => `${draft.packageName} ${draft.name}`));
  const entries = readProperties(scope).filter(
    (entry) =>
      ['models', 'analyses', 'data_tests'].includes(entry.key) &&
      keys.has(`${entry.source.owner.name} ${entry.name}`),
  );
  if (entries.some(hasVersions)) return null;
  const index = new PropertyIndex(scope, entries);
  const isRead = drafts.every(
    (draft) =>
      captureDraft(scope, draft) &&
      finishDraft(
        scope,
        draft,
        index.of(draft, () => false),
      ) &&
      checkDraft(scope, draft, before.groups),
  );
  if (!isRead || drafts.length !== old.size) return null;
  const nodes = resolved(scope, before, old, drafts);
  if (nodes === null || scope.diagnostics.length > 0) return null;
  return makesCycle(before, nodes) ? null : { nodes, touches };
}

/** The nodes of the files, one each; null if there is more to them than this way of parsing knows. */
function oldNodes(
  project: Project,
  before: Manifest,
  changed: readonly string[],
): ReadonlyMap<NodeId, ManifestNode> | null {
  if (changed.length > MAX_FILES) return null;
  const wanted = new Map<string, string>();
  const left = new Set(changed);
  for (const owner of project.packages) {
    for (const file of owner.files) {
      if (!left.has(file.file)) continue;
      const isPlain =
        file.path.endsWith('.sql') && ['model', 'analysis', 'singular_test'].includes(file.kind);
      const key = `${owner.name} ${file.originalFilePath}`;
      if (!isPlain || wanted.has(key)) return null;
      wanted.set(key, file.file);
    }
  }
  const found = new Map<NodeId, ManifestNode>();
  for (const node of before.nodes.values()) {
    if (!wanted.delete(`${node.packageName} ${node.originalFilePath}`)) continue;
    const isPlain =
      (node.resourceType === 'model' && node.version === null && isOwnPatch(node)) ||
      node.resourceType === 'analysis' ||
      (node.resourceType === 'test' && !node.isGeneric && isOwnPatch(node));
    if (!isPlain) return null;
    found.set(node.id, node);
  }
  return wanted.size === 0 && found.size === changed.length ? found : null;
}

function isOwnPatch(node: {
  readonly patchPath: string | null;
  readonly packageName: string;
}): boolean {
  return node.patchPath === null || node.patchPath.startsWith(`${node.packageName}://`);
}

function narrowed(
  project: Project,
  isWanted: (owner: Package, file: SourceFile) => boolean,
): Project {
  return {
    ...project,
    packages: project.packages.map((owner) => ({
      ...owner,
      files: owner.files.filter((file) => isWanted(owner, file)),
    })),
  };
}

/** The new nodes; null if one of them is something else to others than it was. */
function resolved(
  scope: ParseScope,
  before: Manifest,
  old: ReadonlyMap<NodeId, ManifestNode>,
  drafts: readonly Draft[],
): ReadonlyMap<NodeId, ManifestNode> | null {
  const tables = tablesOf(before);
  const nodes = new Map<NodeId, ManifestNode>();
  for (const draft of drafts) {
    const was = old.get(draft.id);
    if (was === undefined || !isEnabled(draft) || draft.metrics.length > 0) return null;
    const { dependsOn, isBroken } = resolveReferences(scope, referrerOf(draft), tables, new Set());
    if (isBroken) return null;
    draft.dependsOn = dependsOn;
    const node = finishNode(draft);
    if (face(node) !== face(was)) return null;
    nodes.set(node.id, node);
  }
  return described(scope, { docs: before.docs, entries: [] }, nodes);
}

/** What others see of a node. */
function face(node: ManifestNode): string {
  return JSON.stringify([
    node.resourceType,
    node.fqn,
    'relationName' in node ? node.relationName : null,
    'group' in node ? node.group : null,
    'access' in node ? node.access : null,
    'materialized' in node ? node.materialized : null,
    'patchPath' in node ? node.patchPath : null,
  ]);
}

function tablesOf(before: Manifest): Tables {
  const tables = {
    refs: new NameTable<RefTarget>(),
    sources: new NameTable<NodeId>(),
    metrics: new NameTable<NodeId>(),
  };
  for (const node of before.nodes.values()) {
    const { id, packageName, name, resourceType } = node;
    if (resourceType === 'source') {
      tables.sources.add(`${node.sourceName}.${name}`, packageName, id);
    } else if (resourceType === 'model' || resourceType === 'seed' || resourceType === 'snapshot') {
      const isModel = resourceType === 'model';
      const target: RefTarget = {
        id,
        packageName,
        name,
        access: isModel ? node.access : null,
        group: node.group,
      };
      const names = isModel ? refNames(node) : [name];
      for (const one of names) tables.refs.add(one, packageName, target);
    }
  }
  return tables;
}

function makesCycle(before: Manifest, nodes: ReadonlyMap<NodeId, ManifestNode>): boolean {
  const hasNewParents = [...nodes.values()].some((node) => {
    const known = new Set(before.nodes.get(node.id)?.dependsOn);
    return node.dependsOn.some((parent) => !known.has(parent));
  });
  if (!hasNewParents) return false;
  const all = [...before.nodes.values()].map((node) => nodes.get(node.id) ?? node);
  return findCycle(buildDag(all)) !== undefined;
}
