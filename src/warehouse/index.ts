export { connectionSources, openWarehouse } from './open-warehouse.js';
export type {
  CatalogOptions,
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
  Witness,
} from './port.js';
export { WarehouseError } from './warehouse-error.js';
