/**
 * Renders the Jinja in dbt_project.yml, profiles.yml, selectors.yml and packages.yml.
 */
import { isJsonObject, type Json, type JsonObject } from '../base/index.js';
import {
  type Context,
  createEnvironment,
  datetimeModule,
  type Environment as JinjaEnvironment,
  fromJson,
  JinjaError,
  parseTemplate,
  PyDict,
  PyFunction,
  pytzModule,
  reModule,
  render,
  renderNative,
  toJson,
  toText,
  type Value,
} from '../jinja/index.js';
import type { Environment } from '../platform/index.js';

/** Steps from the top of a YAML document to a value. */
export type KeyPath = readonly (string | number)[];

export interface RenderOptions {
  readonly cliVars: JsonObject;
  readonly env: Environment;
  /** `{{ target }}`; absent while the target is not known. */
  readonly target?: JsonObject;
  /** True in profiles.yml and packages.yml: only there may `DBT_ENV_SECRET_*` be read. */
  readonly allowsSecrets: boolean;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** Renders one string to the value it stands for. @throws JinjaError. */
export type RenderText = (text: string) => Json;

/** The dbt whose behaviour this is. */
export const DBT_VERSION = '1.12.6';

const SECRET_PREFIX = 'DBT_ENV_SECRET';
const JINJA = /\{[{%#]|[#}%]\}/u;

/** Makes the renderer of one file's scope. */
export function createRenderer(options: RenderOptions): RenderText {
  const environment = createEnvironment({ undefinedMode: 'native' });
  const scope = new YamlScope(options);
  return (text) => {
    // A template's last newline is not part of it, even if nothing else of it is a template.
    if (!JINJA.test(text)) return withoutLastNewline(text);
    return toJson(renderNative(parseTemplate(text, {}), scope, environment)) as Json; // toJson gives plain data only
  };
}

/** The text as Jinja takes it: without its last newline. */
export function withoutLastNewline(text: string): string {
  return text.endsWith('\n') ? text.replace(/\r?\n$/u, '') : text;
}

/**
 * Renders every string of a tree.
 *
 * @param skips says of a path that it is left as written.
 * @returns the same object where nothing changed, so that what is known about its parts stays true.
 */
export function renderTree(
  value: Json,
  renderText: RenderText,
  skips: (path: KeyPath) => boolean = () => false,
  path: KeyPath = [],
): Json {
  if (typeof value === 'string') return skips(path) ? value : renderText(value);
  if (Array.isArray(value)) {
    const items = value.map((item: Json, at) => renderTree(item, renderText, skips, [...path, at]));
    return items.every((item, at) => item === value[at]) ? value : items;
  }
  if (!isJsonObject(value)) return value;
  let hasChanged = false;
  const entries = Object.entries(value).map(([key, item]): [string, Json] => {
    const rendered = renderTree(item, renderText, skips, [...path, key]);
    hasChanged ||= rendered !== item;
    return [key, rendered];
  });
  return hasChanged ? Object.fromEntries(entries) : value;
}

class YamlScope implements Context {
  readonly #entries: ReadonlyMap<string, Value>;

  constructor(options: RenderOptions) {
    const variables = createEnvironment({ undefinedMode: 'text' });
    this.#entries = new Map<string, Value>([
      ['dbt_version', DBT_VERSION],
      ['var', variableFunction(options.cliVars, this, variables)],
      ['env_var', environmentFunction(options)],
      [
        'modules',
        PyDict.fromObject({
          datetime: datetimeModule(options.now),
          pytz: pytzModule(),
          re: reModule(),
        }),
      ],
      ...(options.target === undefined
        ? []
        : ([['target', fromJson(options.target)]] satisfies [string, Value][])),
    ]);
  }

  lookup(name: string): Value | undefined {
    return this.#entries.get(name);
  }
}

/** Here only the command line's variables exist. */
function variableFunction(
  vars: JsonObject,
  scope: Context,
  environment: JinjaEnvironment,
): PyFunction {
  return new PyFunction('var', ({ args, kwargs }) => {
    const name = toText(args[0] ?? kwargs.get('var_name') ?? null);
    // None is a default too.
    const fallback = args.length > 1 ? args[1] : kwargs.get('default');
    if (Object.hasOwn(vars, name)) {
      const value = vars[name] ?? null;
      if (typeof value !== 'string') return fromJson(value);
      return JINJA.test(value) ? render(parseTemplate(value, {}), scope, environment) : value;
    }
    if (fallback !== undefined) return fallback;
    const known = Object.keys(vars);
    throw new JinjaError(
      'CompilationError',
      `Required var '${name}' not found in config. Only variables of the command line exist in this file` +
        (known.length === 0 ? ', and there are none.' : `: ${known.join(', ')}.`),
    );
  });
}

function environmentFunction(options: RenderOptions): PyFunction {
  return new PyFunction('env_var', ({ args, kwargs }) => {
    const name = toText(args[0] ?? kwargs.get('var') ?? null);
    const fallback = args[1] ?? kwargs.get('default');
    if (name.startsWith(SECRET_PREFIX) && !options.allowsSecrets) {
      throw new JinjaError(
        'ParsingError',
        `Secret env vars are allowed only in profiles.yml or packages.yml. Found '${name}' referenced elsewhere.`,
      );
    }
    const value = options.env[name];
    if (value !== undefined) return value;
    if (fallback !== undefined && fallback !== null) return toText(fallback);
    throw new JinjaError('ParsingError', `Env var required but not provided: '${name}'`);
  });
}
