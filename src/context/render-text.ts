/**
 * Rendering of yaml: one scalar at a time, natively, as dbt renders project files, profiles and properties.
 */
import type { Json, JsonObject } from '../base/index.js';
import {
  createEnvironment,
  fromJson,
  JinjaError,
  parseTemplate,
  PyFunction,
  renderNative,
  toJson,
  toText,
  type Value,
} from '../jinja/index.js';
import { MOMENTS } from './context.js';
import type { Watch } from './facts.js';
import { envVarFunction } from './variables.js';

export interface TextScope {
  /** Variables that the text may read: of the command line for project files, of the project for properties. */
  readonly vars: JsonObject;
  readonly envVar: (name: string) => string | undefined;
  /** Whose variables they are, for `watch`. */
  readonly packageName?: string;
  /** Null where no target is known yet: profiles.yml, packages.yml. */
  readonly target: JsonObject | null;
  /** profiles.yml, packages.yml and dependencies.yml may read secrets. */
  readonly allowsSecrets: boolean;
  /** Resolves `doc()`; null where there is none. */
  readonly doc: ((args: readonly string[]) => string) | null;
  /** Further members (`modules`, `tojson`, `project_name`...). */
  readonly entries: ReadonlyMap<string, Value>;
  readonly watch?: Watch | undefined;
}

const environment = createEnvironment({ undefinedMode: 'native' });

/**
 * Renders one string of a yaml file.
 *
 * @returns a string, unless a filter such as `as_bool` or a bare `{{ var() }}` gives another type.
 * @throws JinjaError if it does not render.
 */
export function renderText(text: string, scope: TextScope, file: string): Json {
  if (!text.includes('{{') && !text.includes('{%') && !text.includes('{#')) return text;
  const context = { lookup: (name: string): Value | undefined => lookup(name, scope) };
  return toJson(renderNative(parseTemplate(text, { name: file }), context, environment)) as Json;
}

function lookup(name: string, scope: TextScope): Value | undefined {
  switch (name) {
    case 'var':
      return varFunction(scope);
    case 'env_var':
      return envVarFunction(scope, { allowsSecrets: scope.allowsSecrets });
    case 'target':
    case 'env':
      return scope.target === null ? undefined : fromJson(scope.target);
    case 'doc': {
      const { doc } = scope;
      if (doc === null) return undefined;
      return new PyFunction(name, ({ args }) => doc(args.map(toText)));
    }
    default:
      if (MOMENTS.has(name)) scope.watch?.onMoment();
      return scope.entries.get(name);
  }
}

function varFunction(scope: TextScope): PyFunction {
  return new PyFunction('var', ({ args, kwargs }) => {
    const name = toText(args[0] ?? kwargs.get('var_name') ?? null);
    const fallback = args.length > 1 ? args[1] : kwargs.get('default');
    scope.watch?.onVar(scope.packageName ?? '', name);
    if (Object.hasOwn(scope.vars, name)) {
      const value = scope.vars[name] ?? null;
      return fromJson(typeof value === 'string' ? renderText(value, scope, `var ${name}`) : value);
    }
    if (fallback !== undefined) return fallback;
    throw new JinjaError('CompilationError', `Required var '${name}' not found in config`);
  });
}
