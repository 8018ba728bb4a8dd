/**
 * Names that macros decide: `generate_schema_name`, `generate_alias_name`, `generate_database_name`.
 */
import type { Json, JsonObject } from '../base/index.js';
import {
  createEnvironment,
  fromJson,
  PyFunction,
  PyObject,
  toText,
  type Value,
} from '../jinja/index.js';
import { PyAdapter } from './adapter.js';
import { AttributeDict } from './base-entries.js';
import { DbtContext } from './context.js';
import type { ProjectFacts } from './facts.js';
import type { MacroRegistry } from './macro-registry.js';
import { sharedEntries } from './parse-context.js';
import { envVarFunction, PyVar } from './variables.js';

export type NameMacro = 'generate_schema_name' | 'generate_database_name' | 'generate_alias_name';

const environment = createEnvironment({ undefinedMode: 'text' });

/** What a name macro reads, made once per package. */
export interface NameScope {
  readonly registry: MacroRegistry;
  readonly facts: ProjectFacts;
  readonly packageName: string;
}

const contexts = new WeakMap<MacroRegistry, Map<string, DbtContext>>();

/** Answers that no node had a say in, by registry: most projects name thousands of nodes by a handful of configs. */
const answers = new WeakMap<MacroRegistry, Map<string, string>>();

/**
 * Calls a name macro for a node.
 *
 * A macro that reads nothing of its node is called once for each custom name: the answer holds for all nodes.
 *
 * @param customName the node's own config, or null.
 * @returns the name, stripped as dbt strips it.
 * @throws JinjaError if the macro raises.
 */
export function callNameMacro(
  macro: NameMacro,
  scope: NameScope,
  customName: Json,
  node: JsonObject,
): string {
  let known = answers.get(scope.registry);
  if (known === undefined) answers.set(scope.registry, (known = new Map()));
  const key = `${macro} ${scope.packageName} ${JSON.stringify(customName)}`;
  const answer = known.get(key);
  if (answer !== undefined) return answer;

  const definition = scope.registry.nameMacro(macro, scope.packageName);
  if (definition === undefined) throw new Error(`dbt's own ${macro} is missing from the library`);
  const view = new NodeView(node);
  const result = contextOf(scope)
    .macro(definition)
    .call({
      args: [fromJson(customName)],
      kwargs: new Map<string, Value>([['node', view]]),
    });
  const name = toText(result).trim();
  if (!view.wasRead) known.set(key, name);
  return name;
}

/** The `node` of a name macro: its fields by name, made into values when they are read. */
class NodeView extends PyObject {
  readonly typeName = 'ModelNode';
  readonly #node: JsonObject;
  readonly #values = new Map<string, Value>();
  wasRead = false;

  constructor(node: JsonObject) {
    super();
    this.#node = node;
  }

  override getAttribute(name: string): Value | undefined {
    this.wasRead = true;
    if (name === 'get') {
      return new PyFunction(name, ({ args }) => this.getItem(args[0] ?? null) ?? args[1] ?? null);
    }
    let value = this.#values.get(name);
    if (value === undefined && Object.hasOwn(this.#node, name)) {
      const json = this.#node[name] ?? null;
      value = name === 'config' ? new AttributeDict(json) : fromJson(json);
      this.#values.set(name, value);
    }
    return value;
  }

  override getItem(key: Value): Value | undefined {
    return this.getAttribute(toText(key));
  }

  override contains(item: Value): boolean {
    this.wasRead = true;
    return Object.hasOwn(this.#node, toText(item));
  }

  override toRepr(): string {
    this.wasRead = true;
    return `<ModelNode ${JSON.stringify(this.#node['unique_id'] ?? null)}>`;
  }
}

function contextOf(scope: NameScope): DbtContext {
  const { facts, packageName, registry } = scope;
  let perPackage = contexts.get(registry);
  if (perPackage === undefined) contexts.set(registry, (perPackage = new Map()));
  let context = perPackage.get(packageName);
  if (context !== undefined) return context;

  context = new DbtContext({ registry, packageName, environment, watch: facts.watch });
  for (const [name, value] of sharedEntries(facts)) context.set(name, value);
  context.set('execute', false);
  context.set('adapter', new PyAdapter(context, facts, () => undefined));
  context.set('env_var', envVarFunction(facts, { allowsSecrets: false }));
  context.set(
    'var',
    new PyVar({ facts, packageName, nodeName: 'macro', isParsing: true, render: (text) => text }),
  );
  perPackage.set(packageName, context);
  return context;
}
