/**
 * The public headless API: what the workbench, the command line and other programs may ask of an open project.
 */
import type { Diagnostic, JsonObject, NodeId } from '../base/index.js';
import type { PlanStyle } from '../compile/index.js';
import type { MacroDefinition } from '../context/index.js';
import type { DagbookEvent, Emit, NodeResult, RunSummary } from '../events/index.js';
import type { Manifest } from '../manifest/index.js';
import type { NodePlan, Plan } from '../plan/index.js';
import type { ResultPage } from '../warehouse/index.js';
import type { Confirm } from './guard.js';
import type { NodeLineage } from './lineage/node-lineage.js';
import type { LineageOptions } from './lineage/project-lineage.js';
import type { BuildVerdict } from './reuse/explain.js';

export interface SessionOptions {
  readonly projectDir: string;
  readonly profilesDir?: string;
  readonly profile?: string;
  readonly target?: string;
  readonly vars?: JsonObject;
  readonly threads?: number;
  /** Overrides the profile's engine: `embedded` runs Snowflake SQL on DuckDB, `none` answers everything with no rows. */
  readonly engine?: 'embedded' | 'none';
  /**
   * `dbt` sends exactly dbt's statements, in the order of dbt's queue with one thread; `fast`, the default, sends the
   * same effect in fewer round trips.
   */
  readonly planStyle?: PlanStyle;
  /** Where artifacts go, instead of where dbt_project.yml says. */
  readonly targetPath?: string;
  /** Where installed packages are, instead of where dbt_project.yml says. */
  readonly packagesInstallPath?: string;
  /** What writes in a protected target is meant: nobody is asked. */
  readonly isMeant?: boolean;
  /** Parses anew and leaves nothing for the next start. */
  readonly keepsNothing?: boolean;
  /** Id of the invocation that this one is a part of; a new one if absent. */
  readonly invocationId?: string;
  /** What `state:` compares with: an absolute folder of artifacts, or `git:REF`. */
  readonly state?: string;
  /** What refs are deferred to, if it is not `state`. */
  readonly deferState?: string;
  /** Answers refs from the state where the project's own relation does not exist. */
  readonly isDeferred?: boolean;
  /** Prefers the state for all that is not selected. */
  readonly favorsState?: boolean;
}

export type Command =
  | 'run'
  | 'test'
  | 'build'
  | 'seed'
  | 'snapshot'
  | 'clone'
  | 'compile'
  | 'ls'
  | 'show'
  | 'docs'
  | 'source freshness';

/** Which nodes, in dbt's flags. */
export interface SelectionRequest {
  readonly select?: readonly string[];
  readonly exclude?: readonly string[];
  readonly selector?: string;
  readonly resourceTypes?: readonly string[];
  readonly excludeResourceTypes?: readonly string[];
  readonly indirectSelection?: 'eager' | 'cautious' | 'buildable' | 'empty';
}

export interface RunRequest extends SelectionRequest {
  readonly command: 'run' | 'test' | 'build' | 'seed' | 'snapshot' | 'clone';
  readonly isFullRefresh?: boolean;
  readonly isFailFast?: boolean;
  /** Keep the failing rows of tests in tables, whatever the tests' configs say. */
  readonly isStoringFailures?: boolean;
  /** Read every input without rows: builds the shapes alone. */
  readonly isEmpty?: boolean;
  /** Of microbatch models: ISO moments, UTC; the start counts from its batch's beginning. */
  readonly eventTimeStart?: string;
  readonly eventTimeEnd?: string;
  readonly threads?: number;
  /** Nodes whose last build is still what would be built are left as they are. */
  readonly isReusing?: boolean;
  /** Tests of one relation are asked in one statement; what they find is the same. */
  readonly isBatchingTests?: boolean;
}

export interface CompiledNode {
  readonly nodeId: NodeId;
  /** Null if it failed; then `diagnostics` says why. */
  readonly compiledSql: string | null;
  readonly diagnostics: readonly Diagnostic[];
}

/** One query of the user's, or the rows of a node. */
export type PreviewRequest =
  | {
      readonly kind: 'node';
      readonly nodeId: NodeId;
      /** `relation`: what is built; `query`: what the compiled SQL would give now. */
      readonly from: 'relation' | 'query';
    }
  | {
      readonly kind: 'sql';
      readonly sql: string;
      /** True if Jinja is rendered first. */
      readonly isTemplate: boolean;
      /** True if the user was asked about it already. */
      readonly isMeant?: boolean;
    };

/** What is known of a node without asking the warehouse. */
export interface NodeState {
  readonly state: 'never' | 'built' | 'stale' | 'failed' | 'running' | 'skipped';
  /** The last result of this node in this target, of this or an earlier session. */
  readonly lastResult: NodeResult | null;
  /** Why it is stale: `its code changed`, `stg_orders was built later`. */
  readonly reason: string | null;
}

export interface FreshnessResult {
  readonly nodeId: NodeId;
  readonly status: 'pass' | 'warn' | 'error' | 'runtime error';
  readonly maxLoadedAt: string | null;
  readonly snapshottedAt: string | null;
  readonly ageSeconds: number | null;
  readonly message: string | null;
}

