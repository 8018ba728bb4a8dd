/**
 * A trace without the columns that are only passed on: what is left are sources, what is made, and the way between them.
 */
import {
  type ColumnEdge,
  type ColumnPlace,
  type ColumnTrace,
  placeKey,
} from '../../session/index.js';
import { stepOf } from './trace-map.js';

/** Leaves out each column that has one input, unchanged, and is not where the trace starts. Pure; O(edges). */
export function transformsOnly(trace: ColumnTrace): ColumnTrace {
  const inputs = new Map<string, ColumnEdge[]>();
  for (const edge of trace.edges) {
    const key = placeKey(edge.to);
    const list = inputs.get(key);
    if (list === undefined) inputs.set(key, [edge]);
    else list.push(edge);
  }
  const start = placeKey(trace.start);
  /** The only input of a column that passes it on, or null. */
  const passedFrom = (place: ColumnPlace): ColumnPlace | null => {
    const key = placeKey(place);
    const [only, ...others] = inputs.get(key) ?? [];
    if (only === undefined || others.length > 0 || key === start) return null;
    return stepOf(only) === null ? only.from : null;
  };
  const originOf = (place: ColumnPlace): ColumnPlace => {
    const seen = new Set<string>();
    let at = place;
    for (let next = passedFrom(at); next !== null; next = passedFrom(at)) {
      // An incremental model may pass a column on to itself.
      if (seen.has(placeKey(at))) break;
      seen.add(placeKey(at));
      at = next;
    }
    return at;
  };
  const edges = trace.edges
    .filter(({ to }) => passedFrom(to) === null)
    .map((edge): ColumnEdge => ({ ...edge, from: originOf(edge.from) }));
  return { ...trace, edges };
}
