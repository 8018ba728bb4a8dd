/**
 * The context members that need no project: conversions, sets, logging, modules.
 */
import { isJsonObject, type Json } from '../base/index.js';
import {
  datetimeModule,
  fromJson,
  isTruthy,
  itertoolsModule,
  JinjaError,
  PyDateTime,
  PyDict,
  PyFunction,
  PyObject,
  PySet,
  PyTuple,
  pytzModule,
  reModule,
  toJson,
  toList,
  toRepr,
  toText,
  type Value,
} from '../jinja/index.js';
import { md5 } from '../platform/index.js';
import { parseYaml, writeYaml } from '../project/index.js';
import { MacroReturn } from './context.js';
import type { ProjectFacts } from './facts.js';
import { fromJsonText, fromYaml } from './yaml-value.js';

/** Everything that does not depend on the node, by name. */
export function baseEntries(facts: ProjectFacts): ReadonlyMap<string, Value> {
  const entries = new Map<string, Value>();
  const define = (name: string, body: PyFunction['call']): void => {
    entries.set(name, new PyFunction(name, body));
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

  define('return', ({ args, kwargs }) => {
    throw new MacroReturn(args[0] ?? kwargs.get('data') ?? null);
  });
  define('fromjson', ({ args, kwargs }) =>
    orDefault(args[1] ?? kwargs.get('default'), () => fromJsonText(toText(args[0] ?? ''))),
  );
  define('tojson', ({ args, kwargs }) =>
    orDefault(args[1] ?? kwargs.get('default'), () =>
      pythonJson(toJson(args[0] ?? null), isTruthy(args[2] ?? kwargs.get('sort_keys') ?? false)),
    ),
  );
  define('fromyaml', ({ args, kwargs }) =>
    orDefault(args[1] ?? kwargs.get('default'), () => fromYaml(parseYaml(toText(args[0] ?? '')))),
  );
  define('toyaml', ({ args, kwargs }) =>
    orDefault(args[1] ?? kwargs.get('default'), () =>
      writeYaml(toJson(args[0] ?? null), isTruthy(args[2] ?? kwargs.get('sort_keys') ?? false)),
    ),
  );
  define('set', ({ args, kwargs }) =>
    orDefault(args[1] ?? kwargs.get('default'), () => new PySet(toList(args[0] ?? null))),
  );
  define('set_strict', ({ args }) => new PySet(toList(args[0] ?? null)));
  define('zip', ({ args, kwargs }) => orDefault(kwargs.get('default'), () => zip(args)));
  define('zip_strict', ({ args }) => zip(args));
  define('log', ({ args, kwargs }) => {
    facts.log(
      isTruthy(args[1] ?? kwargs.get('info') ?? false) ? 'info' : 'debug',
      toText(args[0] ?? ''),
    );
    return '';
  });
  define('print', ({ args }) => {
    facts.log('print', toText(args[0] ?? ''));
    return '';
  });
  define('local_md5', ({ args }) => md5(toText(args[0] ?? '')));
  define('diff_of_two_dicts', ({ args }) => differenceOf(args[0] ?? null, args[1] ?? null));
  define('otel_trace_id', () => '');
  define('otel_span_id', () => '');
  return entries;
}

function orDefault(fallback: Value | undefined, body: () => Value): Value {
  try {
    return body();
  } catch (error) {
    if (error instanceof MacroReturn) throw error;
    return fallback ?? null;
  }
}

function zip(args: readonly Value[]): Value[] {
  const lists = args.map((arg) => toList(arg));
  const length = Math.min(...lists.map((list) => list.length));
  return Array.from({ length: Number.isFinite(length) ? length : 0 }, (_, index) => {
    return new PyTuple(lists.map((list) => list[index] ?? null));
  });
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
    const known = others.get(lower(key)) ?? new Set();
    const extra = toList(list).filter((item) => !known.has(lower(item)));
    if (extra.length > 0) difference.push([key, extra]);
  }
  return PyDict.fromEntries(difference);
}

/** JSON as Python's `json.dumps` writes it: spaces after `,` and `:`, non-ASCII escaped. */
export function pythonJson(value: unknown, sortKeys = false): string {
  if (Array.isArray(value))
    return `[${value.map((item) => pythonJson(item, sortKeys)).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const keys = Object.keys(value);
    if (sortKeys) keys.sort();
    const pairs = keys.map(
      (key) => `${pythonJson(key)}: ${pythonJson(Reflect.get(value, key), sortKeys)}`,
    );
    return `{${pairs.join(', ')}}`;
  }
  if (typeof value === 'bigint') return String(value);
  return JSON.stringify(value ?? null).replace(/[\u0080-\u{10ffff}]/gu, escapeUnits);
}

function escapeUnits(character: string): string {
  let escaped = '';
  for (let index = 0; index < character.length; index += 1) {
    escaped += `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`;
  }
  return escaped;
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
