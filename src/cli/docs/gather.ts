/**
 * Learns what the documentation says of a project: compiled SQL from the engine, columns from the warehouse.
 */
import { display, messageOf, type NodeId } from '../../base/index.js';
import type { ManifestNode } from '../../manifest/index.js';
import type { CompiledNode, ProjectSession } from '../../session/index.js';
import { WarehouseError } from '../../warehouse/index.js';
import type { BuiltColumns } from './docs-input.js';

export interface Gathering {
  readonly session: ProjectSession;
  readonly signal: AbortSignal;
}

/** Compiles every node that has SQL; what fails is in its diagnostics. Hooks are left out: they mean something in a run only. */
export async function compileAll({
  session,
  signal,
}: Gathering): Promise<ReadonlyMap<NodeId, CompiledNode>> {
  const compiled = new Map<NodeId, CompiledNode>();
  for (const node of session.manifest.nodes.values()) {
    if (!('rawCode' in node) || node.resourceType === 'operation' || node.language !== 'sql')
      continue;
    compiled.set(node.id, await session.compile(node.id, { signal }));
  }
  return compiled;
}

export interface Built {
  readonly columns: ReadonlyMap<NodeId, BuiltColumns>;
  /** Why relations are missing: the warehouse is in use, a relation may not be read. */
  readonly problems: readonly string[];
}

/**
 * Asks the warehouse for the columns of what is built, a few relations at a time.
 *
 * A warehouse that cannot be had is no error: then nothing is known of it, and `problems` says why.
 */
export async function readBuiltColumns({ session, signal }: Gathering): Promise<Built> {
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
        problems.push(display(messageOf(error)));
        // One relation that may not be read says nothing of the others; anything else does.
        isReachable = error instanceof WarehouseError && error.code === 'warehouse/statement';
      }
    }
  };
  await Promise.all(Array.from({ length: session.facts.threads }, work));
  return { columns, problems: [...new Set(problems)] };
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
