/**
 * The scope that a template of dbt is rendered in: values by name, macros by package, and the stack of macro calls.
 */
import {
  type CallArguments,
  type Context,
  type EffectGenerator,
  EffectfulObject,
  type Environment,
  JinjaError,
  makeMacro,
  PyFunction,
  PyObject,
  toText,
  type Value,
} from '../jinja/index.js';
import type { Watch } from './facts.js';
import { type MacroDefinition, templateOf } from './macro.js';
import type { MacroRegistry } from './macro-registry.js';

/** `return(value)`: leaves the macro that is running. Never an error. */
export class MacroReturn extends Error {
  readonly value: Value;

  constructor(value: Value) {
    // Thrown for every macro that returns: a stack would cost more than the macro.
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 0;
    super('return() was called outside of a macro');
    Error.stackTraceLimit = limit;
    this.name = 'MacroReturn';
    this.value = value;
  }
}

/** Names of the scope that say something else in every invocation. */
export const MOMENTS: ReadonlySet<string> = new Set(['invocation_id', 'run_started_at']);

export interface ContextOptions {
  readonly registry: MacroRegistry;
  /** Package of the node that is rendered: where bare macro names look first. */
  readonly packageName: string;
  readonly environment: Environment;
  /** Hears of every macro called directly by the node's own text. */
  readonly onMacro?: (macro: MacroDefinition) => void;
  readonly watch?: Watch | undefined;
  /** Macros replaced for a unit test: `overrides: macros: {is_incremental: true}`. */
  readonly macroOverrides?: ReadonlyMap<string, Value>;
}

/** One scope per rendered node; macros keep it as their world. */
export class DbtContext implements Context {
  readonly options: ContextOptions;
  readonly #entries = new Map<string, Value>();
  readonly #lazy = new Map<string, () => Value>();
  readonly #macros = new Map<MacroDefinition, DbtMacro>();
  readonly #packages = new Map<string, PackageNamespace>();
  readonly #stack: MacroDefinition[] = [];

  constructor(options: ContextOptions) {
    this.options = options;
    this.set('context', new ContextObject(this));
  }

  set(name: string, value: Value): void {
    this.#entries.set(name, value);
  }

  /** A value that is dear to make: made when a template first asks for it. */
  setLazy(name: string, make: () => Value): void {
    this.#lazy.set(name, make);
  }

  /** Notes that a macro begins. @param isOwn whether the text that is rendered calls it. */
  enter(definition: MacroDefinition, isOwn: boolean): void {
    if (isOwn && this.#stack.length === 0) this.options.onMacro?.(definition);
    this.options.watch?.onMacro(definition);
    this.#stack.push(definition);
  }

  /** Notes that the innermost macro ends. */
  leave(): void {
    this.#stack.pop();
  }

  /** The macros that are running, innermost last. */
  get stack(): readonly MacroDefinition[] {
    return this.#stack;
  }

  lookup(name: string): Value | undefined {
    const override = this.#override(name);
    if (override !== undefined) return override;
    const macro = this.options.registry.find(name, this.options.packageName);
    if (macro !== undefined) return this.macro(macro);
    const entry = this.#entries.get(name);
    if (entry !== undefined) {
      if (MOMENTS.has(name)) this.options.watch?.onMoment();
      return entry;
    }
    const make = this.#lazy.get(name);
    if (make !== undefined) {
      const made = make();
      this.#entries.set(name, made);
      return made;
    }
    return this.options.registry.hasPackage(name) ? this.#namespace(name) : undefined;
  }

  /**
   * A macro that dbt calls itself and that must be there: one of its own, or what the project puts in its place.
   *
   * `onMacro` does not hear of it. @throws JinjaError if there is none.
   */
  macroNamed(name: string): EffectfulObject {
    const definition = this.options.registry.find(name, this.options.packageName);
    if (definition !== undefined) return new DbtMacro(this, definition, { isOwn: false });
    throw new JinjaError(
      'CompilationError',
      `dbt could not find a macro with the name "${name}" in any package`,
    );
  }

  /** The macro as a callable of this scope. */
  macro(definition: MacroDefinition): EffectfulObject {
    let callable = this.#macros.get(definition);
    if (callable === undefined) {
      callable = new DbtMacro(this, definition, { isOwn: true });
      this.#macros.set(definition, callable);
    }
    return callable;
  }

  /** `adapter.dispatch(name, namespace)`. @throws JinjaError with dbt's words if nothing answers. */
  dispatch(name: string, namespace: string | null): PyObject {
    if (name.includes('.')) {
      const [space = '', ...rest] = name.split('.');
      throw new JinjaError(
        'CompilationError',
        `In adapter.dispatch, got a macro name of "${name}", but "." is not a valid macro name component. ` +
          `Did you mean \`adapter.dispatch("${rest.join('.')}", macro_namespace="${space}")\`?`,
      );
    }
    const override = this.#override(name);
    if (override !== undefined) return override;
    const found = this.options.registry.dispatch(name, namespace, this.options.packageName);
    if ('macro' in found) return this.macro(found.macro);
    throw new JinjaError(
      'CompilationError',
      `In dispatch: No macro named '${name}' found within namespace: '${namespace ?? 'None'}'\n` +
        `    Searched for: ${found.searched.map((one) => `'${one}'`).join(', ')}`,
    );
  }

  #override(name: string): PyFunction | undefined {
    const value = this.options.macroOverrides?.get(name);
    return value === undefined ? undefined : new PyFunction(name, () => value);
  }

