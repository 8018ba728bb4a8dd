/**
 * What a missing name or attribute gives: it prints nothing and is false; nearly everything else raises.
 */
import { JinjaError } from '../error.js';
import {
  type CallArguments,
  type CallResult,
  type Operator,
  PyObject,
  type Value,
} from '../value.js';
import { describeObject, toRepr } from './describe.js';

/**
 * `text` and `native` render the same Undefined; `capture` is the one that dbt parses with: callable, and any attribute
 * or item of it is undefined again.
 */
export type UndefinedMode = 'text' | 'native' | 'capture';

export interface UndefinedOptions {
  readonly name?: Value;
  /** The object that lacks the attribute; left out for a name that no scope knows. */
  readonly object?: Value;
  /** The whole message, in place of the usual one. */
  readonly hint?: string;
  readonly pythonClass?: string;
}

const CAPTURE_ATTRIBUTES: ReadonlyMap<string, Value> = new Map([
  ['node', null],
  ['unsafe_callable', false],
  ['alters_data', false],
]);

/** Jinja2's Undefined. */
export class Undefined extends PyObject {
  readonly typeName = 'Undefined';
  readonly mode: UndefinedMode;
  readonly options: UndefinedOptions;

  constructor(mode: UndefinedMode, options: UndefinedOptions = {}) {
    super();
    this.mode = mode;
    this.options = options;
  }

  override get description(): string {
    return 'jinja2.runtime.Undefined object';
  }

  /** What an operation on it raises. */
  get error(): JinjaError {
    // dbt's own class drops the object and the error class that Jinja2 hands it.
    const {
      hint,
      name = null,
      object,
      pythonClass = 'UndefinedError',
    } = this.mode === 'capture'
      ? { ...this.options, object: undefined, pythonClass: undefined }
      : this.options;
    if (hint !== undefined && hint !== '') return new JinjaError(pythonClass, hint);
    if (object === undefined) return new JinjaError(pythonClass, `${toRepr(name)} is undefined`);
    return new JinjaError(
      pythonClass,
      typeof name === 'string'
        ? `${toRepr(describeObject(object))} has no attribute ${toRepr(name)}`
        : `${describeObject(object)} has no element ${toRepr(name)}`,
    );
  }

  override getAttribute(name: string): Value | undefined {
    const isDunder = name.startsWith('__') && name.endsWith('__');
    if (this.mode !== 'capture') {
      if (isDunder) return undefined;
      throw this.error;
    }
    if (name === 'name') return this.options.name ?? null;
    if (name === 'hint') return this.options.hint ?? null;
    const own = CAPTURE_ATTRIBUTES.get(name);
    if (own !== undefined) return own;
    if (isDunder) return undefined;
    return new Undefined('capture', { ...this.options, name });
  }

  override getItem(_key: Value): Value | undefined {
    if (this.mode === 'capture') return this;
    throw this.error;
  }

  override slice(_start: Value, _stop: Value, _step: Value): Value | undefined {
    return this.getItem(null);
  }

  override get call(): (call: CallArguments) => CallResult {
    return () => {
      if (this.mode === 'capture') return this;
      throw this.error;
    };
  }

  override operate(_operator: Operator, _other: Value, _isReflected: boolean): Value {
    throw this.error;
  }

  override sign(_operator: '-' | '+'): Value {
    throw this.error;
  }

  override compare(_other: Value): number {
    throw this.error;
  }

  override toText(): string {
    return '';
  }

  override toRepr(): string {
    return 'Undefined';
  }

  override length(): number {
    return 0;
  }

  override iterate(): Iterator<Value> {
    return [].values();
  }

  override contains(_item: Value): boolean {
    return false;
  }

  override equals(other: Value): boolean {
    return other instanceof Undefined && (other.mode === 'capture') === (this.mode === 'capture');
  }

  override hashKey(): string {
    return `\0undefined ${String(this.mode === 'capture')}`;
  }
}
