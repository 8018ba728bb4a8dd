/**
 * Keys of the graph screen.
 */
import type { NodeId } from '../../base/index.js';
import type { Command } from '../command.js';
import { scrolled } from '../core.js';
import { moveInPane, type Neighbours, step, walkBack, walkTo } from '../graph-moves.js';
import type { GraphState } from '../graph/graph-state.js';
import { patch, type WorkbenchState } from '../state.js';
import { neighbourLists } from '../subject.js';
import type { Workbench } from '../workbench.js';
import { subject } from './key-subject.js';
import { fieldOf } from '../text-field.js';

const LIST_PAGE = 10;

function lists(workbench: Workbench): Neighbours {
  return neighbourLists(workbench.session.manifest, workbench.store.get(), workbench.states);
}

function change(workbench: Workbench, by: (graph: GraphState) => GraphState): void {
  workbench.store.update((state) => patch(state, 'graph', by(state.graph)));
}

function move(workbench: Workbench, by: number): void {
  const shown = lists(workbench);
  change(workbench, (graph) =>
    graph.pane === 'node'
      ? { ...graph, cardScroll: scrolled(workbench.limits, 'card', graph.cardScroll, by) }
      : moveInPane(graph, shown, by),
  );
}

function walk(workbench: Workbench, side: 'left' | 'right'): void {
  const shown = lists(workbench);
  change(workbench, (graph) => step(graph, shown, side));
}

/** The next or previous node of the filter, or of the marks. */
function jump(workbench: Workbench, by: 1 | -1): void {
  const { graph } = workbench.store.get();
  const wanted = graph.filter?.ids ?? graph.marks;
  const order = [...workbench.session.manifest.nodes.keys()].filter((id) => wanted.has(id));
  if (order.length === 0) return;
  const at = graph.centre === null ? -1 : order.indexOf(graph.centre);
  const target = order[(at + by + order.length) % order.length];
  if (target !== undefined) change(workbench, (current) => walkTo(current, target));
}

function toggled(marks: ReadonlySet<NodeId>, id: NodeId): ReadonlySet<NodeId> {
  const next = new Set(marks);
  if (!next.delete(id)) next.add(id);
  return next;
}

/** Esc undoes one thing at a time, the nearest first. */
export function undoOneThing(state: WorkbenchState): WorkbenchState {
  const { graph } = state;
  if (graph.pane !== 'node' && !graph.isMapFull) return patch(state, 'graph', { pane: 'node' });
  if (graph.isMapFull) return patch(state, 'graph', { isMapFull: false });
  if (graph.marks.size > 0) return patch(state, 'graph', { marks: new Set() });
  if (graph.filter !== null) return patch(state, 'graph', { filter: null });
  const reach = { upstream: false, downstream: false };
  return graph.reach.upstream || graph.reach.downstream ? patch(state, 'graph', { reach }) : state;
}

