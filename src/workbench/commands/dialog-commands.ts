/**
 * Keys of dialogs: closing them, moving in their lists, scrolling their texts, and the finder's own.
 */
import type { Command, Context } from '../command.js';
import { scrolled } from '../core.js';
import { dialogsThat } from '../dialog-list.js';
import type { Overlay } from '../overlay.js';
import type { WorkbenchState } from '../state.js';
import type { Workbench } from '../workbench.js';
import { acceptFound } from './accept.js';

/** Typing in its own place, and what stands over it, end in their own way. */
const DIALOGS: readonly Context[] = dialogsThat(
  ({ isInPlace, isOverTyping }) => isInPlace !== true && isOverTyping !== true,
);
const PAGE = 10;

function close(workbench: Workbench): void {
  workbench.store.update((state) => ({ ...state, overlay: null }));
}

function withOverlay(
  workbench: Workbench,
  change: (overlay: Overlay, state: WorkbenchState) => Overlay,
): void {
  workbench.store.update((state) =>
    state.overlay === null ? state : { ...state, overlay: change(state.overlay, state) },
  );
}

/** Moves in a list of results, or scrolls a text. */
function move(workbench: Workbench, by: number): void {
  withOverlay(workbench, (overlay) => {
    switch (overlay.kind) {
      case 'finder': {
        const last = overlay.found.length - 1;
        return { ...overlay, index: Math.max(0, Math.min(last, overlay.index + by)) };
      }
      case 'history':
      case 'go-to-column':
        return { ...overlay, index: Math.max(0, overlay.index + by) };
      case 'help':
      case 'plan':
      case 'message':
        return { ...overlay, scroll: scrolled(workbench.limits, 'overlay', overlay.scroll, by) };
      default:
        return overlay;
    }
  });
}

const LISTS: readonly Context[] = ['finder', 'history', 'help', 'go-to-column', 'plan', 'message'];
const READ_ONLY: readonly Context[] = ['plan', 'message'];
const LEFT_BY_Q: readonly Context[] = [...READ_ONLY, 'profile'];

export const dialogCommands: readonly Command[] = [
  {
    id: 'dialog.close',
    title: 'Close the dialog',
    label: 'close',
    keys: ['esc'],
    when: DIALOGS,
    footer: 2,
    isKeyOnly: true,
    run: close,
  },
  {
    id: 'dialog.leave',
    title: 'Close the text',
    label: 'close',
    keys: ['q'],
    when: LEFT_BY_Q,
    isKeyOnly: true,
    run: close,
  },
  {
    id: 'dialog.down',
    title: 'Move down',
    label: 'down',
    keys: ['down', 'ctrl-n'],
    when: LISTS,
    isKeyOnly: true,
    run: (workbench) => move(workbench, 1),
  },
  {
    id: 'dialog.up',
    title: 'Move up',
    label: 'up',
    keys: ['up', 'ctrl-p'],
    when: LISTS,
    isKeyOnly: true,
    run: (workbench) => move(workbench, -1),
  },
  {
    id: 'dialog.page-down',
    title: 'Move down by a page',
    label: 'page down',
    keys: ['pagedown'],
    when: LISTS,
    isKeyOnly: true,
    run: (workbench) => move(workbench, PAGE),
  },
  {
    id: 'dialog.page-up',
    title: 'Move up by a page',
    label: 'page up',
    keys: ['pageup'],
    when: LISTS,
    isKeyOnly: true,
    run: (workbench) => move(workbench, -PAGE),
  },
  {
    id: 'text.down',
    title: 'Scroll down',
    label: 'down',
    keys: ['j', 'ctrl-d', 'space'],
    when: READ_ONLY,
    isKeyOnly: true,
    run: (workbench) => move(workbench, 1),
  },
  {
    id: 'text.up',
    title: 'Scroll up',
    label: 'up',
    keys: ['k', 'ctrl-u'],
    when: READ_ONLY,
    isKeyOnly: true,
    run: (workbench) => move(workbench, -1),
  },
  {
    id: 'finder.open',
    title: 'Open what is found',
    label: 'open',
    keys: ['enter'],
    when: ['finder'],
    footer: 1,
    isKeyOnly: true,
    run: (workbench) => acceptFound(workbench, 'open'),
  },
  {
    id: 'finder.compiled',
    title: 'Open its compiled SQL',
    label: 'node',
    keys: ['alt-enter', 'ctrl-o'],
    when: ['finder'],
    footer: 3,
    isKeyOnly: true,
    run: (workbench) => acceptFound(workbench, 'node'),
  },
  {
    id: 'finder.mark',
    title: 'Mark what is found, and find on',
    label: 'mark',
    keys: ['tab'],
    when: ['finder'],
    footer: 4,
    isKeyOnly: true,
    run: (workbench) => acceptFound(workbench, 'mark'),
  },
  {
    id: 'message.close',
    title: 'Close the message',
    label: 'close',
    keys: ['enter'],
    when: ['message'],
    footer: 1,
    isKeyOnly: true,
    run: close,
  },
  {
    id: 'help.close',
    title: 'Close the keys',
    label: 'close',
    keys: ['enter'],
    when: ['help'],
    footer: 1,
    isKeyOnly: true,
    run: close,
  },
  {
    id: 'plan.run',
    title: 'Run this plan',
    label: 'run it',
    keys: ['enter'],
    when: ['plan'],
    footer: 1,
    isKeyOnly: true,
    run: (workbench) => workbench.runner.confirm(),
  },
];
