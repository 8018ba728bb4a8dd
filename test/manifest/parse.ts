/** Parses a fixture project as an invocation would. */
import type { JsonObject } from '../../src/base/index.js';
import { libraryFiles } from '../../src/library/index.js';
import { parseManifest } from '../../src/manifest/index.js';
import { loadProject, type Project } from '../../src/project/index.js';

const NOW = Date.parse('2026-01-15T12:00:00Z');

export type Parsed = ReturnType<typeof parseManifest> & {
  readonly project: Project;
};

/** @param env no variable of the machine enters. */
export function parseProject(
  projectDir: string,
  options: {
    readonly target?: string;
    readonly env?: Readonly<Record<string, string>>;
    readonly vars?: JsonObject;
  } = {},
): Parsed {
  const loaded = loadProject({
    projectDir,
    env: options.env ?? {},
    now: () => NOW,
    ...(options.target === undefined ? {} : { target: options.target }),
    ...(options.vars === undefined ? {} : { vars: options.vars }),
  });
  const parsed = parseManifest(loaded.project, {
    internalMacros: libraryFiles(loaded.project.target.type),
    runStartedAt: new Date(NOW),
    invocationId: '00000000-0000-0000-0000-000000000000',
    now: () => NOW,
    flags: {},
    invocationArgs: {},
    log: () => undefined,
  });
  return {
    ...parsed,
    project: loaded.project,
    diagnostics: [...loaded.diagnostics, ...parsed.diagnostics],
  };
}
