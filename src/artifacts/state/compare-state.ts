/**
 * `state:`, `result:` and `source_status:` over an earlier state.
 */
import { DagbookError, type Diagnostic, type JsonObject, textOfJson } from '../../base/index.js';
import { nodeDict } from '../../compile/index.js';
import type { MacroRegistry } from '../../context/index.js';
import {
  MacroReach,
  type Manifest,
  type ManifestNode,
  type StateMethod,
  type StateMethods,
} from '../../manifest/index.js';
import { member, textAt } from './compared-json.js';
import type { PreviousState } from './previous-state.js';
import { contractChange, isEnforced } from './same-contract.js';
import { type Aspect, HAVE_ASPECT, isSameIn, isSameNode } from './same-node.js';

export interface ComparedProject {
  readonly manifest: Manifest;
  readonly registry: MacroRegistry;
  /** Type of the adapter: which constraints hold depends on it. */
  readonly engine: string;
  /** Milliseconds since the epoch: contracts of what is past its deprecation date may go. */
  readonly nowMs: number;
}

const ASPECTS: readonly Aspect[] = [
  'body',
  'configs',
  'persisted_descriptions',
  'relation',
  'contract',
];
const VALUES = [
  'new',
  'old',
  'modified',
  'unmodified',
  ...ASPECTS.map((aspect) => `modified.${aspect}`),
  'modified.macros',
];

/** Compares the nodes of a project with an earlier state of them. */
export class StateComparison implements StateMethods {
  readonly #project: ComparedProject;
  readonly #previous: PreviousState;
  readonly #warnings = new Map<string, Diagnostic>();
  readonly #reach: MacroReach;
  #changedMacros: ReadonlySet<string> | undefined;

  constructor(project: ComparedProject, previous: PreviousState) {
    this.#project = project;
    this.#previous = previous;
    this.#reach = new MacroReach(project.registry);
  }

  /** Broken contracts that comparing came across; each once. */
  get warnings(): readonly Diagnostic[] {
    return [...this.#warnings.values()];
  }

  /** @throws DagbookError state/missing, state/bad-value, or state/broken-contract for a versioned model. */
  matcher(method: StateMethod, value: string): (node: ManifestNode) => boolean {
    switch (method) {
      case 'state':
        return this.#stateMatcher(value);
      case 'result': {
        const statuses = this.#needed(this.#previous.statuses, 'run_results.json', 'result:');
        return (node) => statuses.get(node.id) === value;
      }
      default:
        return this.#freshnessMatcher(value);
    }
  }

  #stateMatcher(value: string): (node: ManifestNode) => boolean {
    const before = this.#needed(this.#previous.nodes, 'manifest.json', 'state:');
    if (value === 'new') return (node) => !before.has(node.id);
    if (value === 'old') return (node) => before.has(node.id);
    if (value === 'modified' || value === 'unmodified') {
      this.#checkRemoved(before);
      return (node) => this.#isModified(before.get(node.id), node) === (value === 'modified');
    }
    if (value === 'modified.macros') return (node) => this.#hasChangedMacros(node);
    const aspect = ASPECTS.find((one) => value === `modified.${one}`);
    if (aspect === undefined) {
      throw new DagbookError(
        'state/bad-value',
        `'state:${value}' is not a way to compare states.`,
        { exitCode: 2, hint: `The values are: ${VALUES.join(', ')}.` },
      );
    }
    if (aspect === 'contract') this.#checkRemoved(before);
    return (node) => this.#differsIn(aspect, before.get(node.id), node);
  }

  #isModified(old: JsonObject | undefined, node: ManifestNode): boolean {
    if (this.#hasChangedMacros(node)) return true;
    // What dbt describes in yaml alone is new, and not modified, when it was not there.
    if (old === undefined) return !DESCRIBED.has(node.resourceType);
    const now = nodeDict(node);
    const hasSameContract = node.resourceType !== 'model' || this.#hasSameContract(old, now);
    return !isSameNode(old, now) || !hasSameContract;
  }

