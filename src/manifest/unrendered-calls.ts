/**
 * What the `config()` calls of a file say, as written: states are compared by it, so that neither target nor environment
 * makes a difference.
 */
import type { Json, JsonObject } from '../base/index.js';
import { type CallNode, parseTemplate } from '../jinja/index.js';
import { argumentSource } from './jinja-source.js';

/**
 * @param rendered what the calls said when the file was rendered, merged; empty if none was reached.
 * @param isPlain true where dbt reads the file without rendering it, and so keeps values instead of their text.
 * @returns arguments of the file's first call as text, else what was rendered: a call without keywords has no text.
 */
export function unrenderedCalls(code: string, rendered: JsonObject, isPlain: boolean): JsonObject {
  if (isPlain || Object.keys(rendered).length === 0 || !code.includes('config(')) return rendered;
  const call = configCall(parseTemplate(code, { name: 'config' }).body);
  const written: Record<string, Json> = {};
  for (const { name, value } of call?.arguments.keywords ?? [])
    written[name] = argumentSource(value);
  return Object.keys(written).length === 0 ? rendered : written;
}

/** The first call of `config` in the order of the text. The tree is plain data whose members stand in that order. */
function configCall(tree: unknown): CallNode | undefined {
  if (typeof tree !== 'object' || tree === null) return undefined;
  if (isConfigCall(tree)) return tree;
  for (const part of Object.values(tree)) {
    const found = configCall(part);
    if (found !== undefined) return found;
  }
  return undefined;
}

function isConfigCall(tree: object): tree is CallNode {
  if (!('kind' in tree) || tree.kind !== 'call' || !('callee' in tree)) return false;
  const { callee } = tree;
  return typeof callee === 'object' && callee !== null && 'name' in callee && 'kind' in callee
    ? callee.kind === 'name' && callee.name === 'config'
    : false;
}
