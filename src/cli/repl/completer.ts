/**
 * Completion for node:readline: what the project knows, with columns asked for once.
 */
import type { NodeId } from '../../base/index.js';
import type { ProjectSession } from '../../session/index.js';
import { complete, type CompletionFacts } from '../../workbench/index.js';

/** Milliseconds to wait for the columns of a relation; described ones are offered meanwhile. */
const PATIENCE_MS = 1500;

export interface Completer {
  /** @returns matches, and the word that they stand for. */
  (before: string, whole: string): Promise<[matches: string[], word: string]>;
}

/** Makes the completer of a session. */
export function completerOf(session: ProjectSession): Completer {
  const built = new Map<NodeId, Promise<readonly string[]>>();
  const columnsOf = async (id: NodeId): Promise<readonly string[]> => {
    const node = session.manifest.nodes.get(id);
    const described = node !== undefined && 'columns' in node ? [...node.columns.keys()] : [];
    const asked = built.get(id) ?? builtColumns(session, id);
    built.set(id, asked);
    const names = await asked;
    const known = new Set(described.map((name) => name.toLowerCase()));
    return [...described, ...names.filter((name) => !known.has(name.toLowerCase()))];
  };
  return async (before, whole) => {
    const { matches, word } = await complete(before, whole, factsOf(session, columnsOf));
    return [[...matches], word];
  };
}

/** Columns as built, unquoted ones as people write them; none if the warehouse does not say in time. */
async function builtColumns(session: ProjectSession, id: NodeId): Promise<readonly string[]> {
  try {
    const columns = await session.columns(id, { signal: AbortSignal.timeout(PATIENCE_MS) });
    return columns.map(({ name }) =>
      /^[A-Z_][A-Z0-9_]*$/u.test(name) ? name.toLowerCase() : name,
    );
  } catch {
    // Completion helps or stays silent: a query will say what is wrong with the warehouse.
    return [];
  }
}

function factsOf(
  session: ProjectSession,
  columnsOf: CompletionFacts['columnsOf'],
): CompletionFacts {
  const { projectName } = session.facts;
  const macros = session.parsed.registry
    .all()
    .filter(({ kind, name }) => kind === 'macro' && !name.includes('__'))
    .map(({ name, packageName }) =>
      packageName === projectName || packageName.startsWith('dbt')
        ? name
        : `${packageName}.${name}`,
    );
  return { manifest: session.manifest, macros, columnsOf };
}
