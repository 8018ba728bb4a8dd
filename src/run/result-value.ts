/**
 * A result as on-run-end macros read it: `.status`, `.node.name`, `.timing`, `.to_dict()`.
 */
import { isJsonObject, type Json, type JsonObject } from '../base/index.js';
import { AttributeDict } from '../context/index.js';
import type { NodeResult } from '../events/index.js';
import {
  bindArguments,
  fromJson,
  isTruthy,
  PyDateTime,
  PyDict,
  PyFloat,
  PyFunction,
  PyObject,
  signature,
  type Value,
} from '../jinja/index.js';

/** @param dict the node as manifest.json has it. */
export function resultValue(result: NodeResult, dict: JsonObject): Value {
  const compiled: JsonObject =
    result.compiledSql === null ? {} : { compiled: true, compiled_code: result.compiledSql };
  return new DataObject('RunResult', [
    ['status', result.status],
    ['timing', timingOf(result)],
    ['thread_id', result.thread],
    ['execution_time', new PyFloat(result.durationMs / 1000)],
    ['adapter_response', fromJson(adapterResponse(result))],
    ['message', result.message],
    ['failures', result.failures],
    ['node', nodeObject({ ...dict, ...compiled })],
    ['agate_table', null],
    ['batch_results', null],
  ]);
}

/** What the adapter said of the last statement, in dbt's spelling; nothing where none was sent or it failed. */
export function adapterResponse(result: NodeResult): JsonObject {
  if (['error', 'skipped', 'no-op', 'reused', 'runtime error'].includes(result.status)) return {};
  return {
    _message: result.adapterMessage ?? result.message,
    ...(result.rowsAffected === null ? {} : { rows_affected: result.rowsAffected }),
    ...(result.queryId === null ? {} : { query_id: result.queryId }),
  };
}

/** When a node was compiled and when it ran; nothing for one that never began. Milliseconds since the epoch. */
export function phasesOf(
  result: NodeResult,
): readonly { readonly name: string; readonly startedAtMs: number; readonly endedAtMs: number }[] {
  if (result.status === 'skipped') return [];
  const { startedAtMs, durationMs } = result;
  return [
    { name: 'compile', startedAtMs, endedAtMs: startedAtMs },
    { name: 'execute', startedAtMs, endedAtMs: startedAtMs + durationMs },
  ];
}

function timingOf(result: NodeResult): Value[] {
  return phasesOf(result).map(
    ({ name, startedAtMs, endedAtMs }) =>
      new DataObject('TimingInfo', [
        ['name', name],
        ['started_at', PyDateTime.fromEpochMs(startedAtMs, null)],
        ['completed_at', PyDateTime.fromEpochMs(endedAtMs, null)],
      ]),
  );
}

function nodeObject(dict: JsonObject): DataObject {
  const { config, depends_on: dependsOn } = dict;
  return new DataObject(
    'Node',
    Object.entries(dict).map(([key, value]: [string, Json]) => [
      key,
      key === 'config' ? new NodeConfig(value) : fromJson(value),
    ]),
    [
      ['depends_on_nodes', fromJson(isJsonObject(dependsOn) ? (dependsOn['nodes'] ?? []) : [])],
      ['is_ephemeral_model', isJsonObject(config) && config['materialized'] === 'ephemeral'],
    ],
  );
}

/** A config answers None where it has nothing. */
class NodeConfig extends AttributeDict {
  override getAttribute(name: string): Value {
    return super.getAttribute(name) ?? null;
  }

  override getItem(key: Value): Value {
    return super.getItem(key) ?? null;
  }
}

const TO_DICT = signature('to_dict(omit_none=False)');

/** An instance of one of dbt's dataclasses: attributes, and `to_dict()`. */
class DataObject extends PyObject {
  readonly typeName: string;
  readonly #fields: ReadonlyMap<string, Value>;
  readonly #properties: ReadonlyMap<string, Value>;

  /** @param properties attributes that `to_dict()` leaves out. */
  constructor(
    typeName: string,
    fields: readonly (readonly [string, Value])[],
    properties: readonly (readonly [string, Value])[] = [],
  ) {
    super();
    this.typeName = typeName;
    this.#fields = new Map(fields);
    this.#properties = new Map(properties);
  }

  override getAttribute(name: string): Value | undefined {
    if (this.#fields.has(name)) return this.#fields.get(name);
    if (name !== 'to_dict') return this.#properties.get(name);
    return new PyFunction(name, (call) => {
      const [omitsNone = false] = bindArguments(TO_DICT, call);
      return this.toDict(isTruthy(omitsNone));
    });
  }

  toDict(omitsNone: boolean): PyDict {
    return PyDict.fromEntries(
      [...this.#fields]
        .filter(([, value]) => !omitsNone || value !== null)
        .map(([key, value]): [Value, Value] => [key, plain(value, omitsNone)]),
    );
  }
}

function plain(value: Value, omitsNone: boolean): Value {
  if (Array.isArray(value)) return value.map((item) => plain(item, omitsNone));
  return value instanceof DataObject ? value.toDict(omitsNone) : value;
}
