/**
 * The picture of the trace that is shown, laid out once for a trace and a width.
 */
import type { ColumnTrace } from '../../session/index.js';
import type { Core } from '../core.js';
import { labelOf } from '../graph/neighbours.js';
import { type TraceMap, traceMap } from './trace-map.js';
import { transformsOnly } from './transforms-only.js';

export interface TraceBox {
  /** Null while there is no trace. */
  shown(): TraceMap | null;
  /** Tells how many cells the picture may take: the pane does, when it draws. */
  fit(width: number): void;
}

export function createTraceBox(core: Core): TraceBox {
  let width = 76;
  let known: {
    readonly trace: ColumnTrace;
    readonly isShort: boolean;
    readonly width: number;
    readonly map: TraceMap;
  } | null = null;
  return {
    shown() {
      const { trace, showsTransformsOnly } = core.store.get().columns;
      if (trace.kind !== 'ready') return null;
      const isSame = known?.trace === trace.value && known.isShort === showsTransformsOnly;
      if (known !== null && isSame && known.width === width) return known.map;
      const drawn = showsTransformsOnly ? transformsOnly(trace.value) : trace.value;
      const map = traceMap(drawn, {
        width,
        measure: (text) => core.host.measure(text),
        nameOf({ nodeId, relation }) {
          const node = nodeId === null ? undefined : core.session.manifest.nodes.get(nodeId);
          return node === undefined ? relation : labelOf(node);
        },
      });
      known = { trace: trace.value, isShort: showsTransformsOnly, width, map };
      return map;
    },
    fit(cells) {
      width = cells;
    },
  };
}
