/**
 * The scope in which a node is compiled or run: everything the parser had, with refs resolved and the warehouse behind effects.
 */
import {
  isJsonObject,
  type Json,
  type JsonObject,
  type NodeId,
  textOfJson,
} from '../base/index.js';
import {
  AttributeDict,
  DbtContext,
  envVarFunction,
  type MacroDefinition,
  type MacroRegistry,
  type ProjectFacts,
  PyAdapter,
  type PyRelation,
  PyVar,
  type PyTable,
  sharedEntries,
} from '../context/index.js';
import {
  callValueEffects,
  createEnvironment,
  type EffectGenerator,
  type Environment,
  fromJson,
  JinjaError,
  parseTemplate,
  PyDict,
  PyFunction,
  PyObject,
  renderEffects,
  toText,
  type Value,
} from '../jinja/index.js';
import { PyResolver } from './project-value.js';
import type { ResultsStore } from './results-store.js';
import { runtimeAnswers } from './runtime-adapter.js';
import { RuntimeConfig } from './runtime-config.js';

/**
 * Steps of a render that may ask the warehouse: packages that write the whole project into a table take tens of millions,
 * and dbt has no limit at all. Parsing keeps the small one.
 */
const RUNTIME_FUEL = 500_000_000;

/** One environment serves all runtime renders: undefined names print nothing. */
export const runtimeEnvironment: Environment = createEnvironment({
  undefinedMode: 'text',
  fuel: RUNTIME_FUEL,
});

export interface RuntimeScope {
  readonly registry: MacroRegistry;
  readonly facts: ProjectFacts;
  readonly packageName: string;
  /** The node, its config, and its relation; null for operations without a node. */
  readonly node: {
    readonly id: NodeId | string;
    readonly name: string;
    /** The node as a dict: dear to make, and most texts never look at it. Asked for once at the most. */
    readonly dict: () => JsonObject;
    readonly config: JsonObject;
    readonly relation: PyRelation | null;
  };
  readonly ref: (call: {
    readonly args: readonly Value[];
    readonly kwargs: ReadonlyMap<string, Value>;
  }) => Value;
  readonly source: (source: string, table: string) => Value;
  /** `{{ graph }}`: one mutable dict shared by all nodes of a run. */
  readonly graph: () => Value;
  readonly results: ResultsStore;
  readonly selectedResources: readonly string[];
  readonly hooks?: { readonly pre: readonly JsonObject[]; readonly post: readonly JsonObject[] };
  /** The compiled text, once there is one. */
  readonly compiledSql?: string;
  readonly loadTable?: () => PyTable;
  readonly overrides?: {
    readonly macros: ReadonlyMap<string, Value>;
    readonly vars: Readonly<Record<string, Json>>;
    readonly envVars: Readonly<Record<string, Json>>;
    /** `{{ this }}` of a unit test: the CTE of its given rows. */
    readonly self?: Value;
  };
  /** Hears of every macro that the node's own text calls. */
  readonly onMacro?: (macro: MacroDefinition) => void;
  /** Further members: `schemas`, `database_schemas`, `results` for on-run-end. */
  readonly extra?: ReadonlyMap<string, Value>;
}

/** Builds the scope. Cheap: values are made when first looked at. */
export function runtimeContext(scope: RuntimeScope): DbtContext {
  const { facts, packageName, registry, node, overrides } = scope;
  const context = new DbtContext({
    registry,
    packageName,
    environment: runtimeEnvironment,
    ...(overrides === undefined ? {} : { macroOverrides: overrides.macros }),
    ...(scope.onMacro === undefined ? {} : { onMacro: scope.onMacro }),
  });
  for (const [name, value] of sharedEntries(facts)) context.set(name, value);

  let made: { readonly dict: JsonObject; readonly model: Value } | undefined;
  const parts = (): NonNullable<typeof made> => {
    if (made === undefined) {
      const dict = node.dict();
      made = { dict, model: modelDict(dict, scope.compiledSql) };
    }
    return made;
  };
  const model = (): Value => parts().model;
  const builtins: Record<string, Value> = {
    ref: new PyResolver('ref', (call) => scope.ref(call), { facts, model }),
    source: new PyResolver(
      'source',
      ({ args }) => {
        if (args.length !== 2) {
          throw new JinjaError(
            'CompilationError',
            `source() takes exactly two arguments (${args.length} given)`,
          );
        }
        return scope.source(toText(args[0] ?? ''), toText(args[1] ?? ''));
      },
      { facts, model },
    ),
    config: new RuntimeConfig(node.config, String(node.id), model),
  };
  for (const [name, value] of Object.entries(builtins)) context.set(name, value);
  context.set('builtins', PyDict.fromObject(builtins));

  context.set('execute', true);
  context.setLazy('model', model);
  const self = overrides?.self ?? node.relation;
  if (self !== null) context.set('this', self);
  for (const name of ['database', 'schema'])
    context.setLazy(name, () => textOfJson(parts().dict[name] ?? facts.target[name]));
  context.set('adapter', new PyAdapter(context, facts, runtimeAnswers(context, facts)));
  context.set('selected_resources', [...scope.selectedResources]);
  context.set('pre_hooks', hooksOf(scope, 'pre'));
  context.set('post_hooks', hooksOf(scope, 'post'));
  context.set('defer_relation', null);
  context.set('sql_now', new Date(facts.now()).toISOString().replace('T', ' ').replace('Z', ''));
  if (scope.compiledSql !== undefined) {
    context.set('sql', scope.compiledSql);
    context.set('compiled_code', scope.compiledSql);
  }
  for (const entry of scope.results.entries) context.set(entry.name, entry);
  context.set(
    'env_var',
    envVarFunction(facts, { allowsSecrets: false, overrides: overrides?.envVars ?? {} }),
  );
  context.set(
    'var',
    new PyVar({
      facts,
      packageName,
      nodeName: node.name,
      isParsing: false,
      overrides: overrides?.vars ?? {},
      render: (text) => renderVar(text, context),
    }),
  );
  defineFunctions(context, scope);
  for (const [name, value] of scope.extra ?? []) context.set(name, value);
  context.setLazy('graph', scope.graph);
  return context;
}

