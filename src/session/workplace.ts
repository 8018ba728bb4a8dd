/**
 * What the operations of a session share: the parsed project, the leased warehouse, the cache, and who listens.
 */
import { DagbookError, hidingSecrets, type JsonObject, type NodeId } from '../base/index.js';
import {
  type CalledMacros,
  Compiler,
  type DeferredRelation,
  type PlanStyle,
  RelationCache,
} from '../compile/index.js';
import type { ProjectFacts } from '../context/index.js';
import type { DagbookEvent, Emit } from '../events/index.js';
import type { ManifestNode } from '../manifest/index.js';
import type { QueryComment } from '../project/index.js';
import { commentOn, fillAsDbt, RunDriver } from '../run/index.js';
import type { Connection, Warehouse } from '../warehouse/index.js';
import type { SessionOptions, Signal } from './api.js';
import { BaseState, type BaseStateInput, type DeferralRequest } from './base-state.js';
import { commandFacts } from './flags.js';
import { Guard } from './guard.js';
import type { Parsed } from './parsed.js';
import type { WarehouseLease } from './warehouse-lease.js';

export type Listener = (event: DagbookEvent | { readonly type: 'manifest_changed' }) => void;

export interface WorkplaceInput {
  /** Reads the project as a command with these flags (keys in upper case) would. */
  readonly parse: (flags: JsonObject) => Parsed;
  readonly options: BaseStateInput['options'] & Pick<SessionOptions, 'planStyle' | 'isMeant'>;
  readonly parseAt: BaseStateInput['parseAt'];
  readonly leaseOf: (parsed: Parsed, onClosed: () => void) => WarehouseLease;
  readonly now: () => number;
}

/** Of the root project: dbt reads no other's. */
function queryCommentOf({ project }: Parsed): QueryComment {
  const root = project.packages.find(({ name }) => name === project.name);
  return root?.config.queryComment ?? { comment: undefined, append: undefined, jobLabel: false };
}

const NONE: readonly NodeId[] = [];

export class Workplace {
  /** What the nodes compiled so far called. */
  readonly calledMacros: CalledMacros = new Map();
  readonly now: () => number;
  readonly lease: WarehouseLease;
  readonly planStyle: PlanStyle;
  /** Asks before what cannot be taken back. */
  readonly guard: Guard;
  /** What selections compare with. */
  readonly state: BaseState;
  readonly #parse: (flags: JsonObject) => Parsed;
  #fullRefresh: Parsed | null = null;
  /** By what is selected; of the present manifest. */
  #standing = new WeakMap<readonly NodeId[], Compiler>();
  readonly #listeners = new Set<Listener>();
  #parsed: Parsed;
  /** What exists in the warehouse; forgotten when the warehouse is let go, as others may then change it. */
  #cache: RelationCache | null = null;
  #isListed = false;

