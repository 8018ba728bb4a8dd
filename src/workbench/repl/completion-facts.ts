/**
 * What a session knows that may come next in a line, columns asked for once.
 */
import type { NodeId } from '../../base/index.js';
import type { Session } from '../../session/index.js';
import type { CompletionFacts } from './complete.js';

export interface SessionFactsOfCompletion extends CompletionFacts {
  /** Forgets the columns: the project has changed. */
  forget(): void;
}

/** Milliseconds to wait for the columns of a relation; described ones are offered meanwhile. */
const PATIENCE_MS = 1500;

/**
 * @param verbs that may be typed after `:`.
 * @param namesOf cells and parameters of the notebook that is typed in, if there is one.
 */
export function completionFacts(
  session: Session,
  verbs: readonly string[],
  namesOf: (kind: 'sql' | 'param') => readonly string[] = () => [],
): SessionFactsOfCompletion {
  const built = new Map<NodeId, Promise<readonly string[]>>();
  return {
    get manifest() {
      return session.manifest;
    },
    verbs,
    get macros() {
      return macroNames(session);
    },
    get cells() {
      return namesOf('sql');
    },
    get parameters() {
      return namesOf('param');
    },
    async columnsOf(id) {
      const node = session.manifest.nodes.get(id);
      const described = node !== undefined && 'columns' in node ? [...node.columns.keys()] : [];
      const asked = built.get(id) ?? builtColumns(session, id);
      built.set(id, asked);
      const names = await asked;
      const known = new Set(described.map((name) => name.toLowerCase()));
      return [...described, ...names.filter((name) => !known.has(name.toLowerCase()))];
    },
    forget: () => built.clear(),
  };
}

/** Columns as built, unquoted ones as people write them; none if the warehouse does not say in time. */
async function builtColumns(session: Session, id: NodeId): Promise<readonly string[]> {
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

/** Macros as a template calls them. */
function macroNames({ facts: { projectName }, macros }: Session): readonly string[] {
  return macros
    .filter(({ kind, name }) => kind === 'macro' && !name.includes('__'))
    .map(({ name, packageName }) =>
      packageName === projectName || packageName.startsWith('dbt')
        ? name
        : `${packageName}.${name}`,
    );
}
