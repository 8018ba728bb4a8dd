/**
 * Semantic models, metrics, saved queries and functions: kept with their yaml as read, and placed in the graph.
 */
import { type Json, type JsonObject, nodeId, type NodeId } from '../base/index.js';
import { readText } from '../platform/index.js';
import { pythonStrip } from '../project/index.js';
import { captureTemplate, type RefCall } from '../context/index.js';
import { staticReference } from './literal-call.js';
import type { CarriedNode } from './node.js';
import { foldersOf, stem } from './node-files.js';
import { listOf, objectOf, type ParseScope, textOf, textsOf } from './parse-scope.js';
import { positionIn, type PropertyEntry, type PropertyKey } from './property-files.js';

/** A carried node whose references are not yet resolved. */
export interface CarriedDraft {
  readonly node: Omit<CarriedNode, 'dependsOn'>;
  /** Metrics it is made of, by name. */
  readonly metrics: readonly string[];
  /** Measures it reads, by name. */
  readonly measures: readonly string[];
  readonly entry: PropertyEntry | null;
}

const KINDS: Partial<Record<PropertyKey, CarriedNode['resourceType']>> = {
  metrics: 'metric',
  semantic_models: 'semantic_model',
  saved_queries: 'saved_query',
};

/** Reads one metric, semantic model or saved query; anything else gives undefined. */
export function readCarried(scope: ParseScope, entry: PropertyEntry): CarriedDraft | undefined {
  const resourceType = KINDS[entry.key];
  if (resourceType === undefined) return undefined;
  const { owner, file } = entry.source;
  const fqn = [owner.name, ...foldersOf(file.path), entry.name];
  const { config, unrendered } = scope.configs.resolve({
    resourceType,
    packageName: owner.name,
    fqn,
    properties: objectOf(entry.data['config']),
    unrenderedProperties: objectOf(entry.raw['config']),
  });
  return {
    entry,
    metrics: metricNames(entry.data),
    measures: measureNames(entry.data),
    node: {
      resourceType,
      id: nodeId(`${resourceType}.${owner.name}.${entry.name}`),
      name: entry.name,
      packageName: owner.name,
      path: file.path,
      originalFilePath: file.originalFilePath,
      fqn,
      description: textOf(entry.data['description']) ?? '',
      tags: [...new Set([...textsOf(entry.data['tags']), ...textsOf(config['tags'])])].sort(),
      meta: { ...objectOf(entry.data['meta']), ...objectOf(config['meta']) },
      config,
      unrenderedConfig: unrendered,
      refs: resourceType === 'semantic_model' ? modelRefs(scope, entry) : [],
      sources: [],
      properties: entry.data,
    },
  };
}

/** Reads the functions of a project: a file each, described in yaml. */
export function readFunctions(
  scope: ParseScope,
  entries: readonly PropertyEntry[],
): readonly CarriedDraft[] {
  return scope.packages.flatMap((owner) =>
    owner.files
      .filter((file) => file.kind === 'function')
      .flatMap((file): readonly CarriedDraft[] => {
        const name = stem(file.path);
        const entry =
          entries.find(
            (one) => one.key === 'functions' && one.name === name && one.source.owner === owner,
          ) ?? null;
        const id = nodeId(`function.${owner.name}.${name}`);
        const shownFile = scope.shownFile(owner, file.originalFilePath);
        const fqn = [owner.name, ...foldersOf(file.path), name];
        try {
          const code = pythonStrip(readText(file.file));
          const captures = captureTemplate({
            sql: code,
            file: shownFile,
            packageName: owner.name,
            model: { name, resource_type: 'function', unique_id: id },
            registry: scope.registry,
            facts: scope.facts,
          });
          const { config, unrendered } = scope.configs.resolve({
            resourceType: 'function',
            packageName: owner.name,
            fqn,
            properties: objectOf(entry?.data['config']),
            calls: Object.assign({}, ...captures.configs),
          });
          return [
            {
              entry,
              metrics: [],
              measures: [],
              node: {
                resourceType: 'function',
                id,
                name,
                packageName: owner.name,
                path: file.path,
                originalFilePath: file.originalFilePath,
                fqn,
                description: textOf(entry?.data['description']) ?? '',
                tags: textsOf(config['tags']),
                meta: objectOf(config['meta']),
                config,
                unrenderedConfig: unrendered,
                refs: captures.refs,
                sources: captures.sources,
                properties: { ...entry?.data, raw_code: code },
              },
            },
          ];
        } catch (error) {
          scope.caught(error, 'manifest/function', { file: shownFile, line: 1, column: 1 }, id);
          return [];
        }
      }),
  );
}

/** What carried nodes depend on among themselves: metrics on metrics and on the semantic models of their measures. */
export function carriedParents(
  drafts: readonly CarriedDraft[],
): ReadonlyMap<NodeId, readonly NodeId[]> {
  const metrics = new Map<string, NodeId>();
  const measures = new Map<string, NodeId>();
  for (const { node } of drafts) {
    if (node.resourceType === 'metric') metrics.set(node.name, node.id);
    if (node.resourceType !== 'semantic_model') continue;
    for (const measure of listOf(node.properties['measures'])) {
      const name = textOf(objectOf(measure)['name']);
      if (name !== null) measures.set(name, node.id);
    }
  }
  const known = (names: readonly string[], table: ReadonlyMap<string, NodeId>): readonly NodeId[] =>
    names.flatMap((name) => table.get(name) ?? []);
  return new Map(
    drafts.map((draft) => [
      draft.node.id,
      [...new Set([...known(draft.measures, measures), ...known(draft.metrics, metrics)])],
    ]),
  );
}

function modelRefs(scope: ParseScope, entry: PropertyEntry): readonly RefCall[] {
  const model = textOf(entry.data['model']);
  if (model === null) return [];
  const reference = staticReference(model);
  if (reference?.kind === 'ref') return [reference.ref];
  scope.error(
    'manifest/semantic-model',
    `The model of semantic model '${entry.name}' must be a ref(), not ${model}.`,
    positionIn(entry, 'model'),
  );
  return [];
}

/** An input is a name, or a mapping with a name. */
function inputName(value: Json | undefined): readonly string[] {
  const name = typeof value === 'string' ? value : textOf(objectOf(value)['name']);
  return name === null ? [] : [name];
}

function metricNames(data: JsonObject): readonly string[] {
  const params = objectOf(data['type_params']);
  const conversion = objectOf(params['conversion_type_params']);
  const cumulative = objectOf(params['cumulative_type_params']);
  const query = objectOf(data['query_params']);
  return [
    params['numerator'],
    params['denominator'],
    conversion['base_metric'],
    conversion['conversion_metric'],
    cumulative['metric'],
    ...listOf(params['metrics']),
    ...listOf(query['metrics']),
  ].flatMap(inputName);
}

function measureNames(data: JsonObject): readonly string[] {
  const params = objectOf(data['type_params']);
  const conversion = objectOf(params['conversion_type_params']);
  return [params['measure'], conversion['base_measure'], conversion['conversion_measure']].flatMap(
    inputName,
  );
}
