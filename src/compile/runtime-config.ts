/**
 * `{{ config }}` while running: reads what parsing has settled.
 */
import { isJsonObject, type JsonObject } from '../base/index.js';
import {
  callValueEffects,
  fromJson,
  JinjaError,
  PyFunction,
  PyObject,
  toText,
  type Value,
} from '../jinja/index.js';

export class RuntimeConfig extends PyObject {
  readonly typeName = 'RuntimeConfigObject';
  readonly #config: JsonObject;
  readonly #nodeId: string;
  readonly #model: () => Value;
  /** Values made once, so that a list read twice is the same list. */
  readonly #values = new Map<string, Value>();

  /** @param model the node as a dict, which macros reach as `config.model`. */
  constructor(config: JsonObject, nodeId: string, model: () => Value) {
    super();
    this.#config = config;
    this.#nodeId = nodeId;
    this.#model = model;
  }

  /** `{{ config(...) }}` changes nothing any more and prints nothing. */
  override get call(): PyFunction['call'] {
    return () => '';
  }

  override getAttribute(name: string): Value | undefined {
    switch (name) {
      case 'get':
        return this.#getter(name, (key) => this.#read(key), false);
      case 'require':
        return this.#getter(name, (key) => this.#read(key), true);
      case 'meta_get':
        return this.#getter(name, (key) => this.#readMeta(key), false);
      case 'meta_require':
        return this.#getter(name, (key) => this.#readMeta(key), true);
      case 'set':
        return new PyFunction(name, () => '');
      case 'model':
        return this.#model();
      case 'persist_relation_docs':
        return new PyFunction(name, () => this.#persists('relation'));
      case 'persist_column_docs':
        return new PyFunction(name, () => this.#persists('columns'));
      default:
        return this.#read(name);
    }
  }

  override getItem(key: Value): Value | undefined {
    return this.#read(toText(key));
  }

  #getter(name: string, read: (key: string) => Value | undefined, isRequired: boolean): PyFunction {
    return new PyFunction(name, ({ args, kwargs }) => {
      const key = toText(args[0] ?? kwargs.get('name') ?? '');
      const fallback = isRequired ? undefined : (args[1] ?? kwargs.get('default'));
      const validator = (isRequired ? args[1] : args[2]) ?? kwargs.get('validator');
      const found = read(key) ?? fallback;
      if (found === undefined && isRequired) {
        throw new JinjaError(
          'CompilationError',
          `Model '${this.#nodeId}' does not define a required config parameter '${key}'.`,
        );
      }
      const value = found ?? null;
      if (
        validator instanceof PyObject &&
        validator.call !== undefined &&
        (isRequired || value !== null)
      ) {
        return (function* validated() {
          yield* callValueEffects(validator, { args: [value], kwargs: new Map() });
          return value;
        })();
      }
      return value;
    });
  }

  #read(key: string): Value | undefined {
    const known = this.#values.get(key);
    if (known !== undefined) return known;
    const name = key in this.#config ? key : hookKey(key);
    if (!Object.hasOwn(this.#config, name)) return undefined;
    const value = fromJson(this.#config[name]);
    this.#values.set(key, value);
    return value;
  }

  #readMeta(key: string): Value | undefined {
    const meta = this.#config['meta'];
    return isJsonObject(meta) && Object.hasOwn(meta, key) ? fromJson(meta[key]) : undefined;
  }

  #persists(what: 'relation' | 'columns'): boolean {
    const docs = this.#config['persist_docs'];
    return isJsonObject(docs) && docs[what] === true;
  }
}

function hookKey(key: string): string {
  return key.replace('_hook', '-hook');
}
