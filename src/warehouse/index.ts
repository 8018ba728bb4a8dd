export { connectionSources, openWarehouse } from './open-warehouse.js';
export type {
  CatalogRelation,
  Cell,
  CellKind,
  Connection,
  Dialect,
  ResultColumn,
  ResultPage,
  Row,
  StatementOptions,
  StatementResult,
  Warehouse,
} from './port.js';
export { WarehouseError } from './warehouse-error.js';
