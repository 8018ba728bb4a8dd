/**
 * Keys of the columns screen.
 */
import { display } from '../../base/index.js';
import { type Impact, placeKey } from '../../session/index.js';
import type { Command } from '../command.js';
import { showMessage, toast } from '../core.js';
import { hasCode, hasRelation } from '../effects/node-loader.js';
import { columnUnderCursor, tracedColumn } from '../lineage/columns-state.js';
import { impactLines, impactMarkdown } from '../lineage/impact-lines.js';
import { neighbourIn } from '../lineage/trace-map.js';
import { unusedColumns } from '../lineage/unused-columns.js';
import { patch } from '../state.js';
import type { Workbench } from '../workbench.js';
import { subject } from './key-subject.js';

const PAGE = 10;

function move(workbench: Workbench, by: number): void {
  const { focus, index } = workbench.store.get().columns;
  if (focus === 'list') workbench.tracer.select(index + by);
  else walk(workbench, by > 0 ? 'down' : 'up');
}

function walk(workbench: Workbench, way: 'up' | 'down' | 'left' | 'right'): void {
  const { columns } = workbench.store.get();
  if (columns.focus === 'list') {
    if (way === 'left' || way === 'right') focusOn(workbench, 'trace');
    return;
  }
  const map = workbench.traces.shown();
  const here = columnUnderCursor(columns);
  if (map === null || here === null) return;
  const next = neighbourIn(map, here, way);
  if (next !== null) workbench.store.update((state) => patch(state, 'columns', { cursor: next }));
  else if (way === 'right') focusOn(workbench, 'list');
}

function focusOn(workbench: Workbench, focus: 'list' | 'trace'): void {
  workbench.store.update((state) => patch(state, 'columns', { focus, cursor: null }));
}

function impactOfScreen(workbench: Workbench): Impact | null {
  const { reach } = workbench.store.get().columns;
  return reach.kind === 'ready' ? reach.value.impact : null;
}

function notTraced(workbench: Workbench): string | null {
  return impactOfScreen(workbench) === null ? 'The column is not traced yet.' : null;
}

async function showUnused(workbench: Workbench): Promise<void> {
  const { id } = workbench.store.get().columns;
  if (id === null) return;
  const { signal } = new AbortController();
  const { unused, unknown } = await unusedColumns(workbench.session, id, { signal });
  const lines = [
    ...(unused.length === 0
      ? ['Every column is read by a model, a snapshot or an analysis.']
      : unused),
    ...(unknown.length === 0
      ? []
      : ['', `Not traced, so these may read them: ${unknown.join(', ')}`]),
  ];
  showMessage(workbench, 'Columns that nothing in the project reads', lines.map(display), false);
}

/** Pins the column under the cursor, or takes its pin away. */
function pin(workbench: Workbench): void {
  const { columns } = workbench.store.get();
  const place = columnUnderCursor(columns);
  if (place === null) return;
  const key = placeKey(place);
  const others = columns.pins.filter((one) => placeKey(one) !== key);
  const pins = others.length < columns.pins.length ? others : [...others, place];
  workbench.store.update((state) => patch(state, 'columns', { pins }));
}

/** Traces the next column that is pinned, in the order of the pins. */
function nextPin(workbench: Workbench, by: 1 | -1): void {
  const { columns } = workbench.store.get();
  const { pins } = columns;
  const start = tracedColumn(columns);
  const at = start === null ? -1 : pins.findIndex((one) => placeKey(one) === placeKey(start));
  const from = at === -1 && by === -1 ? 0 : at;
  const next = pins[(from + by + pins.length) % Math.max(1, pins.length)];
  if (next === undefined) return;
  if (next.nodeId === null) toast(workbench, 'This relation is none of the project.', 'error');
  else workbench.tracer.open(next.nodeId, next.column);
}

const noPin = ({ store }: Workbench): string | null =>
  store.get().columns.pins.length === 0 ? 'No column is pinned: space pins one.' : null;

