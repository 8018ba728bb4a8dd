/**
 * Questions of the catalog in the journal: they run in the account like any statement, and are ended there if the run is cut off.
 */
import type { NodeId } from '../base/index.js';
import { md5 } from '../platform/index.js';
import { classifyStatement } from '../sql/index.js';
import type { Witness } from '../warehouse/index.js';
import type { Journal } from './journal.js';

/** Writes down what a node, or the run itself, asks of the catalog. A question is not forced to the disk: it changes nothing. */
export function catalogWitness(
  journal: Journal,
  { nodeId, now }: { readonly nodeId: NodeId | null; readonly now: () => number },
): Witness {
  return {
    sent: ({ requestId, sessionId, sql }) =>
      journal.note({
        kind: 'sent',
        requestId,
        sessionId,
        nodeId,
        hash: md5(sql),
        verb: classifyStatement(sql).verb,
        isWrite: false,
        atMs: now(),
        makes: null,
        drops: null,
      }),
    accepted: (requestId, queryId) => journal.note({ kind: 'accepted', requestId, queryId }),
    ended: (requestId, outcome, queryId) =>
      journal.note({ kind: 'ended', requestId, outcome, queryId }),
  };
}
