/**
 * Reads one generic test as a properties file writes it: its macro, arguments, config and own name.
 */
import { isJsonObject, type Json, type JsonObject } from '../base/index.js';
import { asList } from './config-merge.js';
import { objectOf, textOf } from './parse-scope.js';
import { pythonRepr } from './python-text.js';

/** Keys that are config, not arguments, where they stand beside the arguments. In the order in which dbt reads them. */
const CONFIG_KEYS = [
  'severity',
  'tags',
  'enabled',
  'where',
  'limit',
  'warn_if',
  'error_if',
  'fail_calc',
  'store_failures',
  'store_failures_as',
  'sql_header',
  'meta',
  'database',
  'schema',
  'alias',
];

export interface TestDefinition {
  /** The test's macro without its prefix: `unique`. */
  readonly name: string;
  readonly namespace: string | null;
  /** What the macro is called with, `model` not yet among it. */
  readonly args: JsonObject;
  readonly config: JsonObject;
  /** `name:` of its own, or null. */
  readonly customName: string | null;
  readonly description: string;
}

const NAME = /^(?:(?<namespace>[a-zA-Z_][0-9a-zA-Z_]*)\.)?(?<name>[a-zA-Z_][0-9a-zA-Z_]*)/u;

/**
 * Reads a test.
 *
 * @param render renders one string of its config.
 * @param nestsArguments false for projects that turned `arguments:` off.
 * @returns what is wrong, as text, if it cannot be read.
 */
export function readTest(
  written: Json,
  columnName: string | null,
  render: (text: string) => Json,
  nestsArguments: boolean,
): TestDefinition | string {
  const split = nameAndArgs(written);
  if (typeof split === 'string') return split;
  const match = NAME.exec(split.name)?.groups;
  if (match === undefined) return `'${split.name}' is not a name for a test.`;
  const args: Record<string, Json> = { ...split.args };
  if (columnName !== null) args['column_name'] = columnName;
  if (nestsArguments) {
    const nested = args['arguments'];
    delete args['arguments'];
    if (isJsonObject(nested)) Object.assign(args, nested);
  }
  if ('model' in args)
    return "A test may not have an argument 'model': that is what it is written under.";
  if (args['config'] !== undefined && args['config'] !== null && !isJsonObject(args['config'])) {
    return "The 'config' of a test must be a mapping.";
  }
  const config = configOf(args, render);
  if (typeof config === 'string') return config;
  const description = textOf(args['description']) ?? '';
  const customName = textOf(args['name']);
  delete args['description'];
  delete args['name'];
  return {
    name: match['name'] ?? '',
    namespace: match['namespace'] ?? null,
    args,
    config,
    customName,
    description,
  };
}

/** The text of a generic test's node: a call of its macro, and its config as a call of `config()`. */
export function testCode(definition: TestDefinition, config: JsonObject): string {
  const { name, namespace } = definition;
  const macro = namespace === null ? `test_${name}` : `${namespace}.test_${name}`;
  const configs = Object.entries(config).map(
    ([key, value]) =>
      `${key}=${typeof value === 'string' ? `"${value.replaceAll('"', '\\"')}"` : pythonRepr(value)}`,
  );
  const call = configs.length === 0 ? '' : `{{ config(${configs.join(',')}) }}`;
  return `{{ ${macro}(**_dbt_generic_test_kwargs) }}${call}`;
}

function nameAndArgs(written: Json): { readonly name: string; readonly args: JsonObject } | string {
  if (typeof written === 'string') return { name: written, args: {} };
  if (!isJsonObject(written)) return 'A test must be a name or a mapping.';
  const testName = written['test_name'];
  if (testName !== undefined) {
    const { test_name: _, ...args } = written;
    return typeof testName === 'string' ? { name: testName, args } : "A 'test_name' must be text.";
  }
  const [entry, ...more] = Object.entries(written);
  if (entry === undefined || more.length > 0) {
    return `A test must be a mapping of one name to its arguments, but it has ${more.length + (entry === undefined ? 0 : 1)} keys. Indent the arguments further.`;
  }
  const [name, args] = entry;
  return isJsonObject(args)
    ? { name, args }
    : `The arguments of the test '${name}' must be a mapping.`;
}

/** Takes the config out of the arguments. */
function configOf(args: Record<string, Json>, render: (text: string) => Json): JsonObject | string {
  const nested: Record<string, Json> = { ...objectOf(args['config']) };
  const config: Record<string, Json> = {};
  for (const key of CONFIG_KEYS) {
    let value = args[key] ?? null;
    delete args[key];
    if (isSet(value) && key in nested) {
      return `'${key}' stands both beside and within the test's config.`;
    }
    if (!isSet(value) && 'config' in args) {
      value = nested[key] ?? null;
      delete nested[key];
    }
    keep(config, key, value, render);
  }
  delete args['config'];
  for (const [key, value] of Object.entries(nested)) keep(config, key, value, render);
  const tags = config['tags'];
  if (tags !== undefined && asList(tags).some((tag) => typeof tag !== 'string')) {
    return 'The tags of a test must be texts.';
  }
  return config;
}

function keep(
  config: Record<string, Json>,
  key: string,
  value: Json,
  render: (text: string) => Json,
): void {
  const rendered = typeof value === 'string' ? render(value) : value;
  if (rendered !== null) config[key] = rendered;
}

/** Python's truth: what is empty, zero or false was not said. */
function isSet(value: Json): boolean {
  if (Array.isArray(value)) return value.length > 0;
  return isJsonObject(value) ? Object.keys(value).length > 0 : Boolean(value);
}
