/**
 * Learns what the documentation says of a project: compiled SQL from the engine, columns from the warehouse.
 */
import { messageOf, type NodeId } from '../../base/index.js';
import type { ManifestNode } from '../../manifest/index.js';
import type { CompiledNode } from '../../session/index.js';
import { WarehouseError } from '../../warehouse/index.js';
import type { BuiltColumns } from './docs-input.js';
import { type Gathering, readRelationTypes } from './relation-types.js';

/** Compiles every node that has SQL; what fails is in its diagnostics. Hooks are left out: they mean something in a run only. */
export async function compileAll(
  { session, signal }: Gathering,
  ids: readonly NodeId[],
): Promise<ReadonlyMap<NodeId, CompiledNode>> {
  const compiled = new Map<NodeId, CompiledNode>();
  for (const id of session.inOrder(ids)) {
    const node = session.manifest.nodes.get(id);
    if (
      node === undefined ||
      !('rawCode' in node) ||
      node.resourceType === 'operation' ||
      node.language !== 'sql'
    )
      continue;
    compiled.set(node.id, await session.compile(node.id, { signal }));
  }
  return compiled;
}

export interface Built {
  readonly columns: ReadonlyMap<NodeId, BuiltColumns>;
  /** The warehouse's words for what each relation is. */
  readonly types: ReadonlyMap<NodeId, string>;
  /** Why relations are missing: the warehouse is in use, a relation may not be read. */
  readonly problems: readonly string[];
}

/** Codes of a warehouse that answers, but not about this relation: the next one may be known. */
const ABOUT_ONE_RELATION = new Set([
  'warehouse/absent',
  'warehouse/catalog',
  'warehouse/binder',
  'warehouse/permission',
  'warehouse/failed',
]);

/**
 * Asks the warehouse for the columns and types of what is built, a few relations at a time.
 *
 * A warehouse that cannot be had is no error: then nothing is known of it, and `problems` says why.
 */
export async function readBuilt(
  { session, signal }: Gathering,
  selected?: readonly NodeId[],
): Promise<Built> {
  if (session.options.planStyle === 'dbt') return await readAsDbt({ session, signal }, selected);
  const columns = new Map<NodeId, BuiltColumns>();
  const problems: string[] = [];
  const waiting = [...session.manifest.nodes.values()].filter(mayBeBuilt).map(({ id }) => id);
  let isReachable = session.facts.engine !== 'none';
  const work = async (): Promise<void> => {
    for (let id = waiting.shift(); id !== undefined && isReachable; id = waiting.shift()) {
      try {
        const found = await session.columns(id, { signal });
        if (found.length > 0) columns.set(id, found);
      } catch (error) {
        signal.throwIfAborted();
        problems.push(messageOf(error));
        isReachable &&= error instanceof WarehouseError && ABOUT_ONE_RELATION.has(error.code);
      }
    }
  };
  await Promise.all(Array.from({ length: session.facts.threads }, work));
  if (columns.size === 0) return { columns, types: new Map(), problems: [...new Set(problems)] };
  const { types, problems: more } = await readRelationTypes({ session, signal }, columns.keys());
  return { columns, types, problems: [...new Set([...problems, ...more])] };
}

/** The same by dbt's own question, one a database. */
async function readAsDbt(
  { session, signal }: Gathering,
  selected: readonly NodeId[] | undefined,
): Promise<Built> {
  const columns = new Map<NodeId, BuiltColumns>();
  const types = new Map<NodeId, string>();
  const keyOf = (...names: readonly string[]): string => JSON.stringify(names).toLowerCase();
  const ids = new Map<string, NodeId>();
  for (const node of session.manifest.nodes.values()) {
    if (!mayBeBuilt(node) || !('schema' in node)) continue;
    const identifier = node.resourceType === 'source' ? node.identifier : node.alias;
    ids.set(keyOf(node.database, node.schema, identifier), node.id);
  }
  try {
    for (const row of await session.catalog({
      signal,
      ...(selected === undefined ? {} : { selected }),
    })) {
      const id = ids.get(keyOf(row.database, row.schema, row.identifier));
      if (id === undefined) continue;
      columns.set(id, [...(columns.get(id) ?? []), { name: row.column, typeName: row.columnType }]);
      types.set(id, row.relationType);
    }
    return { columns, types, problems: [] };
  } catch (error) {
    signal.throwIfAborted();
    return { columns, types, problems: [messageOf(error)] };
  }
}

function mayBeBuilt(node: ManifestNode): boolean {
  switch (node.resourceType) {
    case 'model':
      return node.materialized !== 'ephemeral';
    case 'seed':
    case 'snapshot':
    case 'source':
      return true;
    default:
      return false;
  }
}
