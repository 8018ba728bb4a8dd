/**
 * Copies of nodes: a node may read its fields when they are asked for, and a spread would not ask.
 */
import type { JsonObject } from '../base/index.js';
import type { ModelNode } from './node.js';

/** The same model with another config. */
export function modelWith(node: ModelNode, config: JsonObject): ModelNode {
  return {
    resourceType: node.resourceType,
    id: node.id,
    name: node.name,
    packageName: node.packageName,
    path: node.path,
    originalFilePath: node.originalFilePath,
    fqn: node.fqn,
    description: node.description,
    tags: node.tags,
    meta: node.meta,
    config,
    unrenderedConfig: node.unrenderedConfig,
    dependsOn: node.dependsOn,
    refs: node.refs,
    sources: node.sources,
    language: node.language,
    rawCode: node.rawCode,
    checksum: node.checksum,
    macros: node.macros,
    position: node.position,
    database: node.database,
    schema: node.schema,
    alias: node.alias,
    relationName: node.relationName,
    columns: node.columns,
    patchPath: node.patchPath,
    group: node.group,
    materialized: node.materialized,
    access: node.access,
    version: node.version,
    latestVersion: node.latestVersion,
    deprecationDate: node.deprecationDate,
    timeSpine: node.timeSpine,
    constraints: node.constraints,
    hasContract: node.hasContract,
  };
}
