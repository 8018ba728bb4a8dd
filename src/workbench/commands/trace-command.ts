/**
 * All paths between two marked nodes, as a filter of the graph: dbt's selector says them, so it can be copied and edited.
 */
import type { Command } from '../command.js';
import { toast } from '../core.js';
import { patch } from '../state.js';
import type { Workbench } from '../workbench.js';
import { filterOf } from './filter.js';

function needsTwoMarks(workbench: Workbench): string | null {
  const { size } = workbench.store.get().graph.marks;
  return size === 2 ? null : `Mark two nodes with space first; ${size} are marked.`;
}

function trace(workbench: Workbench): void {
  const { session, store } = workbench;
  const [one, other] = [...store.get().graph.marks];
  if (one === undefined || other === undefined) return;
  const before = store.get().graph.filter;
  for (const [from, to] of [
    [one, other],
    [other, one],
  ] as const) {
    const text = `${session.selectorOf([from])}+,+${session.selectorOf([to])}`;
    const filter = filterOf(session, text, before);
    if (filter === null || filter.error !== null || filter.ids.size === 0) continue;
    store.update((state) => patch(state, 'graph', { filter, isMapFull: true, centre: from }));
    return;
  }
  toast(workbench, 'No path leads from one of the marked nodes to the other.', 'error');
}

export const traceCommand: Command = {
  id: 'graph.trace',
  title: 'Show all paths between the two marked nodes',
  label: 'paths',
  keys: ['v'],
  when: ['graph', 'map'],
  footer: 3,
  isInFooter: (workbench) => workbench.store.get().graph.marks.size === 2,
  disabledReason: needsTwoMarks,
  run: trace,
};
