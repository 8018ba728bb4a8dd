/**
 * Source freshness: how old the newest row of a source is.
 */
import { isJsonObject, type NodeId } from '../base/index.js';
import { type PyRelation, PyTable } from '../context/index.js';
import {
  isTruthy,
  JinjaError,
  PyDateTime,
  PyDict,
  PyTuple,
  toText,
  type Value,
} from '../jinja/index.js';
import type { SourceNode } from '../manifest/index.js';
import type { Compiler } from './compiler.js';
import { renderText } from './runtime-context.js';

export interface Freshness {
  /** ISO text in UTC; null for a source without rows. */
  readonly maxLoadedAt: string | null;
  readonly snapshottedAt: string;
  /** Infinity for a source without rows. */
  readonly ageSeconds: number;
}

/** Asks for the newest row of a source, by its query, its field, or the catalog where `known` does not have it. */
export function* collectFreshness(
  compiler: Compiler,
  node: SourceNode,
  known: ReadonlyMap<NodeId, Freshness> = new Map(),
): Generator<unknown, Freshness, unknown> {
  const relation = compiler.sourceRelation(node);
  if (node.loadedAtQuery !== null) {
    const context = compiler.operationContext(node.packageName, {
      extra: new Map([['this', relation]]),
    });
    const query = yield* renderText(node.loadedAtQuery, context, node.originalFilePath);
    return asked(yield* call('collect_freshness_custom_sql', [relation, query]));
  }
  if (node.loadedAtField !== null) {
    const filter = node.freshness?.filter ?? null;
    return asked(yield* call('collect_freshness', [relation, node.loadedAtField, filter]));
  }
  const found =
    known.get(node.id) ?? (yield* collectCatalogFreshness(compiler, [node])).get(node.id);
  if (found !== undefined) return found;
  throw new JinjaError(
    'DbtRuntimeError',
    `The catalog does not know ${node.sourceName}.${node.name}.`,
  );

  function* call(name: string, args: readonly Value[]): Generator<unknown, PyTable, unknown> {
    const macro = compiler.operationContext(node.packageName).macroNamed(name);
    return tableIn(yield* macro.callEffects({ args, kwargs: new Map() }), node.name);
  }

  function asked(table: PyTable): Freshness {
    const [loaded = null, now = null] = table.rows[0]?.values ?? [];
    return freshnessOf(loaded, now, node.name);
  }
}

/**
 * Asks the catalog when sources were last changed: one question a database.
 *
 * @throws JinjaError if the catalog tells of a table that was not asked for, as dbt does.
 */
export function* collectCatalogFreshness(
  compiler: Compiler,
  nodes: readonly SourceNode[],
): Generator<unknown, ReadonlyMap<NodeId, Freshness>, unknown> {
  const found = new Map<NodeId, Freshness>();
  const context = compiler.operationContext(compiler.input.facts.projectName);
  const keyOf = (schema: string, name: string): string =>
    JSON.stringify([schema.trim().toLowerCase(), name.trim().toLowerCase()]);
  const ids = new Map(nodes.map((node) => [keyOf(node.schema, node.identifier), node.id]));
  const databases = new Map<string, PyRelation[]>();
  for (const node of nodes) {
    const relation = compiler.sourceRelation(node);
    const others = databases.get(node.database);
    if (others === undefined) databases.set(node.database, [relation]);
    else others.push(relation);
  }
  for (const relations of databases.values()) {
    const schema = relations[0]?.with({ informationSchemaView: '' }) ?? null;
    const macro = context.macroNamed('get_relation_last_modified');
    const args = [schema, [...relations]];
    const result = yield* macro.callEffects({ args, kwargs: new Map() });
    const table = tableIn(result, 'sources');
    const [atSchema, atName, atModified, atNow] = [
      'schema',
      'identifier',
      'last_modified',
      'snapshotted_at',
    ].map((name) => table.columnNames.findIndex((column) => column.toLowerCase() === name));
    for (const { values } of table.rows) {
      const read = (index: number | undefined): Value => values[index ?? -1] ?? null;
      const name = toText(read(atName));
      const id = ids.get(keyOf(toText(read(atSchema)), name));
      if (id === undefined) {
        throw new JinjaError('DbtRuntimeError', `The catalog told of ${name}, which is no source.`);
      }
      found.set(id, freshnessOf(read(atModified), read(atNow), name));
    }
  }
  return found;
}

function freshnessOf(loaded: Value, now: Value, name: string): Freshness {
  const nowMs = epochMs(now);
  if (nowMs === null)
    throw new JinjaError('DbtRuntimeError', `The freshness query of ${name} gave no time.`);
  const loadedMs = epochMs(loaded);
  return {
    maxLoadedAt: loadedMs === null ? null : new Date(loadedMs).toISOString(),
    snapshottedAt: new Date(nowMs).toISOString(),
    ageSeconds: loadedMs === null ? Number.POSITIVE_INFINITY : (nowMs - loadedMs) / 1000,
  };
}

function tableIn(result: Value, name: string): PyTable {
  const loaded = result instanceof PyTuple ? (result.items[0] ?? null) : result;
  const table = loaded instanceof PyDict ? (loaded.get('table') ?? null) : loaded;
  if (table instanceof PyTable) return table;
  throw new JinjaError(
    'DbtRuntimeError',
    `The freshness of ${name} came as ${toText(result)}, not as a table.`,
  );
}

function epochMs(value: Value): number | null {
  if (!isTruthy(value)) return null;
  return value instanceof PyDateTime
    ? value.epochMs
    : Date.parse(`${toText(value).replace(' ', 'T')}Z`);
}

/** dbt's verdict on an age. */
export function freshnessStatus(node: SourceNode, ageSeconds: number): 'pass' | 'warn' | 'error' {
  const { freshness } = node;
  if (freshness === null) return 'pass';
  const seconds = { minute: 60, hour: 3600, day: 86_400 } as const;
  const exceeds = (threshold: typeof freshness.warnAfter): boolean =>
    threshold !== null && ageSeconds > threshold.count * seconds[threshold.period];
  if (exceeds(freshness.errorAfter)) return 'error';
  return exceeds(freshness.warnAfter) ? 'warn' : 'pass';
}

/** Whether `source freshness` looks at a source at all. */
export function hasFreshness(node: SourceNode): boolean {
  if (node.freshness === null) return false;
  const asks = node.freshness.warnAfter !== null || node.freshness.errorAfter !== null;
  return asks && !(isJsonObject(node.config) && node.config['enabled'] === false);
}
