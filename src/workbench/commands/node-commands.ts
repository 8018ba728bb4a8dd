/**
 * Keys of the node screen.
 */
import type { Command } from '../command.js';
import { scrolled, toast } from '../core.js';
import { walkTo } from '../graph-moves.js';
import { COMPILED_TABS, NODE_TABS } from '../node/node-screen.js';
import { goTo, patch } from '../state.js';
import type { Workbench } from '../workbench.js';
import { subject } from './key-subject.js';
import { moveStep, stepsOf } from './step-commands.js';

const PAGE = 15;
const SLIDE = 8;

function scroll(workbench: Workbench, by: number): void {
  workbench.store.update((state) =>
    patch(state, 'node', { scroll: scrolled(workbench.limits, 'node', state.node.scroll, by) }),
  );
}

function slide(workbench: Workbench, by: number): void {
  workbench.store.update((state) =>
    patch(state, 'node', { left: Math.max(0, state.node.left + by) }),
  );
}

function nextTab(workbench: Workbench, by: 1 | -1): void {
  const at = NODE_TABS.indexOf(workbench.store.get().node.tab);
  const tab = NODE_TABS[(at + by + NODE_TABS.length) % NODE_TABS.length];
  if (tab !== undefined) workbench.loader.show(tab);
}

/** The text that the tab shows, for the clipboard. */
function shownText(workbench: Workbench): string | null {
  const { tab, source, compiled, plan, columns, step } = workbench.store.get().node;
  if (tab === 'source') return source;
  if (COMPILED_TABS.has(tab)) {
    const sql = compiled.kind === 'ready' ? compiled.value.compiledSql : null;
    return tab === 'ctes' ? (stepsOf(workbench)[step]?.sql ?? sql) : sql;
  }
  if (tab === 'plan' && plan.kind === 'ready') {
    return plan.value.steps.map(({ sql }) => sql).join(';\n\n');
  }
  if (tab === 'columns' && columns.kind === 'ready') {
    return columns.value.map(({ name, typeName }) => `${name} ${typeName}`).join('\n');
  }
  return null;
}

export const nodeCommands: readonly Command[] = [
  {
    id: 'node.next-tab',
    title: 'Show the next tab: source, compiled, diff, CTEs, plan, columns, tests',
    label: 'next tab',
    keys: ['tab'],
    when: ['node'],
    footer: 1,
    isKeyOnly: true,
    run: (workbench) => nextTab(workbench, 1),
  },
  {
    id: 'node.previous-tab',
    title: 'Show the previous tab',
    label: 'tab',
    keys: ['shift-tab'],
    when: ['node'],
    isKeyOnly: true,
    run: (workbench) => nextTab(workbench, -1),
  },
  {
    id: 'node.left',
    title: 'Scroll left',
    label: 'left',
    keys: ['h', 'left'],
    when: ['node'],
    isKeyOnly: true,
    run: (workbench) => slide(workbench, -SLIDE),
  },
  {
    id: 'node.right',
    title: 'Scroll right',
    label: 'right',
    keys: ['l', 'right'],
    when: ['node'],
    isKeyOnly: true,
    run: (workbench) => slide(workbench, SLIDE),
  },
  {
    id: 'node.down',
    title: 'Scroll down, or go to the next CTE',
    label: 'down',
    keys: ['j', 'down'],
    when: ['node'],
    isKeyOnly: true,
    run(workbench) {
      if (!moveStep(workbench, 1)) scroll(workbench, 1);
    },
  },
  {
    id: 'node.up',
    title: 'Scroll up, or go to the CTE before',
    label: 'up',
    keys: ['k', 'up'],
    when: ['node'],
    isKeyOnly: true,
    run(workbench) {
      if (!moveStep(workbench, -1)) scroll(workbench, -1);
    },
  },
  {
    id: 'node.page-down',
    title: 'Scroll down by a page',
    label: 'page down',
    keys: ['ctrl-d', 'ctrl-f', 'pagedown', 'space'],
    when: ['node'],
    isKeyOnly: true,
    run: (workbench) => scroll(workbench, PAGE),
  },
  {
    id: 'node.page-up',
    title: 'Scroll up by a page',
    label: 'page up',
    keys: ['ctrl-u', 'ctrl-b', 'pageup'],
    when: ['node'],
    isKeyOnly: true,
    run: (workbench) => scroll(workbench, -PAGE),
  },
  {
    id: 'node.top',
    title: 'Scroll to the start',
    label: 'top',
    keys: ['g', 'home'],
    when: ['node'],
    isKeyOnly: true,
    run: (workbench) =>
      workbench.store.update((state) => patch(state, 'node', { scroll: 0, left: 0 })),
  },
  {
    id: 'node.bottom',
    title: 'Scroll to the end',
    label: 'bottom',
    keys: ['G', 'end'],
    when: ['node'],
    isKeyOnly: true,
    run: (workbench) => scroll(workbench, 1_000_000),
  },
  {
    id: 'node.columns',
    title: 'Show the columns; again: where they come from',
    label: 'columns',
    keys: ['L'],
    when: ['node'],
    verb: {
      name: 'columns',
      usage: ':columns MODEL',
      title: 'columns of a node as built',
      places: ['shell', 'screen'],
      read: ([name]) => (name === undefined ? null : { kind: 'columns', name }),
    },
    run(workbench) {
      const { id, tab } = workbench.store.get().node;
      if (tab === 'columns' && id !== null) workbench.tracer.open(id);
      else workbench.loader.show('columns');
    },
  },
  {
    id: 'node.locate',
    title: 'Show the node in the graph',
    label: 'graph',
    keys: ['m'],
    when: ['node', 'run', 'data', 'snapshots', 'columns'],
    footer: 10,
    run(workbench) {
      const node = subject(workbench);
      if (node === null) return;
      workbench.store.update((state) =>
        patch(goTo(state, 'graph'), 'graph', walkTo(state.graph, node.id)),
      );
    },
  },
  {
    id: 'node.copy',
    title: 'Copy what the tab shows',
    label: 'copy',
    keys: ['y'],
    when: ['node'],
    run(workbench) {
      const text = shownText(workbench);
      if (text === null) {
        toast(workbench, 'There is nothing to copy here yet.', 'error');
        return;
      }
      workbench.host.copy(text);
      toast(workbench, `Copied ${text.split('\n').length} lines.`);
    },
  },
];
