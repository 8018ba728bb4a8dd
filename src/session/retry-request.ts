/**
 * A run done again where it did not come to its end, as that run did it: what `dbt retry` means.
 */
import type { NodeId } from '../base/index.js';
import type { Manifest } from '../manifest/index.js';
import type { RunRequest } from './api.js';

/** Ends that are none. */
const UNDONE: ReadonlySet<string> = new Set([
  'error',
  'fail',
  'skipped',
  'runtime error',
  'partial success',
]);

/** Whether a retry takes up what ended so. */
export function isUndone(status: string): boolean {
  return UNDONE.has(status);
}

/**
 * The request of a retry: exactly these nodes, with all that the earlier run was asked for besides its selection.
 *
 * @param undone unique_ids; those that are no longer in the project are left out.
 * @returns null if nothing is left to do.
 */
export function retryRequest(
  session: {
    readonly manifest: Manifest;
    selectorOf(ids: readonly NodeId[]): string;
  },
  earlier: RunRequest,
  undone: ReadonlySet<string>,
): RunRequest | null {
  const ids = [...session.manifest.nodes.keys()].filter((id) => undone.has(id));
  if (ids.length === 0) return null;
  const {
    exclude: _excluded,
    selector: _selector,
    resourceTypes: _types,
    excludeResourceTypes: _others,
    ...asked
  } = earlier;
  // Tests of a retried model that had passed are not run again.
  return { ...asked, select: [session.selectorOf(ids)], indirectSelection: 'empty' };
}
