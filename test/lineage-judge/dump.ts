/**
 * Lineage of every model of a project as plain data, with what was known of the tables it reads: what the judge compares with
 * another implementation.
 */
import type { ManifestNode } from '../../src/manifest/index.js';
import { openSession, type ProjectSession } from '../../src/session/index.js';
import { columnLineage } from '../../src/sql/index.js';

export interface Dumped {
  readonly id: string;
  readonly dialect: 'snowflake' | 'duckdb';
  readonly sql: string;
  /** Tables whose columns are all known, in lower case. */
  readonly tables: readonly KnownTable[];
  readonly columns: readonly {
    readonly name: string;
    /** `database.schema.name.column`, in lower case. */
    readonly inputs: readonly string[];
    readonly unresolved: readonly string[];
  }[];
  readonly milliseconds: number;
}

interface KnownTable {
  readonly parts: readonly string[];
  readonly columns: readonly string[];
}

export interface DumpRequest {
  readonly projectDir: string;
  readonly profilesDir?: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Compiles in the project's own target and asks it for the columns of sources; else there is no warehouse. */
  readonly asksWarehouse: boolean;
}

/** Compiles and traces every model that compiles. */
export async function dump(request: DumpRequest): Promise<readonly Dumped[]> {
  const { env, asksWarehouse, ...where } = request;
  const session = openSession({ ...where, ...(asksWarehouse ? {} : { engine: 'none' }) }, { env });
  const { signal } = new AbortController();
  const dialect = session.parsed.project.target.type;
  const found: Dumped[] = [];
  try {
    const tables = await knownTables(session, { signal, asksWarehouse });
    const byName = new Map(tables.map((table) => [table.parts.join('.'), table.columns]));
    const fold = (name: string): string => (dialect === 'snowflake' ? name.toUpperCase() : name);
    for (const node of session.manifest.nodes.values()) {
      if (node.resourceType !== 'model' || node.language === 'python') continue;
      const { compiledSql } = await session.compile(node.id, { signal });
      if (compiledSql === null) continue;
      const startedAt = performance.now();
      const lineage = columnLineage(compiledSql, {
        dialect,
        isRelationCte: () => false,
        columnsOf: (parts) => {
          const names = byName.get(parts.join('.').toLowerCase());
          return names === undefined ? null : { names: names.map(fold), isComplete: true };
        },
      });
      found.push({
        id: node.id,
        dialect,
        sql: compiledSql,
        tables,
        columns: lineage.columns.map(({ name, inputs, unresolved }) => ({
          name,
          inputs: inputs.map(({ table, column }) =>
            [...table.parts, column].join('.').toLowerCase(),
          ),
          unresolved: unresolved.map(({ text, reason }) => `${text}: ${reason}`),
        })),
        milliseconds: performance.now() - startedAt,
      });
    }
  } finally {
    await session.close();
  }
  return found;
}

async function knownTables(
  session: ProjectSession,
  options: { readonly signal: AbortSignal; readonly asksWarehouse: boolean },
): Promise<readonly KnownTable[]> {
  const tables: KnownTable[] = [];
  for (const node of session.manifest.nodes.values()) {
    const parts = partsOf(node);
    if (parts === null) continue;
    const { columns, isComplete } = await session.lineage(node.id, options);
    if (!isComplete || columns.length === 0) continue;
    tables.push({
      parts: parts.map((part) => part.toLowerCase()),
      columns: columns.map(({ name }) => name.toLowerCase()),
    });
  }
  return tables;
}

function partsOf(node: ManifestNode): readonly string[] | null {
  switch (node.resourceType) {
    case 'source':
      return [node.database, node.schema, node.identifier];
    case 'model':
    case 'seed':
    case 'snapshot':
      return [node.database, node.schema, node.alias];
    default:
      return null;
  }
}
