/**
 * Reads a template without rendering it, where all it holds is `ref`, `source` and `config` with literal arguments: most
 * models are so. What it gives is what rendering would give.
 */
import type { Json, JsonObject } from '../base/index.js';
import type { RefCall } from '../context/index.js';
import { hookKey } from './config-merge.js';
import { PythonReader } from './python-literal.js';

export interface StaticCaptures {
  readonly refs: readonly RefCall[];
  readonly sources: readonly (readonly [string, string])[];
  readonly configs: readonly JsonObject[];
  /** True if dbt's own reader takes it too: it knows texts, `True` and `False`, and lists and dicts of them. */
  readonly isPlain: boolean;
}

/** Names that must mean dbt's own functions. */
export const STATIC_NAMES = ['ref', 'source', 'config'] as const;

const OPEN = /\{[{%#]/gu;
const CALL = /-?\s*(?<name>ref|source|config)\s*\(/uy;
const CLOSE = /\s*-?\}\}/uy;
const TEXT = /"[^"]*"|'[^']*'/gu;
const PLAIN_ARGUMENTS = /^(?:True|False|(?!pre_hook|post_hook)[a-z_]\w*\s*=|[\s,[\]{}:])*\)$/iu;

/** @returns undefined if anything else is in the text, which then must be rendered. */
export function staticCaptures(text: string): StaticCaptures | undefined {
  const refs: RefCall[] = [];
  const sources: (readonly [string, string])[] = [];
  const configs: JsonObject[] = [];
  let isPlain = !text.includes('{{-') && !text.includes('-}}');
  OPEN.lastIndex = 0;
  for (let match = OPEN.exec(text); match !== null; match = OPEN.exec(text)) {
    if (match[0] === '{%') return undefined;
    if (match[0] === '{#') {
      const end = text.indexOf('#}', match.index + 2);
      if (end === -1) return undefined;
      OPEN.lastIndex = end + 2;
      continue;
    }
    CALL.lastIndex = match.index + 2;
    const name = CALL.exec(text)?.groups?.['name'];
    if (name === undefined) return undefined;
    const reader = new PythonReader(text, CALL.lastIndex, 'jinja');
    const call = reader.arguments();
    CLOSE.lastIndex = reader.offset;
    if (call === undefined || !CLOSE.test(text)) return undefined;
    OPEN.lastIndex = CLOSE.lastIndex;
    if (name === 'config') {
      if (call.args.length > 0 || Object.keys(call.kwargs).length === 0) return undefined;
      const written = text.slice(CALL.lastIndex, reader.offset).replaceAll(TEXT, '');
      isPlain &&= PLAIN_ARGUMENTS.test(written) && !/\b(?:true|false)\b/u.test(written);
      configs.push(
        Object.fromEntries(
          Object.entries(call.kwargs).map(([key, value]) => [hookKey(key), value]),
        ),
      );
    } else if (name === 'ref') {
      const ref = refOf(call.args, call.kwargs);
      if (ref === undefined) return undefined;
      refs.push(ref);
    } else {
      const [source, table, ...more] = call.args;
      const isPlain = more.length === 0 && Object.keys(call.kwargs).length === 0;
      if (!isPlain || typeof source !== 'string' || typeof table !== 'string') return undefined;
      sources.push([source, table]);
    }
  }
  return { refs, sources, configs, isPlain };
}

function refOf(args: readonly Json[], kwargs: JsonObject): RefCall | undefined {
  const [first, second, ...more] = args;
  if (typeof first !== 'string' || more.length > 0) return undefined;
  if (second !== undefined && typeof second !== 'string') return undefined;
  if (Object.keys(kwargs).some((key) => key !== 'v' && key !== 'version')) return undefined;
  const version = kwargs['version'] ?? kwargs['v'] ?? null;
  if (version !== null && typeof version !== 'string' && !Number.isInteger(version))
    return undefined;
  return {
    name: second ?? first,
    packageName: second === undefined ? null : first,
    version: typeof version === 'boolean' || typeof version === 'object' ? null : version,
  };
}
