/**
 * A node as dbt's manifest writes it: what `{{ model }}` and `{{ graph }}` hold, and what manifest.json is made of.
 */
import { assertNever, isJsonObject, type Json, type JsonObject } from '../base/index.js';
import { contractChecksum } from '../manifest/index.js';
import type {
  ColumnProperties,
  Manifest,
  ManifestNode,
  RelationNode,
  TestNode,
  UnitTestRows,
} from '../manifest/index.js';
import { primaryKeyOf } from './primary-key.js';
import { metricDict, savedQueryDict, semanticModelDict } from './semantic-dict.js';

/** What a node's dict says of other things than the node. */
export interface DictScope {
  /** `{{ target }}`: where analyses and hooks live, that make no relation. */
  readonly target: JsonObject;
  readonly manifest: Pick<Manifest, 'nodes' | 'dag'>;
}

/** Keys in dbt's snake_case, absent things null, as manifest v12 has them. */
export function nodeDict(node: ManifestNode, scope?: DictScope): JsonObject {
  const common: JsonObject = {
    name: node.name,
    resource_type: node.resourceType,
    package_name: node.packageName,
    path: node.path,
    original_file_path: node.originalFilePath,
    unique_id: node.id,
    fqn: node.fqn,
  };
  switch (node.resourceType) {
    case 'model':
      return {
        ...common,
        ...relationDict(node),
        ...codeDict(node),
        access: node.access,
        version: node.version,
        latest_version: node.latestVersion,
        deprecation_date: momentOf(node.deprecationDate),
        constraints: node.constraints,
        primary_key: scope === undefined ? [] : primaryKeyOf(node, scope.manifest),
        time_spine: node.timeSpine,
      };
    case 'snapshot':
      return { ...common, ...relationDict(node), ...codeDict(node) };
    case 'test':
      return {
        ...common,
        ...relationDict(node),
        ...codeDict(node),
        ...(node.testMetadata === null ? {} : genericDict(node, node.testMetadata, scope)),
      };
    case 'analysis':
    case 'operation':
      return {
        ...common,
        ...codeDict(node),
        ...sharedDict(node),
        database: scope?.target['database'] ?? null,
        schema: scope?.target['schema'] ?? null,
        alias: node.name,
        relation_name: null,
        columns: {},
        patch_path: null,
        group: null,
        docs: node.config['docs'] ?? { show: true, node_color: null },
        doc_blocks: [],
        build_path: null,
        ...(node.resourceType === 'operation' ? { index: node.index } : {}),
      };
    case 'seed':
      return {
        ...common,
        ...relationDict(node),
        checksum: { name: 'sha256', checksum: node.checksum },
        raw_code: '',
        root_path: node.file.slice(0, -node.originalFilePath.length - 1),
        depends_on: { macros: node.macros },
      };
    case 'source':
      return {
        ...common,
        ...sharedDict(node),
        database: node.database,
        schema: node.schema,
        unrendered_database: node.unrendered.database,
        unrendered_schema: node.unrendered.schema,
        source_name: node.sourceName,
        source_description: node.sourceDescription,
        source_meta: {},
        doc_blocks: [],
        loader: node.loader,
        identifier: node.identifier,
        quoting: {
          database: null,
          schema: null,
          identifier: null,
          column: null,
          ...node.quoting,
        },
        loaded_at_field: node.loadedAtField,
        loaded_at_query: node.loadedAtQuery,
        freshness: node.config['freshness'] ?? freshnessDict(node.freshness),
        external: node.external,
        columns: columnsDict(node.columns),
        patch_path: node.patchPath,
        relation_name: node.relationName,
      };
    case 'exposure':
      return {
        ...common,
        ...sharedDict(node),
        type: node.type,
        owner: node.owner,
        label: node.label,
        maturity: node.maturity,
        url: node.url,
        depends_on: { macros: [], nodes: node.dependsOn },
        refs: refsDict(node),
        sources: node.sources,
        metrics: [],
      };
    case 'unit_test':
      return {
        ...common,
        description: node.description,
        config: node.config,
        model: node.model,
        given: node.given.map(rowsDict),
        expect: rowsDict(node.expect),
        overrides: Object.keys(node.overrides).length === 0 ? null : node.overrides,
        version: null,
        versions: null,
        checksum: node.checksum,
        depends_on: { macros: [], nodes: node.dependsOn },
        schema: schemaOf(scope?.manifest.nodes.get(node.testedNode)),
      };
    case 'metric':
      return {
        ...common,
        ...sharedDict(node),
        ...metricDict(node, scope?.manifest.nodes),
        depends_on: { macros: [], nodes: node.dependsOn },
      };
    case 'semantic_model':
      return {
        ...common,
        description: node.description,
        config: node.config,
        unrendered_config: node.unrenderedConfig,
        ...semanticModelDict(node, scope?.manifest.nodes),
        depends_on: { macros: [], nodes: node.dependsOn },
      };
    case 'saved_query':
      return {
        ...common,
        description: node.description === '' ? null : node.description,
        tags: node.tags,
        unrendered_config: node.unrenderedConfig,
        ...savedQueryDict(node, scope?.target),
        depends_on: { macros: [], nodes: node.dependsOn },
      };
    case 'function':
      return {
        ...common,
        ...sharedDict(node),
        ...node.properties,
        depends_on: { macros: [], nodes: node.dependsOn },
      };
    default:
      return assertNever(node);
  }
}

