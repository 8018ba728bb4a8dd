/**
 * The nodes of a manifest: everything that has a unique_id and a place in the graph.
 */
import type { Json, JsonObject, NodeId, Position } from '../base/index.js';

export type ResourceType =
  | 'model'
  | 'analysis'
  | 'seed'
  | 'snapshot'
  | 'test'
  | 'unit_test'
  | 'operation'
  | 'source'
  | 'exposure'
  | 'metric'
  | 'semantic_model'
  | 'saved_query'
  | 'function';

/** One column as the project's yaml describes it. */
export interface ColumnProperties {
  readonly name: string;
  readonly description: string;
  readonly dataType: string | null;
  readonly quote: boolean | null;
  readonly tags: readonly string[];
  readonly meta: JsonObject;
  readonly constraints: readonly JsonObject[];
  /** Of a time spine's column: `day`. */
  readonly granularity: string | null;
}

/** A `ref()` as written: `ref('orders')`, `ref('shop', 'orders', v=2)`. */
export interface RefArguments {
  readonly name: string;
  readonly packageName: string | null;
  readonly version: string | number | null;
}

/** What all nodes have. */
interface NodeFields {
  readonly id: NodeId;
  readonly name: string;
  readonly packageName: string;
  /** Relative to the resource directory, with `/`: `staging/stg_orders.sql`. */
  readonly path: string;
  /** Relative to the package's root, with `/`: `models/staging/stg_orders.sql`. */
  readonly originalFilePath: string;
  readonly fqn: readonly string[];
  readonly description: string;
  readonly tags: readonly string[];
  readonly meta: JsonObject;
  /** The merged config, every key in dbt's snake_case spelling, defaults included. Hooks are under `pre-hook`/`post-hook` as dbt has them. */
  readonly config: JsonObject;
  /** The configs as written, templates not rendered: what `state:modified` compares. */
  readonly unrenderedConfig: JsonObject;
  /** Nodes this one reads, in the order of their first ref or source; ids that exist and are enabled. */
  readonly dependsOn: readonly NodeId[];
  readonly refs: readonly RefArguments[];
  readonly sources: readonly (readonly [source: string, table: string])[];
}

/** Nodes whose text is rendered: models, snapshots, tests, analyses, operations, unit tests' models' text. */
interface CodeFields {
  readonly language: 'sql' | 'python';
  /** The file's text, stripped, as dbt keeps it. */
  readonly rawCode: string;
  /** sha256 of the file's text with white space folded, as dbt hashes it; empty for generic tests. */
  readonly checksum: string;
  /** unique_ids of the macros called while parsing, in call order. */
  readonly macros: readonly string[];
  /** Where the code starts, or for a generic test where it is written in the yaml. */
  readonly position: Position;
}

/** Nodes that own a relation in the warehouse. */
interface RelationFields {
  readonly database: string;
  readonly schema: string;
  /** The identifier in the warehouse: the alias, or the name. */
  readonly alias: string;
  /** Rendered as dbt renders it, null where nothing is made (ephemeral, tests that store nothing). */
  readonly relationName: string | null;
  readonly columns: ReadonlyMap<string, ColumnProperties>;
  /** File of the yaml that describes it, `package://path`, or null. */
  readonly patchPath: string | null;
  readonly group: string | null;
}

export interface ModelNode extends NodeFields, CodeFields, RelationFields {
  readonly resourceType: 'model';
  readonly materialized: string;
  readonly access: 'private' | 'protected' | 'public';
  readonly version: string | number | null;
  readonly latestVersion: string | number | null;
  readonly deprecationDate: string | null;
  /** `time_spine:` as yaml has it, its lists filled in; null where the model is none. */
  readonly timeSpine: JsonObject | null;
  readonly constraints: readonly JsonObject[];
  /** `primary_key` and the like stay in `constraints`; this says whether the contract is enforced. */
  readonly hasContract: boolean;
}

