export { type KeptChanges, type ParsedManifest, parseOrRecall } from './cache/parse-cache.js';
export { modelWith } from './copy-node.js';
export { contractChecksum } from './dbt-checksums.js';
export { executionOrder } from './execution-order.js';
export { resolveRef, resolveSource } from './find-nodes.js';
export { MacroReach } from './macro-reach.js';
export type { DocBlock, Manifest } from './manifest.js';
export type {
  CarriedNode,
  CodeNode,
  ColumnProperties,
  ExposureNode,
  FreshnessThreshold,
  ManifestNode,
  ModelNode,
  OperationNode,
  RefArguments,
  RelationNode,
  ResourceType,
  SeedNode,
  SnapshotNode,
  SourceNode,
  TestNode,
  UnitTestNode,
  UnitTestRows,
} from './node.js';
export { parseManifest } from './parse-manifest.js';
export { select } from './select.js';
export type { StateMethod, StateMethods } from './selection-methods.js';
export { selectorOf } from './selector-of.js';
