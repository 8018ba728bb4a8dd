/**
 * A Python class as a template sees it: something to call, with attributes of its own.
 */
import { type CallArguments, type CallResult, PyFunction, PyObject, type Value } from '../value.js';

/** `datetime.datetime`, `re.Pattern` and the like. */
export class HostClass extends PyObject {
  readonly typeName = 'type';
  readonly #name: string;
  readonly #make: (call: CallArguments) => CallResult;
  readonly #attributes: ReadonlyMap<string, Value>;

  constructor(
    name: string,
    make: (call: CallArguments) => CallResult,
    attributes: Readonly<Record<string, Value | ((call: CallArguments) => CallResult)>> = {},
  ) {
    super();
    this.#name = name;
    this.#make = make;
    this.#attributes = new Map(
      Object.entries(attributes).map(([key, value]) => [
        key,
        typeof value === 'function' ? new PyFunction(key, value) : value,
      ]),
    );
  }

  override get call(): (call: CallArguments) => CallResult {
    return this.#make;
  }

  override getAttribute(name: string): Value | undefined {
    return this.#attributes.get(name);
  }

  override toRepr(): string {
    return `<class '${this.#name}'>`;
  }
}
