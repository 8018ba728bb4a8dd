/**
 * Compiles a project with no warehouse and a frozen clock, as the recordings of real dbt were made.
 */
import type { JsonObject, NodeId } from '../../src/base/index.js';
import { DagbookError, formatDiagnostic } from '../../src/base/index.js';
import { manifestJson } from '../../src/artifacts/index.js';
import {
  openSession,
  type ProjectSession,
  type SelectionRequest,
} from '../../src/session/index.js';
import { factsOf } from './facts.js';
import type { Golden, Selection } from './score.js';

export { printAspect, readGolden, score } from './score.js';
export { normalized } from './facts.js';

export interface Measured {
  readonly facts: Golden;
  readonly compiled: ReadonlyMap<string, string>;
  /** Why a node has no compiled SQL. */
  readonly failures: ReadonlyMap<string, string>;
  readonly manifest: JsonObject;
}

/** Opens the project, compiles every node, resolves the selections asked for. */
export async function measure(
  project: {
    readonly projectDir: string;
    readonly profilesDir?: string;
    readonly env: Readonly<Record<string, string | undefined>>;
  },
  selections: readonly (readonly string[])[],
): Promise<Measured> {
  const { env, ...where } = project;
  const session = openSession({ ...where, engine: 'none' }, { env });
  try {
    const compiled = new Map<NodeId, string>();
    const failures = new Map<string, string>();
    const { signal } = new AbortController();
    const selected = session.select({ command: 'compile', select: ['fqn:*'] }).ids;
    for (const id of selected) {
      const { compiledSql, diagnostics } = await session.compile(id, { signal, selected });
      if (compiledSql !== null) compiled.set(id, compiledSql);
      else failures.set(id, diagnostics.map(formatDiagnostic).join('\n'));
    }
    const { manifest, facts, registry } = session.parsed;
    const content = manifestJson({
      manifest,
      macros: () => registry.all(),
      adapterType: facts.dialect,
      target: facts.target,
      dbtVersion: facts.dbtVersion,
      invocationId: facts.invocationId,
      generatedAt: new Date(facts.now()),
      compiled,
      calledMacros: session.calledMacros,
    });
    return {
      facts: {
        ...factsOf(content),
        selections: selections.map((args) => ({ args, result: resolve(session, args) })),
      },
      compiled,
      failures,
      manifest: content,
    };
  } finally {
    await session.close();
  }
}

/** What `ls` with these arguments lists. */
function resolve(session: ProjectSession, args: readonly string[]): Selection['result'] {
  try {
    return session.select({ ...requestOf(args), command: 'ls' }).ids;
  } catch (error) {
    if (error instanceof DagbookError) return 'error';
    throw error;
  }
}

const FLAGS: Readonly<Record<string, keyof SelectionRequest>> = {
  '--select': 'select',
  '--exclude': 'exclude',
  '--selector': 'selector',
  '--resource-type': 'resourceTypes',
  '--exclude-resource-type': 'excludeResourceTypes',
  '--indirect-selection': 'indirectSelection',
};

function requestOf(args: readonly string[]): SelectionRequest {
  const given: Partial<Record<keyof SelectionRequest, string[]>> = {};
  let values: string[] = [];
  for (const arg of args) {
    const flag = FLAGS[arg];
    if (flag === undefined) values.push(arg);
    else given[flag] = values = [];
  }
  const { selector, indirectSelection, ...lists } = given;
  const mode = indirectSelection?.[0];
  return {
    ...lists,
    ...(selector?.[0] === undefined ? {} : { selector: selector[0] }),
    ...(mode === 'eager' || mode === 'cautious' || mode === 'buildable' || mode === 'empty'
      ? { indirectSelection: mode }
      : {}),
  };
}
