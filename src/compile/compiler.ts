/**
 * Compiling a node: its text rendered with refs resolved, ephemeral parents injected as CTEs.
 */
import { DagbookError, type Json, type JsonObject, type NodeId } from '../base/index.js';
import {
  createRelation,
  type DbtContext,
  ephemeralName,
  type MacroRegistry,
  type ProjectFacts,
  type PyRelation,
  quoted,
  refCall,
  type RelationFields,
} from '../context/index.js';
import { JinjaError, parseTemplate, renderEffects, type Value } from '../jinja/index.js';
import type {
  CodeNode,
  Manifest,
  ManifestNode,
  RefArguments,
  SourceNode,
} from '../manifest/index.js';
import { resolveRef, resolveSource } from '../manifest/index.js';
import type { QueryComment } from '../project/index.js';
import { injectCtes } from '../sql/index.js';
import type { Batch } from './batches.js';
import { graphValue } from './graph-value.js';
import { nodeDict } from './node-dict.js';
import { ResultsStore } from './results-store.js';
import { testArguments } from './test-arguments.js';
import { type RuntimeScope, runtimeContext, runtimeEnvironment } from './runtime-context.js';

export interface CompilerInput {
  readonly manifest: Manifest;
  readonly registry: MacroRegistry;
  readonly facts: ProjectFacts;
  /** unique_ids that the command selected, for `selected_resources`. */
  readonly selected: readonly NodeId[];
  /** `query-comment:` of the project. */
  readonly queryComment?: QueryComment;
  /** What refs of these nodes are answered with instead of the project's own relations. */
  readonly deferred?: ReadonlyMap<NodeId, DeferredRelation>;
  /** Filled with the unique_ids of the macros that a node's text calls when it is compiled. */
  readonly calledMacros?: CalledMacros;
}

/** Macros by the node that called them, in call order. */
export type CalledMacros = Map<NodeId, Set<string>>;

/** Where an earlier state of the project has a node. */
export interface DeferredRelation {
  readonly id: NodeId;
  readonly database: string | null;
  readonly schema: string;
  readonly identifier: string;
  /** The node's `quoting:`, as its config has it. */
  readonly quoting: Json;
}

/** A node's text, rendered. */
export interface CompiledCode {
  /** With ephemeral parents injected. */
  readonly sql: string;
  /** Before injection: what an ephemeral node's CTE holds. */
  readonly ownSql: string;
  /** Ephemeral parents in the order of their CTEs. */
  readonly ctes: readonly { readonly id: NodeId; readonly name: string; readonly sql: string }[];
}

/** How the refs of one node are answered, where that differs from the ordinary. */
export interface ReferenceOverrides {
  /** Answers a ref or a source, or undefined for the ordinary way. */
  readonly ref?: (id: NodeId) => Value | undefined;
  readonly source?: (id: NodeId) => Value | undefined;
  /** Inputs with an event time are read within this batch. */
  readonly batch?: Batch;
}

/** Compiles nodes of one manifest. Holds no warehouse: what a template asks is yielded to the driver. */
export class Compiler {
  readonly input: CompilerInput;
  #graph: Value | undefined;

  constructor(input: CompilerInput) {
    this.input = input;
  }

  /** Compiles a node, or one batch of it. @throws JinjaError or DagbookError with a place in the user's file. */
  *compile(node: CodeNode, batch?: Batch): Generator<unknown, CompiledCode, unknown> {
    const ephemeral: NodeId[] = [];
    const called = new Set<string>();
    this.input.calledMacros?.set(node.id, called);
    const context = this.contextOf(node, new ResultsStore(), {
      ...(batch === undefined ? {} : { references: { batch } }),
      onMacro: (macro) => called.add(macro.id),
      onEphemeral: (id) => {
        if (!ephemeral.includes(id)) ephemeral.push(id);
      },
    });
    const ownSql = yield* this.#renderCode(node, context);
    return yield* this.withCtes(ownSql, ephemeral);
  }

  /** Compiles any SQL in the root project's scope, as `show --inline` does. */
  *compileInline(sql: string): Generator<unknown, CompiledCode, unknown> {
    const ephemeral: NodeId[] = [];
    const context = this.operationContext(this.input.facts.projectName, {
      onEphemeral: (id) => {
        if (!ephemeral.includes(id)) ephemeral.push(id);
      },
    });
    const ownSql = yield* renderEffects(
      parseTemplate(sql, { name: 'inline query' }),
      context,
      runtimeEnvironment,
    );
    return yield* this.withCtes(ownSql, ephemeral);
  }

