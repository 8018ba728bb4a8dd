/**
 * Makes the nodes of a manifest out of finished drafts.
 */
import { assertNever } from '../base/index.js';
import type {
  AnalysisNode,
  ManifestNode,
  ModelNode,
  OperationNode,
  SeedNode,
  SnapshotNode,
  TestNode,
} from './node.js';
import { configText, type Draft } from './draft.js';
import { objectOf } from './parse-scope.js';

/** The node of a draft whose references are resolved. */
export function finishNode(draft: Draft): ManifestNode {
  const fields = {
    id: draft.id,
    name: draft.name,
    packageName: draft.packageName,
    path: draft.path,
    originalFilePath: draft.originalFilePath,
    fqn: draft.fqn,
    description: draft.description,
    tags: draft.tags,
    meta: draft.meta,
    config: draft.config,
    unrenderedConfig: draft.unrenderedConfig,
    dependsOn: draft.dependsOn,
    refs: draft.refs,
    sources: draft.sources,
  };
  const code = {
    language: draft.language,
    rawCode: draft.rawCode,
    checksum: draft.checksum,
    macros: draft.macros,
    position: draft.position,
  };
  const relation = {
    database: draft.database,
    schema: draft.schema,
    alias: draft.alias,
    relationName: draft.relationName,
    columns: draft.columns,
    patchPath: draft.patchPath,
    group: draft.group,
  };
  switch (draft.resourceType) {
    case 'model':
      return {
        ...fields,
        ...code,
        ...relation,
        resourceType: 'model',
        materialized: configText(draft, 'materialized') ?? 'view',
        access: accessOf(draft.access),
        version: draft.version,
        latestVersion: draft.latestVersion,
        deprecationDate: draft.deprecationDate,
        timeSpine: draft.timeSpine,
        constraints: draft.constraints,
        hasContract: objectOf(draft.config['contract'])['enforced'] === true,
      } satisfies ModelNode;
    case 'seed':
      return {
        ...fields,
        ...relation,
        resourceType: 'seed',
        checksum: draft.checksum,
        file: draft.file,
        macros: draft.macros,
      } satisfies SeedNode;
    case 'snapshot':
      return { ...fields, ...code, ...relation, resourceType: 'snapshot' } satisfies SnapshotNode;
    case 'test':
      return {
        ...fields,
        ...code,
        ...relation,
        resourceType: 'test',
        testMetadata: draft.testMetadata,
        columnName: draft.columnName,
        attachedNode: draft.attachedNode,
        isGeneric: draft.testMetadata !== null,
      } satisfies TestNode;
    case 'analysis':
      return { ...fields, ...code, resourceType: 'analysis' } satisfies AnalysisNode;
    case 'operation':
      return {
        ...fields,
        ...code,
        resourceType: 'operation',
        event: draft.event,
        index: draft.index,
      } satisfies OperationNode;
    default:
      return assertNever(draft.resourceType);
  }
}

function accessOf(access: string): ModelNode['access'] {
  return access === 'private' || access === 'public' ? access : 'protected';
}
