/**
 * Puts the parts of a project together: resolves what refers to what, renders descriptions, checks the graph.
 */
import type { NodeId, Position } from '../base/index.js';
import type { CarriedDraft } from './carried.js';
import { buildDag, findCycle } from './dag.js';
import { DescriptionRenderer } from './docs.js';
import { type Draft, isEnabled } from './draft.js';
import type { ExposureDraft } from './exposures.js';
import { refNames } from './find-nodes.js';
import { finishNode } from './finish-node.js';
import { NameTable } from './lookups.js';
import type { DocBlock, Group, Manifest } from './manifest.js';
import type { ColumnProperties, ManifestNode, SourceNode, UnitTestNode } from './node.js';
import type { ParseScope } from './parse-scope.js';
import { positionIn, type PropertyEntry } from './property-files.js';
import {
  positionOfName,
  type Referrer,
  resolveReferences,
  type RefTarget,
  type Tables,
} from './resolve.js';

/** What was read of a project, references not yet resolved. */
export interface Parts {
  readonly drafts: readonly Draft[];
  /** Names of nodes that could not be read: nobody is told that they are missing. */
  readonly broken: ReadonlySet<string>;
  readonly sources: readonly SourceNode[];
  readonly exposures: readonly ExposureDraft[];
  readonly unitTests: readonly UnitTestNode[];
  readonly carried: readonly CarriedDraft[];
  readonly carriedParents: ReadonlyMap<NodeId, readonly NodeId[]>;
  readonly docs: ReadonlyMap<string, DocBlock>;
  readonly groups: ReadonlyMap<string, Group>;
  readonly entries: readonly PropertyEntry[];
}

/** Makes the manifest. */
export function assemble(scope: ParseScope, parts: Parts): Manifest {
  const tables = tablesOf(parts);
  const nodes = new Map<NodeId, ManifestNode>();
  const disabled = new Map<NodeId, ManifestNode[]>();
  const disable = (node: ManifestNode): void => {
    disabled.set(node.id, [...(disabled.get(node.id) ?? []), node]);
  };
  const place = (node: ManifestNode, isPlaced: boolean): void => {
    if (!isPlaced || node.config['enabled'] === false) disable(node);
    else if (!nodes.has(node.id)) nodes.set(node.id, node);
  };

  for (const draft of parts.drafts) {
    const resolution = isEnabled(draft)
      ? resolveReferences(scope, referrerOf(draft), tables, parts.broken)
      : { dependsOn: [], isBroken: false };
    draft.dependsOn = resolution.dependsOn;
    // A test of what is not there goes the way of what is disabled; other nodes are left out.
    if (resolution.isBroken && draft.resourceType !== 'test') continue;
    place(finishNode(draft), !resolution.isBroken);
  }
  for (const source of parts.sources) place(source, true);
  for (const { node, captures } of parts.exposures) {
    const resolution = resolveReferences(
      scope,
      referrerOfEntry(node, captures, parts.entries, 'exposures'),
      tables,
      parts.broken,
    );
    if (!resolution.isBroken) place({ ...node, dependsOn: resolution.dependsOn }, true);
  }
  for (const { node } of parts.carried) {
    const resolution = resolveReferences(
      scope,
      referrerOfEntry(
        node,
        { refs: node.refs, sources: node.sources, metrics: [] },
        parts.entries,
        'semantic_models',
      ),
      tables,
      parts.broken,
    );
    const among = parts.carriedParents.get(node.id) ?? [];
    if (!resolution.isBroken)
      place({ ...node, dependsOn: [...resolution.dependsOn, ...among] }, true);
  }
  for (const unitTest of parts.unitTests) place(unitTest, nodes.has(unitTest.testedNode));

  cutCycles(scope, nodes);
  return {
    projectName: scope.project.name,
    nodes: described(scope, parts, nodes),
    disabled,
    docs: parts.docs,
    groups: parts.groups,
    dag: buildDag(nodes.values()),
  };
}

function tablesOf(parts: Parts): Tables {
  const refs = new NameTable<RefTarget>();
  const sources = new NameTable<NodeId>();
  const metrics = new NameTable<NodeId>();
  for (const draft of parts.drafts) {
    const { resourceType, packageName, id } = draft;
    if (resourceType !== 'model' && resourceType !== 'seed' && resourceType !== 'snapshot')
      continue;
    const target: RefTarget = {
      id,
      packageName,
      name: draft.name,
      access: resourceType === 'model' ? draft.access : null,
      group: draft.group,
    };
    for (const name of refNames(draft)) {
      if (isEnabled(draft)) refs.add(name, packageName, target);
      else refs.addDisabled(name, packageName, id);
    }
  }
  for (const source of parts.sources) {
    const name = `${source.sourceName}.${source.name}`;
    if (source.config['enabled'] === false)
      sources.addDisabled(name, source.packageName, source.id);
    else sources.add(name, source.packageName, source.id);
  }
  for (const { node } of parts.carried) {
    if (node.resourceType === 'metric') metrics.add(node.name, node.packageName, node.id);
  }
  return { refs, sources, metrics };
}

