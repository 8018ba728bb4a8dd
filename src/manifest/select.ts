/**
 * Which nodes a selection means.
 *
 * Pure: dbt's algebra over a finished manifest. Every criterion gives two sets, the nodes it selects and the tests that it
 * might bring in later; sets of both kinds are combined alike.
 */
import { DagbookError, type Diagnostic, type NodeId } from '../base/index.js';
import type { SelectorDefinition } from '../project/index.js';
import { fnmatch } from './fnmatch.js';
import type { Manifest } from './manifest.js';
import type { ManifestNode } from './node.js';
import { reachWithin } from './reach.js';
import { matchingNodes, METHODS, type StateMethods } from './selection-methods.js';
import {
  commandLineSpec,
  type Criterion,
  type IndirectSelection,
  type SelectionSpec,
  yamlSpec,
} from './selection-spec.js';
import { difference, intersection, union } from './set-algebra.js';
import { similarName } from './similar.js';

/** What the flags say. */
export interface SelectCriteria {
  readonly select?: readonly string[];
  readonly exclude?: readonly string[];
  /** A name of selectors.yml. */
  readonly selector?: string;
  /** Kinds to keep; all if absent. */
  readonly resourceTypes?: readonly string[];
  readonly excludeResourceTypes?: readonly string[];
  readonly indirectSelection?: IndirectSelection;
}

/** What a selection may refer to beside the nodes. */
export interface SelectSurroundings {
  readonly selectors?: readonly SelectorDefinition[];
  readonly state?: StateMethods | undefined;
}

interface Bundle {
  readonly direct: ReadonlySet<NodeId>;
  readonly indirect: ReadonlySet<NodeId>;
}

/**
 * Resolves a selection. With neither `select`, `exclude` nor `selector` the default selector counts, if there is one.
 *
 * @returns ids in the order of the manifest, and a warning for each criterion that matches nothing.
 * @throws DagbookError select/unknown-selector, select/unknown-method, select/bad-spec, select/bad-value, select/circular or select/needs-state.
 */
export function select(
  manifest: Manifest,
  criteria: SelectCriteria,
  { selectors = [], state }: SelectSurroundings = {},
): { readonly ids: readonly NodeId[]; readonly warnings: readonly Diagnostic[] } {
  const indirect = criteria.indirectSelection ?? 'eager';
  const warnings: Diagnostic[] = [];
  const selection = new Selection(manifest, { selectors, state, indirect, warnings });
  // Nothing asked for is all there is, which needs no look at the graph.
  const direct = isOpen(criteria, selectors)
    ? manifest.nodes
    : selection.resolve(specOf(criteria, selectors, indirect), []).direct;
  const kept = criteria.resourceTypes === undefined ? undefined : new Set(criteria.resourceTypes);
  const dropped = new Set(criteria.excludeResourceTypes);
  const ids: NodeId[] = [];
  for (const [id, node] of manifest.nodes) {
    if (!direct.has(id) || dropped.has(node.resourceType)) continue;
    if (kept === undefined || kept.has(node.resourceType)) ids.push(id);
  }
  return { ids, warnings };
}

function specOf(
  criteria: SelectCriteria,
  selectors: readonly SelectorDefinition[],
  indirect: IndirectSelection,
): SelectionSpec {
  const { selector, select: selected, exclude } = criteria;
  if (selector !== undefined) {
    const found = selectors.find((one) => one.name === selector);
    if (found !== undefined) return yamlSpec(found.definition, indirect);
    const names = selectors.map((one) => one.name);
    throw new DagbookError('select/unknown-selector', `There is no selector named '${selector}'.`, {
      exitCode: 2,
      hint:
        names.length === 0 ? 'The project has no selectors.yml.' : `It has: ${names.join(', ')}.`,
    });
  }
  const isAsking = !isBlank(selected) || !isBlank(exclude);
  const standing = isAsking ? undefined : selectors.find((one) => one.isDefault);
  return standing === undefined
    ? commandLineSpec(selected, exclude, indirect)
    : yamlSpec(standing.definition, indirect);
}

