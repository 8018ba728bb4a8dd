/**
 * Looks before an incremental model or a snapshot is made from nothing: that its relation was not found is no proof that it
 * is not there. A missing grant, a bug or another run would cost the table its history.
 */
import { DagbookError } from '../base/index.js';
import type { RunnableNode } from '../compile/index.js';
import { createRelation, type PyRelation } from '../context/index.js';
import type { StatementClass } from '../sql/index.js';
import type { CatalogOptions, Warehouse } from '../warehouse/index.js';

export interface ReplacingGuard {
  /**
   * @param known what the relation cache says of the node's relation.
   * @throws DagbookError run/would-replace if the relation is there, though the run believes that it is not.
   */
  check(
    statement: StatementClass,
    known: (relation: PyRelation) => Promise<PyRelation | null>,
    options: CatalogOptions,
  ): Promise<void>;
}

/** The guard of a node whose relation holds what cannot be made again; null for all others, and for a full refresh. */
export function replacingGuard(
  node: RunnableNode,
  warehouse: Pick<Warehouse, 'dialect' | 'listColumns'>,
  isFullRefresh: boolean,
): ReplacingGuard | null {
  const isKept =
    node.resourceType === 'snapshot' ||
    (node.resourceType === 'model' && node.materialized === 'incremental');
  if (!isKept || isFullRefresh) return null;
  const { database, schema, alias } = node;
  const { dialect } = warehouse;
  const relation = createRelation({
    dialect,
    database,
    schema,
    identifier: alias,
    quote: { database: false, schema: false, identifier: false },
  });
  const parts = (['database', 'schema', 'identifier'] as const).map((part) =>
    relation.folded(part),
  );
  return {
    check: async ({ effect }, known, options) => {
      if (effect?.type !== 'create' || effect.kind === 'schema' || effect.isTemporary) return;
      const isOwn = effect.name.every(
        (part, index) =>
          part.toLowerCase() === parts[parts.length - effect.name.length + index]?.toLowerCase(),
      );
      if (!isOwn || (await known(relation)) !== null) return;
      const columns = await warehouse.listColumns({ database, schema, identifier: alias }, options);
      if (columns.length === 0) return;
      throw new DagbookError(
        'run/would-replace',
        `${relation.render()} is there, though it was not listed: it would have been replaced, with all its rows.`,
        {
          exitCode: 1,
          hint: 'Another run may have made it, or the role may not list it. Run again; to replace it, add --full-refresh.',
        },
      );
    },
  };
}
