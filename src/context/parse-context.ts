/**
 * Rendering at parse time: nothing is asked of the warehouse, and what the template refers to is written down.
 */
import { type Json, type JsonObject, textOfJson } from '../base/index.js';
import {
  createEnvironment,
  fromJson,
  isTruthy,
  JinjaError,
  parseTemplate,
  PyDict,
  PyFunction,
  PyObject,
  PyTuple,
  render,
  toJson,
  toText,
  Undefined,
  type Value,
} from '../jinja/index.js';
import { PyAdapter, relationClass } from './adapter.js';
import { baseEntries } from './base-entries.js';
import { columnClass } from './column.js';
import { DbtContext } from './context.js';
import { PyExceptions } from './exceptions.js';
import type { ProjectFacts } from './facts.js';
import type { MacroDefinition } from './macro.js';
import type { MacroRegistry } from './macro-registry.js';
import { createRelation } from './relation.js';
import { PyTable } from './table.js';
import { envVarFunction, PyValidation, PyVar } from './variables.js';

/** A `ref()` as called. */
export interface RefCall {
  readonly name: string;
  readonly packageName: string | null;
  readonly version: string | number | null;
}

/** What a template referred to while it rendered. */
export interface Captures {
  readonly refs: readonly RefCall[];
  readonly sources: readonly (readonly [source: string, table: string])[];
  readonly metrics: readonly (readonly string[])[];
  /** One object per `config()` call, in order; `pre_hook` already spelled `pre-hook`. */
  readonly configs: readonly JsonObject[];
  /** unique_ids of macros that the text itself calls, in order, each once. */
  readonly macros: readonly string[];
  readonly envVars: readonly string[];
  readonly vars: readonly string[];
  /** What it rendered to; of use for docs and hooks only. */
  readonly text: string;
}

export interface CaptureOptions {
  readonly sql: string;
  /** Shown in positions. */
  readonly file: string;
  /** Line of the file on which `sql` starts, 1-based. */
  readonly firstLine?: number;
  readonly packageName: string;
  /** `{{ model }}` at parse time; `name`, `database`, `schema` and `alias` also make `{{ this }}`. */
  readonly model: JsonObject;
  readonly registry: MacroRegistry;
  readonly facts: ProjectFacts;
  /** Further names, such as the keyword arguments of a generic test. */
  readonly extra?: ReadonlyMap<string, Value>;
}

/** Parse-time environments are the same for every node. */
const captureEnvironment = createEnvironment({ undefinedMode: 'capture' });

/**
 * Renders a node's text as the parser does and collects what it refers to.
 *
 * @throws JinjaError with a position if the text does not render.
 */
export function captureTemplate(options: CaptureOptions): Captures {
  const refs: RefCall[] = [];
  const sources: (readonly [string, string])[] = [];
  const metrics: (readonly string[])[] = [];
  const configs: JsonObject[] = [];
  const macros = new Set<string>();
  const envVars = new Set<string>();
  const vars = new Set<string>();

  const context = parseContext(options, (macro) => macros.add(macro.id), envVars, vars);
  const self = selfRelation(options.model, options.facts);
  const builtins: Record<string, Value> = {
    ref: new PyFunction('ref', ({ args, kwargs }) => {
      refs.push(refCall(args, kwargs));
      return self;
    }),
    source: new PyFunction('source', ({ args }) => {
      if (args.length !== 2) {
        throw new JinjaError(
          'CompilationError',
          `source() takes exactly two arguments (${args.length} given)`,
        );
      }
      sources.push([toText(args[0] ?? ''), toText(args[1] ?? '')]);
      return self;
    }),
    metric: new PyFunction('metric', ({ args }) => {
      metrics.push(args.map(toText));
      return '';
    }),
    config: new ParseConfig((call) => configs.push(call)),
  };
  for (const [name, value] of Object.entries(builtins)) context.set(name, value);
  context.set('builtins', PyDict.fromObject(builtins));
  for (const [name, value] of options.extra ?? []) context.set(name, value);

  const template = parseTemplate(options.sql, {
    name: options.file,
    ...(options.firstLine === undefined ? {} : { firstLine: options.firstLine }),
  });
  const text = render(template, context, captureEnvironment);
  return {
    refs,
    sources,
    metrics,
    configs,
    macros: [...macros],
    envVars: [...envVars],
    vars: [...vars],
    text,
  };
}

