/**
 * `var()` and `env_var()`.
 */
import { type Json, textOfJson } from '../base/index.js';
import {
  fromJson,
  JinjaError,
  PyFunction,
  PyObject,
  PyTuple,
  toRepr,
  toText,
  type Value,
} from '../jinja/index.js';
import type { ProjectFacts } from './facts.js';

const SECRET_PREFIXES = ['DBT_ENV_SECRET', 'DBT_ENGINE_SECRET'];

export interface VarOptions {
  readonly facts: ProjectFacts;
  readonly packageName: string;
  readonly nodeName: string;
  /** Parsing answers None for a variable that is not there; running raises. */
  readonly isParsing: boolean;
  /** Renders a variable's text, which may be a template itself. */
  readonly render: (text: string) => Value;
  /** Values of a unit test's `overrides: vars:`. */
  readonly overrides?: Readonly<Record<string, Json>>;
  readonly onRead?: (name: string) => void;
}

/** `{{ var('name', default) }}`, with `.has_var(name)`. */
export class PyVar extends PyObject {
  readonly typeName = 'Var';
  readonly #options: VarOptions;

  constructor(options: VarOptions) {
    super();
    this.#options = options;
  }

  override get call(): PyFunction['call'] {
    return ({ args, kwargs }) => {
      const name = toText(args[0] ?? kwargs.get('var_name') ?? null);
      const fallback = args.length > 1 ? args[1] : kwargs.get('default');
      this.#options.onRead?.(name);
      const found = this.#find(name);
      if (found !== undefined) return this.#render(found);
      if (fallback !== undefined) return fallback;
      if (this.#options.isParsing) return null;
      throw this.#missing(name);
    };
  }

  override getAttribute(name: string): Value | undefined {
    if (name === 'has_var') {
      return new PyFunction(name, ({ args }) => this.#find(toText(args[0] ?? null)) !== undefined);
    }
    return undefined;
  }

  #find(name: string): Value | undefined {
    const { overrides, facts, packageName } = this.#options;
    if (overrides !== undefined && Object.hasOwn(overrides, name)) return fromJson(overrides[name]);
    facts.watch?.onVar(packageName, name);
    const vars = facts.vars(packageName);
    return Object.hasOwn(vars, name) ? fromJson(vars[name]) : undefined;
  }

  #render(value: Value): Value {
    return typeof value === 'string' && value.includes('{') ? this.#options.render(value) : value;
  }

  #missing(name: string): JinjaError {
    const { facts, packageName, nodeName } = this.#options;
    facts.watch?.onVar(packageName, '*');
    const known = Object.entries(facts.vars(packageName))
      .map(([key, value]) => `\n    - ${key}: ${toText(fromJson(value))}`)
      .join('');
    return new JinjaError(
      'CompilationError',
      `Required var '${name}' not found in config:\nVars supplied to ${nodeName} =${known === '' ? ' {}' : known}`,
    );
  }
}

/** `{{ env_var('NAME', 'default') }}` as nodes see it: secrets are refused here. */
export function envVarFunction(
  facts: Pick<ProjectFacts, 'envVar'>,
  options: {
    /** True in profiles.yml, packages.yml and dependencies.yml. */
    readonly allowsSecrets: boolean;
    readonly overrides?: Readonly<Record<string, Json>>;
    readonly onRead?: (name: string) => void;
  },
): PyFunction {
  return new PyFunction('env_var', ({ args, kwargs }) => {
    const name = toText(args[0] ?? kwargs.get('var') ?? null);
    const fallback = args.length > 1 ? args[1] : kwargs.get('default');
    options.onRead?.(name);
    if (!options.allowsSecrets && SECRET_PREFIXES.some((prefix) => name.startsWith(prefix))) {
      throw new JinjaError(
        'ParsingError',
        `Secret env vars are allowed only in profiles.yml or packages.yml. Found '${name}' referenced elsewhere.`,
      );
    }
    const override = options.overrides?.[name];
    const value = textOfJson(override) ?? facts.envVar(name);
    if (value !== undefined) return value;
    if (fallback !== undefined && fallback !== null) return toText(fallback);
    throw new JinjaError('ParsingError', `Env var required but not provided: '${name}'`);
  });
}

/** A validator that macros of old projects pass to `config.require(name, validator=validation.any[...])`. */
export class PyValidation extends PyObject {
  readonly typeName = 'ValidationWrapper';

  override getAttribute(name: string): Value | undefined {
    return name === 'any' ? new AnyOf() : undefined;
  }
}

class AnyOf extends PyObject {
  readonly typeName = 'function';

  override getItem(key: Value): Value {
    const allowed = key instanceof PyTuple ? [...key.items] : [key];
    return new PyFunction('inner', ({ args }) => {
      const value = args[0] ?? null;
      const isAllowed = allowed.some((one) => one === value || one instanceof PyObject);
      if (isAllowed) return null;
      throw new JinjaError(
        'DbtValidationError',
        `Expected value "${toText(value)}" to be one of ${allowed.map(toRepr).join(',')}`,
      );
    });
  }
}
