/**
 * Keys of a column's profile: its values are facets to filter by.
 */
import type { Command } from '../command.js';
import { toast } from '../core.js';
import { isOneOf, narrowed } from '../data/result-shape.js';
import { dialectOf } from '../dialect-of.js';
import { shownColumns } from '../grid/grid.js';
import type { Overlay } from '../overlay.js';
import type { Workbench } from '../workbench.js';

type ProfileOverlay = Extract<Overlay, { readonly kind: 'profile' }>;

const PAGE = 10;

function update(workbench: Workbench, change: (overlay: ProfileOverlay) => ProfileOverlay): void {
  workbench.store.update((state) =>
    state.overlay?.kind === 'profile' ? { ...state, overlay: change(state.overlay) } : state,
  );
}

function move(workbench: Workbench, by: number): void {
  update(workbench, (overlay) => {
    const count = overlay.profile.kind === 'ready' ? overlay.profile.value.facets.length : 0;
    return { ...overlay, index: Math.max(0, Math.min(count - 1, overlay.index + by)) };
  });
}

/** Goes to the profile of the next column. */
function turn(workbench: Workbench, by: 1 | -1): void {
  const { overlay, data } = workbench.store.get();
  if (overlay?.kind !== 'profile') return;
  const shown = shownColumns(data.grid);
  const next = shown[shown.indexOf(overlay.column) + by];
  if (next !== undefined) workbench.analyst.profile(next);
}

function filter(workbench: Workbench): void {
  const { overlay, data } = workbench.store.get();
  if (overlay?.kind !== 'profile' || overlay.profile.kind !== 'ready') return;
  const { column, facets } = overlay.profile.value;
  const chosen = overlay.marked.size === 0 ? [overlay.index] : [...overlay.marked];
  const cells = chosen.flatMap((index) => {
    const facet = facets[index];
    return facet === undefined ? [] : [facet.cell];
  });
  const condition = isOneOf(column, cells, dialectOf(workbench.session));
  if (condition === null) toast(workbench, 'Such cells cannot be written in SQL.', 'error');
  else workbench.previewer.reshape(narrowed(data.shape, condition));
}

export const profileCommands: readonly Command[] = [
  {
    id: 'profile.filter',
    title: 'Keep the rows with the value under the cursor, or with those that are marked',
    label: 'filter',
    keys: ['enter', '='],
    when: ['profile'],
    footer: 1,
    isKeyOnly: true,
    run: filter,
  },
  {
    id: 'profile.mark',
    title: 'Mark the value, to filter by several',
    label: 'mark',
    keys: ['space'],
    when: ['profile'],
    footer: 3,
    isKeyOnly: true,
    run(workbench) {
      update(workbench, (overlay) => {
        const marked = new Set(overlay.marked);
        if (!marked.delete(overlay.index)) marked.add(overlay.index);
        return { ...overlay, marked };
      });
      move(workbench, 1);
    },
  },
  {
    id: 'profile.down',
    title: 'Move down',
    label: 'down',
    keys: ['j', 'down'],
    when: ['profile'],
    isKeyOnly: true,
    run: (workbench) => move(workbench, 1),
  },
  {
    id: 'profile.up',
    title: 'Move up',
    label: 'up',
    keys: ['k', 'up'],
    when: ['profile'],
    isKeyOnly: true,
    run: (workbench) => move(workbench, -1),
  },
  {
    id: 'profile.page-down',
    title: 'Move down by a page',
    label: 'page down',
    keys: ['ctrl-d', 'pagedown'],
    when: ['profile'],
    isKeyOnly: true,
    run: (workbench) => move(workbench, PAGE),
  },
  {
    id: 'profile.page-up',
    title: 'Move up by a page',
    label: 'page up',
    keys: ['ctrl-u', 'pageup'],
    when: ['profile'],
    isKeyOnly: true,
    run: (workbench) => move(workbench, -PAGE),
  },
  {
    id: 'profile.next',
    title: 'Profile the next column',
    label: 'next column',
    keys: ['l', 'right', 'tab'],
    when: ['profile'],
    footer: 4,
    isKeyOnly: true,
    run: (workbench) => turn(workbench, 1),
  },
  {
    id: 'profile.previous',
    title: 'Profile the column before',
    label: 'column before',
    keys: ['h', 'left', 'shift-tab'],
    when: ['profile'],
    isKeyOnly: true,
    run: (workbench) => turn(workbench, -1),
  },
];
