/**
 * Columns that are known of a node without its query: declared in yaml, in the first line of a seed's file, or built.
 */
import { isJsonObject, readCsv } from '../../base/index.js';
import type { ManifestNode, SeedNode, SnapshotNode } from '../../manifest/index.js';
import { isFile, readText } from '../../platform/index.js';
import { foldIdentifier, type SqlDialect } from '../../sql/index.js';
import type { LineageColumn, LineageInput } from './node-lineage.js';

/** Columns in stored case. */
export interface StoredColumns {
  readonly names: readonly string[];
  readonly isComplete: boolean;
}

/** What yaml says of a node's columns; all of them only where a contract is enforced. */
export function declaredColumns(node: ManifestNode, dialect: SqlDialect): StoredColumns {
  if (!('columns' in node)) return { names: [], isComplete: false };
  const names = [...node.columns.values()].map(({ name, quote }) =>
    quote === true ? name : foldIdentifier(name, dialect),
  );
  return { names, isComplete: node.resourceType === 'model' && node.hasContract };
}

/** The header of a seed's file. */
export function seedColumns(node: SeedNode, dialect: SqlDialect): StoredColumns | null {
  if (!isFile(node.file)) return null;
  const { delimiter, quote_columns: isQuoted } = node.config;
  const text = readText(node.file);
  const end = text.indexOf('\n');
  const { rows, header } = readCsv(
    end === -1 ? text : text.slice(0, end + 1),
    typeof delimiter === 'string' && delimiter !== '' ? delimiter : ',',
  );
  if (rows.length > 0 && header.length === 0) return null;
  const names = header.map((name) => (isQuoted === true ? name : foldIdentifier(name, dialect)));
  return { names, isComplete: true };
}

/** The columns that a snapshot adds to its query's: made of its key and of when the rows changed. */
export function snapshotColumns(
  node: SnapshotNode,
  columns: readonly LineageColumn[],
): readonly LineageColumn[] {
  const { config } = node;
  const named = config['snapshot_meta_column_names'];
  const nameOf = (plain: string): string => {
    const other = isJsonObject(named) ? named[plain] : null;
    return typeof other === 'string' ? other : plain;
  };
  const keys = Array.isArray(config['unique_key']) ? config['unique_key'] : [config['unique_key']];
  const updatedAt = config['strategy'] === 'timestamp' ? [config['updated_at']] : [];
  const inputsOf = (names: readonly unknown[]): readonly LineageInput[] =>
    columns
      .filter(({ name }) =>
        names.some((one) => typeof one === 'string' && one.toLowerCase() === name.toLowerCase()),
      )
      .flatMap(({ inputs }) => inputs)
      .map((input) => ({ ...input, kind: 'computed', label: 'snapshot' }));
  const column = (plain: string, names: readonly unknown[]): LineageColumn => ({
    name: nameOf(plain),
    inputs: inputsOf(names),
    unresolved: [],
    expression: null,
  });
  return [
    column('dbt_scd_id', [...keys, ...updatedAt]),
    column('dbt_updated_at', updatedAt),
    column('dbt_valid_from', updatedAt),
    column('dbt_valid_to', updatedAt),
    ...(config['hard_deletes'] === 'new_record' ? [column('dbt_is_deleted', [])] : []),
  ];
}
