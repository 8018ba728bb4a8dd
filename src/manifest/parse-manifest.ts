/**
 * Parses a project into its manifest.
 */
import type { Diagnostic, NodeId } from '../base/index.js';
import type { MacroRegistry, ProjectFacts } from '../context/index.js';
import type { Project } from '../project/index.js';
import { finishDraft } from './apply-properties.js';
import { assemble, type Parts } from './assemble.js';
import type { TouchRecorder } from './cache/touches.js';
import { captureDraft } from './capture.js';
import { carriedParents, readCarried, readFunctions } from './carried.js';
import { readDocs } from './docs.js';
import { type Draft, isEnabled } from './draft.js';
import { readExposure, readGroups } from './exposures.js';
import { factsOf, type InternalMacroFile, type Invocation, readMacros } from './macros.js';
import type { Manifest } from './manifest.js';
import { checkCollisions, checkDraft } from './node-checks.js';
import { draftsOf } from './node-files.js';
import { nodeTests } from './node-tests.js';
import { ParseScope } from './parse-scope.js';
import { positionIn, type PropertyEntry, readProperties } from './property-files.js';
import { PropertyIndex } from './property-index.js';
import { yamlSnapshot } from './snapshot-relations.js';
import { readSources } from './sources.js';
import { readUnitTest, testedModels } from './unit-tests.js';
import { warnOfUnusedConfigs } from './unused-configs.js';

export interface ParseOptions extends Invocation {
  /** dbt's own macros for the target's dialect. */
  readonly internalMacros: readonly InternalMacroFile[];
}

/**
 * Reads every resource of a project.
 *
 * Never stops at what the project gets wrong: each fault is a diagnostic with its place, and only what is broken is left
 * out of the manifest.
 *
 * @param touches hears what templates read.
 */
export function parseManifest(
  project: Project,
  options: ParseOptions,
  touches?: TouchRecorder,
): {
  readonly manifest: Manifest;
  readonly registry: MacroRegistry;
  readonly facts: ProjectFacts;
  readonly diagnostics: readonly Diagnostic[];
} {
  const facts = factsOf(project, options);
  const { registry, diagnostics } = readMacros(project, options.internalMacros);
  const scope = new ParseScope(project, registry, facts, touches);
  scope.diagnostics.push(...diagnostics);
  const manifest = assemble(scope, readParts(scope));
  return { manifest, registry, facts, diagnostics: scope.diagnostics };
}

function readParts(scope: ParseScope): Parts {
  const entries = readProperties(scope);
  const groups = readGroups(
    scope,
    entries.filter((entry) => entry.key === 'groups'),
  );
  const index = new PropertyIndex(scope, entries);
  const drafts = new DraftSet(scope);
  const broken = new Set<string>();

  const read: Draft[] = [];
  for (const owner of scope.packages) {
    const versionOf = (_: unknown, fileName: string): ReturnType<PropertyIndex['ofModelFile']> =>
      index.ofModelFile(owner.name, fileName);
    read.push(...draftsOf(scope, owner, versionOf));
  }
  for (const entry of entries) {
    const draft = yamlSnapshot(scope, entry);
    if (draft !== undefined) read.push(draft);
    else if (entry.key === 'snapshots' && 'relation' in entry.data) broken.add(entry.name);
  }
  const captured = read.filter((draft) => {
    const isSound = captureDraft(scope, draft);
    if (!isSound) broken.add(draft.name);
    return isSound;
  });
  const off = disabledEarly(scope, captured);
  const isOff: Parameters<PropertyIndex['of']>[1] = (kind, packageName, name) =>
    off.has(`${kind} ${packageName} ${name}`);
  for (const draft of captured) {
    if (finishDraft(scope, draft, index.of(draft, isOff)) && checkDraft(scope, draft, groups)) {
      drafts.add(draft);
    } else broken.add(draft.name);
  }
  const described = new Set(
    drafts.all().map((draft) => `${draft.resourceType} ${draft.packageName} ${draft.name}`),
  );
  index.reportUnused(
    (kind, packageName, name) => described.has(`${kind} ${packageName} ${name}`),
    broken,
  );

  for (const test of nodeTests(scope, index.all(), drafts.all())) drafts.add(test);
  const { sources, tests } = readSources(
    scope,
    entries.filter((entry) => entry.key === 'sources'),
  );
  for (const test of tests) drafts.add(test);
  checkCollisions(scope, drafts.all().filter(isEnabled));
  warnOfUnknownMacros(scope, entries);

  const models = testedModels(drafts.all());
  const exposures = entries
    .filter((entry) => entry.key === 'exposures')
    .flatMap((entry) => readExposure(scope, entry) ?? []);
  const unitTests = entries
    .filter((entry) => entry.key === 'unit_tests')
    .flatMap((entry) => readUnitTest(scope, entry, models));
  const carried = [
    ...entries.flatMap((entry) => readCarried(scope, entry) ?? []),
    ...readFunctions(scope, entries),
  ];
  warnOfUnusedConfigs(scope, [
    ...read,
    ...drafts.all(),
    ...sources,
    ...unitTests,
    ...exposures.map((one) => one.node),
    ...carried.map((one) => one.node),
  ]);
  return {
    drafts: drafts.all(),
    broken,
    sources,
    exposures,
    unitTests,
    carried,
    carriedParents: carriedParents(carried),
    docs: readDocs(scope),
    groups,
    entries,
  };
}

