/**
 * `{{ adapter }}` while running: what asks the warehouse does so through effects, or through the macro of that name.
 */
import {
  columnFromDescription,
  type DbtContext,
  type ProjectFacts,
  PyColumn,
  PyRelation,
  PyTable,
  relationArgument,
  tableOf,
} from '../context/index.js';
import {
  type CallArguments,
  type EffectGenerator,
  JinjaError,
  PyDict,
  PyFunction,
  PyTuple,
  toList,
  toText,
  type Value,
} from '../jinja/index.js';
import { classifyStatement, splitWithEnds } from '../sql/index.js';
import type { Cell, StatementResult } from '../warehouse/index.js';
import { ask } from './effect.js';
import { responseOf } from './results-store.js';
import { isOneInTransaction } from './transactions.js';

/** Strategies that every adapter may name; others must be macros of the project. */
const BUILTIN_STRATEGIES = ['append', 'delete+insert', 'merge', 'insert_overwrite', 'microbatch'];

/** What makes and fills the table of a seed. */
const SEED_MACROS = ['create_csv_table', 'reset_csv_table', 'load_csv_rows'];

/** Makes the answers of `adapter.<name>` for one node's scope. */
export function runtimeAnswers(
  context: DbtContext,
  facts: ProjectFacts,
): (name: string) => Value | undefined {
  const adapter = new RuntimeAdapter(context, facts);
  return (name) => adapter.method(name);
}

class RuntimeAdapter {
  readonly #context: DbtContext;
  readonly #facts: ProjectFacts;

  constructor(context: DbtContext, facts: ProjectFacts) {
    this.#context = context;
    this.#facts = facts;
  }

  method(name: string): Value | undefined {
    const body = this.#bodies[name];
    return body === undefined ? undefined : new PyFunction(name, body);
  }

