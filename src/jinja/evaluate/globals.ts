/**
 * The names that every template knows: `range`, `dict`, `namespace`, `cycler`, `joiner`, `lipsum`.
 */
import { JinjaError, typeError } from '../error.js';
import { type CallArguments, type CallResult, PyFunction, PyObject, type Value } from '../value.js';
import { bindArguments, signature } from '../values/arguments.js';
import { isTruthy, toRepr, toText, typeName } from '../values/describe.js';
import { PyDict, updateFromCall } from '../values/dict.js';
import { intOf } from '../values/float.js';
import { positional } from '../values/method.js';
import { PyRange } from '../values/range.js';
import { PyText } from '../values/text.js';
import { PyTuple } from '../values/tuple.js';
import { Undefined } from '../values/undefined.js';
import type { Environment } from './environment.js';
import { loremIpsum } from './lorem-ipsum.js';

/** A global by name, unless the context has its own. */
export function globalValue(name: string, environment: Environment): Value | undefined {
  return name === 'lipsum' ? lipsum(environment) : GLOBALS.get(name);
}

/** `namespace(...)`: the one object whose attributes a template may assign. */
export class Namespace extends PyObject {
  readonly typeName = 'Namespace';
  readonly #attributes: PyDict;

  constructor(attributes: PyDict) {
    super();
    this.#attributes = attributes;
  }

  set(name: string, value: Value): void {
    this.#attributes.set(name, value);
  }

  override get description(): string {
    return 'jinja2.utils.Namespace object';
  }

  override getAttribute(name: string): Value | undefined {
    return this.#attributes.get(name);
  }

  override toRepr(): string {
    return `<Namespace ${toRepr(this.#attributes)}>`;
  }
}

class Cycler extends PyObject {
  readonly typeName = 'Cycler';
  readonly #items: readonly Value[];
  #at = 0;

  constructor(items: readonly Value[]) {
    super();
    this.#items = items;
  }

  override get description(): string {
    return 'jinja2.utils.Cycler object';
  }

  override getAttribute(name: string): Value | undefined {
    switch (name) {
      case 'current':
        return this.#items[this.#at];
      case 'next':
        return new PyFunction('next', () => {
          const current = this.#items[this.#at] ?? null;
          this.#at = (this.#at + 1) % this.#items.length;
          return current;
        });
      case 'reset':
        return new PyFunction('reset', () => {
          this.#at = 0;
          return null;
        });
      case 'items':
        return new PyTuple(this.#items);
      case 'pos':
        return this.#at;
      default:
        return undefined;
    }
  }
}

class Joiner extends PyObject {
  readonly typeName = 'Joiner';
  readonly #separator: Value;
  #isUsed = false;

  constructor(separator: Value) {
    super();
    this.#separator = separator;
  }

  override get description(): string {
    return 'jinja2.utils.Joiner object';
  }

  override get call(): (call: CallArguments) => CallResult {
    return () => {
      if (this.#isUsed) return this.#separator;
      this.#isUsed = true;
      return '';
    };
  }
}

const JOINER = signature("Joiner.__init__(@self, sep=', ')");

function toInt(value: Value): number {
  const int = intOf(value);
  if (int !== undefined) return Number(int);
  const name = value instanceof Undefined ? 'Undefined' : typeName(value);
  throw typeError(`'${name}' object cannot be interpreted as an integer`);
}

/** A Python class that only makes instances: `dict`, `range`. */
class PyType extends PyObject {
  readonly typeName = 'type';
  readonly #name: string;
  readonly #make: (call: CallArguments) => Value;

  constructor(name: string, make: (call: CallArguments) => Value) {
    super();
    this.#name = name;
    this.#make = make;
  }

  override get call(): (call: CallArguments) => CallResult {
    return this.#make;
  }

  override getAttribute(name: string): Value | undefined {
    if (this.#name !== 'dict' || name !== 'fromkeys') return undefined;
    return new PyDict().getAttribute('fromkeys');
  }

  override toRepr(): string {
    return `<class '${this.#name}'>`;
  }
}

const GLOBALS: ReadonlyMap<string, Value> = new Map<string, Value>([
  [
    'range',
    new PyFunction('safe_range', (call) => {
      const [first = 0, second, third = 1] = positional(call, 'range', 1, 3);
      return second === undefined
        ? new PyRange(0, toInt(first), 1)
        : new PyRange(toInt(first), toInt(second), toInt(third));
    }),
  ],
  [
    'dict',
    new PyType('dict', (call) => {
      const dict = new PyDict();
      updateFromCall(dict, 'dict', call);
      return dict;
    }),
  ],
  [
    'namespace',
    new PyType('jinja2.utils.Namespace', (call) => {
      const attributes = new PyDict();
      updateFromCall(attributes, 'dict', call);
      return new Namespace(attributes);
    }),
  ],
  [
    'cycler',
    new PyType('jinja2.utils.Cycler', ({ args }) => {
      if (args.length === 0) {
        throw new JinjaError('RuntimeError', 'at least one item has to be provided');
      }
      return new Cycler(args);
    }),
  ],
  [
    'joiner',
    new PyType('jinja2.utils.Joiner', (call) => {
      const [separator = ', '] = bindArguments(JOINER, call);
      return new Joiner(separator);
    }),
  ],
]);

const LIPSUM = signature('generate_lorem_ipsum(n=5, html=True, min=20, max=100)');

function lipsum(environment: Environment): Value {
  return new PyFunction('generate_lorem_ipsum', (call) => {
    const [count = 5, isHtml = true, least = 20, most = 100] = bindArguments(LIPSUM, call);
    const paragraphs = loremIpsum(toInt(count), toInt(least), toInt(most), environment.random);
    return isTruthy(isHtml)
      ? new PyText('Markup', paragraphs.map((text) => `<p>${toText(text)}</p>`).join('\n'))
      : paragraphs.join('\n\n');
  });
}