function defineFunctions(context: DbtContext, scope: RuntimeScope): void {
  context.set(
    'render',
    new PyFunction('render', ({ args }) =>
      renderText(toText(args[0] ?? ''), context, String(scope.node.id)),
    ),
  );
  context.set('write', new PyFunction('write', () => ''));
  context.set(
    'metric',
    new PyFunction('metric', () => {
      throw new JinjaError(
        'NotImplementedError',
        'metric() needs the semantic layer, which runs no SQL here.',
      );
    }),
  );
  context.set(
    'submit_python_job',
    new PyFunction('submit_python_job', () => {
      throw new JinjaError('NotImplementedError', 'Python models cannot be run by dagbook.');
    }),
  );
  context.set(
    'load_agate_table',
    new PyFunction('load_agate_table', () => {
      if (scope.loadTable === undefined) {
        throw new JinjaError('CompilationError', 'can only load_agate_table for seeds');
      }
      return scope.loadTable();
    }),
  );
  context.set(
    'try_or_compiler_error',
    new PyFunction('try_or_compiler_error', ({ args }) => tryCall(args)),
  );
  context.set(
    'adapter_macro',
    new PyFunction('adapter_macro', ({ args }) => {
      throw new JinjaError(
        'CompilationError',
        `The "adapter_macro" macro has been deprecated. Instead, use the \`adapter.dispatch\` method to find a macro and call the result. (${toText(args[0] ?? '')})`,
      );
    }),
  );
}

function* tryCall(args: readonly Value[]): EffectGenerator {
  const [message, called, ...rest] = args;
  try {
    if (!(called instanceof PyObject) || called.call === undefined) throw new Error('not callable');
    return yield* callValueEffects(called, { args: rest, kwargs: new Map() });
  } catch {
    throw new JinjaError('CompilationError', toText(message ?? ''));
  }
}

/** Renders text in a runtime scope; the driver of the caller answers its effects. */
export function* renderText(
  text: string,
  context: DbtContext,
  name: string,
): Generator<unknown, string, unknown> {
  if (!text.includes('{')) return text;
  return yield* renderEffects(parseTemplate(text, { name }), context, runtimeEnvironment);
}

/** A variable's text is a template too, but never one that asks the warehouse. */
function renderVar(text: string, context: DbtContext): Value {
  const body = renderEffects(parseTemplate(text, { name: 'vars' }), context, runtimeEnvironment);
  const step = body.next();
  if (step.done === true) return step.value;
  throw new JinjaError('CompilationError', 'A variable may not run a query.');
}

/** `{{ model }}`: a dict whose keys are attributes too. What is null is not there, but for what the user wrote. */
function modelDict(dict: JsonObject, compiledSql: string | undefined): Value {
  const present = withoutNulls(dict);
  return new AttributeDict(
    compiledSql === undefined
      ? present
      : { ...present, compiled_code: compiledSql, compiled: true },
  );
}

const WRITTEN = new Set(['meta', 'kwargs', 'unrendered_config', 'grants', 'column_types', 'rows']);

function withoutNulls(dict: JsonObject): JsonObject {
  const kept = (key: string, value: Json): Json => {
    if (WRITTEN.has(key)) return value;
    if (Array.isArray(value)) return value.map((item: Json) => kept('', item));
    return isJsonObject(value) ? withoutNulls(value) : value;
  };
  return Object.fromEntries(
    Object.entries(dict)
      .filter(([, value]) => value !== null)
      .map(([key, value]) => [key, kept(key, value)]),
  );
}

/** `pre_hooks` and `post_hooks`: as the run gives them, else as the config has them. */
function hooksOf({ hooks, node }: RuntimeScope, when: 'pre' | 'post'): Value[] {
  const configured = node.config[`${when}-hook`];
  const all = hooks?.[when] ?? (Array.isArray(configured) ? configured.filter(isJsonObject) : []);
  return all.map((hook) => fromJson(withoutNulls(hook)));
}
