/**
 * What the `config()` calls of a file say, as written: states are compared by it, so that neither target nor environment
 * makes a difference.
 */
import type { Json, JsonObject } from '../base/index.js';
import { type CallNode, parseTemplate } from '../jinja/index.js';
import { argumentSource } from './jinja-source.js';
import { calledName, callsIn } from './template-calls.js';

/**
 * @param rendered what the calls said when the file was rendered, merged; empty if none was reached.
 * @param isPlain true where dbt reads the file without rendering it, and so keeps values instead of their text.
 * @returns arguments of the file's first call as text, else what was rendered: a call without keywords has no text.
 */
export function unrenderedCalls(code: string, rendered: JsonObject, isPlain: boolean): JsonObject {
  if (isPlain || Object.keys(rendered).length === 0 || !code.includes('config(')) return rendered;
  const written: Record<string, Json> = {};
  for (const { name, value } of configCall(code)?.arguments.keywords ?? [])
    written[name] = argumentSource(value);
  return Object.keys(written).length === 0 ? rendered : written;
}

function configCall(code: string): CallNode | undefined {
  for (const call of callsIn(parseTemplate(code, { name: 'config' }).body)) {
    if (calledName(call.callee) === 'config') return call;
  }
  return undefined;
}
