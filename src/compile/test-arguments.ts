/**
 * The arguments of a generic test as its macro gets them.
 */
import { isJsonObject, type Json, membersOf } from '../base/index.js';
import type { DbtContext } from '../context/index.js';
import {
  createEnvironment,
  fromJson,
  parseTemplate,
  PyDict,
  renderNative,
  type Value,
} from '../jinja/index.js';
import type { TestNode } from '../manifest/index.js';

const nativeEnvironment = createEnvironment({ undefinedMode: 'native' });

/** What yaml writes without braces and still means as a call. */
const LOOKS_LIKE_CALL = /^\s*(?:env_var|ref|var|source|doc)\s*\(.+\)\s*$/u;

/** The arguments of a generic test, each text rendered as yaml is; `column_name` stays as written. */
export function testArguments(node: TestNode, context: DbtContext): Value {
  const rendered = (value: Json): Value => {
    if (typeof value === 'string') {
      const text = LOOKS_LIKE_CALL.test(value) ? `{{ ${value} }}` : value;
      if (!text.includes('{')) return text;
      return renderNative(
        parseTemplate(text, { name: node.originalFilePath }),
        context,
        nativeEnvironment,
      );
    }
    if (Array.isArray(value)) return value.map(rendered);
    if (!isJsonObject(value)) return fromJson(value);
    return PyDict.fromEntries(
      membersOf(value).map(([key, item]): [Value, Value] => [fromJson(key), rendered(item)]),
    );
  };
  const kwargs = node.testMetadata?.kwargs ?? {};
  return PyDict.fromEntries(
    Object.entries(kwargs).map(([key, value]): [Value, Value] => [
      key,
      key === 'column_name' ? fromJson(value) : rendered(value),
    ]),
  );
}
