/** The facts of a manifest in the spelling of dbt's manifest.json, so that they can be held against what dbt recorded. */
import type { Json, JsonObject } from '../../src/base/index.js';
import type { ManifestNode, RefArguments } from '../../src/manifest/index.js';

/** A node's facts as dbt spells them. */
export function factsOf(node: ManifestNode): JsonObject {
  const facts: Record<string, unknown> = {
    resource_type: node.resourceType,
    name: node.name,
    package_name: node.packageName,
    path: node.path,
    original_file_path: node.originalFilePath,
    fqn: node.fqn,
    tags: node.tags,
    meta: node.meta,
    description: node.description,
    config: node.config,
    unrendered_config: node.unrenderedConfig,
    refs: node.refs.map(refFacts),
    sources: node.sources,
    depends_on: { nodes: node.dependsOn, macros: 'macros' in node ? node.macros : [] },
  };
  if ('relationName' in node) {
    const columns = [...node.columns].map(([name, column]) => [
      name,
      {
        name: column.name,
        description: column.description,
        data_type: column.dataType,
        meta: column.meta,
        quote: column.quote,
        tags: column.tags,
      },
    ]);
    Object.assign(facts, {
      database: node.database,
      schema: node.schema,
      relation_name: node.relationName,
      columns: Object.fromEntries(columns),
      patch_path: node.patchPath,
    });
  }
  if ('alias' in node) Object.assign(facts, { alias: node.alias, group: node.group });
  if ('rawCode' in node) Object.assign(facts, { raw_code: node.rawCode, language: node.language });
  if ('checksum' in node && node.resourceType !== 'unit_test') facts['checksum'] = node.checksum;
  return { ...facts, ...ownFacts(node) } as JsonObject;
}

function ownFacts(node: ManifestNode): Readonly<Record<string, unknown>> {
  switch (node.resourceType) {
    case 'model':
      return { access: node.access, version: node.version, latest_version: node.latestVersion };
    case 'test':
      return node.testMetadata === null
        ? {}
        : {
            test_metadata: node.testMetadata,
            column_name: node.columnName,
            attached_node: node.attachedNode,
          };
    case 'source':
      return {
        identifier: node.identifier,
        source_name: node.sourceName,
        source_description: node.sourceDescription,
        loader: node.loader,
        loaded_at_field: node.loadedAtField,
        loaded_at_query: node.loadedAtQuery,
      };
    case 'exposure':
      return {
        type: node.type,
        owner: node.owner,
        label: node.label,
        maturity: node.maturity,
        url: node.url,
      };
    case 'unit_test':
      return {
        model: node.model,
        given: node.given.map((rows) => ({
          input: rows.input,
          rows: rows.rows,
          format: rows.format,
        })),
        expect: { rows: node.expect.rows, format: node.expect.format },
      };
    default:
      return {};
  }
}

function refFacts(ref: RefArguments): Json {
  return { name: ref.name, package: ref.packageName, version: ref.version };
}
