/**
 * Makes the nodes of sources, one for each table, and the tests written under them.
 */
import { isJsonObject, type Json, type JsonObject, nodeId } from '../base/index.js';
import type { YamlPath } from '../project/index.js';
import type { Draft } from './draft.js';
import { columnTags, genericTest, type TestTarget } from './generic-tests.js';
import type { SourceNode } from './node.js';
import { foldersOf } from './node-files.js';
import { quotePolicy, renderName } from './node-names.js';
import { columnsOf } from './node-properties.js';
import { listOf, objectOf, type ParseScope, textOf, textsOf } from './parse-scope.js';
import { positionIn, type PropertyEntry } from './property-files.js';
import { sourceFreshness, thresholdsOf } from './source-freshness.js';

/** One table of a source, its node and what its tests need. */
interface SourceTable {
  readonly entry: PropertyEntry;
  readonly source: JsonObject;
  readonly table: JsonObject;
  readonly path: YamlPath;
  readonly tableName: string;
}

/** Nodes of all sources, disabled ones included, and their tests. */
export function readSources(
  scope: ParseScope,
  entries: readonly PropertyEntry[],
): { readonly sources: readonly SourceNode[]; readonly tests: readonly Draft[] } {
  const overrides = new Map<string, PropertyEntry>();
  for (const entry of entries) {
    const target = textOf(entry.data['overrides']);
    if (target !== null) overrides.set(`${target}.${entry.name}`, entry);
  }
  const sources: SourceNode[] = [];
  const tests: Draft[] = [];
  for (const entry of entries) {
    if (textOf(entry.data['overrides']) !== null) continue;
    const override = overrides.get(`${entry.source.owner.name}.${entry.name}`);
    for (const table of tablesOf(scope, entry, override)) {
      sources.push(sourceNode(scope, table));
      tests.push(...testsOf(scope, table));
    }
  }
  return { sources, tests };
}

function tablesOf(
  scope: ParseScope,
  entry: PropertyEntry,
  override: PropertyEntry | undefined,
): readonly SourceTable[] {
  const { tables, ...source } = entry.data;
  const { tables: changedTables, overrides: _, ...changed } = override?.data ?? {};
  return listOf(tables).flatMap((written, at): readonly SourceTable[] => {
    const table = objectOf(written);
    const tableName = textOf(table['name']);
    const path = ['tables', at];
    if (tableName === null) {
      scope.error(
        'manifest/source',
        `A table of source '${entry.name}' has no name.`,
        positionIn(entry, ...path),
      );
      return [];
    }
    const change = listOf(changedTables)
      .map(objectOf)
      .find((one) => one['name'] === tableName);
    return [
      { entry, source: { ...source, ...changed }, table: { ...table, ...change }, path, tableName },
    ];
  });
}

function sourceNode(scope: ParseScope, one: SourceTable): SourceNode {
  const { entry, source, table, tableName } = one;
  const { owner, file } = entry.source;
  const fqn = [owner.name, ...foldersOf(file.path), entry.name, tableName];
  const { config, unrendered } = scope.configs.resolve({
    resourceType: 'source',
    packageName: owner.name,
    fqn,
    properties: propertiesOf(scope, one),
  });
  const database = textOf(source['database']) || scope.project.target.database;
  const schema = textOf(source['schema']) || entry.name;
  const identifier = textOf(table['identifier']) || tableName;
  const quoting = { ...objectOf(source['quoting']), ...objectOf(table['quoting']) };
  return {
    resourceType: 'source',
    id: nodeId(`source.${owner.name}.${entry.name}.${tableName}`),
    name: tableName,
    packageName: owner.name,
    path: file.originalFilePath,
    originalFilePath: file.originalFilePath,
    fqn,
    description: textOf(table['description']) ?? '',
    tags: textsOf(config['tags']),
    meta: objectOf(config['meta']),
    config,
    unrenderedConfig: unrendered,
    dependsOn: [],
    refs: [],
    sources: [],
    sourceName: entry.name,
    sourceDescription: textOf(source['description']) ?? '',
    loader: textOf(source['loader']) ?? '',
    identifier,
    database,
    schema,
    unrendered: {
      database: textOf(entry.raw['database']),
      schema: textOf(entry.raw['schema']),
    },
    relationName: renderName(
      [database, schema, identifier],
      quotePolicy(scope.project.quoting, quoting),
    ),
    quoting,
    columns: new Map(
      columnsOf(scope, entry, listOf(table['columns']), [...one.path, 'columns']).map((column) => [
        column.properties.name,
        column.properties,
      ]),
    ),
    freshness: thresholdsOf(config['freshness']),
    loadedAtField: textOf(config['loaded_at_field']),
    loadedAtQuery: textOf(config['loaded_at_query']),
    external: table['external'] ?? null,
    patchPath: null,
  };
}

