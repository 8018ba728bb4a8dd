/**
 * What a properties entry says of a model, seed, snapshot or analysis, versions and columns worked out.
 */
import { ExactNumber, isJsonObject, type Json, type JsonObject } from '../base/index.js';
import type { YamlPath } from '../project/index.js';
import type { ColumnProperties } from './node.js';
import { listOf, objectOf, type ParseScope, textOf, textsOf } from './parse-scope.js';
import { positionIn, type PropertyEntry } from './property-files.js';

/** One column with what only its tests need. */
export interface ColumnEntry {
  readonly properties: ColumnProperties;
  /** Tests as written. */
  readonly tests: readonly Json[];
  /** Where the tests stand below the entry. */
  readonly testsPath: YamlPath;
}

/** Properties of one node, or of one version of one. */
export interface NodeProperties {
  readonly entry: PropertyEntry;
  readonly description: string;
  readonly columns: readonly ColumnEntry[];
  readonly config: JsonObject;
  readonly unrenderedConfig: JsonObject;
  readonly tests: readonly Json[];
  readonly testsPath: YamlPath;
  readonly quotesColumns: boolean;
  readonly constraints: readonly JsonObject[];
  readonly version: string | number | null;
  readonly latestVersion: string | number | null;
  readonly deprecationDate: string | null;
  readonly timeSpine: JsonObject | null;
  /** Name of the model's file without its ending: differs from the model's own for versions. */
  readonly fileName: string;
}

/** Keys that may stand beside `config:` and mean the same as within it. */
const MOVED = ['meta', 'docs', 'group', 'contract', 'access'];

/** Properties of an entry without versions. */
export function nodeProperties(scope: ParseScope, entry: PropertyEntry): NodeProperties {
  const { data, raw } = entry;
  const config = configOf(scope, entry, data);
  const [tests, testsPath] = testsOf(scope, entry, data, []);
  return {
    entry,
    description: textOf(data['description']) ?? '',
    columns: columnsOf(scope, entry, listOf(data['columns']), ['columns']),
    config,
    unrenderedConfig: asWritten(config, objectOf(raw['config'])),
    tests,
    testsPath,
    quotesColumns: data['quote_columns'] === true,
    constraints: listOf(data['constraints']).filter(isJsonObject),
    version: null,
    latestVersion: null,
    deprecationDate: textOf(data['deprecation_date']),
    timeSpine: timeSpineOf(data['time_spine']),
    fileName: entry.name,
  };
}

/**
 * Properties of each version of a model, in the order of the file.
 *
 * @param hasFile says whether the package has a model file of that name: the latest version may live in a file without a
 * suffix.
 */
export function versionProperties(
  scope: ParseScope,
  entry: PropertyEntry,
  hasFile: (name: string) => boolean,
): readonly NodeProperties[] {
  const whole = nodeProperties(scope, entry);
  const versions = listOf(entry.data['versions']).filter(isJsonObject);
  const rawVersions = listOf(entry.raw['versions']);
  const numbers = versions.map((version) => numberOf(version['v']));
  const latest = latestOf(scope, entry, numbers);
  return versions.flatMap((version, at): readonly NodeProperties[] => {
    const number = numbers[at] ?? null;
    if (number === null) {
      scope.error('manifest/version', 'A version has no `v:`.', positionIn(entry, 'versions', at));
      return [];
    }
    if (numbers.findIndex((other) => String(other) === String(number)) !== at) {
      scope.error(
        'manifest/version',
        `Version '${number}' stands twice in the versions of '${entry.name}'.`,
        positionIn(entry, 'versions', at),
      );
      return [];
    }
    const own = textOf(version['defined_in']) ?? `${entry.name}_v${number}`;
    const path = ['versions', at];
    const hasTests = version['data_tests'] !== undefined || version['tests'] !== undefined;
    const config = mergeDeep(whole.config, objectOf(version['config']));
    const [tests, testsPath] = hasTests
      ? testsOf(scope, entry, version, path)
      : [whole.tests, whole.testsPath];
    return [
      {
        ...whole,
        description: textOf(version['description']) || whole.description,
        columns: columnsOfVersion(scope, whole, version, path),
        config,
        // What the model says for all its versions stays as rendered: so dbt has it.
        unrenderedConfig: asWritten(config, objectOf(objectOf(rawVersions[at])['config'])),
        tests,
        testsPath,
        constraints:
          version['constraints'] === undefined
            ? whole.constraints
            : listOf(version['constraints']).filter(isJsonObject),
        version: number,
        latestVersion: latest,
        deprecationDate: textOf(version['deprecation_date']),
        fileName: number === latest && !hasFile(own) ? entry.name : own,
      },
    ];
  });
}

/** A time spine as dbt keeps it: its lists are there even where yaml has none. */
function timeSpineOf(value: Json | undefined): JsonObject | null {
  if (!isJsonObject(value)) return null;
  return {
    standard_granularity_column: value['standard_granularity_column'] ?? null,
    custom_granularities: listOf(value['custom_granularities']).map((one) => ({
      name: objectOf(one)['name'] ?? null,
      column_name: objectOf(one)['column_name'] ?? null,
    })),
  };
}

/** True if an entry of `models:` has versions. */
export function hasVersions(entry: PropertyEntry): boolean {
  return entry.key === 'models' && listOf(entry.data['versions']).length > 0;
}

