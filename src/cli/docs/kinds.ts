/**
 * Kinds of things in words, and the order in which they are listed.
 */
import { assertNever } from '../../base/index.js';
import type { ManifestNode } from '../../manifest/index.js';
import { kindWord } from '../../workbench/index.js';
import type { Kind } from './view.js';

/** Kinds with their plural, in the order of the lists. */
export const KIND_TITLES: readonly (readonly [kind: Kind, title: string])[] = [
  ['source', 'Sources'],
  ['seed', 'Seeds'],
  ['model', 'Models'],
  ['snapshot', 'Snapshots'],
  ['exposure', 'Exposures'],
  ['metric', 'Metrics'],
  ['semantic_model', 'Semantic models'],
  ['saved_query', 'Saved queries'],
  ['function', 'Functions'],
  ['analysis', 'Analyses'],
  ['test', 'Tests'],
  ['unit_test', 'Unit tests'],
  ['macro', 'Macros'],
  ['operation', 'Hooks'],
];

/** What a node is, as its badge says: `model`, `data test`, `singular test`. */
export function kindLabel(node: ManifestNode): string {
  switch (node.resourceType) {
    case 'operation':
      return 'hook';
    case 'model':
      return 'model';
    case 'analysis':
    case 'exposure':
    case 'function':
    case 'metric':
    case 'saved_query':
    case 'seed':
    case 'semantic_model':
    case 'snapshot':
    case 'source':
    case 'test':
    case 'unit_test':
      return kindWord(node);
    default:
      return assertNever(node);
  }
}
