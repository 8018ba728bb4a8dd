/**
 * Which macros a macro leads to, as can be read off their texts.
 */
import { type MacroDefinition, type MacroRegistry, templateOf } from '../context/index.js';
import { type CallNode, type Expression, parseTemplate, type Template } from '../jinja/index.js';
import { calledName, callsIn } from './template-calls.js';

/** Follows calls from macro to macro; each text is read once. A macro that does not parse leads nowhere. */
export class MacroReach {
  readonly #registry: MacroRegistry;
  readonly #byId: ReadonlyMap<string, MacroDefinition>;
  readonly #called = new Map<string, readonly string[]>();

  constructor(registry: MacroRegistry) {
    this.#registry = registry;
    this.#byId = new Map(registry.all().map((macro) => [macro.id, macro]));
  }

  /** True if one of `ids`, or anything that they call, is in `among`. */
  reaches(ids: readonly string[], among: ReadonlySet<string>): boolean {
    return [...this.reached(ids)].some((id) => among.has(id));
  }

  /** `ids` and all that they call, and so on. */
  reached(ids: readonly string[]): ReadonlySet<string> {
    const seen = new Set(ids);
    // A set's iterator also visits what is added on the way.
    for (const id of seen) for (const called of this.#calledBy(id)) seen.add(called);
    return seen;
  }

  /** Macros that a text calls by name, as a node of `packageName` would. A text that does not parse calls none. */
  calledIn(text: string, packageName: string): readonly string[] {
    try {
      return this.#callsOf(parseTemplate(text, { name: 'a hook' }), packageName);
    } catch {
      // What is wrong with it is told when it is run.
      return [];
    }
  }

  #calledBy(id: string): readonly string[] {
    let called = this.#called.get(id);
    if (called === undefined) {
      const macro = this.#byId.get(id);
      called = macro === undefined ? [] : this.#read(macro);
      this.#called.set(id, called);
    }
    return called;
  }

  #read(macro: MacroDefinition): readonly string[] {
    try {
      return this.#callsOf(templateOf(macro), macro.packageName);
    } catch {
      // What is wrong with it was told when it was parsed, or will be when it is called.
      return [];
    }
  }

  #callsOf({ body }: Template, packageName: string): readonly string[] {
    const found = new Set<string>();
    for (const call of callsIn(body)) {
      const name = calledName(call.callee);
      if (name === undefined) continue;
      const target =
        name === 'adapter.dispatch'
          ? this.#dispatched(call, packageName)
          : this.#named(name, packageName);
      if (target !== undefined) found.add(target.id);
    }
    return [...found];
  }

  #named(name: string, fromPackage: string): MacroDefinition | undefined {
    const [first = '', second] = name.split('.');
    return second === undefined
      ? this.#registry.find(first, fromPackage)
      : this.#registry.findIn(first, second);
  }

  #dispatched(call: CallNode, fromPackage: string): MacroDefinition | undefined {
    const { positional, keywords } = call.arguments;
    const argument = (at: number, keyword: string): string | null =>
      textOf(positional[at] ?? keywords.find((one) => one.name === keyword)?.value);
    const name = argument(0, 'macro_name');
    if (name === null) return undefined;
    const found = this.#registry.dispatch(name, argument(1, 'macro_namespace'), fromPackage);
    return 'macro' in found ? found.macro : undefined;
  }
}

function textOf(node: Expression | undefined): string | null {
  return node?.kind === 'const' && typeof node.value === 'string' ? node.value : null;
}
