/**
 * Source freshness: how old the newest row of a source is.
 */
import { isJsonObject } from '../base/index.js';
import { PyTable } from '../context/index.js';
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
import { ask } from './effect.js';
import { renderText } from './runtime-context.js';

export interface Freshness {
  /** ISO text in UTC; null for a source without rows. */
  readonly maxLoadedAt: string | null;
  readonly snapshottedAt: string;
  /** Infinity for a source without rows. */
  readonly ageSeconds: number;
}

/** Asks for the newest row of a source, by its query, its field, or the catalog. */
export function* collectFreshness(
  compiler: Compiler,
  node: SourceNode,
): Generator<unknown, Freshness, unknown> {
  const relation = compiler.sourceRelation(node);
  const context = compiler.operationContext(node.packageName, {
    extra: new Map([['this', relation]]),
  });
  const table =
    node.loadedAtQuery !== null
      ? yield* call('collect_freshness_custom_sql', [
          relation,
          yield* renderText(node.loadedAtQuery, context, node.originalFilePath),
        ])
      : node.loadedAtField !== null
        ? yield* call('collect_freshness', [
            relation,
            node.loadedAtField,
            node.freshness?.filter ?? null,
          ])
        : yield* catalogTable();
  const [row] = table.rows;
  if (row === undefined) {
    throw new JinjaError(
      'DbtRuntimeError',
      `Got no result from the freshness query of ${node.sourceName}.${node.name}.`,
    );
  }
  const [loaded = null, now = null] = row.values;
  const nowMs = epochMs(now);
  if (nowMs === null)
    throw new JinjaError('DbtRuntimeError', `The freshness query of ${node.name} gave no time.`);
  const loadedMs = epochMs(loaded);
  return {
    maxLoadedAt: loadedMs === null ? null : new Date(loadedMs).toISOString(),
    snapshottedAt: new Date(nowMs).toISOString(),
    ageSeconds: loadedMs === null ? Number.POSITIVE_INFINITY : (nowMs - loadedMs) / 1000,
  };

  function* call(name: string, args: readonly Value[]): Generator<unknown, PyTable, unknown> {
    const macro = context.macroNamed(name);
    return tableIn(yield* macro.callEffects({ args, kwargs: new Map() }), node);
  }

  function* catalogTable(): Generator<unknown, PyTable, unknown> {
    const { database, schema, identifier } = relation.fields;
    const result = yield* ask({
      kind: 'statement',
      sql:
        `select last_altered as last_modified, convert_timezone('UTC', current_timestamp()) as snapshotted_at ` +
        `from ${database ?? ''}.information_schema.tables where upper(table_schema) = upper('${schema ?? ''}') ` +
        `and upper(table_name) = upper('${identifier ?? ''}')`,
      bindings: [],
      readsRows: true,
    });
    return new PyTable(
      result.columns.map((column) => column.name),
      result.rows.map((cells) =>
        cells.map((cell) => (typeof cell === 'string' ? PyDateTime.parse(cell) : cell)),
      ),
    );
  }
}

function tableIn(result: Value, node: SourceNode): PyTable {
  const loaded = result instanceof PyTuple ? (result.items[0] ?? null) : result;
  const table = loaded instanceof PyDict ? (loaded.get('table') ?? null) : loaded;
  if (table instanceof PyTable) return table;
  throw new JinjaError(
    'DbtRuntimeError',
    `collect_freshness gave ${toText(result)} for ${node.name}, not a table.`,
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