  #namespace(packageName: string): PackageNamespace {
    let namespace = this.#packages.get(packageName);
    if (namespace === undefined) {
      namespace = new PackageNamespace(this, packageName);
      this.#packages.set(packageName, namespace);
    }
    return namespace;
  }
}

/** A dbt macro in one node's scope: keeps the stack of calls, and ends at `return()`. */
class DbtMacro extends EffectfulObject {
  readonly typeName = 'MacroGenerator';
  readonly #context: DbtContext;
  readonly #definition: MacroDefinition;
  readonly #isOwn: boolean;
  #macro: EffectfulObject | undefined;

  constructor(
    context: DbtContext,
    definition: MacroDefinition,
    { isOwn }: { readonly isOwn: boolean },
  ) {
    super();
    this.#context = context;
    this.#definition = definition;
    this.#isOwn = isOwn;
  }

  override get call(): (call: CallArguments) => Value {
    return (call) => {
      this.#context.enter(this.#definition, this.#isOwn);
      try {
        return (this.#macro ??= this.#make()).call(call);
      } catch (error) {
        return returned(error);
      } finally {
        this.#context.leave();
      }
    };
  }

  override *callEffects(call: CallArguments): EffectGenerator {
    this.#context.enter(this.#definition, this.#isOwn);
    try {
      return yield* (this.#macro ??= this.#make()).callEffects(call);
    } catch (error) {
      return returned(error);
    } finally {
      this.#context.leave();
    }
  }

  override getAttribute(name: string): Value | undefined {
    return name === 'name' ? this.#definition.name : undefined;
  }

  override toRepr(): string {
    return `<dbt macro ${this.#definition.name}>`;
  }

  #make(): EffectfulObject {
    const template = templateOf(this.#definition);
    const [macro] = template.macros;
    if (macro === undefined) throw new Error(`${this.#definition.id} has no macro in its block`);
    const { environment } = this.#context.options;
    return makeMacro(macro, template, this.#context, environment);
  }
}

function returned(error: unknown): Value {
  if (error instanceof MacroReturn) return error.value;
  throw error;
}

/** `{{ dbt_utils.star(...) }}`: the macros of one package by name. */
class PackageNamespace extends PyObject {
  readonly typeName = 'MacroNamespace';
  readonly #context: DbtContext;
  readonly #packageName: string;

  constructor(context: DbtContext, packageName: string) {
    super();
    this.#context = context;
    this.#packageName = packageName;
  }

  override getAttribute(name: string): Value | undefined {
    // Names are items: the sandbox refuses attributes that begin with an underscore, as names of macros may.
    if (name !== 'get') return undefined;
    return new PyFunction(name, ({ args }) => this.getItem(args[0] ?? null) ?? args[1] ?? null);
  }

  override getItem(key: Value): Value | undefined {
    const macro = this.#context.options.registry.findIn(this.#packageName, toText(key));
    return macro === undefined ? undefined : this.#context.macro(macro);
  }

  override contains(item: Value): boolean {
    return this.#context.options.registry.findIn(this.#packageName, toText(item)) !== undefined;
  }
}

/** `{{ context['ref'] }}`, `context.get('x')`: the scope itself as a mapping. */
class ContextObject extends PyObject {
  readonly typeName = 'dict';
  readonly #context: DbtContext;

  constructor(context: DbtContext) {
    super();
    this.#context = context;
  }

  override getAttribute(name: string): Value | undefined {
    // Names are items: the sandbox refuses attributes that begin with an underscore, as names of macros may.
    if (name !== 'get') return undefined;
    return new PyFunction(name, ({ args }) => this.getItem(args[0] ?? null) ?? args[1] ?? null);
  }

  override getItem(key: Value): Value | undefined {
    return this.#context.lookup(toText(key));
  }

  override contains(item: Value): boolean {
    return this.getItem(item) !== undefined;
  }
}