/** What source and table say, beside and within their `config:`, the table's last. */
function propertiesOf(scope: ParseScope, one: SourceTable): JsonObject {
  const { source, table } = one;
  const sourceConfig = objectOf(source['config']);
  const tableConfig = objectOf(table['config']);
  const properties: Record<string, Json> = { ...sourceConfig, ...tableConfig };
  const freshness = sourceFreshness([
    source['freshness'],
    sourceConfig['freshness'],
    table['freshness'],
    tableConfig['freshness'],
  ]);
  if (freshness === undefined) delete properties['freshness'];
  else properties['freshness'] = freshness;

  const isStated = 'loaded_at_field' in table || 'loaded_at_field' in tableConfig;
  const [field, query] = ['loaded_at_field', 'loaded_at_query'].map((key) => ({
    table: textOf(table[key]) || textOf(tableConfig[key]),
    source: textOf(source[key]) || textOf(sourceConfig[key]),
  }));
  if (field?.table && query?.table) {
    scope.error(
      'manifest/source',
      `Table '${one.tableName}' has both a loaded_at_field and a loaded_at_query.`,
      positionIn(one.entry, ...one.path),
      { hint: 'Keep one of them.' },
    );
  }
  properties['loaded_at_field'] = isStated ? (field?.table ?? null) : (field?.source ?? null);
  // A field stated for the table, even as null, takes the source's query back.
  properties['loaded_at_query'] = query?.table ?? (isStated ? null : (query?.source ?? null));
  properties['meta'] = {
    ...objectOf(source['meta']),
    ...objectOf(sourceConfig['meta']),
    ...objectOf(table['meta']),
    ...objectOf(tableConfig['meta']),
  };
  properties['tags'] = [
    ...new Set(
      [source['tags'], sourceConfig['tags'], table['tags'], tableConfig['tags']].flatMap(textsOf),
    ),
  ].sort();
  return properties;
}

function testsOf(scope: ParseScope, one: SourceTable): readonly Draft[] {
  const { entry, source, table, path, tableName } = one;
  const target: TestTarget = {
    entry,
    kind: 'source',
    nameInTest: `${entry.name}_${tableName}`,
    reference: `source('${entry.name}', '${tableName}')`,
    refs: [],
    sources: [[entry.name, tableName]],
    group: null,
  };
  const quotesColumns =
    objectOf(table['quoting'])['column'] ?? objectOf(source['quoting'])['column'] ?? false;
  const shared = [...textsOf(source['tags']), ...textsOf(table['tags'])];
  const written = [
    ...testList(table).map(([test, steps]) => ({
      test,
      path: [...path, ...steps],
      columnName: null,
      tags: shared,
    })),
    ...listOf(table['columns']).flatMap((column, at) => {
      const name = isJsonObject(column) ? column['name'] : undefined;
      if (typeof name !== 'string') return [];
      const quote = objectOf(column)['quote'];
      const isQuoted = quote === true || (quote === undefined && quotesColumns === true);
      return testList(objectOf(column)).map(([test, steps]) => ({
        test,
        path: [...path, 'columns', at, ...steps],
        columnName: isQuoted ? `"${name}"` : name,
        tags: [...shared, ...columnTags(column)],
      }));
    }),
  ];
  return written.flatMap((test) => {
    const draft = genericTest(scope, target, test);
    return draft === undefined ? [] : [draft];
  });
}

function testList(data: JsonObject): readonly (readonly [Json, YamlPath])[] {
  const key = Array.isArray(data['data_tests']) ? 'data_tests' : 'tests';
  return listOf(data[key]).map((test, at) => [test, [key, at]]);
}