  #differsIn(aspect: Aspect, old: JsonObject | undefined, node: ManifestNode): boolean {
    if (!HAVE_ASPECT[aspect].has(node.resourceType)) return false;
    if (old === undefined) return true;
    const now = nodeDict(node);
    if (aspect !== 'contract') return !isSameIn(aspect, old, now);
    return node.resourceType === 'model' && !this.#hasSameContract(old, now);
  }

  #hasSameContract(old: JsonObject, now: JsonObject): boolean {
    const { isSame, breaking } = contractChange(old, now, this.#project.engine);
    if (breaking.length > 0) this.#tellBroken(now, breaking);
    return isSame;
  }

  /** Models with a contract that were removed, renamed or disabled. They are told of, and never selected. */
  #checkRemoved(before: ReadonlyMap<string, JsonObject>): void {
    const { nodes, disabled } = this.#project.manifest;
    const [kept, off] = [new Set<string>(nodes.keys()), new Set<string>(disabled.keys())];
    for (const [id, node] of before) {
      if (node['resource_type'] !== 'model' || kept.has(id) || !isEnforced(node)) continue;
      const deprecated = Date.parse(textAt(node, 'deprecation_date'));
      if (deprecated < this.#project.nowMs) continue;
      this.#tellBroken(node, [off.has(id) ? 'It was disabled.' : 'It was removed or renamed.']);
    }
  }

  #tellBroken(node: JsonObject, breaking: readonly string[]): void {
    const id = textAt(node, 'unique_id');
    const message = `The contract of ${id} was broken. ${breaking.join(' ')}`;
    if (node['version'] !== null && node['version'] !== undefined) {
      throw new DagbookError('state/broken-contract', message, {
        exitCode: 2,
        hint: 'Who relies on this version would break: make a new version of the model.',
      });
    }
    this.#warnings.set(id, {
      severity: 'warning',
      code: 'state/broken-contract',
      message,
      hint: 'Consider versions for a model that others rely on.',
      position: { file: textAt(node, 'original_file_path'), line: 1, column: 1 },
      nodeId: id,
    });
  }

  #hasChangedMacros(node: ManifestNode): boolean {
    const changed = (this.#changedMacros ??= this.#findChangedMacros());
    return changed.size > 0 && this.#reach.reaches(macrosOf(node), changed);
  }

  /** dbt's own macros are left out: their texts differ between tools and versions, what they do does not. */
  #findChangedMacros(): ReadonlySet<string> {
    const { registry } = this.#project;
    const before = this.#previous.macros;
    const internal = new Set(registry.facts.internalPackages);
    return new Set(
      registry
        .all()
        .filter((macro) => !internal.has(macro.packageName) && before.get(macro.id) !== macro.sql)
        .map((macro) => macro.id),
    );
  }

  #freshnessMatcher(value: string): (node: ManifestNode) => boolean {
    const before = this.#needed(this.#previous.freshness, 'sources.json', 'source_status:');
    const now = this.#previous.currentFreshness;
    if (now === null) {
      throw new DagbookError(
        'state/missing',
        'There is no sources.json in the target folder, which source_status: compares with.',
        { exitCode: 2, hint: 'Run `dagbook source freshness` first.' },
      );
    }
    if (value !== 'fresher') {
      throw new DagbookError('state/bad-value', `'source_status:${value}' is not known.`, {
        exitCode: 2,
        hint: 'The only value is: fresher.',
      });
    }
    return (node) => {
      const [old, at] = [before.get(node.id) ?? null, now.get(node.id) ?? null];
      return at !== null && (old === null || Date.parse(at) > Date.parse(old));
    };
  }

  #needed<Part>(part: Part | null, file: string, method: string): Part {
    if (part !== null) return part;
    throw new DagbookError(
      'state/missing',
      `There is no ${file} in ${this.#previous.origin}, which ${method} compares with.`,
      { exitCode: 2, hint: 'Point --state at the target folder of an earlier run.' },
    );
  }
}

const DESCRIBED: ReadonlySet<string> = new Set([
  'source',
  'exposure',
  'metric',
  'semantic_model',
  'saved_query',
]);

function macrosOf(node: ManifestNode): readonly string[] {
  if ('macros' in node) return node.macros;
  const { macros } = member(nodeDict(node), 'depends_on');
  return Array.isArray(macros) ? macros.map((id) => textOfJson(id) ?? '') : [];
}