  /** Injects ephemeral parents, deepest first, each once. */
  *withCtes(
    ownSql: string,
    ephemeral: readonly NodeId[],
  ): Generator<unknown, CompiledCode, unknown> {
    const ctes: { id: NodeId; name: string; sql: string }[] = [];
    for (const id of ephemeral) {
      const parent = this.node(id);
      if (parent.resourceType !== 'model')
        throw new Error(`${id} is not a model and cannot be ephemeral`);
      const compiled = yield* this.compile(parent);
      for (const cte of compiled.ctes) {
        if (!ctes.some((one) => one.id === cte.id)) ctes.push(cte);
      }
      if (!ctes.some((one) => one.id === id)) {
        ctes.push({ id, name: ephemeralName(parent.alias), sql: compiled.ownSql });
      }
    }
    return { sql: ctes.length === 0 ? ownSql : injectCtes(ownSql, ctes), ownSql, ctes };
  }

  *#renderCode(node: CodeNode, context: DbtContext): Generator<unknown, string, unknown> {
    if (node.language === 'python') {
      throw new DagbookError(
        'compile/python-model',
        `${node.name} is a Python model, which dagbook can show but not run.`,
        { exitCode: 1, position: { file: node.originalFilePath, line: 1, column: 1 } },
      );
    }
    // dbt strips a file's text: its first line may stand further down in the file.
    const { line: firstLine } = node.position;
    const template = parseTemplate(node.rawCode, { name: node.originalFilePath, firstLine });
    return yield* renderEffects(template, context, runtimeEnvironment);
  }

  /** The scope of a node, to compile it or, with its compiled text, to run its materialization. */
  contextOf(
    node: CodeNode | Extract<ManifestNode, { resourceType: 'seed' }>,
    results: ResultsStore,
    options: {
      readonly onEphemeral?: (id: NodeId) => void;
      readonly references?: ReferenceOverrides;
    } & Partial<
      Pick<RuntimeScope, 'hooks' | 'compiledSql' | 'loadTable' | 'overrides' | 'extra' | 'onMacro'>
    > = {},
  ): DbtContext {
    const { onEphemeral, references, ...rest } = options;
    const context = runtimeContext({
      ...this.#common(node.packageName, results),
      node: {
        id: node.id,
        name: node.name,
        dict: () =>
          nodeDict(node, { target: this.input.facts.target, manifest: this.input.manifest }),
        config: node.config,
        relation: this.relationOf(node),
      },
      ref: (call) => this.#ref(refCall(call.args, call.kwargs), node, onEphemeral, references),
      source: (source, table) => this.#source(source, table, node, references),
      ...rest,
    });
    if (node.resourceType === 'test' && node.testMetadata !== null) {
      context.set('_dbt_generic_test_kwargs', testArguments(node, context));
    }
    return context;
  }

  /** A scope without a node: operations, inline queries, on-run hooks. */
  operationContext(
    packageName: string,
    options: {
      readonly onEphemeral?: (id: NodeId) => void;
      readonly results?: ResultsStore;
      readonly extra?: ReadonlyMap<string, Value>;
    } = {},
  ): DbtContext {
    return runtimeContext({
      ...this.#common(packageName, options.results ?? new ResultsStore()),
      node: { id: 'operation', name: '', dict: () => ({}), config: {}, relation: null },
      ref: (call) =>
        this.#ref(refCall(call.args, call.kwargs), null, options.onEphemeral, undefined),
      source: (source, table) => this.#source(source, table, null, undefined),
      ...(options.extra === undefined ? {} : { extra: options.extra }),
    });
  }

  /** The relation of a node that makes one, as `ref()` renders it. */
  relationOf(node: ManifestNode): PyRelation | null {
    if (!('alias' in node)) return null;
    return createRelation({
      dialect: this.input.facts.dialect,
      database: node.database,
      schema: node.schema,
      identifier: node.alias,
      quote: quotePolicy(node.config['quoting'], this.input.facts.quoting),
      type: node.resourceType === 'model' && node.materialized === 'view' ? 'view' : null,
    });
  }

  /** The node of an id that the manifest has. */
  node(id: NodeId): ManifestNode {
    const node = this.input.manifest.nodes.get(id);
    if (node === undefined)
      throw new DagbookError('graph/unknown-node', `No node named ${id} in this project.`);
    return node;
  }

  /** `{{ source() }}` as a relation. */
  sourceRelation(node: SourceNode): PyRelation {
    return createRelation({
      dialect: this.input.facts.dialect,
      database: node.database,
      schema: node.schema,
      identifier: node.identifier,
      quote: quotePolicy(node.quoting, defaultQuoting(this.input.facts.dialect)),
    });
  }

  #common(
    packageName: string,
    results: ResultsStore,
  ): Pick<
    RuntimeScope,
    'registry' | 'facts' | 'packageName' | 'graph' | 'results' | 'selectedResources'
  > {
    const { facts, manifest, registry, selected } = this.input;
    return {
      registry,
      facts,
      packageName,
      results,
      selectedResources: selected,
      graph: () => (this.#graph ??= graphValue(manifest, facts.target)),
    };
  }

  #ref(
    call: RefArguments,
    from: ManifestNode | null,
    onEphemeral: ((id: NodeId) => void) | undefined,
    references: ReferenceOverrides | undefined,
  ): Value {
    const id = resolveRef(
      this.input.manifest,
      call,
      from?.packageName ?? this.input.facts.projectName,
    );
    const what = call.packageName === null ? call.name : `${call.packageName}.${call.name}`;
    if (id === undefined) {
      throw new JinjaError(
        'CompilationError',
        `${from === null ? 'This query' : describe(from)} depends on a node named '${what}' which was not found`,
      );
    }
    const override = references?.ref?.(id);
    if (override !== undefined) return override;
    if (from !== null && from.resourceType !== 'operation' && !from.dependsOn.includes(id)) {
      throw undeclared(from, `ref('${what.replace('.', "', '")}')`);
    }
    const target = this.node(id);
    if (target.resourceType === 'model' && target.materialized === 'ephemeral') {
      onEphemeral?.(id);
      return createRelation({
        dialect: this.input.facts.dialect,
        database: null,
        schema: null,
        identifier: ephemeralName(target.alias),
        type: 'cte',
      }).with({ ...this.#limit(), ...eventTimeOf(target, references?.batch) });
    }
    const relation = this.deferredRelation(id) ?? this.relationOf(target);
    if (relation === null)
      throw new JinjaError('CompilationError', `${id} makes no relation to select from`);
    return relation.with({
      type: null,
      ...this.#limit(),
      ...eventTimeOf(target, references?.batch),
    });
  }

  /** Where the state has a node; undefined if it is not deferred to. */
  deferredRelation(id: NodeId): PyRelation | undefined {
    const deferred = this.input.deferred?.get(id);
    if (deferred === undefined) return undefined;
    const { dialect, quoting } = this.input.facts;
    const { database, schema, identifier } = deferred;
    return createRelation({
      dialect,
      database,
      schema,
      identifier,
      quote: quotePolicy(deferred.quoting, quoting),
    });
  }

  #source(
    source: string,
    table: string,
    from: ManifestNode | null,
    references: ReferenceOverrides | undefined,
  ): Value {
    const id = resolveSource(
      this.input.manifest,
      source,
      table,
      from?.packageName ?? this.input.facts.projectName,
    );
    if (id === undefined) {
      throw new JinjaError(
        'CompilationError',
        `${from === null ? 'This query' : describe(from)} depends on a source named '${source}.${table}' which was not found`,
      );
    }
    const override = references?.source?.(id);
    if (override !== undefined) return override;
    const node = this.node(id);
    if (node.resourceType !== 'source') throw new Error(`${id} is not a source`);
    return this.sourceRelation(node).with({
      ...this.#limit(),
      ...eventTimeOf(node, references?.batch),
    });
  }

  /** `--empty`: every input is read without rows. */
  #limit(): { readonly limit?: number } {
    return this.input.facts.flags['EMPTY'] === true ? { limit: 0 } : {};
  }
}