/** True if no flag and no selector says which nodes. */
function isOpen(criteria: SelectCriteria, selectors: readonly SelectorDefinition[]): boolean {
  const { selector, select: selected, exclude } = criteria;
  const isAsking = selector !== undefined || !isBlank(selected) || !isBlank(exclude);
  return !isAsking && !selectors.some((one) => one.isDefault);
}

function isBlank(texts: readonly string[] | undefined): boolean {
  return (texts ?? []).every((text) => text.trim() === '');
}

class Selection {
  readonly #manifest: Manifest;
  readonly #selectors: readonly SelectorDefinition[];
  readonly #state: StateMethods | undefined;
  readonly #indirect: IndirectSelection;
  readonly #warnings: Diagnostic[];
  #sources: ReadonlySet<NodeId> | undefined;

  constructor(
    manifest: Manifest,
    options: {
      readonly selectors: readonly SelectorDefinition[];
      readonly state: StateMethods | undefined;
      readonly indirect: IndirectSelection;
      readonly warnings: Diagnostic[];
    },
  ) {
    this.#manifest = manifest;
    this.#selectors = options.selectors;
    this.#state = options.state;
    this.#indirect = options.indirect;
    this.#warnings = options.warnings;
  }

  /** @param within names of the selectors that are being resolved, to find circles. */
  resolve(spec: SelectionSpec, within: readonly string[]): Bundle {
    if (spec.kind === 'criterion') return this.#criterion(spec, within);
    const bundles = spec.parts.map((part) => this.resolve(part, within));
    const direct = combine(
      spec.kind,
      bundles.map((bundle) => bundle.direct),
    );
    const indirect = combine(
      spec.kind,
      bundles.map(({ direct: own, indirect: more }) => (more.size === 0 ? own : union(own, more))),
    );
    const all = this.#withFullTests(direct, indirect, spec.indirect);
    if (spec.expectsSome && all.size === 0) this.#warnOfNothing(spec.raw);
    return { direct: all, indirect };
  }

