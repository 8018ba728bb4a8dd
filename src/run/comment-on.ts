/**
 * Which statements carry a query comment: those that a Snowflake account keeps in its history.
 */
import type { NodeId } from '../base/index.js';
import { type Compiler, statementComment } from '../compile/index.js';
import type { Warehouse } from '../warehouse/index.js';
import type { RunDriverOptions } from './run-driver.js';

/** The driver's option for the statements of a node, or of the run itself. */
export function commentOn(
  compiler: Compiler,
  warehouse: Pick<Warehouse, 'engine'>,
  nodeId: NodeId | null,
): Pick<RunDriverOptions, 'annotate'> {
  const { queryComment } = compiler.input;
  if (warehouse.engine !== 'snowflake' || queryComment === undefined) return {};
  return { annotate: statementComment(compiler, queryComment, nodeId) };
}
