/**
 * Python's parameters: a signature written as Python writes it, and the binding of a call to it, with Python's errors.
 */
import { typeError } from '../error.js';
import type { CallArguments, Value } from '../value.js';
import { PyDict } from './dict.js';
import { PyFloat } from './float.js';
import { PyTuple } from './tuple.js';

export interface Parameter {
  readonly name: string;
  readonly kind: 'positional' | 'keyword' | 'varargs' | 'kwargs';
  /** undefined: the caller must give it. */
  readonly fallback: Value | undefined;
}

export interface Signature {
  readonly name: string;
  readonly parameters: readonly Parameter[];
  /** Leading parameters that the engine itself fills (an environment): they count in messages only. */
  readonly hidden: number;
}

const DECLARATION = /^(?<name>[\w.]+)\((?<parameters>.*)\)$/su;

const PARAMETER = /([@*]*\w*)(?:\s*=\s*('[^']*'|"[^"]*"|[^,]*))?(?:,\s*|$)/gu;

/**
 * Reads a signature: `signature('ref(*args, v=None, version=None)')`.
 *
 * Defaults may be None, True, False, numbers, quoted texts, `[]` and `{}` (shared, as in Python). A leading `@name`
 * stands for a parameter that the engine fills; a bare `*` starts the keyword-only ones.
 */
export function signature(text: string): Signature {
  const groups = DECLARATION.exec(text)?.groups;
  if (groups === undefined) throw new Error(`Not a signature: ${text}`);
  const parameters: Parameter[] = [];
  let hidden = 0;
  let kind: 'positional' | 'keyword' = 'positional';
  for (const [, name = '', fallback] of (groups['parameters'] ?? '').matchAll(PARAMETER)) {
    if (name === '') continue;
    if (name.startsWith('@')) hidden += 1;
    else if (name === '*') kind = 'keyword';
    else if (name.startsWith('**')) {
      parameters.push({ name: name.slice(2), kind: 'kwargs', fallback: undefined });
    } else if (name.startsWith('*')) {
      parameters.push({ name: name.slice(1), kind: 'varargs', fallback: undefined });
      kind = 'keyword';
    } else {
      parameters.push({
        name,
        kind,
        fallback: fallback === undefined ? undefined : literal(fallback),
      });
    }
  }
  return { name: groups['name'] ?? '', parameters, hidden };
}

function literal(text: string): Value {
  switch (text) {
    case 'None':
      return null;
    case 'True':
      return true;
    case 'False':
      return false;
    case '[]':
      return [];
    case '{}':
      return new PyDict();
    default: {
      if (/^(?:'[^']*'|"[^"]*")$/u.test(text)) return text.slice(1, -1);
      const number = Number(text);
      if (text === '' || Number.isNaN(number)) throw new Error(`Not a default: ${text}`);
      return text.includes('.') ? new PyFloat(number) : number;
    }
  }
}

/**
 * Binds a call to a signature.
 *
 * @returns one value a parameter, in order; `*args` as a PyTuple, `**kwargs` as a PyDict.
 * @throws TypeError, in Python's words, when the arguments do not fit.
 */
export function bindArguments(signature: Signature, call: CallArguments): Value[] {
  const { args, kwargs } = call;
  const bound: (Value | undefined)[] = [];
  const missing: string[] = [];
  let used = 0;
  let named = 0;
  for (const { name, kind, fallback } of signature.parameters) {
    switch (kind) {
      case 'varargs':
        bound.push(new PyTuple(args.slice(used)));
        used = args.length;
        break;
      case 'kwargs':
        bound.push(rest(signature, kwargs));
        named = kwargs.size;
        break;
      default: {
        const value = kwargs.get(name);
        if (value !== undefined) named += 1;
        if (kind === 'positional' && used < args.length) {
          if (value !== undefined) {
            throw typeError(`${signature.name}() got multiple values for argument '${name}'`);
          }
          bound.push(args[used]);
          used += 1;
        } else if (value !== undefined) bound.push(value);
        else {
          if (fallback === undefined) missing.push(name);
          bound.push(fallback);
        }
      }
    }
  }
  if (named < kwargs.size) refuseKeyword(signature, kwargs);
  if (used < args.length) refuseCount(signature, args.length);
  if (missing.length > 0) refuseMissing(signature, missing);
  return bound.map((value) => (value === undefined ? null : value));
}

function rest(signature: Signature, kwargs: ReadonlyMap<string, Value>): PyDict {
  const known = new Set(signature.parameters.map(({ name }) => name));
  return PyDict.fromEntries([...kwargs].filter(([name]) => !known.has(name)));
}

function refuseKeyword(signature: Signature, kwargs: ReadonlyMap<string, Value>): never {
  const known = new Set(signature.parameters.map(({ name }) => name));
  const stranger = [...kwargs.keys()].find((name) => !known.has(name)) ?? '';
  throw typeError(`${signature.name}() got an unexpected keyword argument '${stranger}'`);
}

function refuseCount(signature: Signature, given: number): never {
  const positional = signature.parameters.filter(({ kind }) => kind === 'positional');
  const required = positional.filter(({ fallback }) => fallback === undefined).length;
  const [least, most] = [required + signature.hidden, positional.length + signature.hidden];
  const range = least === most ? String(most) : `from ${least} to ${most}`;
  const plural = most === 1 ? '' : 's';
  const count = given + signature.hidden;
  throw typeError(
    `${signature.name}() takes ${range} positional argument${plural} but ${count} ${count === 1 ? 'was' : 'were'} given`,
  );
}

function refuseMissing(signature: Signature, names: readonly string[]): never {
  const quoted = names.map((name) => `'${name}'`);
  const last = quoted.at(-1) ?? '';
  const list =
    quoted.length === 1
      ? last
      : quoted.length === 2
        ? quoted.join(' and ')
        : `${quoted.slice(0, -1).join(', ')}, and ${last}`;
  const kind = signature.parameters.find(({ name }) => name === names[0])?.kind;
  throw typeError(
    `${signature.name}() missing ${names.length} required ${kind === 'keyword' ? 'keyword-only' : 'positional'} argument${names.length === 1 ? '' : 's'}: ${list}`,
  );
}