/** Reads the arguments of `ref()`. @throws JinjaError with dbt's words. */
export function refCall(args: readonly Value[], kwargs: ReadonlyMap<string, Value>): RefCall {
  if (args.length !== 1 && args.length !== 2) {
    throw new JinjaError(
      'CompilationError',
      `ref() takes at most two arguments (${args.length} given)`,
    );
  }
  const version = kwargs.get('version') ?? kwargs.get('v') ?? null;
  const name = args.length === 2 ? args[1] : args[0];
  return {
    name: toText(name ?? ''),
    packageName: args.length === 2 ? toText(args[0] ?? '') : null,
    version: version === null ? null : typeof version === 'number' ? version : toText(version),
  };
}

function parseContext(
  options: CaptureOptions,
  onMacro: (macro: MacroDefinition) => void,
  envVars: Set<string>,
  vars: Set<string>,
): DbtContext {
  const { facts, packageName, registry, model } = options;
  const context = new DbtContext({
    registry,
    packageName,
    environment: captureEnvironment,
    onMacro,
    watch: facts.watch,
  });
  for (const [name, value] of sharedEntries(facts)) context.set(name, value);
  context.set('execute', false);
  context.set('model', fromJson(model));
  context.set('this', selfRelation(model, facts));
  context.set('database', textOfJson(model['database']));
  context.set('schema', textOfJson(model['schema']));
  context.set('graph', new PyDict());
  context.set('pre_hooks', []);
  context.set('post_hooks', []);
  context.set('selected_resources', []);
  context.set('adapter', new PyAdapter(context, facts, parseAnswers));
  context.set(
    'env_var',
    envVarFunction(facts, { allowsSecrets: false, onRead: (name) => envVars.add(name) }),
  );
  context.set(
    'var',
    new PyVar({
      facts,
      packageName,
      nodeName: textOfJson(model['name']) ?? '',
      isParsing: true,
      onRead: (name) => vars.add(name),
      render: (text) =>
        render(parseTemplate(text, { name: options.file }), context, captureEnvironment),
    }),
  );
  context.set('render', renderFunction(context));
  for (const name of [
    'load_result',
    'store_result',
    'store_raw_result',
    'submit_python_job',
    'write',
    'load_agate_table',
  ]) {
    context.set(name, new PyFunction(name, () => (name === 'load_result' ? null : '')));
  }
  context.set(
    'try_or_compiler_error',
    new PyFunction('try_or_compiler_error', ({ args }) => {
      const called = args[1];
      return called instanceof PyObject && called.call !== undefined
        ? called.call({ args: args.slice(2), kwargs: new Map() })
        : null;
    }),
  );
  return context;
}

/** Members that parsing and running share and that no node changes: computed once per project. */
export function sharedEntries(facts: ProjectFacts): ReadonlyMap<string, Value> {
  let entries = shared.get(facts);
  if (entries === undefined) {
    const made = new Map(baseEntries(facts));
    made.set('exceptions', new PyExceptions(facts));
    made.set('validation', new PyValidation());
    made.set(
      'api',
      PyDict.fromObject({ Relation: relationClass(facts), Column: columnClass(facts.dialect) }),
    );
    made.set('column', columnClass(facts.dialect));
    entries = made;
    shared.set(facts, entries);
  }
  return entries;
}

const shared = new WeakMap<ProjectFacts, ReadonlyMap<string, Value>>();

/** `{{ render(text) }}`: renders text in the scope that calls it. */
function renderFunction(context: DbtContext): PyFunction {
  return new PyFunction('render', ({ args }) =>
    render(parseTemplate(toText(args[0] ?? ''), { name: 'render()' }), context, captureEnvironment),
  );
}

function selfRelation(model: JsonObject, facts: ProjectFacts): Value {
  return createRelation({
    dialect: facts.dialect,
    database: textOfJson(model['database']),
    schema: textOfJson(model['schema']),
    identifier: textOfJson(model['alias'] ?? model['name']),
    quote: facts.quoting,
  });
}

