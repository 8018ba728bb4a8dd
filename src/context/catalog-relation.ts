/**
 * `adapter.build_catalog_relation(model)`: in what catalog and format a Snowflake table is kept.
 */
import { isTruthy, PyDict, PyObject, toList, toText, type Value } from '../jinja/index.js';

/** Snowflake's own format (`INFO_SCHEMA`) or managed Iceberg (`BUILT_IN`), as dbt names them. */
export class PyCatalogRelation extends PyObject {
  readonly typeName = 'InfoSchemaCatalogRelation';
  readonly #fields: ReadonlyMap<string, Value>;

  constructor(fields: ReadonlyMap<string, Value>) {
    super();
    this.#fields = fields;
  }

  override getAttribute(name: string): Value | undefined {
    return this.#fields.get(name);
  }
}

/** @param model `config.model`: the node as a dict, or anything without a config. */
export function catalogRelationOf(model: Value): PyCatalogRelation {
  const config = attribute(model, 'config');
  const read = (key: string): Value => attribute(config, key);
  const isIceberg = toText(read('table_format')).toLowerCase() === 'iceberg';
  const transient = read('transient');
  const fields = new Map<string, Value>([
    ['catalog_type', isIceberg ? 'BUILT_IN' : 'INFO_SCHEMA'],
    ['catalog_name', isIceberg ? 'SNOWFLAKE' : 'INFO_SCHEMA'],
    ['table_format', isIceberg ? 'ICEBERG' : 'DEFAULT'],
    ['external_volume', read('external_volume')],
    ['file_format', null],
    ['cluster_by', clusterBy(read('cluster_by'))],
    ['automatic_clustering', isTruthy(read('automatic_clustering'))],
    ['is_transient', !isIceberg && (transient === null || isTruthy(transient))],
    ['change_tracking', read('change_tracking')],
  ]);
  if (isIceberg) {
    const root = isTruthy(read('base_location_root')) ? toText(read('base_location_root')) : '_dbt';
    const subpath = isTruthy(read('base_location_subpath'))
      ? `/${toText(read('base_location_subpath'))}`
      : '';
    fields.set(
      'base_location',
      `${root}/${toText(attribute(model, 'schema'))}/${toText(attribute(model, 'alias'))}${subpath}`,
    );
    for (const key of [
      'partition_by',
      'iceberg_version',
      'data_retention_time_in_days',
      'max_data_extension_time_in_days',
      'storage_serialization_policy',
      'target_file_size',
      'auto_refresh',
    ]) {
      fields.set(key, read(key));
    }
  }
  return new PyCatalogRelation(fields);
}

function attribute(value: Value, name: string): Value {
  if (value instanceof PyDict) return value.get(name) ?? null;
  if (value instanceof PyObject) return value.getAttribute(name) ?? null;
  return null;
}

function clusterBy(fields: Value): Value {
  if (fields === null || typeof fields === 'string') return fields;
  return toList(fields).map(toText).join(', ');
}