  #criterion(criterion: Criterion, within: readonly string[]): Bundle {
    if (criterion.method === 'selector') {
      const found = this.#named(criterion, within);
      return { direct: union(found, this.#relatives(criterion, found)), indirect: new Set() };
    }
    const found = matchingNodes(this.#manifest, criterion, this.#state);
    if (found === undefined) {
      throw new DagbookError(
        'select/unknown-method',
        `'${criterion.method}' in '${criterion.raw}' is not a selection method.`,
        { exitCode: 2, hint: `The methods are: ${METHODS.join(', ')}.` },
      );
    }
    const relatives = this.#relatives(criterion, found);
    const selected = relatives.size === 0 ? found : union(found, relatives);
    if (criterion.indirect === 'empty') return { direct: selected, indirect: new Set() };
    return this.#withTests(selected, criterion.indirect);
  }

  /** `selector:name`: what other selectors of selectors.yml select. */
  #named(criterion: Criterion, within: readonly string[]): ReadonlySet<NodeId> {
    const matching = this.#selectors
      .filter((one) => fnmatch(one.name, criterion.value))
      .toSorted((left, right) => (left.name < right.name ? -1 : 1));
    if (matching.length === 0) {
      throw new DagbookError(
        'select/unknown-selector',
        `'${criterion.value}' matches no selector of selectors.yml.`,
        { exitCode: 2 },
      );
    }
    let all: ReadonlySet<NodeId> = new Set();
    for (const one of matching) {
      if (within.includes(one.name)) {
        throw new DagbookError(
          'select/circular',
          `Selectors refer to each other in a circle: ${[...within, one.name].join(' --> ')}.`,
          { exitCode: 2 },
        );
      }
      const spec = yamlSpec(one.definition, this.#indirect);
      all = union(all, this.resolve(spec, [...within, one.name]).direct);
    }
    return all;
  }

  #relatives(criterion: Criterion, selected: ReadonlySet<NodeId>): ReadonlySet<NodeId> {
    let all: ReadonlySet<NodeId> = new Set();
    if (!criterion.withChildrensParents && criterion.parents <= 0 && criterion.children <= 0)
      return all;
    const { dag } = this.#manifest;
    if (criterion.withChildrensParents) {
      const family = union(selected, reachWithin(dag, selected, 'downstream'));
      all = union(family, reachWithin(dag, family, 'upstream'));
    }
    if (criterion.parents > 0) {
      all = union(all, reachWithin(dag, selected, 'upstream', criterion.parents));
    }
    if (criterion.children > 0) {
      all = union(all, reachWithin(dag, selected, 'downstream', criterion.children));
    }
    return all;
  }

  /** Adds the tests of selected nodes, as the mode says; those that lack a parent are kept aside. */
  #withTests(selected: ReadonlySet<NodeId>, mode: IndirectSelection): Bundle {
    const direct = new Set(selected);
    const indirect = new Set<NodeId>();
    const buildable = mode === 'buildable' ? this.#buildable(selected) : selected;
    for (const id of selected) {
      for (const child of this.#manifest.dag.children.get(id) ?? []) {
        if (!this.#isTest(child)) continue;
        if (mode === 'eager' || this.#hasAllParents(child, buildable)) direct.add(child);
        else indirect.add(child);
      }
    }
    return { direct, indirect };
  }

  /** After sets were combined, tests whose parents are all there now come in. */
  #withFullTests(
    direct: ReadonlySet<NodeId>,
    indirect: ReadonlySet<NodeId>,
    mode: IndirectSelection,
  ): ReadonlySet<NodeId> {
    if (mode !== 'cautious' && mode !== 'buildable') return direct;
    const all = new Set(direct);
    const known = mode === 'buildable' ? this.#ancestry(direct) : all;
    for (const id of indirect) {
      if (this.#manifest.nodes.get(id)?.resourceType === 'unit_test') continue;
      if (this.#hasAllParents(id, known)) all.add(id);
    }
    return all;
  }

  #ancestry(selected: ReadonlySet<NodeId>): ReadonlySet<NodeId> {
    return union(selected, reachWithin(this.#manifest.dag, selected, 'upstream'));
  }

  #buildable(selected: ReadonlySet<NodeId>): ReadonlySet<NodeId> {
    this.#sources ??= new Set(
      [...this.#manifest.nodes.values()]
        .filter((node) => node.resourceType === 'source')
        .map((node) => node.id),
    );
    return union(this.#ancestry(selected), this.#sources);
  }

  #isTest(id: NodeId): boolean {
    const type = this.#manifest.nodes.get(id)?.resourceType;
    return type === 'test' || type === 'unit_test';
  }

  #hasAllParents(id: NodeId, among: ReadonlySet<NodeId>): boolean {
    return (this.#manifest.nodes.get(id)?.dependsOn ?? []).every((parent) => among.has(parent));
  }

  #warnOfNothing(raw: string): void {
    const names = [...this.#manifest.nodes.values()].map((node) => node.name);
    const bare = raw.replaceAll(/^[@\d+]+|[+\d]+$/gu, '');
    const similar = /[:,]/u.test(bare) ? undefined : similarName(bare, names);
    const absent = this.#absentPackage(bare);
    this.#warnings.push({
      severity: 'warning',
      code: 'select/nothing',
      message: `The selection criterion '${raw}' does not match any enabled nodes.`,
      ...(similar === undefined ? {} : { hint: `Did you mean '${raw.replace(bare, similar)}'?` }),
      ...(absent === null
        ? {}
        : {
            hint: `The package ${absent} is not installed here: list it in packages.yml and run \`dagbook deps\`.`,
          }),
    });
  }

  /** The package that `package:NAME` names, if no node comes from it. */
  #absentPackage(criterion: string): string | null {
    const name = /^package:(?<name>[\w-]+)$/u.exec(criterion)?.groups?.['name'];
    if (name === undefined || name === 'this') return null;
    const { nodes, disabled } = this.#manifest;
    const isHere = (node: ManifestNode): boolean => node.packageName === name;
    return [...nodes.values()].some(isHere) || [...disabled.values()].flat().some(isHere)
      ? null
      : name;
  }
}

const OPERATIONS = { union, intersection, difference };

function combine(
  kind: keyof typeof OPERATIONS,
  sets: readonly ReadonlySet<NodeId>[],
): ReadonlySet<NodeId> {
  const [first, ...rest] = sets;
  if (first === undefined) return new Set();
  return rest.reduce((all, next) => OPERATIONS[kind](all, next), first);
}
