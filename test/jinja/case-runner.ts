/**
 * Runs the cases that real Jinja2 answered: see `cases.json`.
 */
import {
  createEnvironment,
  datetimeModule,
  fromJson,
  itertoolsModule,
  JinjaError,
  parseTemplate,
  PyDecimal,
  PyDict,
  PyFloat,
  PyRange,
  PyTuple,
  pytzModule,
  reModule,
  render,
  renderEffects,
  renderNative,
  toRepr,
  type Value,
} from '../../src/jinja/index.js';

/** One case: a template, and what Jinja2 made of it in dbt's environment. */
export interface JinjaCase {
  readonly id: number;
  readonly group: string;
  readonly env: 'text' | 'native' | 'capture';
  readonly template: string;
  readonly context?: Readonly<Record<string, unknown>>;
  readonly opts?: Readonly<Record<string, unknown>>;
  readonly expected?: string;
  readonly native?: unknown;
  readonly error?: string;
  readonly message?: string;
  readonly phase?: 'compile' | 'render';
  readonly lineno?: number;
}

/** How the engine is entered. */
export type Entrance = 'sync' | 'effects';

interface Outcome {
  readonly text?: string;
  readonly native?: Value;
  readonly error?: JinjaError;
}

/** Runs a case. @returns undefined if it passes, else what came instead. */
export function failureOf(one: JinjaCase, entrance: Entrance): string | undefined {
  const { text, native, error } = outcomeOf(one, entrance);
  if (one.error !== undefined) {
    if (error === undefined)
      return `wanted ${one.error}: ${one.message}, got ${shown(text, native)}`;
    if (error.pythonClass !== one.error)
      return `wanted ${one.error}, got ${error.pythonClass}: ${error.message}`;
    return sameMessage(error.message, one.message ?? '')
      ? undefined
      : `wanted message ${one.message}, got ${error.message}`;
  }
  if (error !== undefined) return `unexpected ${error.pythonClass}: ${error.message}`;
  if (one.env !== 'native') {
    return text === one.expected
      ? undefined
      : `wanted ${JSON.stringify(one.expected)}, got ${JSON.stringify(text)}`;
  }
  const wanted = toRepr(decode(one.native));
  return native !== undefined && toRepr(native) === wanted
    ? undefined
    : `wanted ${wanted}, got ${shown(undefined, native)}`;
}

/** Python's own SyntaxErrors point into the code that Jinja2 generated, which we do not have. */
function sameMessage(ours: string, theirs: string): boolean {
  return ours === theirs || ours === theirs.replace(/ \(<template>, line \d+\)$/u, '');
}

function shown(text: string | undefined, native: Value | undefined): string {
  return text === undefined ? toRepr(native ?? null) : JSON.stringify(text);
}

function outcomeOf(one: JinjaCase, entrance: Entrance): Outcome {
  const environment = createEnvironment({ undefinedMode: one.env });
  const values = new Map(
    Object.entries(one.context ?? {}).map(([name, value]) => [name, decode(value)] as const),
  );
  const context = { lookup: (name: string) => values.get(name) };
  const options = one.opts ?? {};
  try {
    const template = parseTemplate(one.template, {
      trimBlocks: options['trim_blocks'] === true,
      lstripBlocks: options['lstrip_blocks'] === true,
      keepTrailingNewline: options['keep_trailing_newline'] === true,
    });
    if (one.env === 'native') return { native: renderNative(template, context, environment) };
    if (entrance === 'sync') return { text: render(template, context, environment) };
    const step = renderEffects(template, context, environment).next();
    return step.done === true ? { text: step.value } : { text: 'yielded' };
  } catch (error) {
    if (error instanceof JinjaError) return { error };
    throw error;
  }
}

/** Values that JSON cannot hold are wrapped: `{ $float }`, `{ $int }`, `{ $tuple }`, `{ $range }`, `{ $dict }`, `{ $decimal }`. */
function decode(json: unknown): Value {
  if (Array.isArray(json)) return json.map(decode);
  if (typeof json !== 'object' || json === null) return fromJson(json);
  const entries: readonly (readonly [string, unknown])[] = Object.entries(json);
  const [[tag, value] = ['', undefined]] = entries;
  switch (tag) {
    case '$float':
      return new PyFloat(toDouble(String(value)));
    case '$int':
      return fromJson(BigInt(String(value)));
    case '$tuple':
      return new PyTuple(listOf(value).map(decode));
    case '$range': {
      const [start = 0, stop = 0, step = 1] = listOf(value).map(Number);
      return new PyRange(start, stop, step);
    }
    case '$decimal':
      return PyDecimal.parse(String(value));
    case '$modules':
      return PyDict.fromObject({
        datetime: datetimeModule(() => Number(value)),
        itertools: itertoolsModule(),
        pytz: pytzModule(),
        re: reModule(),
      });
    case '$dict':
      return PyDict.fromEntries(
        listOf(value).map((pair) => {
          const [key = null, one = null] = listOf(pair).map(decode);
          return [key, one] as const;
        }),
      );
    default:
      return PyDict.fromEntries(entries.map(([key, one]) => [key, decode(one)] as const));
  }
}

function toDouble(text: string): number {
  return Number(text.replace(/^(-?)inf$/u, '$1Infinity'));
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
