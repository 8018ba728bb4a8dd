/** Parses a project with and without what was kept, and gives all that can be told of the result. */
import { manifestJson } from '../../../src/artifacts/index.js';
import type { JsonObject } from '../../../src/base/index.js';
import { libraryFiles } from '../../../src/library/index.js';
import { type ParsedManifest, parseOrRecall } from '../../../src/manifest/index.js';
import { loadProject } from '../../../src/project/index.js';

const NOW = Date.parse('2026-01-15T12:00:00Z');

export interface Surroundings {
  readonly env: Readonly<Record<string, string>>;
  readonly vars: JsonObject;
  readonly target?: string;
  /** Milliseconds since the epoch. */
  readonly nowMs?: number;
}

export const PLAIN: Surroundings = { env: {}, vars: {} };

/** @param folder where things are kept; null parses cold. */
export function parseIn(
  projectDir: string,
  { env, vars, target, nowMs = NOW }: Surroundings,
  folder: string | null,
): ParsedManifest {
  const now = (): number => nowMs;
  const { project } = loadProject({
    projectDir,
    env,
    vars,
    now,
    ...(target === undefined ? {} : { target }),
  });
  return parseOrRecall(
    project,
    {
      internalMacros: libraryFiles(project.target.type),
      runStartedAt: new Date(nowMs),
      invocationId: '00000000-0000-0000-0000-000000000000',
      now,
      flags: {},
      invocationArgs: {},
      log: () => undefined,
    },
    folder,
  );
}

/** manifest.json byte for byte, and what is wrong with the project. */
export function told({ manifest, registry, facts, diagnostics }: ParsedManifest): string {
  const json = manifestJson({
    manifest,
    macros: () => registry.all(),
    adapterType: facts.dialect,
    target: facts.target,
    dbtVersion: facts.dbtVersion,
    invocationId: facts.invocationId,
    generatedAt: new Date(NOW),
    compiled: new Map(),
  });
  return `${JSON.stringify(json)}\n${JSON.stringify(diagnostics)}`;
}
