export { executionOrder } from './execution-order.js';
export { resolveRef, resolveSource } from './find-nodes.js';
export type { InternalMacroFile } from './macros.js';
export type { Dag, DocBlock, Group, Manifest } from './manifest.js';
export type {
  AnalysisNode,
  CarriedNode,
  CodeNode,
  ColumnProperties,
  ExposureNode,
  FreshnessThreshold,
  Hook,
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
export { parseManifest, type ParseOptions } from './parse-manifest.js';
export { reachWithin } from './reach.js';
export { select, type SelectCriteria } from './select.js';
export type { IndirectSelection } from './selection-spec.js';
export { selectorOf } from './selector-of.js';