/** A draft as one that refers to others. */
export function referrerOf(draft: Draft): Referrer {
  return {
    id: draft.id,
    resourceType: draft.resourceType,
    packageName: draft.packageName,
    originalFilePath: draft.originalFilePath,
    group: draft.group,
    refs: draft.refs,
    sources: draft.sources,
    metrics: draft.metrics,
    positionOf: (name) =>
      draft.testMetadata === null
        ? positionOfName(draft.rawCode, name, draft.position)
        : draft.position,
  };
}

function referrerOfEntry(
  node: Pick<ManifestNode, 'id' | 'resourceType' | 'packageName' | 'originalFilePath' | 'name'>,
  captures: ExposureDraft['captures'],
  entries: readonly PropertyEntry[],
  key: PropertyEntry['key'],
): Referrer {
  const position = (): Position => {
    const entry = entries.find(
      (one) =>
        one.key === key && one.name === node.name && one.source.owner.name === node.packageName,
    );
    return entry === undefined
      ? { file: node.originalFilePath, line: 1, column: 1 }
      : positionIn(entry, 'depends_on');
  };
  return {
    id: node.id,
    resourceType: node.resourceType,
    packageName: node.packageName,
    originalFilePath: node.originalFilePath,
    group: null,
    refs: captures.refs,
    sources: captures.sources,
    metrics: captures.metrics,
    positionOf: position,
  };
}

/** Reports each cycle and leaves its nodes out, until none is left. */
function cutCycles(scope: ParseScope, nodes: Map<NodeId, ManifestNode>): void {
  for (;;) {
    const cycle = findCycle(buildDag(nodes.values()));
    const [start] = cycle ?? [];
    const first = start === undefined ? undefined : nodes.get(start);
    if (cycle === undefined || first === undefined) return;
    const next = nodes.get(cycle.at(-2) ?? first.id);
    const name = next?.name ?? '';
    scope.error(
      'manifest/cycle',
      `These nodes depend on each other in a circle: ${cycle.map((id) => nodes.get(id)?.name ?? id).join(' --> ')}.`,
      'rawCode' in first
        ? positionOfName(first.rawCode, name, first.position)
        : { file: first.originalFilePath, line: 1, column: 1 },
      { nodeId: first.id, hint: 'Take one of these references out.' },
    );
    for (const id of cycle) nodes.delete(id);
  }
}

/** Nodes with their descriptions rendered. */
export function described(
  scope: ParseScope,
  parts: Pick<Parts, 'docs' | 'entries'>,
  nodes: ReadonlyMap<NodeId, ManifestNode>,
): ReadonlyMap<NodeId, ManifestNode> {
  const renderer = new DescriptionRenderer(scope, parts.docs);
  const result = new Map<NodeId, ManifestNode>();
  for (const [id, node] of nodes) {
    const position = (): Position => descriptionPosition(scope, parts.entries, node);
    const render = (text: string): string => renderer.render(text, node.packageName, position, id);
    const description = render(node.description);
    const columns = 'columns' in node ? describedColumns(node.columns, render) : undefined;
    const sourceDescription =
      node.resourceType === 'source' ? render(node.sourceDescription) : undefined;
    const isSame =
      description === node.description &&
      (columns === undefined || ('columns' in node && columns === node.columns)) &&
      (sourceDescription === undefined ||
        (node.resourceType === 'source' && sourceDescription === node.sourceDescription));
    result.set(
      id,
      isSame
        ? node
        : {
            ...node,
            description,
            ...(columns === undefined ? {} : { columns }),
            ...(sourceDescription === undefined ? {} : { sourceDescription }),
          },
    );
  }
  return result;
}

function describedColumns(
  columns: ReadonlyMap<string, ColumnProperties>,
  render: (text: string) => string,
): ReadonlyMap<string, ColumnProperties> {
  let hasChanged = false;
  const rendered = [...columns].map(([name, column]): [string, ColumnProperties] => {
    const description = render(column.description);
    hasChanged ||= description !== column.description;
    return [name, { ...column, description }];
  });
  return hasChanged ? new Map(rendered) : columns;
}

function descriptionPosition(
  scope: ParseScope,
  entries: readonly PropertyEntry[],
  node: ManifestNode,
): Position {
  const name = node.resourceType === 'source' ? node.sourceName : node.name;
  const entry = entries.find(
    (one) => one.name === name && one.source.owner.name === node.packageName,
  );
  if (entry !== undefined) return positionIn(entry);
  const owner = scope.packages.find((one) => one.name === node.packageName);
  const file =
    owner === undefined ? node.originalFilePath : scope.shownFile(owner, node.originalFilePath);
  return { file, line: 1, column: 1 };
}
