/**
 * Whether nodes would be built again: what their last builds were made of, held against what they would be made of today.
 *
 * Rows of sources are not looked at: of them is known what `source freshness` found, and nothing else.
 */
import type { NodeId } from '../../base/index.js';
import {
  Compiler,
  compileUnitTest,
  drive,
  type EffectDriver,
  isMicrobatch,
  type RelationCache,
  type RunnableNode,
} from '../../compile/index.js';
import type { ManifestNode } from '../../manifest/index.js';
import { md5 } from '../../platform/index.js';
import { type Project, targetDict } from '../../project/index.js';
import { type BuildFacts, type BuildReason, changesSince } from '../../run/index.js';
import type { History } from '../history.js';
import { type ConcernedMacros, MacroBook } from './concerned-macros.js';

/** Fields of a target that say where statements go; the others change how, or are nobody's concern. */
const PLACE = ['type', 'account', 'host', 'path', 'database'];

export interface ReuseInput {
  readonly compiler: Compiler;
  readonly project: Project;
  readonly engine: string;
  readonly history: History;
  /** `max_loaded_at` of sources. */
  readonly loadedUntil: ReadonlyMap<NodeId, string>;
}

export interface Asking {
  readonly driver: EffectDriver;
  readonly cache: RelationCache;
  readonly signal: AbortSignal;
}

export class Reuse {
  readonly #input: ReuseInput;
  readonly #macros: MacroBook;
  readonly #place: string;

  constructor(input: ReuseInput) {
    this.#input = input;
    this.#macros = new MacroBook(input.compiler.input.registry);
    const target = targetDict(input.project.target);
    this.#place = JSON.stringify([input.engine, ...PLACE.map((field) => target[field] ?? null)]);
  }

