import type { JsonObject, NodeId } from '../base/index.js';
import type { ManifestNode } from './node.js';

/** Both edge directions of one project, keyed by unique_id. Acyclic: the parser has checked. */
export interface Dag {
  readonly parents: ReadonlyMap<NodeId, readonly NodeId[]>;
  readonly children: ReadonlyMap<NodeId, readonly NodeId[]>;
}

/** A docs block. */
export interface DocBlock {
  readonly id: string;
  readonly name: string;
  readonly packageName: string;
  readonly path: string;
  readonly contents: string;
}

/** An owner of models, which limits who may ref its private ones. */
export interface Group {
  readonly id: string;
  readonly name: string;
  readonly packageName: string;
  readonly owner: JsonObject;
}

/** A parsed project. Never changes once built: a reload makes a new one. */
export interface Manifest {
  readonly projectName: string;
  /** Every enabled node, in the order dbt would list them. */
  readonly nodes: ReadonlyMap<NodeId, ManifestNode>;
  /** Disabled nodes by unique_id; several may share one id. */
  readonly disabled: ReadonlyMap<NodeId, readonly ManifestNode[]>;
  readonly docs: ReadonlyMap<string, DocBlock>;
  readonly groups: ReadonlyMap<string, Group>;
  readonly dag: Dag;
}