/** What adapter methods answer while nothing may be asked, as dbt's parser answers. */
function parseAnswers(name: string): Value | undefined {
  const none = new PyFunction(name, () => null);
  switch (name) {
    case 'get_relation':
    case 'drop_relation':
    case 'truncate_relation':
    case 'rename_relation':
    case 'valid_snapshot_target':
    case 'assert_valid_snapshot_target_given_strategy':
    case 'expand_target_column_types':
    case 'create_schema':
    case 'drop_schema':
    case 'get_incremental_strategy_macro':
    case 'get_hard_deletes_behavior':
    case 'describe_dynamic_table':
      return none;
    case 'get_columns_in_relation':
    case 'get_columns_in_table':
    case 'get_column_schema_from_query':
    case 'get_missing_columns':
    case 'list_relations':
    case 'list_relations_without_caching':
      return new PyFunction(name, () => []);
    case 'already_exists':
    case 'check_schema_exists':
      return new PyFunction(name, () => false);
    case 'execute':
    case 'get_partitions_metadata':
      return new PyFunction(name, () => new PyTuple(['', new PyTable([], [])]));
    case 'add_query':
      return new PyFunction(name, () => new PyTuple([null, null]));
    case 'run_sql_for_tests':
      return none;
    default:
      return undefined;
  }
}

/** `{{ config(...) }}` while parsing: keeps what it is told, answers nothing. */
class ParseConfig extends PyObject {
  readonly typeName = 'ParseConfigObject';
  readonly #onCall: (config: JsonObject) => void;

  constructor(onCall: (config: JsonObject) => void) {
    super();
    this.#onCall = onCall;
  }

  override get call(): PyFunction['call'] {
    return ({ args, kwargs }) => {
      const [only] = args;
      if (args.length === 1 && kwargs.size === 0 && only instanceof PyDict) {
        this.#keep(
          [...only.entries()].map(([key, value]): [string, Value] => [toText(key), value]),
        );
      } else if (args.length === 0 && kwargs.size > 0) {
        this.#keep([...kwargs]);
      } else {
        throw new JinjaError('CompilationError', 'Invalid inline model config');
      }
      return '';
    };
  }

  #keep(entries: readonly (readonly [string, Value])[]): void {
    const config = entries.map(([key, value]): [string, Json] => [hookKey(key), configJson(value)]);
    const twice = config.find(
      ([key], index) => config.findIndex(([other]) => other === key) !== index,
    );
    if (twice !== undefined) {
      throw new JinjaError(
        'CompilationError',
        `Both "${twice[0]}" and "${twice[0].replace('-', '_')}" are set.`,
      );
    }
    this.#onCall(Object.fromEntries(config));
  }

  override getAttribute(name: string): Value | undefined {
    switch (name) {
      case 'get':
      case 'require':
      case 'meta_get':
      case 'meta_require':
        return new PyFunction(name, () => '');
      case 'set':
        return new PyFunction(name, ({ args }) => {
          this.#keep([[toText(args[0] ?? ''), args[1] ?? null]]);
          return '';
        });
      case 'persist_relation_docs':
      case 'persist_column_docs':
        return new PyFunction(name, () => false);
      default:
        return undefined;
    }
  }
}

function hookKey(key: string): string {
  if (key === 'pre_hook') return 'pre-hook';
  return key === 'post_hook' ? 'post-hook' : key;
}

/** Config values are kept as plain data: relations and other objects by their text. */
function configJson(value: Value): Json {
  if (Array.isArray(value)) return value.map(configJson);
  if (value instanceof PyTuple) return value.items.map(configJson);
  if (value instanceof PyDict) {
    return Object.fromEntries(
      [...value.entries()].map(([key, item]) => [toText(key), configJson(item)]),
    );
  }
  if (value instanceof Undefined) return isTruthy(value) ? toText(value) : null;
  if (value instanceof PyObject && !isPlain(value)) return toText(value);
  return toJson(value) as Json;
}

function isPlain(value: PyObject): boolean {
  return value.typeName === 'float' || value.typeName === 'Decimal' || value.typeName === 'set';
}