/** Columns that a `columns:` list describes. */
export function columnsOf(
  scope: ParseScope,
  entry: PropertyEntry,
  list: readonly Json[],
  path: YamlPath,
): readonly ColumnEntry[] {
  return list.flatMap((raw, at): readonly ColumnEntry[] => {
    const column = objectOf(raw);
    const name = column['name'];
    if (typeof name !== 'string' && typeof name !== 'number') {
      scope.error('manifest/column', 'A column has no name.', positionIn(entry, ...path, at));
      return [];
    }
    const [tests, testsPath] = testsOf(scope, entry, column, [...path, at]);
    return [{ properties: columnProperties(String(name), column), tests, testsPath }];
  });
}

function columnProperties(name: string, column: JsonObject): ColumnProperties {
  const config = objectOf(column['config']);
  return {
    name,
    description: textOf(column['description']) ?? '',
    dataType: textOf(column['data_type']),
    quote: typeof column['quote'] === 'boolean' ? column['quote'] : null,
    tags: [...new Set([...textsOf(column['tags']), ...textsOf(config['tags'])])],
    meta: { ...objectOf(column['meta']), ...objectOf(config['meta']) },
    constraints: listOf(column['constraints']).filter(isJsonObject),
    granularity: textOf(column['granularity']),
  };
}

/** `data_tests:`, or `tests:` as it was once called. */
function testsOf(
  scope: ParseScope,
  entry: PropertyEntry,
  data: JsonObject,
  path: YamlPath,
): readonly [readonly Json[], YamlPath] {
  const old = data['tests'];
  const hasOld = Array.isArray(old) && old.length > 0;
  if (hasOld && data['data_tests'] !== undefined) {
    scope.error(
      'manifest/tests-twice',
      'Both `tests` and `data_tests` stand here; `data_tests` counts.',
      positionIn(entry, ...path, 'tests'),
    );
    return [listOf(data['data_tests']), [...path, 'data_tests']];
  }
  return hasOld ? [old, [...path, 'tests']] : [listOf(data['data_tests']), [...path, 'data_tests']];
}

/** `config:` with the keys that stand beside it moved in. */
function configOf(scope: ParseScope, entry: PropertyEntry, data: JsonObject): JsonObject {
  const config: Record<string, Json> = { ...objectOf(data['config']) };
  for (const key of MOVED) {
    const value = data[key];
    if (value === undefined) continue;
    if (key in config) {
      scope.error(
        'manifest/config-twice',
        `'${key}' stands both beside and within 'config'; the one within counts.`,
        positionIn(entry, key),
      );
    } else config[key] = value;
  }
  return config;
}

function columnsOfVersion(
  scope: ParseScope,
  whole: NodeProperties,
  version: JsonObject,
  path: YamlPath,
): readonly ColumnEntry[] {
  const list = listOf(version['columns']);
  const rule = list.map(objectOf).find((one) => 'include' in one || 'exclude' in one);
  const includes = (name: string): boolean => {
    if (rule === undefined) return true;
    const include = rule['include'];
    const isIncluded =
      include === '*' || include === 'all' || (Array.isArray(include) && include.includes(name));
    return isIncluded && !textsOf(rule['exclude']).includes(name);
  };
  const own = list.flatMap((one, at) =>
    one === rule ? [] : columnsOf(scope, whole.entry, [one], [...path, 'columns', at]),
  );
  return [...whole.columns.filter((column) => includes(column.properties.name)), ...own];
}

function latestOf(
  scope: ParseScope,
  entry: PropertyEntry,
  numbers: readonly (string | number | null)[],
): string | number | null {
  const known = numbers.filter((number) => number !== null);
  const stated = numberOf(entry.data['latest_version']);
  if (stated === null) return known.reduce<string | number | null>(later, null);
  if (!known.includes(stated)) {
    scope.error(
      'manifest/version',
      `latest_version ${stated} of '${entry.name}' is not one of its versions: ${known.join(', ')}.`,
      positionIn(entry, 'latest_version'),
    );
  }
  return stated;
}

function later(left: string | number | null, right: string | number): string | number {
  if (left === null) return right;
  return isEarlier(left, right) ? right : left;
}

/** Versions compare as numbers if both are, else as texts. */
export function isEarlier(left: string | number, right: string | number): boolean {
  const [first, second] = [Number(left), Number(right)];
  return Number.isNaN(first) || Number.isNaN(second)
    ? String(left) < String(right)
    : first < second;
}

function numberOf(value: Json | undefined): string | number | null {
  if (value instanceof ExactNumber) return value.text;
  return typeof value === 'string' || typeof value === 'number' ? value : null;
}

function mergeDeep(base: JsonObject, update: JsonObject): JsonObject {
  const result: Record<string, Json> = { ...base };
  for (const [key, value] of Object.entries(update)) {
    const old = result[key];
    result[key] = isJsonObject(old) && isJsonObject(value) ? mergeDeep(old, value) : value;
  }
  return result;
}

/** A config with its templates back in place. Lists double: dbt puts what is written before what was rendered. */
function asWritten(config: JsonObject, raw: JsonObject): JsonObject {
  const result: Record<string, Json> = { ...config };
  for (const [key, value] of Object.entries(raw)) {
    const old = result[key];
    if (isJsonObject(value)) result[key] = asWritten(objectOf(old), value);
    else result[key] = Array.isArray(value) && Array.isArray(old) ? [...value, ...old] : value;
  }
  return result;
}
