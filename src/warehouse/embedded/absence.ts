/**
 * What a failure says of the relation that a statement named.
 */
import { WarehouseError } from '../warehouse-error.js';

/** True for the failure of a statement that names a relation or schema which is not there. */
export function isAbsence(error: unknown): boolean {
  return (
    error instanceof WarehouseError &&
    /does not exist or not authorized|^Catalog Error: (?:Table|View|Schema) with name .* does not exist/u.test(
      error.message,
    )
  );
}

/** True for the failure of a statement that takes a view for a table, or a table for a view. */
export function isWrongKind(error: unknown): boolean {
  return (
    error instanceof WarehouseError &&
    /is of type (?:View|Table), trying to|Can only modify (?:view|table) with ALTER/u.test(
      error.message,
    )
  );
}
