/**
 * The context members that need no project: conversions, sets, logging, modules.
 */
import { DagbookError, isJsonObject, type Json } from '../base/index.js';
import {
  asText,
  bindArguments,
  datetimeModule,
  fromJson,
  isTruthy,
  itertoolsModule,
  JinjaError,
  PyDateTime,
  PyDict,
  PyFunction,
  PyIterator,
  PyObject,
  PySet,
  printJson,
  PyTuple,
  pytzModule,
  readJson,
  reModule,
  signature,
  toList,
  toRepr,
  toText,
  typeName,
  type Value,
} from '../jinja/index.js';
import { md5 } from '../platform/index.js';
import { dumpYaml, parseYaml } from '../project/index.js';
import { MacroReturn } from './context.js';
import type { ProjectFacts } from './facts.js';

/** Everything that does not depend on the node, by name. */
export function baseEntries(facts: ProjectFacts): ReadonlyMap<string, Value> {
  const entries = new Map<string, Value>();
  const define = (
    name: string,
    declaration: string,
    body: (args: readonly Value[]) => Value,
  ): void => {
    // The class is part of the name in Python's messages.
    const parameters = signature(`BaseContext.${declaration}`);
    entries.set(name, new PyFunction(name, (call) => body(bindArguments(parameters, call))));
  };

  entries.set('dbt_version', facts.dbtVersion);
  entries.set('project_name', facts.projectName);
  entries.set('invocation_id', facts.invocationId);
  entries.set('thread_id', 'MainThread');
  entries.set('run_started_at', PyDateTime.fromEpochMs(facts.runStartedAt.getTime(), 'UTC'));
  const target = fromJson(facts.target);
  entries.set('target', target);
  entries.set('env', target);
  entries.set('flags', new Flags(facts.flags));
  entries.set('invocation_args_dict', fromJson(facts.invocationArgs));
  entries.set('dbt_metadata_envs', new PyDict());
  entries.set(
    'modules',
    PyDict.fromObject({
      datetime: datetimeModule(facts.now),
      pytz: pytzModule(),
      re: reModule(),
      itertools: itertoolsModule(),
    }),
  );

  define('return', '_return(data)', ([data = null]) => {
    throw new MacroReturn(data);
  });
  define('fromjson', 'fromjson(string, default=None)', ([text = null, fallback = null]) => {
    if (asText(text) === undefined) {
      throw new JinjaError(
        'TypeError',
        `the JSON object must be str, bytes or bytearray, not ${typeName(text)}`,
      );
    }
    return unless(['ValueError'], fallback, () => readJson(toText(text)));
  });
  define(
    'tojson',
    'tojson(value, default=None, sort_keys=False)',
    ([value = null, fallback = null, sortKeys = false]) =>
      unless(['ValueError'], fallback, () => printJson(value, { sortKeys: isTruthy(sortKeys) })),
  );
  define('fromyaml', 'fromyaml(value, default=None)', ([text = null, fallback = null]) => {
    if (asText(text) === undefined) {
      throw new JinjaError('TypeError', 'a string or stream input is required');
    }
    return unless(['yaml/syntax'], fallback, () => fromJson(parseYaml(toText(text))));
  });
  define(
    'toyaml',
    'toyaml(value, default=None, sort_keys=False)',
    ([value = null, fallback = null, sortKeys = false]) =>
      unless(['ValueError', 'RepresenterError'], fallback, () =>
        dumpYaml(value, { sortKeys: isTruthy(sortKeys) }),
      ),
  );
  define('set', '_set(value, default=None)', ([value = null, fallback = null]) =>
    unless(['TypeError'], fallback, () => new PySet(toList(value))),
  );
  define('set_strict', 'set_strict(value)', ([value = null]) => new PySet(toList(value)));
  define('zip', '_zip(*args, default=None)', ([lists = null, fallback = null]) =>
    unless(['TypeError'], fallback, () => zip(toList(lists))),
  );
  define('zip_strict', 'zip_strict(*args)', ([lists = null]) => zip(toList(lists)));
  define('log', 'log(msg, info=False)', ([message = null, info = false]) => {
    facts.log(isTruthy(info) ? 'info' : 'debug', toText(message));
    return '';
  });
  define('print', 'print(msg)', ([message = null]) => {
    facts.log('print', toText(message));
    return '';
  });
  define('local_md5', 'local_md5(value)', ([value = null]) => {
    const text = asText(value);
    if (text !== undefined) return md5(text);
    throw new JinjaError('AttributeError', `'${typeName(value)}' object has no attribute 'encode'`);
  });
  define('diff_of_two_dicts', 'diff_of_two_dicts(dict_a, dict_b)', ([left = null, right = null]) =>
    differenceOf(left, right),
  );
  define('otel_trace_id', 'otel_trace_id()', () => '');
  define('otel_span_id', 'otel_span_id()', () => '');
  return entries;
}

/** The value of `body`, or the fallback if it fails in one of these ways. @param kinds Python's classes, or our codes. */
function unless(kinds: readonly string[], fallback: Value, body: () => Value): Value {
  try {
    return body();
  } catch (error) {
    const kind =
      error instanceof JinjaError
        ? error.pythonClass
        : error instanceof DagbookError
          ? error.code
          : undefined;
    if (kind !== undefined && kinds.includes(kind)) return fallback;
    throw error;
  }
}

/** One-shot, as Python's. */
function zip(args: readonly Value[]): PyIterator {
  const lists = args.map((arg) => toList(arg));
  const length = lists.length === 0 ? 0 : Math.min(...lists.map((list) => list.length));
  const tuples = Array.from(
    { length },
    (_, index) => new PyTuple(lists.map((list) => list[index] ?? null)),
  );
  return new PyIterator('zip', tuples.values());
}

/** Keys of the first that the second lacks or holds differently, compared in lower case (grants). */
function differenceOf(left: Value, right: Value): Value {
  if (!(left instanceof PyDict) || !(right instanceof PyDict)) {
    throw new JinjaError('TypeError', 'diff_of_two_dicts takes two dicts of lists');
  }
  const lower = (value: Value): string => toText(value).toLowerCase();
  const others = new Map(
    [...right.entries()].map(([key, list]) => [lower(key), new Set(toList(list).map(lower))]),
  );
  const difference: [Value, Value][] = [];
  for (const [key, list] of left.entries()) {
    const known = others.get(lower(key));
    const extra = known && toList(list).filter((item) => !known.has(lower(item)));
    if (extra === undefined) difference.push([key, list]);
    else if (extra.length > 0) difference.push([key, extra]);
  }
  return PyDict.fromEntries(difference);
}

/** A dict whose keys are attributes too: `target.schema`. */
export class AttributeDict extends PyDict {
  constructor(json: Json) {
    super();
    if (isJsonObject(json)) {
      for (const [key, value] of Object.entries(json)) this.set(key, fromJson(value));
    }
  }

  override getAttribute(name: string): Value | undefined {
    return this.get(name) ?? super.getAttribute(name);
  }
}

/** `{{ flags.FULL_REFRESH }}`; an unknown flag raises as in dbt. */
class Flags extends PyObject {
  readonly typeName = 'Flags';
  readonly #flags: PyDict;

  constructor(flags: Readonly<Record<string, Json>>) {
    super();
    this.#flags = PyDict.fromEntries(
      Object.entries(flags).map(([key, value]): [Value, Value] => [
        key.toUpperCase(),
        fromJson(value),
      ]),
    );
  }

  override getAttribute(name: string): Value | undefined {
    return this.#flags.get(name.toUpperCase());
  }

  override toRepr(): string {
    return toRepr(this.#flags);
  }
}