  readonly #bodies: Readonly<Record<string, (call: CallArguments) => Value | EffectGenerator>> = {
    execute: (call) => this.#execute(call),
    add_query: (call) => this.#addQuery(call),
    get_relation: (call) => this.#getRelation(call),
    load_relation: ({ args }) => this.#findRelation(relationArgument(args[0], 'load_relation')),
    list_relations: (call) => this.#listRelations(call),
    list_relations_without_caching: ({ args }) => {
      const schema = relationArgument(args[0], 'list_relations_without_caching');
      return this.#relationsOf(schema.fields.database ?? '', schema.fields.schema ?? '');
    },
    already_exists: ({ args }) => this.#alreadyExists(toText(args[0] ?? ''), toText(args[1] ?? '')),
    check_schema_exists: ({ args }) =>
      this.#schemaExists(toText(args[0] ?? ''), toText(args[1] ?? '')),
    create_schema: ({ args }) => this.#macro('create_schema', [args[0] ?? null]),
    drop_schema: ({ args }) => this.#macro('drop_schema', [args[0] ?? null]),
    drop_relation: ({ args }) => this.#dropRelation(relationArgument(args[0], 'drop_relation')),
    truncate_relation: ({ args }) => this.#macro('truncate_relation', [args[0] ?? null]),
    rename_relation: ({ args }) => this.#renameRelation(args),
    cache_added: ({ args }) => this.#cacheChange('cache-added', args[0]),
    cache_dropped: ({ args }) => this.#cacheChange('cache-dropped', args[0]),
    get_columns_in_relation: ({ args }) =>
      this.#columns(relationArgument(args[0], 'get_columns_in_relation')),
    get_column_schema_from_query: ({ args }) => this.#queryColumns(toText(args[0] ?? '')),
    get_missing_columns: ({ args }) => this.#missingColumns(args),
    expand_target_column_types: (call) => this.#expandColumnTypes(call),
    valid_snapshot_target: (call) => this.#assertSnapshotTarget(call),
    assert_valid_snapshot_target_given_strategy: (call) => this.#assertSnapshotTarget(call),
    get_hard_deletes_behavior: ({ args }) => hardDeletes(args[0] ?? null),
    get_incremental_strategy_macro: ({ args }) => this.#strategyMacro(toText(args[1] ?? '')),
    run_sql_for_tests: (call) => this.#execute(call),
    describe_dynamic_table: ({ args, kwargs }) =>
      this.#describeDynamicTable(
        relationArgument(args[0] ?? kwargs.get('relation'), 'describe_dynamic_table'),
        (args[1] ?? kwargs.get('include_transient') ?? false) === true,
      ),
    describe_interactive_table: ({ args, kwargs }) =>
      this.#describeInteractiveTable(
        relationArgument(args[0] ?? kwargs.get('relation'), 'describe_interactive_table'),
      ),
    ensure_transaction: () => null,
    dagbook__has_own_style: () => this.#hasOwnStyle(),
    dagbook__loads_seeds_aside: () => this.#loadsSeedsAside(),
    get_seed_file_path: ({ args }) => seedFile(args[0] ?? null),
  };

  *#execute({ args, kwargs }: CallArguments): EffectGenerator {
    const sql = toText(args[0] ?? kwargs.get('sql') ?? '');
    const fetch = kwargs.get('fetch') ?? args[2] ?? false;
    const result = yield* this.#send(sql, [], fetch === true);
    return new PyTuple([
      responseOf(result),
      fetch === true ? tableOf(result) : new PyTable([], []),
    ]);
  }

  *#addQuery({ args, kwargs }: CallArguments): EffectGenerator {
    const sql = toText(args[0] ?? kwargs.get('sql') ?? '');
    const bindings = kwargs.get('bindings') ?? args[2] ?? null;
    yield* this.#send(sql, bindings === null ? [] : toList(bindings).map(bindingOf), false);
    return new PyTuple([null, null]);
  }

  /** Sends a text of one or several statements; the result is the last one's, `begin` and `commit` not counted. */
  *#send(
    sql: string,
    bindings: readonly Cell[],
    readsRows: boolean,
  ): Generator<unknown, StatementResult, unknown> {
    const { dialect } = this.#facts;
    let statements = splitWithEnds(sql).map((one) => ({
      ...one,
      type: classifyStatement(one.text, dialect),
    }));
    if (
      isOneInTransaction(statements.map(({ type }) => type)) &&
      !(yield* ask({ kind: 'wraps-one-statement' }))
    ) {
      statements = statements.slice(1, 2);
    }
    let result: StatementResult = { columns: [], rows: [], rowCount: 0, message: '' };
    for (const { text, end, type } of statements) {
      const sent = yield* ask({ kind: 'statement', sql: text, end, bindings, readsRows });
      if (type.kind !== 'transaction') result = sent;
    }
    return result;
  }

  *#getRelation({ args, kwargs }: CallArguments): EffectGenerator {
    const text = (key: string, index: number): string =>
      toText(kwargs.get(key) ?? args[index] ?? '');
    return yield* ask({
      kind: 'relation',
      database: text('database', 0),
      schema: text('schema', 1),
      identifier: text('identifier', 2),
    });
  }

  *#findRelation(relation: PyRelation): EffectGenerator {
    const { database, schema, identifier } = relation.fields;
    return yield* ask({
      kind: 'relation',
      database: database ?? '',
      schema: schema ?? '',
      identifier: identifier ?? '',
    });
  }

  *#listRelations({ args, kwargs }: CallArguments): EffectGenerator {
    return yield* this.#relationsOf(
      toText(kwargs.get('database') ?? args[0] ?? ''),
      toText(kwargs.get('schema') ?? args[1] ?? ''),
    );
  }

  *#relationsOf(database: string, schema: string): EffectGenerator {
    return [...(yield* ask({ kind: 'relations', database, schema }))];
  }

  *#alreadyExists(schema: string, identifier: string): EffectGenerator {
    const database = toText(this.#context.lookup('database') ?? '');
    return (yield* ask({ kind: 'relation', database, schema, identifier })) !== null;
  }

  *#schemaExists(database: string, schema: string): EffectGenerator {
    return yield* ask({ kind: 'schema-exists', database, schema });
  }

  *#dropRelation(relation: PyRelation): EffectGenerator {
    yield* ask({ kind: 'cache-dropped', relation });
    yield* this.#macro('drop_relation', [relation]);
    return null;
  }

  *#renameRelation(args: readonly Value[]): EffectGenerator {
    const from = relationArgument(args[0], 'rename_relation');
    const to = relationArgument(args[1], 'rename_relation');
    yield* ask({ kind: 'cache-renamed', from, to });
    yield* this.#macro('rename_relation', [from, to]);
    return null;
  }

  *#cacheChange(kind: 'cache-added' | 'cache-dropped', value: Value | undefined): EffectGenerator {
    if (value instanceof PyRelation) yield* ask({ kind, relation: value });
    return '';
  }

  *#columns(relation: PyRelation): EffectGenerator {
    return [...(yield* this.#columnList(relation))];
  }

  /** What the driver knows of a relation that is only planned; else what the macro finds in the warehouse. */
  *#columnList(relation: PyRelation): Generator<unknown, readonly PyColumn[], unknown> {
    const known = yield* ask({ kind: 'known-columns', relation });
    if (known !== null) return known;
    const found = yield* this.#macro('get_columns_in_relation', [relation]);
    return toList(found).filter((column) => column instanceof PyColumn);
  }

  *#queryColumns(sql: string): EffectGenerator {
    const result = yield* this.#send(sql, [], true);
    return result.columns.map((column) =>
      columnFromDescription(this.#facts.dialect, column.name, column.typeName),
    );
  }

  *#missingColumns(args: readonly Value[]): EffectGenerator {
    const from = yield* this.#columnList(relationArgument(args[0], 'get_missing_columns'));
    const to = yield* this.#columnList(relationArgument(args[1], 'get_missing_columns'));
    const known = new Set(to.map((column) => column.fields.name));
    return from.filter((column) => !known.has(column.fields.name));
  }

  *#expandColumnTypes({ args, kwargs }: CallArguments): EffectGenerator {
    const from = yield* this.#columnList(
      relationArgument(kwargs.get('from_relation') ?? args[0], 'expand_target_column_types'),
    );
    const target = relationArgument(
      kwargs.get('to_relation') ?? args[1],
      'expand_target_column_types',
    );
    const wanted = new Map(from.map((column) => [column.fields.name, column]));
    for (const column of yield* this.#columnList(target)) {
      const reference = wanted.get(column.fields.name);
      if (reference === undefined || !column.isString || !reference.isString) continue;
      if (reference.stringSize() <= column.stringSize()) continue;
      yield* this.#macro('alter_column_type', [
        target,
        column.fields.name,
        `character varying(${reference.stringSize()})`,
      ]);
    }
    return null;
  }

  *#assertSnapshotTarget({ args, kwargs }: CallArguments): EffectGenerator {
    const target = relationArgument(args[0] ?? kwargs.get('relation'), 'valid_snapshot_target');
    const names = kwargs.get('column_names') ?? args[1] ?? null;
    const strategy = kwargs.get('strategy') ?? args[2] ?? null;
    const columns = yield* this.#columnList(target);
    const present = new Set(columns.map((column) => column.fields.name.toLowerCase()));
    const wanted = ['dbt_scd_id', 'dbt_valid_from', 'dbt_valid_to'];
    const deletes = strategy instanceof PyDict ? strategy.get('hard_deletes') : null;
    if (deletes === 'new_record') {
      wanted.push('dbt_is_deleted');
      if ((yield* ask({ kind: 'plan-style' })) === 'dbt') yield* this.#columnList(target);
    }
    const missing = wanted
      .map((name) => (names instanceof PyDict ? toText(names.get(name) ?? name) : name))
      .filter((name) => !present.has(name.toLowerCase()));
    if (missing.length > 0) {
      throw new JinjaError(
        'SnapshotTargetNotSnapshotTableError',
        `Snapshot target is missing configured columns (missing ${missing.join(', ')}). ` +
          'See https://docs.getdbt.com/docs/build/snapshots#snapshot-meta-fields for more information.',
      );
    }
    return null;
  }

  /** `show` says all but whether it is transient, which is another question. */
  *#describeDynamicTable(relation: PyRelation, asksTransient: boolean): EffectGenerator {
    const found = yield* this.#show('dynamic tables', relation);
    if (!asksTransient) return PyDict.fromObject({ dynamic_table: found });
    const tables = yield* this.#show('tables', relation);
    const isTransient = tables.rows[0]?.getItem('kind') === 'TRANSIENT';
    const table = new PyTable(
      [...found.columnNames, 'transient'],
      found.rows.map((row) => [...row.values, isTransient]),
    );
    return PyDict.fromObject({ dynamic_table: table });
  }

  /** `like` is a pattern: only the table of this very name counts. */
  *#describeInteractiveTable(relation: PyRelation): EffectGenerator {
    const found = yield* this.#show('interactive tables', relation);
    const rows = found.rows.filter(
      (row) => toText(row.getItem('name') ?? '') === relation.folded('identifier'),
    );
    if (rows.length === 0) {
      throw new JinjaError(
        'DbtRuntimeError',
        `Could not find interactive table: ${relation.fields.identifier ?? ''}`,
      );
    }
    const table = new PyTable(
      found.columnNames,
      rows.map((row) => row.values),
    );
    return PyDict.fromObject({ interactive_table: table });
  }

  /** What `show <kind> like <name>` lists, column names in lower case. */
  *#show(kind: string, relation: PyRelation): Generator<unknown, PyTable, unknown> {
    const { identifier } = relation.fields;
    const schema = relation.with({
      include: { database: true, schema: true, identifier: false },
    });
    const name = (identifier ?? '').replaceAll("'", "''");
    const sql = `show ${kind} like '${name}' in schema ${schema.render()}`;
    const table = tableOf(yield* this.#send(sql, [], true));
    return new PyTable(
      table.columnNames.map((column) => column.toLowerCase()),
      table.rows.map((row) => row.values),
    );
  }

  *#hasOwnStyle(): Generator<unknown, boolean, unknown> {
    return (yield* ask({ kind: 'plan-style' })) !== 'dbt';
  }

  /** In our own style, unless the project makes its seeds in its own way. */
  *#loadsSeedsAside(): EffectGenerator {
    const { registry, packageName } = this.#context.options;
    if (this.#facts.dialect !== 'snowflake' || !(yield* this.#hasOwnStyle())) return false;
    return SEED_MACROS.every((name) => registry.isBuiltin(name, packageName));
  }

  #strategyMacro(strategy: string): Value {
    const name = strategy === 'default' ? 'default' : strategy.replaceAll('+', '_');
    const macro = this.#context.lookup(`get_incremental_${name}_sql`);
    if (macro !== undefined) return macro;
    throw new JinjaError(
      'DbtRuntimeError',
      `dbt could not find an incremental strategy macro with the name "get_incremental_${name}_sql" in ` +
        `${toText(this.#context.lookup('project_name') ?? '')}. The built-in strategies are ${BUILTIN_STRATEGIES.join(', ')}.`,
    );
  }

  /** Runs a macro by name, as the adapter's own methods do in dbt. */
  *#macro(name: string, args: readonly Value[]): EffectGenerator {
    return yield* this.#context.macroNamed(name).callEffects({ args, kwargs: new Map() });
  }
}