export const graphCommands: readonly Command[] = [
  {
    id: 'graph.open',
    title: 'Open the node under the cursor',
    label: 'open',
    keys: ['enter'],
    when: ['graph', 'map'],
    footer: 1,
    run(workbench) {
      const node = subject(workbench);
      if (node !== null) workbench.loader.open(node.id);
    },
  },
  {
    id: 'graph.left',
    title: 'Walk upstream: into the list, then onto its node',
    label: 'upstream',
    keys: ['h', 'left'],
    when: ['graph'],
    isKeyOnly: true,
    run: (workbench) => walk(workbench, 'left'),
  },
  {
    id: 'graph.right',
    title: 'Walk downstream: into the list, then onto its node',
    label: 'downstream',
    keys: ['l', 'right'],
    when: ['graph'],
    isKeyOnly: true,
    run: (workbench) => walk(workbench, 'right'),
  },
  {
    id: 'graph.down',
    title: 'Move down in the list, or scroll the node card',
    label: 'down',
    keys: ['j', 'down'],
    when: ['graph'],
    isKeyOnly: true,
    run: (workbench) => move(workbench, 1),
  },
  {
    id: 'graph.up',
    title: 'Move up in the list, or scroll the node card',
    label: 'up',
    keys: ['k', 'up'],
    when: ['graph'],
    isKeyOnly: true,
    run: (workbench) => move(workbench, -1),
  },
  {
    id: 'graph.page-down',
    title: 'Move down by ten',
    label: 'page down',
    keys: ['ctrl-d', 'ctrl-f', 'pagedown'],
    when: ['graph'],
    isKeyOnly: true,
    run: (workbench) => move(workbench, LIST_PAGE),
  },
  {
    id: 'graph.page-up',
    title: 'Move up by ten',
    label: 'page up',
    keys: ['ctrl-u', 'ctrl-b', 'pageup'],
    when: ['graph'],
    isKeyOnly: true,
    run: (workbench) => move(workbench, -LIST_PAGE),
  },
  {
    id: 'graph.top',
    title: 'Move to the first row',
    label: 'top',
    keys: ['g', 'home'],
    when: ['graph'],
    isKeyOnly: true,
    run: (workbench) => move(workbench, Number.NEGATIVE_INFINITY),
  },
  {
    id: 'graph.bottom',
    title: 'Move to the last row',
    label: 'bottom',
    keys: ['G', 'end'],
    when: ['graph'],
    isKeyOnly: true,
    run: (workbench) => move(workbench, 1_000_000),
  },
  {
    id: 'graph.next-pane',
    title: 'Go to the next pane',
    label: 'pane',
    keys: ['tab'],
    when: ['graph'],
    isKeyOnly: true,
    run: (workbench) =>
      change(workbench, (graph) => ({
        ...graph,
        pane:
          graph.pane === 'upstream' ? 'node' : graph.pane === 'node' ? 'downstream' : 'upstream',
      })),
  },
  {
    id: 'graph.previous-pane',
    title: 'Go to the previous pane',
    label: 'pane',
    keys: ['shift-tab'],
    when: ['graph'],
    isKeyOnly: true,
    run: (workbench) =>
      change(workbench, (graph) => ({
        ...graph,
        pane:
          graph.pane === 'downstream' ? 'node' : graph.pane === 'node' ? 'upstream' : 'downstream',
      })),
  },
  {
    id: 'graph.back',
    title: 'Go back along the walk',
    label: 'back',
    keys: ['backspace', 'ctrl-o'],
    when: ['graph', 'map'],
    run: (workbench) => change(workbench, walkBack),
  },
  {
    id: 'graph.mark',
    title: 'Mark the node under the cursor, or take its mark away',
    label: 'mark',
    keys: ['space'],
    when: ['graph', 'map'],
    footer: 3,
    run(workbench) {
      const node = subject(workbench);
      if (node === null) return;
      change(workbench, (graph) => ({ ...graph, marks: toggled(graph.marks, node.id) }));
      if (!workbench.store.get().graph.isMapFull) move(workbench, 1);
    },
  },
  {
    id: 'graph.mark-all',
    title: 'Mark every node that the filter shows',
    label: 'mark all',
    keys: ['*'],
    when: ['graph', 'map'],
    disabledReason: (workbench) =>
      workbench.store.get().graph.filter === null ? 'There is no filter: s types one.' : null,
    run: (workbench) =>
      change(workbench, (graph) => ({ ...graph, marks: new Set(graph.filter?.ids ?? []) })),
  },
  {
    id: 'graph.reach-up',
    title: 'Also take everything upstream (+node), or no longer',
    label: '+upstream',
    keys: ['<'],
    when: ['graph', 'map'],
    run: (workbench) =>
      change(workbench, ({ reach, ...graph }) => ({
        ...graph,
        reach: { ...reach, upstream: !reach.upstream },
      })),
  },
  {
    id: 'graph.reach-down',
    title: 'Also take everything downstream (node+), or no longer',
    label: 'downstream+',
    keys: ['>'],
    when: ['graph', 'map'],
    run: (workbench) =>
      change(workbench, ({ reach, ...graph }) => ({
        ...graph,
        reach: { ...reach, downstream: !reach.downstream },
      })),
  },
  {
    id: 'graph.deeper',
    title: 'Show one more level of neighbours',
    label: 'deeper',
    keys: ['+', '=', ']'],
    when: ['graph'],
    run: (workbench) =>
      change(workbench, (graph) => ({ ...graph, depth: Math.min(9, graph.depth + 1) })),
  },
  {
    id: 'graph.shallower',
    title: 'Show one level of neighbours less',
    label: 'shallower',
    keys: ['-', '['],
    when: ['graph'],
    run: (workbench) =>
      change(workbench, (graph) => ({ ...graph, depth: Math.max(1, graph.depth - 1) })),
  },
  {
    id: 'graph.select',
    title: 'Type a selector that filters the graph',
    label: 'selector',
    keys: ['s'],
    when: ['graph', 'map'],
    verb: {
      name: 'ls',
      aliases: ['filter'],
      usage: ':ls [SELECTOR]',
      title: 'list nodes',
      places: ['shell', 'screen'],
      read: (words) => ({
        kind: 'ls',
        select: words.filter((one) => one !== '-s' && one !== '--select'),
      }),
    },
    run: (workbench) =>
      workbench.store.update((state) => ({
        ...state,
        overlay: {
          kind: 'selector',
          field: fieldOf(state.graph.filter?.text ?? ''),
          before: state.graph.filter,
        },
      })),
  },
  {
    id: 'graph.next-match',
    title: 'Go to the next node of the filter, or of the marks',
    label: 'next',
    keys: ['n'],
    when: ['graph', 'map'],
    run: (workbench) => jump(workbench, 1),
  },
  {
    id: 'graph.previous-match',
    title: 'Go to the previous node of the filter, or of the marks',
    label: 'previous',
    keys: ['N'],
    when: ['graph', 'map'],
    run: (workbench) => jump(workbench, -1),
  },
  {
    id: 'graph.map',
    title: 'Show the whole map, or the columns again',
    label: 'map',
    keys: ['m'],
    when: ['graph', 'map'],
    footer: 10,
    run: (workbench) =>
      change(workbench, (graph) => ({ ...graph, isMapFull: !graph.isMapFull, pane: 'node' })),
  },
  {
    id: 'graph.fold',
    title: 'Fold fans of siblings on the map into one row, or unfold them',
    label: 'fold',
    keys: ['z'],
    when: ['graph', 'map'],
    run: (workbench) => change(workbench, (graph) => ({ ...graph, isFolding: !graph.isFolding })),
  },
  {
    id: 'graph.clear',
    title: 'Undo one thing: the pane, the map, the marks, the filter',
    label: 'clear',
    keys: ['esc'],
    when: ['graph', 'map'],
    isKeyOnly: true,
    run: (workbench) => workbench.store.update(undoOneThing),
  },
];
