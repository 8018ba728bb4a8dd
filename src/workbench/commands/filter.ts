/** The graph's filter: a selector as it is being typed. */
import { messageOf } from '../../base/index.js';
import type { Session } from '../../session/index.js';
import { isInGraph } from '../graph/neighbours.js';
import type { GraphFilter } from '../graph/graph-state.js';

/**
 * Reads a selector as a filter.
 *
 * @param before while the text cannot be read, its nodes stay: the graph must not jump at every letter.
 * @returns null for an empty text: no filter.
 */
export function filterOf(
  session: Session,
  text: string,
  before: GraphFilter | null,
): GraphFilter | null {
  const words = text.split(/\s+/u).filter((word) => word !== '');
  if (words.length === 0) return null;
  try {
    const { ids } = session.select({ select: words, command: 'ls' });
    const shown = ids.filter((id) => {
      const node = session.manifest.nodes.get(id);
      return node !== undefined && isInGraph(node);
    });
    return { text, ids: new Set(shown), error: shown.length === 0 ? 'matches nothing' : null };
  } catch (error) {
    return { text, ids: before?.ids ?? new Set(), error: messageOf(error) };
  }
}