  constructor(input: WorkplaceInput) {
    this.now = input.now;
    this.#parse = input.parse;
    this.#parsed = input.parse({});
    this.planStyle = input.options.planStyle ?? 'fast';
    const { options, parseAt } = input;
    this.state = new BaseState({ options, parseAt, parsed: () => this.#parsed });
    this.guard = new Guard(() => this.#parsed.project.target, {
      dialect: this.#parsed.project.target.type,
      isMeant: input.options.isMeant === true,
    });
    this.lease = input.leaseOf(this.#parsed, () => (this.#cache = null));
  }

  get parsed(): Parsed {
    return this.#parsed;
  }

  /** The project as a command sees it: configs may depend on --full-refresh, so that is a parse of its own. */
  parsedFor(isFullRefresh: boolean): Parsed {
    if (!isFullRefresh) return this.#parsed;
    return (this.#fullRefresh ??= this.#parse({ FULL_REFRESH: true }));
  }

  reload(): void {
    this.#use(this.#parse({}));
  }

  /** As `reload`, but where nothing is new nobody hears of it. */
  refresh(): void {
    const parsed = this.#parse({});
    const isSame = parsed.keptAs !== null && parsed.keptAs === this.#parsed.keptAs;
    if (!isSame) this.#use(parsed);
  }

  #use(parsed: Parsed): void {
    this.#parsed = parsed;
    this.#fullRefresh = null;
    this.#standing = new WeakMap();
    this.calledMacros.clear();
    for (const listener of this.#listeners) listener({ type: 'manifest_changed' });
  }

  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** @throws DagbookError graph/unknown-node. */
  node(id: NodeId): ManifestNode {
    const node = this.#parsed.manifest.nodes.get(id);
    if (node === undefined) {
      throw new DagbookError('graph/unknown-node', `No node named ${id} in this project.`, {
        hint: 'Run `dagbook ls` to see what there is; disabled nodes are left out.',
        exitCode: 1,
      });
    }
    return node;
  }

  /** What refs are deferred to; opens no warehouse where nothing is deferred. */
  async deferred(
    request: Omit<DeferralRequest, 'cache'>,
  ): Promise<ReadonlyMap<NodeId, DeferredRelation>> {
    if (!this.state.isDeferred) return new Map();
    return await this.lease.use(
      async (warehouse) =>
        await this.state.deferred({ ...request, cache: this.cacheOf(warehouse) }),
    );
  }

  /** What the refs of a run are deferred to, those of its hooks among them. */
  async deferredFor(
    command: string,
    ids: readonly NodeId[],
    signal: AbortSignal,
  ): Promise<ReadonlyMap<NodeId, DeferredRelation>> {
    // A clone reads nothing but what it clones.
    if (command === 'clone') return this.state.relationsOf(ids);
    const hooks = [...this.#parsed.manifest.nodes.values()].filter(
      (node) => node.resourceType === 'operation',
    );
    return await this.deferred({
      nodes: [...ids, ...hooks.map((node) => node.id)],
      selected: ids,
      buildsSelected: command !== 'test',
      signal,
    });
  }

  /**
   * The compiler of `compile`, for one list of what is selected: nodes that are compiled one after the other share what
   * is dear to make, such as `{{ graph }}`.
   */
  standingCompiler(selected: readonly NodeId[] = NONE): Compiler {
    let compiler = this.#standing.get(selected);
    if (compiler === undefined) {
      compiler = this.compiler('compile', {}, selected);
      this.#standing.set(selected, compiler);
    }
    return compiler;
  }

  /** The compiler of one command, with its flags. */
  compiler(
    command: string,
    flags: JsonObject,
    selected: readonly NodeId[] = [],
    {
      emit = this.emitter(undefined),
      deferred = new Map(),
    }: {
      readonly emit?: Emit;
      readonly deferred?: ReadonlyMap<NodeId, DeferredRelation>;
    } = {},
  ): Compiler {
    const { manifest, registry, facts } = this.parsedFor(flags['FULL_REFRESH'] === true);
    const log: ProjectFacts['log'] = (level, message) =>
      emit({ type: 'log', level: level === 'print' ? 'info' : level, message, nodeId: null });
    return new Compiler({
      manifest,
      registry,
      facts: {
        ...commandFacts(
          facts,
          command,
          { DEFER: this.state.isDeferred, ...flags },
          hidingSecrets(this.#parsed.project.env),
        ),
        log,
      },
      selected,
      deferred,
      queryComment: queryCommentOf(this.#parsed),
      calledMacros: this.calledMacros,
    });
  }

  /** Runs `body` with a driver that may write; its connection is made when first needed and closed at the end. */
  async withDriver<Result>(
    signal: AbortSignal,
    body: (driver: RunDriver) => Promise<Result>,
    emit: Emit = () => undefined,
  ): Promise<Result> {
    return await this.withWarehouse(signal, (warehouse, connect) =>
      body(this.driver(warehouse, connect, emit)),
    );
  }

  driver(
    warehouse: Warehouse,
    connect: () => Promise<Connection>,
    emit: Emit = () => undefined,
  ): RunDriver {
    return new RunDriver({
      nodeId: null,
      ...commentOn(this.standingCompiler(), warehouse, null),
      dialect: warehouse.dialect,
      connect,
      cache: this.cacheOf(warehouse),
      emit,
      now: this.now,
      planStyle: this.planStyle,
      beforeSending: this.guard.forOneWork(),
    });
  }

  /** In dbt's style a command that compiles lists all schemas first; once is enough for the nodes of a command. */
  async listAsDbt(compiler: Compiler, driver: RunDriver, { signal }: Signal): Promise<void> {
    if (this.planStyle !== 'dbt' || this.#isListed) return;
    this.#isListed = true;
    await this.lease.use((warehouse) =>
      fillAsDbt(compiler, this.cacheOf(warehouse), driver, { signal }),
    );
  }

  /** Runs `body` with the warehouse and the way to one connection of it. */
  async withWarehouse<Result>(
    signal: AbortSignal,
    body: (warehouse: Warehouse, connect: () => Promise<Connection>) => Promise<Result>,
  ): Promise<Result> {
    return await this.lease.use(async (warehouse) => {
      const connections: Promise<Connection>[] = [];
      const connect = (): Promise<Connection> => {
        const made = connections[0] ?? warehouse.connect({ name: 'main', signal });
        if (connections.length === 0) connections.push(made);
        return made;
      };
      try {
        return await body(warehouse, connect);
      } finally {
        const opened = await connections[0]?.catch(() => null);
        await opened?.close();
      }
    });
  }

  /** A statement of the user's may have made or dropped relations: what exists is asked again. */
  forgetRelations(): void {
    this.#cache = null;
  }

  cacheOf(warehouse: Warehouse): RelationCache {
    return (this.#cache ??= new RelationCache(warehouse));
  }

  /** Tells `first`, the caller's listener and the session's, in this order. */
  emitter(emit: Emit | undefined, first: Emit = () => undefined): Emit {
    return (event) => {
      first(event);
      emit?.(event);
      for (const listener of this.#listeners) listener(event);
    };
  }
}
