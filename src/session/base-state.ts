/**
 * The earlier state that a session compares with and defers to: a folder of artifacts, or a commit.
 */
import { type PreviousState, previousState, StateComparison } from '../artifacts/index.js';
import {
  DagbookError,
  type Diagnostic,
  isJsonObject,
  type Json,
  type JsonObject,
  messageOf,
  type NodeId,
  nodeId,
  textOfJson,
} from '../base/index.js';
import type { DeferredRelation, RelationCache } from '../compile/index.js';
import type { Manifest, StateMethod, StateMethods } from '../manifest/index.js';
import { absolutePath, isFile, joinPath, readText } from '../platform/index.js';
import type { SessionOptions } from './api.js';
import { manifestAt } from './git-state.js';
import type { Parsed } from './parsed.js';

export interface BaseStateInput {
  readonly options: Pick<
    SessionOptions,
    'projectDir' | 'targetPath' | 'state' | 'deferState' | 'isDeferred' | 'favorsState'
  >;
  readonly parsed: () => Parsed;
  /** Reads the project that lies in another folder as this session reads its own. */
  readonly parseAt: (projectDir: string) => Parsed;
}

export interface DeferralRequest {
  /** What will be compiled; null: any of them may be referred to. */
  readonly nodes: readonly NodeId[] | null;
  readonly selected: readonly NodeId[];
  /** True if the selected nodes are built before they are referred to. */
  readonly buildsSelected: boolean;
  readonly cache: RelationCache;
  readonly signal: AbortSignal;
}

const DEFERRABLE = new Set(['model', 'seed', 'snapshot']);

/** Reads states when they are first asked for, and keeps them. */
export class BaseState implements StateMethods {
  readonly #input: BaseStateInput;
  readonly #states = new Map<string, PreviousState>();
  #comparison: { readonly manifest: Manifest; readonly comparison: StateComparison } | undefined;

  constructor(input: BaseStateInput) {
    this.#input = input;
  }

  /** True if refs may be answered from the state. */
  get isDeferred(): boolean {
    return this.#input.options.isDeferred === true;
  }

  /** What comparing came across. */
  get warnings(): readonly Diagnostic[] {
    return this.#comparison?.comparison.warnings ?? [];
  }

  /** @throws DagbookError select/needs-state without a state, or state/... */
  matcher(method: StateMethod, value: string): ReturnType<StateMethods['matcher']> {
    const { state } = this.#input.options;
    if (state === undefined) throw needsState(`The method '${method}:' compares with`);
    const parsed = this.#input.parsed();
    if (this.#comparison?.manifest !== parsed.manifest) {
      const { manifest, registry, facts } = parsed;
      const project = { manifest, registry, engine: facts.dialect, nowMs: facts.now() };
      const comparison = new StateComparison(project, this.#read(state));
      this.#comparison = { manifest, comparison };
    }
    return this.#comparison.comparison.matcher(method, value);
  }

  /**
   * Relations that refs are answered with instead of the project's own: those of the state where ours do not exist, or,
   * if the state is favoured, where ours are not selected.
   *
   * @throws DagbookError select/needs-state or state/missing.
   */
  async deferred(request: DeferralRequest): Promise<ReadonlyMap<NodeId, DeferredRelation>> {
    const { options } = this.#input;
    const found = new Map<NodeId, DeferredRelation>();
    if (!this.isDeferred) return found;
    const origin = options.deferState ?? options.state;
    if (origin === undefined) throw needsState('--defer reads from');
    const before = this.#nodesOf(origin);
    const { manifest } = this.#input.parsed();
    const selected = new Set(request.selected);
    for (const id of this.#candidates(manifest, request.nodes)) {
      const [node, old] = [manifest.nodes.get(id), before.get(id)];
      if (node === undefined || old === undefined || !('alias' in node)) continue;
      const relation = relationOf(old);
      if (relation === undefined) continue;
      const isSelected = selected.has(id);
      if (isSelected && request.buildsSelected) continue;
      const isFavored = options.favorsState === true && !isSelected;
      const { database, schema, alias: identifier } = node;
      const names = { database, schema, identifier };
      if (isFavored || (await request.cache.find(names, request)) === null) found.set(id, relation);
    }
    return found;
  }

  /**
   * Where the state has these nodes, deferred or not; those that it does not have are left out.
   *
   * @throws DagbookError select/needs-state or state/missing.
   */
  relationsOf(ids: readonly NodeId[]): ReadonlyMap<NodeId, DeferredRelation> {
    const { state } = this.#input.options;
    if (state === undefined) throw needsState('A clone is made from');
    const before = this.#nodesOf(state);
    return new Map(
      ids.flatMap((id) => {
        const old = before.get(id);
        const relation = old === undefined ? undefined : relationOf(old);
        return relation === undefined ? [] : [[id, relation] as const];
      }),
    );
  }

  /** @throws DagbookError state/missing. */
  #nodesOf(origin: string): NonNullable<PreviousState['nodes']> {
    const { nodes } = this.#read(origin);
    if (nodes !== null) return nodes;
    throw new DagbookError(
      'state/missing',
      `There is no manifest.json in ${origin} to read from.`,
      {
        exitCode: 2,
        hint: 'Point --state or --defer-state at the target folder of an earlier run.',
      },
    );
  }

