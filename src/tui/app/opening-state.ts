/**
 * The first start as a fold of its events: sample data is made, the project is built, then the workbench opens.
 */
import type { DagbookEvent } from '../../events/index.js';
import type { Store } from '../../workbench/index.js';

export interface OpeningState {
  readonly size: { readonly columns: number; readonly rows: number };
  readonly startedAtMs: number;
  readonly nowMs: number;
  readonly label: string;
  readonly done: number;
  readonly total: number | null;
  readonly lines: readonly {
    readonly id: number;
    readonly text: string;
    readonly isFailure: boolean;
  }[];
}

export type OpeningStore = Store<OpeningState>;

const MAX_LINES = 40;

/** Folds one event of the opening. */
export function foldOpening(state: OpeningState, event: DagbookEvent): OpeningState {
  switch (event.type) {
    case 'progress':
      return {
        ...withLine(state, state.label === event.label ? null : `✓ ${state.label}`),
        label: event.label,
        done: event.done,
        total: event.total,
      };
    case 'run_started':
      return {
        ...withLine(state, `✓ ${state.label}`),
        label: `Building ${event.nodeIds.length} nodes`,
        done: 0,
        total: event.nodeIds.length,
      };
    case 'node_finished': {
      const { result } = event;
      const isFailure =
        result.status === 'error' || result.status === 'fail' || result.status === 'runtime error';
      const name = result.nodeId.split('.').slice(2).join('.');
      return {
        ...withLine(state, `${isFailure ? '✗' : '✓'} ${name}  ${result.message ?? ''}`, isFailure),
        done: event.index,
        total: event.total,
      };
    }
    case 'log':
      return event.level === 'info' ? withLine(state, event.message) : state;
    case 'diagnostic':
      return withLine(state, event.diagnostic.message, event.diagnostic.severity === 'error');
    default:
      return state;
  }
}

function withLine(state: OpeningState, text: string | null, isFailure = false): OpeningState {
  if (text === null) return state;
  const id = (state.lines.at(-1)?.id ?? 0) + 1;
  return { ...state, lines: [...state.lines, { id, text, isFailure }].slice(-MAX_LINES) };
}
