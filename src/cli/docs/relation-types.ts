/**
 * What the warehouse calls each relation: a table, a view. One question a database, to its information schema.
 */
import { messageOf, type NodeId } from '../../base/index.js';
import type { ProjectSession } from '../../session/index.js';

/** An open project to ask, and the way to stop. */
export interface Gathering {
  readonly session: ProjectSession;
  readonly signal: AbortSignal;
}

/** Types by node, in the warehouse's words: `BASE TABLE`, `VIEW`; and why some are missing. */
export async function readRelationTypes(
  { session, signal }: Gathering,
  ids: Iterable<NodeId>,
): Promise<{ readonly types: ReadonlyMap<NodeId, string>; readonly problems: readonly string[] }> {
  const types = new Map<NodeId, string>();
  const problems: string[] = [];
  for (const [database, nodes] of nodesByDatabase(session.manifest, ids)) {
    try {
      const found = await typesIn({ session, signal }, database);
      for (const { id, schema, identifier } of nodes) {
        const type = found.get(keyOf(schema, identifier));
        if (type !== undefined) types.set(id, type);
      }
    } catch (error) {
      signal.throwIfAborted();
      problems.push(messageOf(error));
    }
  }
  return { types, problems };
}

interface Placed {
  readonly id: NodeId;
  readonly schema: string;
  readonly identifier: string;
}

function nodesByDatabase(
  manifest: Gathering['session']['manifest'],
  ids: Iterable<NodeId>,
): ReadonlyMap<string, readonly Placed[]> {
  const found = new Map<string, Placed[]>();
  for (const id of ids) {
    const node = manifest.nodes.get(id);
    if (node === undefined || !('schema' in node)) continue;
    const identifier = node.resourceType === 'source' ? node.identifier : node.alias;
    const placed = { id, schema: node.schema, identifier };
    const others = found.get(node.database);
    if (others === undefined) found.set(node.database, [placed]);
    else others.push(placed);
  }
  return found;
}

async function typesIn(
  { session, signal }: Gathering,
  database: string,
): Promise<ReadonlyMap<string, string>> {
  const name = /^[A-Za-z_]\w*$/u.test(database) ? database : `"${database.replaceAll('"', '""')}"`;
  // DuckDB has one information schema over all databases.
  const prefix = session.parsed.project.target.type === 'duckdb' ? '' : `${name}.`;
  const sql = `select table_schema, table_name, table_type
from ${prefix}information_schema.tables
where upper(table_catalog) = upper('${database.replaceAll("'", "''")}')`;
  const types = new Map<string, string>();
  const pages = session.preview(
    { kind: 'sql', sql, isTemplate: false },
    { signal, pageRows: 1000 },
  );
  for await (const { rows } of pages) {
    for (const [schema, table, type] of rows) {
      if (typeof schema === 'string' && typeof table === 'string' && typeof type === 'string')
        types.set(keyOf(schema, table), type);
    }
  }
  return types;
}

/** Names as configured meet names as stored: case is the dialect's affair. */
function keyOf(schema: string, identifier: string): string {
  return JSON.stringify([schema.toLowerCase(), identifier.toLowerCase()]);
}