/** What tests have that yaml writes down; their text is dbt's own and has no checksum. */
function genericDict(
  node: TestNode,
  metadata: NonNullable<TestNode['testMetadata']>,
  scope: DictScope | undefined,
): JsonObject {
  return {
    checksum: { name: 'none', checksum: '' },
    column_name: node.columnName,
    file_key_name: fileKeyOf(node, scope),
    attached_node: node.attachedNode,
    test_metadata: { ...metadata },
  };
}

/** The yaml entry that a test stands under: `models.orders`, or its source's name. */
function fileKeyOf(node: TestNode, scope: DictScope | undefined): string | null {
  const attached =
    node.attachedNode === null ? undefined : scope?.manifest.nodes.get(node.attachedNode);
  if (attached !== undefined) return `${KEYS[attached.resourceType] ?? 'models'}.${attached.name}`;
  const [source] = node.sources;
  return source === undefined ? null : `sources.${source[0]}`;
}

const KEYS: Readonly<Record<string, string>> = { seed: 'seeds', snapshot: 'snapshots' };

function schemaOf(node: ManifestNode | undefined): string | null {
  return node !== undefined && 'schema' in node ? node.schema : null;
}

/** A date of yaml as dbt writes moments: midnight in UTC where it says no more. */
function momentOf(text: string | null): string | null {
  return text !== null && /^\d{4}-\d{2}-\d{2}$/u.test(text) ? `${text}T00:00:00+00:00` : text;
}

function objectOf(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

function sharedDict(node: ManifestNode): JsonObject {
  return {
    description: node.description,
    tags: node.tags,
    meta: node.meta,
    config: node.config,
    unrendered_config: node.unrenderedConfig,
  };
}

function relationDict(node: RelationNode): JsonObject {
  return {
    ...sharedDict(node),
    database: node.database,
    schema: node.schema,
    alias: node.alias,
    relation_name: node.relationName,
    columns: columnsDict(node.columns),
    patch_path: node.patchPath,
    group: node.group,
    docs: node.config['docs'] ?? { show: true, node_color: null },
    build_path: null,
    doc_blocks: [],
  };
}

function codeDict(node: Extract<ManifestNode, { readonly rawCode: string }>): JsonObject {
  return {
    raw_code: node.rawCode,
    language: node.language,
    checksum: { name: 'sha256', checksum: node.checksum },
    refs: refsDict(node),
    sources: node.sources,
    metrics: [],
    depends_on: { macros: node.macros, nodes: node.dependsOn },
    compiled_path: null,
    contract: {
      enforced: false,
      alias_types: true,
      ...objectOf(node.config['contract']),
      checksum: node.resourceType === 'model' ? contractChecksum(node) : null,
    },
    extra_ctes_injected: false,
    extra_ctes: [],
    functions: [],
  };
}

function refsDict(node: ManifestNode): readonly JsonObject[] {
  return node.refs.map((ref) => ({
    name: ref.name,
    package: ref.packageName,
    version: ref.version,
  }));
}

function columnsDict(columns: ReadonlyMap<string, ColumnProperties>): JsonObject {
  return Object.fromEntries([...columns].map(([name, column]) => [name, columnDict(column)]));
}

function columnDict(column: ColumnProperties): JsonObject {
  return {
    name: column.name,
    description: column.description,
    meta: column.meta,
    data_type: column.dataType,
    constraints: column.constraints,
    quote: column.quote,
    config: { meta: column.meta, tags: column.tags },
    tags: column.tags,
    granularity: column.granularity,
    dimension: null,
    entity: null,
    doc_blocks: [],
  };
}

function rowsDict(rows: UnitTestRows): JsonObject {
  const content: Json = typeof rows.rows === 'string' ? rows.rows : [...rows.rows];
  return rows.input === null
    ? { rows: content, format: rows.format, fixture: null }
    : { input: rows.input, rows: content, format: rows.format, fixture: null };
}

function freshnessDict(
  freshness: Extract<ManifestNode, { resourceType: 'source' }>['freshness'],
): Json {
  if (freshness === null) return null;
  const threshold = (one: { readonly count: number; readonly period: string } | null): JsonObject =>
    one === null ? { count: null, period: null } : { count: one.count, period: one.period };
  return {
    warn_after: threshold(freshness.warnAfter),
    error_after: threshold(freshness.errorAfter),
    filter: freshness.filter,
  };
}