  /** What the nodes refer to, through ephemeral ones. */
  #candidates(manifest: Manifest, nodes: readonly NodeId[] | null): Iterable<NodeId> {
    if (nodes === null) return manifest.nodes.keys();
    const reached = new Set<NodeId>();
    const pending = [...nodes];
    for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
      for (const parent of manifest.dag.parents.get(id) ?? []) {
        if (reached.has(parent)) continue;
        reached.add(parent);
        const node = manifest.nodes.get(parent);
        if (node?.resourceType === 'model' && node.materialized === 'ephemeral')
          pending.push(parent);
      }
    }
    return reached;
  }

  #read(origin: string): PreviousState {
    let state = this.#states.get(origin);
    if (state === undefined) {
      state = origin.startsWith('git:')
        ? this.#ofCommit(origin.slice('git:'.length), origin)
        : this.#ofFolder(origin);
      this.#states.set(origin, state);
    }
    return state;
  }

  #ofCommit(ref: string, origin: string): PreviousState {
    const { project } = this.#input.parsed();
    const manifest = manifestAt(ref, project, this.#input.parseAt);
    return previousState({ ...NOTHING, manifest }, origin);
  }

  #ofFolder(folder: string): PreviousState {
    const { project } = this.#input.parsed();
    const stated = project.packages[0]?.config.targetPath ?? 'target';
    const { targetPath } = this.#input.options;
    const target =
      targetPath === undefined ? absolutePath(stated, project.rootDir) : absolutePath(targetPath);
    const read = (name: string): Json | null => readJson(joinPath(folder, name));
    return previousState(
      {
        manifest: read('manifest.json'),
        runResults: read('run_results.json'),
        sources: read('sources.json'),
        currentSources: readJson(joinPath(target, 'sources.json')),
      },
      folder,
    );
  }
}

const NOTHING = { manifest: null, runResults: null, sources: null, currentSources: null };

function needsState(what: string): DagbookError {
  return new DagbookError('select/needs-state', `${what} an earlier state, and none is given.`, {
    exitCode: 2,
    hint: 'Name it: --state FOLDER with the artifacts of a run, or --state git:REF.',
  });
}

/** Where a node of the state is; undefined for what makes no relation to refer to. */
function relationOf(node: JsonObject): DeferredRelation | undefined {
  const { config, database, schema, alias, resource_type: type } = node;
  const materialized = isJsonObject(config) ? config['materialized'] : undefined;
  if (!DEFERRABLE.has(textOfJson(type ?? null) ?? '') || materialized === 'ephemeral')
    return undefined;
  return {
    id: nodeId(textOfJson(node['unique_id']) ?? ''),
    database: typeof database === 'string' ? database : null,
    schema: textOfJson(schema) ?? '',
    identifier: textOfJson(alias ?? node['name']) ?? '',
    quoting: isJsonObject(config) ? (config['quoting'] ?? null) : null,
  };
}

function readJson(file: string): Json | null {
  if (!isFile(file)) return null;
  try {
    const value: Json = JSON.parse(readText(file));
    return value;
  } catch (cause) {
    throw new DagbookError('state/bad-artifact', `${file} is no JSON: ${messageOf(cause)}.`, {
      cause,
      exitCode: 2,
      position: { file, line: 1, column: 1 },
      hint: 'It was cut short, or is no artifact: write it anew.',
    });
  }
}
