/**
 * What a snapshot is, in the words of its config: its key, its moments, and how an open row is told.
 */
import { isJsonObject } from '../../base/index.js';
import type { SnapshotNode } from '../../manifest/index.js';

export interface SnapshotShape {
  /** As SQL names it. */
  readonly relation: string;
  /** SQL over its columns: one text for a key of several columns. */
  readonly key: string;
  /** As the config has it, for people. */
  readonly keyLabel: string;
  readonly validFrom: string;
  readonly validTo: string;
  readonly scdId: string;
  /** A condition that holds for rows that are current. */
  readonly isOpen: string;
  readonly strategy: 'timestamp' | 'check' | 'other';
  readonly updatedAt: string | null;
  /** Columns that are compared; `all` for every one. */
  readonly checkColumns: readonly string[] | 'all';
  readonly hardDeletes: 'ignore' | 'invalidate' | 'new_record';
  /** Marks rows that say that a key is gone, where these are kept. */
  readonly isDeleted: string | null;
  /** Names that the snapshot adds, and the column that it goes by, in lower case. */
  readonly ownColumns: ReadonlySet<string>;
}

/** Reads a snapshot's config; null if it makes no relation or has no key. */
export function snapshotShape({ config, relationName }: SnapshotNode): SnapshotShape | null {
  const keys = textsOf(config['unique_key']);
  if (relationName === null || keys.length === 0) return null;
  const named = config['snapshot_meta_column_names'];
  const nameOf = (plain: string): string => {
    const other = isJsonObject(named) ? named[plain] : null;
    return typeof other === 'string' ? other : plain;
  };
  const strategy = config['strategy'];
  const deletes = config['hard_deletes'];
  const validTo = nameOf('dbt_valid_to');
  const current = config['dbt_valid_to_current'];
  const isOpen =
    typeof current === 'string'
      ? `(${validTo} is null or ${validTo} = ${current})`
      : `${validTo} is null`;
  const own = ['dbt_scd_id', 'dbt_updated_at', 'dbt_valid_from', 'dbt_valid_to', 'dbt_is_deleted'];
  const checked = config['check_cols'];
  return {
    relation: relationName,
    key:
      keys.length === 1
        ? `cast(${keys[0] ?? ''} as varchar)`
        : keys.map((key) => `coalesce(cast(${key} as varchar), '')`).join(" || '-' || "),
    keyLabel: keys.join(', '),
    validFrom: nameOf('dbt_valid_from'),
    validTo,
    scdId: nameOf('dbt_scd_id'),
    isOpen,
    strategy: strategy === 'timestamp' || strategy === 'check' ? strategy : 'other',
    updatedAt: typeof config['updated_at'] === 'string' ? config['updated_at'] : null,
    checkColumns: checked === 'all' ? 'all' : textsOf(checked),
    hardDeletes:
      deletes === 'invalidate' || deletes === 'new_record'
        ? deletes
        : config['invalidate_hard_deletes'] === true
          ? 'invalidate'
          : 'ignore',
    isDeleted: deletes === 'new_record' ? nameOf('dbt_is_deleted') : null,
    ownColumns: new Set([
      ...own.map((name) => nameOf(name).toLowerCase()),
      // When a row was touched is no news of it.
      ...(strategy === 'timestamp' ? textsOf(config['updated_at']) : []).map((name) =>
        name.toLowerCase(),
      ),
    ]),
  };
}

function textsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
}
