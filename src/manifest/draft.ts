/**
 * A node of a file while it is being put together.
 */
import type { Json, JsonObject, NodeId, Position } from '../base/index.js';
import type { MacroDefinition, RefCall } from '../context/index.js';
import type { ColumnProperties, ResourceType, TestNode } from './node.js';

/** Kinds of nodes that a draft can become. */
export type DraftType = Extract<
  ResourceType,
  'model' | 'analysis' | 'seed' | 'snapshot' | 'test' | 'operation'
>;

/** Everything known of a node so far; each step fills in its part. */
export interface Draft {
  readonly resourceType: DraftType;
  id: NodeId;
  name: string;
  readonly packageName: string;
  path: string;
  readonly originalFilePath: string;
  fqn: readonly string[];
  readonly language: 'sql' | 'python';
  readonly rawCode: string;
  readonly checksum: string;
  /** Where the text starts, for diagnostics. */
  readonly position: Position;
  /** Absolute path of the file. */
  readonly file: string;

  refs: readonly RefCall[];
  sources: readonly (readonly [string, string])[];
  metrics: readonly (readonly string[])[];
  macros: readonly MacroDefinition['id'][];
  /** What its `config()` calls say, merged. */
  calls: JsonObject;
  /** The same as written. */
  unrenderedCalls: JsonObject;

  config: JsonObject;
  unrenderedConfig: JsonObject;
  tags: readonly string[];
  meta: JsonObject;
  group: string | null;
  description: string;
  columns: ReadonlyMap<string, ColumnProperties>;
  patchPath: string | null;

  database: string;
  schema: string;
  alias: string;
  relationName: string | null;

  version: string | number | null;
  latestVersion: string | number | null;
  access: string;
  deprecationDate: string | null;
  timeSpine: JsonObject | null;
  constraints: readonly JsonObject[];

  testMetadata: TestNode['testMetadata'];
  columnName: string | null;
  attachedNode: NodeId | null;
  /** Of a hook on the run. */
  event: 'on-run-start' | 'on-run-end';
  index: number;

  dependsOn: readonly NodeId[];
}

/** A draft with nothing filled in but where it comes from. */
export function newDraft(
  origin: Pick<
    Draft,
    | 'resourceType'
    | 'id'
    | 'name'
    | 'packageName'
    | 'path'
    | 'originalFilePath'
    | 'fqn'
    | 'language'
    | 'rawCode'
    | 'checksum'
    | 'position'
    | 'file'
  >,
): Draft {
  return {
    ...origin,
    refs: [],
    sources: [],
    metrics: [],
    macros: [],
    calls: {},
    unrenderedCalls: {},
    config: {},
    unrenderedConfig: {},
    tags: [],
    meta: {},
    group: null,
    description: '',
    columns: new Map(),
    patchPath: null,
    database: '',
    schema: '',
    alias: origin.name,
    relationName: null,
    version: null,
    latestVersion: null,
    access: 'protected',
    deprecationDate: null,
    timeSpine: null,
    constraints: [],
    testMetadata: null,
    columnName: null,
    attachedNode: null,
    event: 'on-run-start',
    index: 0,
    dependsOn: [],
  };
}

/** False if its config disables it. */
export function isEnabled(draft: { readonly config: JsonObject }): boolean {
  return draft.config['enabled'] !== false;
}

/** A config as text, or null. */
export function configText(draft: { readonly config: JsonObject }, key: string): string | null {
  const value: Json | undefined = draft.config[key];
  if (value === undefined || value === null) return null;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
