/**
 * What the keys of the moment act on.
 */
import type { ManifestNode } from '../../manifest/index.js';
import { selectorOf, subjectOf } from '../subject.js';
import type { Workbench } from '../workbench.js';

export const NO_NODE = 'There is no node under the cursor.';

/** The node that a key acts on. */
export function subject(workbench: Workbench): ManifestNode | null {
  return subjectOf(workbench.session.manifest, workbench.store.get(), workbench.states);
}

/** What a run of the moment would select. */
export function selector(workbench: Workbench): string | null {
  return selectorOf(workbench.session, workbench.store.get(), workbench.states);
}

/** Why a key has nothing to act on: no node, or one that it cannot be done with. */
export function needs(test: (node: ManifestNode) => boolean, otherwise: string) {
  return (workbench: Workbench): string | null => {
    const node = subject(workbench);
    if (node === null) return NO_NODE;
    return test(node) ? null : otherwise;
  };
}
