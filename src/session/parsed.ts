import type { Diagnostic } from '../base/index.js';
import type { MacroRegistry, ProjectFacts } from '../context/index.js';
import type { KeptChanges, Manifest } from '../manifest/index.js';
import type { Project } from '../project/index.js';

/** A project as parsed. */
export interface Parsed {
  readonly project: Project;
  readonly manifest: Manifest;
  readonly registry: MacroRegistry;
  readonly facts: ProjectFacts;
  readonly diagnostics: readonly Diagnostic[];
  /** Names what was kept of it for the next start; null if nothing was. Another content has another name. */
  readonly keptAs: string | null;
  readonly changedSince: (name: string) => KeptChanges | null;
}