/** The filter of a batch on an input, where the input says which column holds its event time. */
function eventTimeOf(node: ManifestNode, batch: Batch | undefined): Partial<RelationFields> {
  const name = node.config['event_time'];
  if (batch === undefined || typeof name !== 'string' || name === '') return {};
  const column = 'columns' in node ? node.columns.get(name) : undefined;
  const field = column?.quote === true ? quoted(name) : name;
  return { eventTime: { field, start: batch.start, end: batch.end } };
}

function undeclared(node: ManifestNode, call: string): JinjaError {
  return new JinjaError(
    'CompilationError',
    `dbt was unable to infer all dependencies for the model "${node.name}".\n` +
      'This typically happens when ref() is placed within a conditional block.\n\n' +
      `To fix this, add the following hint to the top of the model "${node.name}":\n\n-- depends_on: {{ ${call} }}`,
  );
}

/** A node as dbt's messages name it. */
export function describe(node: ManifestNode): string {
  const kind = node.resourceType.charAt(0).toUpperCase() + node.resourceType.slice(1);
  return `${kind} '${node.id}' (${node.originalFilePath})`;
}

function quotePolicy(
  config: JsonObject[string] | undefined,
  fallback: ProjectFacts['quoting'],
): ProjectFacts['quoting'] {
  if (typeof config !== 'object' || config === null || Array.isArray(config)) return fallback;
  const given = config as JsonObject;
  const pick = (key: keyof ProjectFacts['quoting']): boolean => {
    const value = given[key];
    return typeof value === 'boolean' ? value : fallback[key];
  };
  return { database: pick('database'), schema: pick('schema'), identifier: pick('identifier') };
}

function defaultQuoting(dialect: ProjectFacts['dialect']): ProjectFacts['quoting'] {
  const isQuoted = dialect === 'duckdb';
  return { database: isQuoted, schema: isQuoted, identifier: isQuoted };
}
