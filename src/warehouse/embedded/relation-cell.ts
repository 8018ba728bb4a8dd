/**
 * A relation's cells in the lists of SHOW.
 */
import type { Cell } from '../port.js';
import type { RelationEntry } from './catalog.js';
import type { Session } from './session.js';

/** The cell of a column of SHOW OBJECTS, TABLES, VIEWS or DYNAMIC TABLES. */
export function relationCell(column: string, entry: RelationEntry, session: Session): Cell {
  const flag = (is: boolean): string => (is ? 'Y' : 'N');
  switch (column) {
    case 'created_on':
      return entry.createdOn;
    case 'name':
      return entry.identifier;
    case 'database_name':
      return entry.database;
    case 'schema_name':
      return entry.schema;
    case 'kind':
      return entry.kind === 'view' ? 'VIEW' : entry.isTransient ? 'TRANSIENT' : 'TABLE';
    case 'comment':
      return entry.comment;
    case 'cluster_by':
      return entry.clusterBy === '' ? '' : `LINEAR(${entry.clusterBy})`;
    case 'rows':
      return entry.rowCount;
    case 'bytes':
      return null;
    case 'owner':
      return session.role ?? '';
    case 'text':
      return entry.text;
    case 'retention_time':
      return '1';
    case 'owner_role_type':
      return 'ROLE';
    case 'is_dynamic':
      return flag(entry.kind === 'dynamic_table');
    case 'automatic_clustering':
    case 'change_tracking':
      return 'OFF';
    case 'is_secure':
    case 'is_materialized':
      return 'false';
    case 'target_lag':
    case 'refresh_mode':
    case 'warehouse':
    case 'initialization_warehouse':
    case 'scheduler':
      return dynamicCell(entry.dynamic, column);
    case 'scheduling_state':
      return 'ACTIVE';
    default:
      return column.startsWith('is_') ? 'N' : '';
  }
}

function dynamicCell(declared: string | null, column: string): Cell {
  if (declared === null) return null;
  const options: unknown = JSON.parse(declared);
  const value: unknown =
    typeof options === 'object' && options !== null
      ? Reflect.get(options, column.toUpperCase())
      : undefined;
  return typeof value === 'string' ? value : null;
}
