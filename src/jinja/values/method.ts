/**
 * Methods of built-in types: tables from a name to a function, and the bound method that a template may hold.
 */
import { typeError } from '../error.js';
import { type CallArguments, type CallResult, PyObject, type Value } from '../value.js';
import { typeName } from './describe.js';

/** One method: the object it is called on, then the arguments. */
export type Method<Self> = (self: Self, call: CallArguments) => CallResult;

/** The methods of one type, by name. A Map, so that no name reaches a JavaScript prototype. */
export type MethodTable<Self> = ReadonlyMap<string, Method<Self>>;

/** Makes a table from an object literal. */
export function methodTable<Self>(
  methods: Readonly<Record<string, Method<Self>>>,
): MethodTable<Self> {
  return new Map(Object.entries(methods));
}

/** `x.method` before it is called. */
export class BoundMethod extends PyObject {
  readonly typeName = 'builtin_function_or_method';
  readonly #name: string;
  readonly self: Value;
  readonly #body: (call: CallArguments) => CallResult;

  constructor(name: string, self: Value, body: (call: CallArguments) => CallResult) {
    super();
    this.#name = name;
    this.self = self;
    this.#body = body;
  }

  override get call(): (call: CallArguments) => CallResult {
    return this.#body;
  }

  override getAttribute(name: string): Value | undefined {
    return name === '__name__' ? this.#name : undefined;
  }

  override toRepr(): string {
    return `<built-in method ${this.#name} of ${typeName(this.self)} object>`;
  }
}

/** Looks a method up in a table and binds it. */
export function bindMethod<Self extends Value>(
  table: MethodTable<Self>,
  self: Self,
  name: string,
): BoundMethod | undefined {
  const method = table.get(name);
  return method && new BoundMethod(name, self, (call) => method(self, call));
}

/**
 * Checks the count of positional arguments and refuses keywords, with the words of CPython's built-ins.
 *
 * @param name `str.upper`, `list.append`: the qualified name.
 */
export function positional(
  call: CallArguments,
  name: string,
  least: number,
  most: number,
): readonly Value[] {
  const { args, kwargs } = call;
  if (kwargs.size > 0) throw typeError(`${name}() takes no keyword arguments`);
  if (args.length >= least && args.length <= most) return args;
  if (most === 0) throw typeError(`${name}() takes no arguments (${args.length} given)`);
  if (least === 1 && most === 1) {
    throw typeError(`${name}() takes exactly one argument (${args.length} given)`);
  }
  const short = name.slice(name.lastIndexOf('.') + 1);
  const [side, bound] = args.length < least ? ['at least', least] : ['at most', most];
  const qualifier = least === most ? '' : `${side} `;
  const plural = bound === 1 ? '' : 's';
  throw typeError(`${short} expected ${qualifier}${bound} argument${plural}, got ${args.length}`);
}