/** Macros that yaml describes must be there; a generic test's macro bears its prefix. */
function warnOfUnknownMacros(scope: ParseScope, entries: readonly PropertyEntry[]): void {
  for (const entry of entries) {
    if (entry.key !== 'macros') continue;
    const packageName = entry.source.owner.name;
    if (scope.registry.findIn(packageName, entry.name) !== undefined) continue;
    scope.warn(
      'manifest/unused-properties',
      `'${entry.name}' is described under 'macros', but '${packageName}' has no such macro.`,
      positionIn(entry),
    );
  }
}

/** Nodes of packages that their own file or dbt_project.yml disables, as `kind package name`. */
function disabledEarly(scope: ParseScope, drafts: readonly Draft[]): ReadonlySet<string> {
  const off = new Set<string>();
  for (const draft of drafts) {
    // Only a node of another package can stand in for a disabled one, so a project alone needs no look.
    if (scope.packages.length === 1) break;
    const { config } = scope.configs.resolve({
      resourceType: draft.resourceType,
      packageName: draft.packageName,
      fqn: draft.fqn,
      calls: draft.calls,
    });
    if (config['enabled'] === false) {
      off.add(`${draft.resourceType} ${draft.packageName} ${draft.name}`);
    }
  }
  return off;
}

/** Drafts in the order in which they came; a second enabled one of an id is reported and left out. */
class DraftSet {
  readonly #scope: ParseScope;
  readonly #drafts: Draft[] = [];
  readonly #enabled = new Map<NodeId, Draft>();

  constructor(scope: ParseScope) {
    this.#scope = scope;
  }

  all(): readonly Draft[] {
    return this.#drafts;
  }

  add(draft: Draft): void {
    const first = this.#enabled.get(draft.id);
    if (isEnabled(draft)) {
      if (first !== undefined) {
        this.#report(draft, first);
        return;
      }
      this.#enabled.set(draft.id, draft);
    }
    this.#drafts.push(draft);
  }

  #report(draft: Draft, first: Draft): void {
    const isGeneric = draft.testMetadata !== null;
    this.#scope.error(
      'manifest/duplicate-name',
      isGeneric
        ? `The test '${draft.name}' is written twice in ${draft.originalFilePath}.`
        : `Two ${draft.resourceType}s are named '${draft.name}': ${first.originalFilePath} and ${draft.originalFilePath}.`,
      draft.position,
      {
        nodeId: draft.id,
        hint: isGeneric ? 'Remove one, or give it a `name:`.' : 'Rename one of the files.',
      },
    );
  }
}
