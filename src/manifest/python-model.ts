/**
 * Reads what a Python model refers to: its calls of `dbt.ref`, `dbt.source` and `dbt.config`, whose arguments must be literals.
 */
import { DagbookError, type Json, type JsonObject } from '../base/index.js';
import type { RefCall } from '../context/index.js';
import { PythonReader } from './python-literal.js';
import { pythonStr } from './python-text.js';

export interface PythonCalls {
  readonly refs: readonly RefCall[];
  readonly sources: readonly (readonly [string, string])[];
  readonly configs: readonly JsonObject[];
}

const CALL = /\bdbt\s*\.\s*(?<name>ref|source|config(?:\s*\.\s*get)?)\s*\(/gu;

/**
 * Finds the calls in the order of the text. Calls in comments and strings do not count.
 *
 * @throws DagbookError manifest/python with the offset's line if an argument is not a literal.
 */
export function pythonCalls(code: string, file: string, firstLine: number): PythonCalls {
  const refs: RefCall[] = [];
  const sources: (readonly [string, string])[] = [];
  const configs: JsonObject[] = [];
  const keys: string[] = [];
  const defaults: Json[] = [];
  const bare = withoutText(code);
  for (const match of bare.matchAll(CALL)) {
    const name = (match.groups?.['name'] ?? '').replaceAll(/\s/gu, '');
    const call = new PythonReader(code, match.index + match[0].length).arguments();
    if (call === undefined) {
      const line = firstLine + code.slice(0, match.index).split('\n').length - 1;
      throw new DagbookError(
        'manifest/python',
        `The arguments of dbt.${name}() must be literals: strings, numbers, lists, dicts.`,
        { exitCode: 1, position: { file, line, column: 1 } },
      );
    }
    const [first = null, second] = call.args;
    switch (name) {
      case 'ref': {
        const version = call.kwargs['v'] ?? call.kwargs['version'] ?? null;
        refs.push({
          name: pythonStr(second ?? first),
          packageName: second === undefined ? null : pythonStr(first),
          version: typeof version === 'string' || typeof version === 'number' ? version : null,
        });
        break;
      }
      case 'source':
        sources.push([pythonStr(first), pythonStr(second ?? null)]);
        break;
      case 'config':
        configs.push(call.kwargs);
        break;
      default:
        keys.push(pythonStr(first));
        defaults.push(second ?? null);
    }
  }
  // What the model asks of its config at run time must be handed to it.
  if (keys.length > 0) {
    configs.push({
      config_keys_used: keys,
      config_keys_defaults: defaults,
      meta_keys_used: [],
      meta_keys_defaults: [],
    });
  }
  return { refs, sources, configs };
}

const TEXT = /#[^\n]*|(?:"""[^]*?"""|'''[^]*?'''|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')/gu;

/** The code with comments and strings blanked, offsets unchanged. */
function withoutText(code: string): string {
  return code.replaceAll(TEXT, (text) => ' '.repeat(text.length));
}
