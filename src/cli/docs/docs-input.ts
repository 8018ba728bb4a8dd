/**
 * What the documentation is made of: the project as parsed, and what could be learned of it.
 */
import type { JsonObject, NodeId } from '../../base/index.js';
import type { Manifest } from '../../manifest/index.js';
import type { CompiledNode, NodeState, Session } from '../../session/index.js';

/** A macro of the root project. */
export interface DocumentedMacro {
  readonly id: string;
  readonly name: string;
  readonly packageName: string;
  readonly path: string;
  readonly sql: string;
  readonly description: string;
  readonly arguments: readonly {
    readonly name: string;
    readonly type: string;
    readonly description: string;
  }[];
  readonly meta: JsonObject;
}

/** How fresh a source was when somebody last asked. */
export interface LastFreshness {
  /** dbt's word: pass, warn, error, runtime error. */
  readonly status: string;
  /** ISO text, or null. */
  readonly maxLoadedAt: string | null;
  readonly snapshottedAt: string | null;
  readonly ageSeconds: number | null;
}

export type BuiltColumns = Awaited<ReturnType<Session['columns']>>;

export interface DocsInput {
  readonly projectName: string;
  readonly targetName: string;
  readonly engine: string;
  /** Of dagbook. */
  readonly version: string;
  readonly generatedAt: Date;
  readonly manifest: Manifest;
  readonly macros: readonly DocumentedMacro[];
  /** Nodes that were compiled, or failed to; a node that is not here was not asked. */
  readonly compiled: ReadonlyMap<NodeId, CompiledNode>;
  /** Columns of what is built; absent where it is not built or the warehouse could not be asked. */
  readonly columns: ReadonlyMap<NodeId, BuiltColumns>;
  readonly states: ReadonlyMap<NodeId, NodeState>;
  readonly freshness: ReadonlyMap<string, LastFreshness>;
  /** First rows of seeds, the header first. */
  readonly seedRows: ReadonlyMap<NodeId, SeedRows>;
}

export interface SeedRows {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly rowCount: number;
}
