/**
 * What all views of one document share: links to its pages, descriptions, the tests of each node.
 */
import { nodeId, type NodeId } from '../../base/index.js';
import type { ManifestNode, TestNode, UnitTestNode } from '../../manifest/index.js';
import { labelOf } from '../../workbench/index.js';
import type { DocsInput, DocumentedMacro } from './docs-input.js';
import type { Html } from './html.js';
import { kindLabel } from './kinds.js';
import { renderMarkdown } from './markdown.js';
import { freshnessView, stateView } from './state-view.js';
import type { Link, StateView } from './view.js';

export class Scribe {
  readonly input: DocsInput;
  readonly #macros: ReadonlyMap<string, DocumentedMacro>;
  /** Names that prose may mean; null where two things share one. */
  readonly #named = new Map<string, string | null>();
  readonly #tests = new Map<NodeId, TestNode[]>();
  readonly #unitTests = new Map<NodeId, UnitTestNode[]>();

  constructor(input: DocsInput) {
    this.input = input;
    this.#macros = new Map(input.macros.map((macro) => [macro.id, macro]));
    for (const node of input.manifest.nodes.values()) {
      if (node.resourceType === 'test') this.#addTest(node);
      else if (node.resourceType === 'unit_test') push(this.#unitTests, node.testedNode, node);
      if (node.resourceType !== 'test') this.#addName(labelOf(node), node.id);
    }
    for (const macro of input.macros) this.#addName(macro.name, macro.id);
  }

  /** A link to the page of a node or macro; text alone where this document has no such page. */
  linkTo(id: string): Link {
    const node = this.input.manifest.nodes.get(nodeId(id));
    if (node !== undefined) return this.linkToNode(node);
    const macro = this.#macros.get(id);
    const [, packageName = '', ...name] = id.split('.');
    return {
      label: macro?.name ?? name.join('.'),
      href: macro === undefined ? null : hrefOf(id),
      kind: 'macro',
      note: macro === undefined ? packageName : 'macro',
      state: null,
    };
  }

  linkToNode(node: ManifestNode, label: string = labelOf(node)): Link {
    const isMaterialized = node.resourceType === 'model';
    return {
      label,
      href: hrefOf(node.id),
      kind: node.resourceType,
      note: isMaterialized ? node.materialized : kindLabel(node),
      state: this.stateOf(node),
    };
  }

  stateOf(node: ManifestNode): StateView | null {
    if (node.resourceType === 'source') return freshnessView(this.input.freshness.get(node.id));
    const isTest = node.resourceType === 'test' || node.resourceType === 'unit_test';
    return stateView(this.input.states.get(node.id), !isTest);
  }

  /** Null for nothing but white space. */
  description(text: string): Html | null {
    if (text.trim() === '') return null;
    return renderMarkdown(text, { linkOf: (name) => this.#hrefOfName(name) });
  }

  /** Data tests written under a node, and singular tests that read it. */
  testsOf(id: NodeId): readonly TestNode[] {
    return this.#tests.get(id) ?? [];
  }

  unitTestsOf(id: NodeId): readonly UnitTestNode[] {
    return this.#unitTests.get(id) ?? [];
  }

  #hrefOfName(name: string): string | null {
    const id = this.#named.get(name) ?? null;
    return id === null ? null : hrefOf(id);
  }

  #addTest(node: TestNode): void {
    if (node.attachedNode !== null) push(this.#tests, node.attachedNode, node);
    else for (const id of node.dependsOn) push(this.#tests, id, node);
  }

  #addName(name: string, id: string): void {
    this.#named.set(name, this.#named.has(name) ? null : id);
  }
}

/** Ids come from names that people chose: as a fragment they are escaped as one. */
export function hrefOf(id: string): string {
  return `#${encodeURIComponent(id)}`;
}

function push<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
