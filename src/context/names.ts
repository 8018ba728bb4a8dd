/**
 * Names that macros decide: `generate_schema_name`, `generate_alias_name`, `generate_database_name`.
 */
import { type Json, type JsonObject } from '../base/index.js';
import { createEnvironment, fromJson, toText, type Value } from '../jinja/index.js';
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

/**
 * Calls a name macro for a node.
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
  const definition = scope.registry.nameMacro(macro, scope.packageName);
  if (definition === undefined) throw new Error(`dbt's own ${macro} is missing from the library`);
  const result = contextOf(scope)
    .macro(definition)
    .call({
      args: [fromJson(customName)],
      kwargs: new Map<string, Value>([['node', new AttributeDict(node)]]),
    });
  return toText(result).trim();
}

function contextOf(scope: NameScope): DbtContext {
  const { facts, packageName, registry } = scope;
  let perPackage = contexts.get(registry);
  if (perPackage === undefined) contexts.set(registry, (perPackage = new Map()));
  let context = perPackage.get(packageName);
  if (context !== undefined) return context;

  context = new DbtContext({ registry, packageName, environment });
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
