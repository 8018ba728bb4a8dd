/**
 * The three parts of a relation's name, and what is said of each of them.
 */
import { PyDict, PyFunction, PyObject, toRepr, type Value } from '../jinja/index.js';
import type { Dialect } from '../warehouse/index.js';
import type { QuotePolicy } from './facts.js';

export type Part = 'database' | 'schema' | 'identifier';
export const PARTS: readonly Part[] = ['database', 'schema', 'identifier'];

/** Three values of one thing by the parts of a name: attributes and items, printed as Python's dataclasses are. */
export class PyParts extends PyObject {
  readonly typeName: string;
  readonly #parts: Readonly<Record<Part, Value>>;

  constructor(typeName: string, parts: Readonly<Record<Part, Value>>) {
    super();
    this.typeName = typeName;
    this.#parts = parts;
  }

  override toRepr(): string {
    return `${this.typeName}(${PARTS.map((part) => `${part}=${toRepr(this.#parts[part])}`).join(', ')})`;
  }

  override getAttribute(name: string): Value | undefined {
    const part = PARTS.find((one) => one === name);
    if (part !== undefined) return this.#parts[part];
    switch (name) {
      case 'get_part':
        return new PyFunction(name, ({ args }) => this.getItem(args[0] ?? null) ?? null);
      case 'to_dict':
        return new PyFunction(name, () => PyDict.fromObject({ ...this.#parts }));
      default:
        return undefined;
    }
  }

  override getItem(key: Value): Value | undefined {
    const part = PARTS.find((one) => one === key);
    return part === undefined ? undefined : this.#parts[part];
  }
}

/** What parts of a name are quoted, as macros see it. */
export function quotePolicy(dialect: Dialect, policy: QuotePolicy): PyObject {
  const name = dialect === 'snowflake' ? 'SnowflakeQuotePolicy' : 'Policy';
  return new PyParts(name, { ...policy });
}