  /** What a build of a node that ended now was made of. @param compiledSql null for what has no text. */
  factsOf(node: RunnableNode, compiledSql: string | null): BuildFacts {
    const macros = this.#macros.of(node, materializationOf(node));
    const code = compiledSql ?? ('checksum' in node ? node.checksum : '');
    return {
      code: md5(code),
      config: this.#configOf(node),
      flags: this.#flagsOf(node),
      place: md5(JSON.stringify([this.#place, 'relationName' in node ? node.relationName : null])),
      variables: this.#variablesOf(node, macros),
      macros: macros.hashes,
      inputs: Object.fromEntries(this.#inputsOf(node)),
    };
  }

  /**
   * Why a node would be built; nothing if its last build can be used again. Asks the warehouse whether the relation is
   * there, and whatever the node's text asks.
   */
  async reasons(node: RunnableNode, asking: Asking): Promise<readonly BuildReason[]> {
    const { compiler, history } = this.#input;
    if (compiler.input.facts.flags['FULL_REFRESH'] === true) return [{ kind: 'full-refresh' }];
    const build = history.buildOf(node.id);
    if (build === null) return [{ kind: history.knows(node.id) ? 'ended-badly' : 'never-built' }];
    if (isMicrobatch(node)) return [{ kind: 'moment' }];
    const code = await this.#code(node, compiler, asking);
    if (code === undefined) return [{ kind: 'does-not-compile' }];
    const now = this.factsOf(node, code);
    const reasons = changesSince(build, now);
    const isText = reasons.some(({ kind }) => kind === 'sql');
    const isWhole = isText && (await this.#isAsFromNothing(node, build.facts.code, asking));
    return [
      ...reasons.filter(({ kind }) => kind !== 'sql' || !isWhole),
      ...this.#unseen(node, now),
      ...((await isThere(node, asking)) ? [] : [{ kind: 'relation-gone' } as const]),
    ];
  }

  /** The nodes and sources whose rows a node reads, through ephemeral models. */
  *readBy(node: RunnableNode): Generator<NodeId> {
    for (const [id] of this.#inputsOf(node)) yield id;
  }

  /** An incremental model that was built from nothing has another text the next time, without having changed. */
  async #isAsFromNothing(node: RunnableNode, code: string, asking: Asking): Promise<boolean> {
    if (node.resourceType !== 'model' || node.materialized !== 'incremental') return false;
    const { input } = this.#input.compiler;
    const flags = { ...input.facts.flags, FULL_REFRESH: true };
    const { calledMacros: _, ...rest } = input;
    const anew = new Compiler({ ...rest, facts: { ...input.facts, flags } });
    const text = await this.#code(node, anew, asking);
    return typeof text === 'string' && md5(text) === code;
  }

  /** The compiled text; null for what has none, undefined if it does not compile. */
  async #code(
    node: RunnableNode,
    compiler: Compiler,
    { driver, signal }: Asking,
  ): Promise<string | null | undefined> {
    if (node.resourceType === 'seed') return null;
    try {
      const compiled =
        node.resourceType === 'unit_test'
          ? compileUnitTest(compiler, node)
          : compiler.compile(node);
      return (await drive<{ readonly sql: string }>(compiled, driver, { signal })).sql;
    } catch {
      signal.throwIfAborted();
      // The build will say what is wrong with it.
      return undefined;
    }
  }

  /** Sources of what is there to take in new rows, or to look at rows, unless freshness tells of them. */
  #unseen(node: RunnableNode, { inputs }: BuildFacts): readonly BuildReason[] {
    const takesRows =
      node.resourceType === 'snapshot' ||
      node.resourceType === 'test' ||
      (node.resourceType === 'model' && node.materialized === 'incremental');
    if (!takesRows) return [];
    return Object.entries(inputs)
      .filter(([id, until]) => id.startsWith('source.') && until === null)
      .map(([id]) => ({ kind: 'unseen-source', id }));
  }

  *#inputsOf(node: ManifestNode): Generator<[NodeId, string | null]> {
    const { compiler, history, loadedUntil } = this.#input;
    const { nodes } = compiler.input.manifest;
    for (const id of node.dependsOn) {
      const parent = nodes.get(id);
      if (parent?.resourceType === 'source') yield [id, loadedUntil.get(id) ?? null];
      else if (parent?.resourceType === 'model' && parent.materialized === 'ephemeral')
        yield* this.#inputsOf(parent);
      else if (parent !== undefined) yield [id, history.buildOf(id)?.id ?? null];
    }
  }

  #configOf(node: RunnableNode): string {
    const parts: unknown[] = [node.config];
    const isWritten =
      JSON.stringify(node.config['persist_docs'] ?? {}).includes('true') ||
      ('hasContract' in node && node.hasContract);
    if (isWritten && 'columns' in node) parts.push(node.description, [...node.columns]);
    if ('constraints' in node) parts.push(node.constraints);
    return md5(JSON.stringify(parts));
  }

  #flagsOf(node: RunnableNode): string {
    const { flags } = this.#input.compiler.input.facts;
    const stores = node.resourceType === 'test' && flags['STORE_FAILURES'] === true;
    return `${flags['EMPTY'] === true ? 'empty' : ''} ${stores ? 'store-failures' : ''}`.trim();
  }

  #variablesOf({ packageName }: RunnableNode, { environment, readsVars }: ConcernedMacros): string {
    if (environment.length === 0 && !readsVars) return '';
    const { facts } = this.#input.compiler.input;
    const vars = readsVars ? [facts.cliVars, facts.vars(packageName)] : [];
    return md5(
      JSON.stringify([vars, environment.map((name) => [name, facts.envVar(name) ?? null])]),
    );
  }
}

function materializationOf(node: RunnableNode): string {
  switch (node.resourceType) {
    case 'model':
      return node.materialized;
    case 'unit_test':
      return 'unit';
    default:
      return node.resourceType;
  }
}

async function isThere(node: RunnableNode, { cache, signal }: Asking): Promise<boolean> {
  if (node.resourceType === 'test' || node.resourceType === 'unit_test') return true;
  const { database, schema, alias } = node;
  return (await cache.find({ database, schema, identifier: alias }, { signal })) !== null;
}
