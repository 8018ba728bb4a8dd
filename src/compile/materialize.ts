/**
 * The work of one node, as effects: compile it, then call its materialization. Planning and running drive this same text.
 */
import {
  DagbookError,
  isJsonObject,
  type Json,
  type JsonObject,
  textOfJson,
} from '../base/index.js';
import { createRelation, type DbtContext, PyRelation, type PyTable } from '../context/index.js';
import {
  fromJson,
  isTruthy,
  JinjaError,
  PyDict,
  toList,
  toText,
  type Value,
} from '../jinja/index.js';
import type {
  ModelNode,
  SeedNode,
  SnapshotNode,
  TestNode,
  UnitTestNode,
} from '../manifest/index.js';
import { readText } from '../platform/index.js';
import type { Compiler } from './compiler.js';
import { ask } from './effect.js';
import { type StoredResult, ResultsStore } from './results-store.js';
import { runtimeContext } from './runtime-context.js';
import { seedTable } from './seed-table.js';
import { compileUnitTest } from './unit-test.js';

/** Nodes that a run works on. */
export type RunnableNode = ModelNode | SeedNode | SnapshotNode | TestNode | UnitTestNode;

export interface Materialized {
  readonly compiledSql: string | null;
  /** The statement called `main`: what tests and messages read. */
  readonly main: StoredResult | null;
  /** Relations that the node has made or kept. */
  readonly relations: readonly PyRelation[];
}

/** Hears of the compiled text before anything is sent, so that a failure can show it. */
export type OnCompiled = (sql: string) => void;

/**
 * Does the work of a node.
 *
 * @throws JinjaError, DagbookError, or whatever the driver throws for a failed statement.
 */
export function* materializeNode(
  compiler: Compiler,
  node: RunnableNode,
  onCompiled: OnCompiled = () => undefined,
): Generator<unknown, Materialized, unknown> {
  const results = new ResultsStore();
  const prepared = yield* prepare(compiler, node, results, onCompiled);
  return yield* finishNode(compiler, node, prepared, results);
}

/** Calls the materialization of a node whose text is rendered, on the node's own warehouse. */
export function* finishNode(
  compiler: Compiler,
  node: RunnableNode,
  { context, materialization, compiledSql }: Prepared,
  results: ResultsStore,
): Generator<unknown, Materialized, unknown> {
  const macro = compiler.input.registry.materialization(materialization);
  if (macro === undefined) {
    throw new JinjaError(
      'CompilationError',
      `No materialization '${materialization}' was found for adapter ${compiler.input.facts.dialect}! (searched types 'default' and '${compiler.input.facts.dialect}')`,
    );
  }
  const previous = yield* switchWarehouse(compiler, node);
  let returned: Value;
  try {
    returned = yield* context.macro(macro).callEffects({ args: [], kwargs: new Map() });
  } finally {
    if (previous !== null) yield* send(`use warehouse ${previous}`);
  }
  const relations = relationsOf(returned, node);
  for (const relation of relations) yield* ask({ kind: 'cache-added', relation });
  return { compiledSql, main: results.main, relations };
}

export interface Prepared {
  readonly context: DbtContext;
  readonly materialization: string;
  readonly compiledSql: string | null;
}

function* prepare(
  compiler: Compiler,
  node: RunnableNode,
  results: ResultsStore,
  onCompiled: OnCompiled,
): Generator<unknown, Prepared, unknown> {
  if (node.resourceType === 'unit_test')
    return yield* prepareUnitTest(compiler, node, results, onCompiled);
  if (compiler.input.facts.flags['WHICH'] === 'clone') return prepareClone(compiler, node, results);
  if (node.resourceType === 'seed') {
    const context = compiler.contextOf(node, results, {
      compiledSql: '',
      loadTable: () => loadSeed(node),
      hooks: hooksOf(node.config),
    });
    return { context, materialization: 'seed', compiledSql: null };
  }
  const { sql } = yield* compiler.compile(node);
  onCompiled(sql);
  const context = compiler.contextOf(node, results, {
    compiledSql: sql,
    hooks: hooksOf(node.config),
  });
  const materialization =
    node.resourceType === 'model'
      ? node.materialized
      : (textOfJson(node.config['materialized']) ?? node.resourceType);
  return { context, materialization, compiledSql: sql };
}

/** A clone renders nothing of the node's own: where it cannot be a clone, it is a view of what the state has. */
function prepareClone(
  compiler: Compiler,
  node: Exclude<RunnableNode, UnitTestNode>,
  results: ResultsStore,
): Prepared {
  const original = compiler.deferredRelation(node.id);
  const context = compiler.contextOf(node, results, {
    compiledSql: original === undefined ? '' : `select * from ${original.render()}`,
    hooks: hooksOf(node.config),
  });
  if (original !== undefined) context.set('defer_relation', original);
  return { context, materialization: 'clone', compiledSql: null };
}