export const columnsCommands: readonly Command[] = [
  {
    id: 'columns.transforms',
    title: 'Leave out of the trace what is only passed on, or show it again',
    label: 'changes only',
    keys: ['t'],
    when: ['columns'],
    footer: 5,
    run: (workbench) =>
      workbench.store.update((state) =>
        patch(state, 'columns', {
          showsTransformsOnly: !state.columns.showsTransformsOnly,
          cursor: null,
        }),
      ),
  },
  {
    id: 'columns.pin',
    title: 'Pin the column under the cursor, to come back to it, or take its pin away',
    label: 'pin',
    keys: ['space'],
    when: ['columns'],
    footer: 6,
    run: pin,
  },
  {
    id: 'columns.next-pin',
    title: 'Trace the next column that is pinned',
    label: 'next pin',
    keys: ['n'],
    when: ['columns'],
    disabledReason: noPin,
    run: (workbench) => nextPin(workbench, 1),
  },
  {
    id: 'columns.previous-pin',
    title: 'Trace the pinned column before',
    label: 'pin before',
    keys: ['N'],
    when: ['columns'],
    disabledReason: noPin,
    run: (workbench) => nextPin(workbench, -1),
  },
  {
    id: 'node.lineage',
    title: 'Show where the columns come from, and what they reach',
    label: 'lineage',
    keys: ['L'],
    when: ['graph', 'map', 'run'],
    disabledReason(workbench) {
      const kind = subject(workbench)?.resourceType;
      return hasCode(kind) || hasRelation(kind) ? null : 'This node has no columns.';
    },
    run(workbench) {
      const node = subject(workbench);
      if (node !== null) workbench.tracer.open(node.id);
    },
  },
  {
    id: 'columns.follow',
    title: 'Trace the column under the cursor',
    label: 'trace',
    keys: ['enter'],
    when: ['columns'],
    footer: 1,
    isKeyOnly: true,
    run(workbench) {
      const { columns } = workbench.store.get();
      if (columns.focus === 'list') {
        focusOn(workbench, 'trace');
        return;
      }
      const place = columnUnderCursor(columns);
      const start = tracedColumn(columns);
      if (place === null || start === null || placeKey(place) === placeKey(start)) return;
      if (place.nodeId === null) toast(workbench, 'This relation is none of the project.', 'error');
      else workbench.tracer.follow(place);
    },
  },
  {
    id: 'columns.focus',
    title: 'Change between the list of columns and the trace',
    label: 'list/trace',
    keys: ['tab', 'shift-tab'],
    when: ['columns'],
    footer: 3,
    isKeyOnly: true,
    run: (workbench) =>
      focusOn(workbench, workbench.store.get().columns.focus === 'list' ? 'trace' : 'list'),
  },
  {
    id: 'columns.down',
    title: 'Next column of the list, or down in the trace',
    label: 'down',
    keys: ['j', 'down'],
    when: ['columns'],
    isKeyOnly: true,
    run: (workbench) => move(workbench, 1),
  },
  {
    id: 'columns.up',
    title: 'Previous column of the list, or up in the trace',
    label: 'up',
    keys: ['k', 'up'],
    when: ['columns'],
    isKeyOnly: true,
    run: (workbench) => move(workbench, -1),
  },
  {
    id: 'columns.left',
    title: 'Walk upstream in the trace',
    label: 'upstream',
    keys: ['h', 'left'],
    when: ['columns'],
    isKeyOnly: true,
    run: (workbench) => walk(workbench, 'left'),
  },
  {
    id: 'columns.right',
    title: 'Walk downstream in the trace',
    label: 'downstream',
    keys: ['l', 'right'],
    when: ['columns'],
    isKeyOnly: true,
    run: (workbench) => walk(workbench, 'right'),
  },
  {
    id: 'columns.page-down',
    title: 'Ten columns down',
    label: 'page down',
    keys: ['ctrl-d', 'ctrl-f', 'pagedown'],
    when: ['columns'],
    isKeyOnly: true,
    run: (workbench) => move(workbench, PAGE),
  },
  {
    id: 'columns.page-up',
    title: 'Ten columns up',
    label: 'page up',
    keys: ['ctrl-u', 'ctrl-b', 'pageup'],
    when: ['columns'],
    isKeyOnly: true,
    run: (workbench) => move(workbench, -PAGE),
  },
  {
    id: 'columns.next',
    title: 'Trace the next column of the node',
    label: 'next column',
    keys: [']'],
    when: ['columns'],
    run: (workbench) => workbench.tracer.select(workbench.store.get().columns.index + 1),
  },
  {
    id: 'columns.previous',
    title: 'Trace the previous column of the node',
    label: 'previous column',
    keys: ['['],
    when: ['columns'],
    run: (workbench) => workbench.tracer.select(workbench.store.get().columns.index - 1),
  },
  {
    id: 'columns.impact',
    title: 'List who is hit if the column changes',
    label: 'impact',
    keys: ['i'],
    when: ['columns'],
    footer: 4,
    disabledReason: notTraced,
    run(workbench) {
      const { reach } = workbench.store.get().columns;
      if (reach.kind !== 'ready') return;
      const { trace } = reach.value;
      const title = `If ${trace.start.column} changes`;
      showMessage(workbench, title, impactLines(workbench.session.manifest, reach.value), false);
    },
  },
  {
    id: 'columns.unused',
    title: 'List the columns that nothing in the project reads',
    label: 'unused',
    keys: ['u'],
    when: ['columns'],
    footer: 5,
    run: (workbench) => void showUnused(workbench),
  },
  {
    id: 'columns.copy',
    title: 'Copy the impact as Markdown, for a pull request',
    label: 'copy',
    keys: ['y'],
    when: ['columns'],
    footer: 6,
    disabledReason: notTraced,
    run(workbench) {
      const { reach } = workbench.store.get().columns;
      if (reach.kind !== 'ready') return;
      workbench.host.copy(impactMarkdown(workbench.session.manifest, reach.value));
      toast(workbench, 'Copied the impact as Markdown.');
    },
  },
  {
    id: 'columns.back',
    title: 'Back to the column that was traced before',
    label: 'back',
    keys: ['esc', 'backspace'],
    when: ['columns'],
    isKeyOnly: true,
    run(workbench) {
      if (workbench.tracer.back()) return;
      workbench.commands.find(({ id }) => id === 'back')?.run(workbench);
    },
  },
];