export interface SeedNode extends NodeFields, RelationFields {
  readonly resourceType: 'seed';
  /** sha256 of the stripped text; of a file above 1 MiB its path instead. */
  readonly checksum: string;
  /** Absolute path of the csv. */
  readonly file: string;
  /** unique_ids of the macros that its hooks call. */
  readonly macros: readonly string[];
}

export interface SnapshotNode extends NodeFields, CodeFields, RelationFields {
  readonly resourceType: 'snapshot';
}

export interface TestNode extends NodeFields, CodeFields, RelationFields {
  readonly resourceType: 'test';
  /** Null for singular tests. */
  readonly testMetadata: {
    readonly name: string;
    readonly namespace: string | null;
    readonly kwargs: JsonObject;
  } | null;
  readonly columnName: string | null;
  /** The node the test was written under, or null (singular tests). */
  readonly attachedNode: NodeId | null;
  /** The yaml's relative path for generic tests: where fqn and path selection look. */
  readonly isGeneric: boolean;
}

export interface AnalysisNode extends NodeFields, CodeFields {
  readonly resourceType: 'analysis';
}

/** A hook of on-run-start or on-run-end. */
export interface OperationNode extends NodeFields, CodeFields {
  readonly resourceType: 'operation';
  readonly event: 'on-run-start' | 'on-run-end';
  readonly index: number;
}

/** A given or expected table of a unit test: exactly as the yaml or the fixture file says. */
export interface UnitTestRows {
  /** `ref('x')`, `source('a', 'b')`, `this`; null for the expectation. */
  readonly input: string | null;
  readonly format: 'dict' | 'csv' | 'sql';
  /** Rows as dicts for dict and csv; a query for sql. */
  readonly rows: readonly JsonObject[] | string;
}

export interface UnitTestNode extends NodeFields {
  readonly resourceType: 'unit_test';
  /** unique_id of the model under test. */
  readonly testedNode: NodeId;
  readonly model: string;
  readonly given: readonly UnitTestRows[];
  readonly expect: UnitTestRows;
  readonly overrides: JsonObject;
  readonly checksum: string;
}

export interface SourceNode extends NodeFields {
  readonly resourceType: 'source';
  readonly sourceName: string;
  readonly sourceDescription: string;
  readonly loader: string;
  readonly identifier: string;
  readonly database: string;
  readonly schema: string;
  /** As the yaml has them, templates not rendered; null where it says nothing. */
  readonly unrendered: { readonly database: string | null; readonly schema: string | null };
  readonly relationName: string;
  readonly quoting: JsonObject;
  readonly columns: ReadonlyMap<string, ColumnProperties>;
  /** Null where no freshness is asked for. */
  readonly freshness: {
    readonly warnAfter: FreshnessThreshold | null;
    readonly errorAfter: FreshnessThreshold | null;
    readonly filter: string | null;
  } | null;
  readonly loadedAtField: string | null;
  readonly loadedAtQuery: string | null;
  readonly external: Json;
  readonly patchPath: string | null;
}

export interface FreshnessThreshold {
  readonly count: number;
  readonly period: 'minute' | 'hour' | 'day';
}

export interface ExposureNode extends NodeFields {
  readonly resourceType: 'exposure';
  readonly type: string;
  readonly owner: JsonObject;
  readonly label: string | null;
  readonly maturity: string | null;
  readonly url: string | null;
}

/** Metrics, semantic models, saved queries, functions: carried, with their yaml as read. */
export interface CarriedNode extends NodeFields {
  readonly resourceType: 'metric' | 'semantic_model' | 'saved_query' | 'function';
  readonly properties: JsonObject;
}

export type ManifestNode =
  | ModelNode
  | SeedNode
  | SnapshotNode
  | TestNode
  | UnitTestNode
  | AnalysisNode
  | OperationNode
  | SourceNode
  | ExposureNode
  | CarriedNode;

/** Nodes whose text is compiled. */
export type CodeNode = ModelNode | SnapshotNode | TestNode | AnalysisNode | OperationNode;

/** Nodes that make a relation when they run. */
export type RelationNode = ModelNode | SeedNode | SnapshotNode | TestNode;