function* prepareUnitTest(
  compiler: Compiler,
  node: UnitTestNode,
  results: ResultsStore,
  onCompiled: OnCompiled,
): Generator<unknown, Prepared, unknown> {
  const unit = yield* compileUnitTest(compiler, node);
  onCompiled(unit.sql);
  const { facts, registry, selected } = compiler.input;
  const config: JsonObject = {
    ...node.config,
    materialized: 'unit',
    expected_rows: unit.expectedRows,
    expected_sql: unit.expectedSql,
  };
  const context = runtimeContext({
    registry,
    facts,
    packageName: node.packageName,
    node: {
      id: node.id,
      name: node.name,
      dict: () => ({
        name: node.name,
        alias: node.name,
        unique_id: node.id,
        resource_type: 'unit_test',
        database: unit.model.database,
        schema: unit.model.schema,
        config,
        columns: {},
      }),
      config,
      relation: createRelation({
        dialect: facts.dialect,
        database: unit.model.database,
        schema: unit.model.schema,
        identifier: node.name,
        quote: facts.quoting,
      }),
    },
    ref: () => {
      throw new JinjaError('CompilationError', 'A unit test has no refs of its own.');
    },
    source: () => {
      throw new JinjaError('CompilationError', 'A unit test has no sources of its own.');
    },
    graph: () => new PyDict(),
    results,
    selectedResources: selected,
    compiledSql: unit.sql,
  });
  return { context, materialization: 'unit', compiledSql: unit.sql };
}

function loadSeed(node: SeedNode): PyTable {
  const table = seedTable(readText(node.file), node.config);
  if (table.columnNames.length === 0) {
    throw new DagbookError(
      'run/empty-seed',
      `The seed ${node.originalFilePath} has no header line.`,
      {
        exitCode: 1,
        position: { file: node.originalFilePath, line: 1, column: 1 },
      },
    );
  }
  return table;
}

/** The hooks of a config, as `run_hooks` reads them. */
export function hooksOf(config: JsonObject): {
  readonly pre: readonly JsonObject[];
  readonly post: readonly JsonObject[];
} {
  return { pre: hookList(config['pre-hook']), post: hookList(config['post-hook']) };
}

function hookList(value: Json | undefined): readonly JsonObject[] {
  const list = value === undefined || value === null ? [] : Array.isArray(value) ? value : [value];
  return list.map((hook: Json, index) =>
    isJsonObject(hook)
      ? { transaction: true, index, ...hook }
      : { sql: textOfJson(hook), transaction: true, index },
  );
}

/**
 * Switches to the node's own warehouse, where the dialect has such.
 *
 * @returns the one to go back to; null if nothing was switched.
 */
function* switchWarehouse(
  compiler: Compiler,
  node: RunnableNode,
): Generator<unknown, string | null, unknown> {
  const wanted = node.config['snowflake_warehouse'];
  if (compiler.input.facts.dialect !== 'snowflake' || typeof wanted !== 'string' || wanted === '')
    return null;
  const current = compiler.input.facts.target['warehouse'];
  if (wanted === current) return null;
  const result = yield* ask({
    kind: 'statement',
    sql: 'select current_warehouse() as warehouse',
    bindings: [],
    readsRows: true,
  });
  const [row] = result.rows;
  const [previous] = row ?? [];
  yield* send(`use warehouse ${wanted}`);
  return typeof previous === 'string' ? previous : typeof current === 'string' ? current : null;
}

function* send(sql: string): Generator<unknown, void, unknown> {
  yield* ask({ kind: 'statement', sql, bindings: [], readsRows: false });
}

function relationsOf(returned: Value, node: RunnableNode): readonly PyRelation[] {
  if (!(returned instanceof PyDict)) {
    if (node.resourceType === 'test' || node.resourceType === 'unit_test') return [];
    throw new JinjaError(
      'CompilationError',
      `Invalid return value from materialization: expected a dict with a list of relations in 'relations', got ${toText(returned)}`,
    );
  }
  return toList(returned.get('relations') ?? []).filter(
    (relation) => relation instanceof PyRelation,
  );
}

/** How a data test came out: the row that its statement gave. */
export function testOutcome(
  table: PyTable,
  severity: string,
): { readonly status: 'pass' | 'warn' | 'fail'; readonly failures: number } {
  const [row] = table.rows;
  const read = (name: string): Value => {
    const index = table.columnNames.findIndex((column) => column.toLowerCase() === name);
    return row?.values[index] ?? null;
  };
  const failures = Number(toText(read('failures')));
  if (row === undefined || Number.isNaN(failures)) {
    throw new JinjaError(
      'DbtRuntimeError',
      "A data test must return one row with 'failures', 'should_warn' and 'should_error'.",
    );
  }
  if (severity.toUpperCase() === 'ERROR' && isTrue(read('should_error')))
    return { status: 'fail', failures };
  return { status: isTrue(read('should_warn')) ? 'warn' : 'pass', failures };
}

function isTrue(value: Value): boolean {
  return typeof value === 'string'
    ? value.toLowerCase() === 'true' || value === '1'
    : isTruthy(value);
}

/** Calls a macro by name in a scope of its own, as `run-operation` does. */
export function* runMacro(
  compiler: Compiler,
  name: string,
  args: JsonObject,
): Generator<unknown, Value, unknown> {
  const { facts, registry } = compiler.input;
  const [first = '', second] = name.split('.');
  const macro =
    second === undefined ? registry.find(first, facts.projectName) : registry.findIn(first, second);
  if (macro === undefined) {
    const names = registry
      .all()
      .filter((one) => one.packageName === facts.projectName && one.kind === 'macro');
    throw new DagbookError(
      'run/unknown-macro',
      `dbt could not find a macro with the name "${name}" in any package.`,
      {
        exitCode: 1,
        ...(names.length === 0
          ? {}
          : { hint: `This project has ${names.map((one) => one.name).join(', ')}.` }),
      },
    );
  }
  const context = compiler.operationContext(macro.packageName);
  const kwargs = new Map<string, Value>(
    Object.entries(args).map(([key, value]) => [key, fromJson(value)]),
  );
  return yield* context.macro(macro).callEffects({ args: [], kwargs });
}