/** One column of a relation as built, names as stored. */
export interface CatalogColumnRow {
  readonly database: string;
  readonly schema: string;
  readonly identifier: string;
  /** The warehouse's word: `BASE TABLE`, `VIEW`. */
  readonly relationType: string;
  readonly column: string;
  readonly columnType: string;
}

export interface Signal {
  readonly signal: AbortSignal;
}

/** An open project. */
export interface Session {
  readonly options: SessionOptions;
  /** The current manifest; replaced by `reload`. */
  readonly manifest: Manifest;
  /** Everything wrong with the project as read. */
  readonly diagnostics: readonly Diagnostic[];
  readonly facts: SessionFacts;
  /** Of all packages, dbt's own among them. */
  readonly macros: readonly MacroDefinition[];

  /** Reads the project again; listeners hear of it. */
  reload(): void;
  /** Hears of every event of every run, and of `reload`. Returns the way to stop. */
  subscribe(
    listener: (event: DagbookEvent | { readonly type: 'manifest_changed' }) => void,
  ): () => void;

  /** Resolves dbt's selection flags for a command, in the order of the manifest. @throws DagbookError on a bad selector. */
  select(request: SelectionRequest & { readonly command: Command }): {
    readonly ids: readonly NodeId[];
    readonly warnings: readonly Diagnostic[];
  };
  /** The shortest selector that means exactly these nodes. */
  selectorOf(ids: readonly NodeId[]): string;

  /** @param options.selected what the command selected with it, if that is more. */
  compile(
    id: NodeId,
    options: Signal & { readonly selected?: readonly NodeId[] },
  ): Promise<CompiledNode>;
  /** Renders any SQL with the project's context, as `show --inline` does. */
  compileInline(sql: string, options: Signal): Promise<CompiledNode>;
  /** The statements that a run would send, without sending one that writes. */
  plan(request: RunRequest, options: Signal): Promise<Plan>;
  planNode(
    id: NodeId,
    request: { readonly isFullRefresh?: boolean },
    options: Signal,
  ): Promise<NodePlan>;
  /** Whether nodes would be built or reused, and why; sends nothing that writes. In the order of the run. */
  explain(request: RunRequest, options: Signal): Promise<readonly BuildVerdict[]>;
  /** @param options.nodeSignal cancels one node; what waits for it is skipped, the others go on. */
  run(
    request: RunRequest,
    options: Signal & {
      readonly emit?: Emit;
      readonly nodeSignal?: (id: NodeId) => AbortSignal;
    },
  ): Promise<RunSummary>;
  runOperation(
    macro: string,
    args: JsonObject,
    options: Signal & { readonly emit?: Emit },
  ): Promise<void>;
  freshness(
    request: SelectionRequest,
    options: Signal & { readonly emit?: Emit },
  ): Promise<readonly FreshnessResult[]>;
  /** The statement that a preview sends: what is typed or compiled, or a select of the relation. */
  previewSql(request: PreviewRequest, options: Signal): Promise<string>;
  /** Streams rows page by page; leaving the loop ends the query. */
  preview(
    request: PreviewRequest,
    options: Signal & { readonly pageRows: number; readonly maxRows?: number },
  ): AsyncIterable<ResultPage>;
  /** Columns of a node's relation as built, or empty if it was never built. */
  columns(
    id: NodeId,
    options: Signal,
  ): Promise<readonly { readonly name: string; readonly typeName: string }[]>;
  /** Where the columns of a node come from: compiles it and what it reads, as far as that is not known yet. */
  lineage(id: NodeId, options: LineageOptions): Promise<NodeLineage>;
  stateOf(id: NodeId): NodeState;
  /** The SQL that a model or snapshot was last built from in this target; null if that is not known. */
  builtSql(id: NodeId): string | null;
  /** The absolute path of a node's file; null if it is not there. */
  sourceFile(id: NodeId): string | null;
  /** The source text of a node's file as it is on disk now. */
  sourceText(id: NodeId): string | null;
  /**
   * Asks whether something is meant, if the target is protected; what writes, here and in a full refresh, asks by itself.
   *
   * @param what that is to be done, in a sentence.
   * @throws DagbookError session/not-confirmed.
   */
  confirm(what: string): Promise<void>;
  /** Asks through this from now on; until then all that would be asked is refused. */
  confirmThrough(confirm: Confirm): void;
  /** Cancels what is running, lets go of the warehouse. */
  close(): Promise<void>;
}

/** What the title bar says. */
export interface SessionFacts {
  readonly projectName: string;
  readonly targetName: string;
  /** `duckdb`, `embedded`, `snowflake`, `none`. */
  readonly engine: string;
  readonly isMetered: boolean;
  readonly threads: number;
  readonly projectDir: string;
  readonly targetSchema: string;
  readonly targetDatabase: string;
  /** True if what writes is asked about first. */
  readonly isProtected: boolean;
}
