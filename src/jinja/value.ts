/**
 * Python's values as the engine holds them.
 *
 * Ints are `number` while safe and `bigint` beyond; floats are `PyFloat`, so that `4/2` prints `2.0`. Lists are arrays,
 * mutable and shared by reference as in Python. Everything else is a `PyObject` with a table of what it answers:
 * no template can reach a JavaScript prototype.
 */

/** Any value that a template can hold. */
export type Value = null | boolean | number | bigint | string | Value[] | PyObject;

/** Python's arithmetic, as the template writes it. */
export type Operator = '+' | '-' | '*' | '/' | '//' | '%' | '**';

/** The arguments of one call. */
export interface CallArguments {
  readonly args: readonly Value[];
  readonly kwargs: ReadonlyMap<string, Value>;
}

/**
 * What a host function gives back: a value, or a generator that yields effects (a statement to run, a relation to look up)
 * and returns the value. Only the effectful renderer can drive one that really yields.
 */
export type CallResult = Value | EffectGenerator;

/** A computation that may ask its driver for something in the middle. The effect's type belongs to whoever drives. */
export type EffectGenerator = Generator<unknown, Value, unknown>;

/** Tells a generator from a value. */
export function isEffectGenerator(result: CallResult): result is EffectGenerator {
  return (
    typeof result === 'object' &&
    result !== null &&
    !Array.isArray(result) &&
    !(result instanceof PyObject) &&
    typeof result.next === 'function'
  );
}

/**
 * Base of every value that is not a primitive or a list. The defaults are those of a plain Python object:
 * truthy, equal to itself only, without attributes, items, length or iteration, not callable.
 */
export abstract class PyObject {
  /** Python's `type(x).__name__`, as error messages print it. */
  abstract readonly typeName: string;

  /** `x.name`; undefined where Python would raise AttributeError. */
  getAttribute(_name: string): Value | undefined {
    return undefined;
  }

  /** `x[key]`; undefined where Python would raise KeyError, IndexError or TypeError. */
  getItem(_key: Value): Value | undefined {
    return undefined;
  }

  /** `x[start:stop:step]`, None for a bound left out; undefined where Python would raise TypeError. */
  slice(_start: Value, _stop: Value, _step: Value): Value | undefined {
    return undefined;
  }

  /** Calls the object; `undefined` says it is not callable. */
  get call(): ((call: CallArguments) => CallResult) | undefined {
    return undefined;
  }

  /** `str(x)`. */
  toText(): string {
    return this.toRepr();
  }

  /** `repr(x)`. */
  toRepr(): string {
    return `<${this.typeName}>`;
  }

  /** The text itself, if Python holds the object for a `str` (a subclass of it, such as Markup). */
  textOf(): string | undefined {
    return undefined;
  }

  isTruthy(): boolean {
    const length = this.length();
    return length === undefined || length > 0;
  }

  /** Whether `x is mapping` holds: a host object that answers `get` and items as a dict does. */
  get isMapping(): boolean {
    return false;
  }

  /** `len(x)`, or undefined if it has none. */
  length(): number | undefined {
    return undefined;
  }

  /** `iter(x)`, or undefined if it cannot be iterated. */
  iterate(): Iterator<Value> | undefined {
    return undefined;
  }

  /** `item in x`, or undefined if only iteration can tell. */
  contains(_item: Value): boolean | undefined {
    return undefined;
  }

  equals(other: Value): boolean {
    return this === other;
  }

  /** A key under which equal values meet in a dict or set; undefined where Python says unhashable. */
  hashKey(): string | number | bigint | PyObject | undefined {
    return this;
  }

  /**
   * `self op other`, or `other op self` when reflected; undefined where Python's method gives NotImplemented.
   */
  operate(_operator: Operator, _other: Value, _isReflected: boolean): Value | undefined {
    return undefined;
  }

  /** `-x` and `+x`; undefined where Python raises TypeError. */
  sign(_operator: '-' | '+'): Value | undefined {
    return undefined;
  }

  /** `format(x, spec)` where the type has a language of its own (dates); undefined leaves it to the common rules. */
  format(_spec: string): string | undefined {
    return undefined;
  }

  /** How messages about missing attributes name the object: `dict object`, `jinja2.utils.Namespace object`. */
  get description(): string {
    return `${this.typeName} object`;
  }

  /** Negative, zero or positive as `<`, `==`, `>`; undefined where Python raises TypeError. */
  compare(_other: Value): number | undefined {
    return undefined;
  }
}

/** A host function: `new PyFunction('ref', ({ args }) => ...)`. */
export class PyFunction extends PyObject {
  readonly typeName = 'function';
  readonly name: string;
  readonly #body: (call: CallArguments) => CallResult;

  constructor(name: string, body: (call: CallArguments) => CallResult) {
    super();
    this.name = name;
    this.#body = body;
  }

  override get call(): (call: CallArguments) => CallResult {
    return this.#body;
  }

  override toRepr(): string {
    return `<function ${this.name}>`;
  }
}

/** Resolves a name that no template scope knows; undefined means undefined in Jinja's sense. */
export interface Context {
  lookup(name: string): Value | undefined;
}