/** The csv of a seed, from its dict. */
function seedFile(model: Value): string {
  const read = (key: string): string =>
    model instanceof PyDict ? toText(model.get(key) ?? '') : '';
  return `${read('root_path')}/${read('original_file_path')}`;
}

function hardDeletes(config: Value): Value {
  const get = (key: string): Value => {
    if (config instanceof PyDict) return config.get(key) ?? null;
    const attribute =
      config !== null && typeof config === 'object' && !Array.isArray(config)
        ? config.getItem(key)
        : undefined;
    return attribute ?? null;
  };
  const legacy = get('invalidate_hard_deletes');
  const modern = get('hard_deletes');
  if (legacy !== null && modern !== null) {
    throw new JinjaError(
      'DbtValidationError',
      'You cannot set both the invalidate_hard_deletes and hard_deletes config properties on the same snapshot.',
    );
  }
  if (legacy === true || modern === 'invalidate') return 'invalidate';
  if (modern === 'new_record') return 'new_record';
  if (modern === null || modern === 'ignore' || legacy === false) return 'ignore';
  throw new JinjaError(
    'DbtValidationError',
    `Invalid setting for property hard_deletes: ${toText(modern)}`,
  );
}

function bindingOf(value: Value): Cell {
  if (
    value === null ||
    typeof value === 'boolean' ||
    typeof value === 'number' ||
    typeof value === 'bigint'
  ) {
    return value;
  }
  return toText(value);
}
