export { openWarehouse, type OpenOptions, type TargetConfig } from './open-warehouse.js';
export type {
  CatalogColumn,
  CatalogRelation,
  Cell,
  CellKind,
  Connection,
  Dialect,
  RelationKind,
  ResultColumn,
  ResultPage,
  Row,
  StatementOptions,
  StatementResult,
  Warehouse,
} from './port.js';
export { WarehouseError } from './warehouse-error.js';
