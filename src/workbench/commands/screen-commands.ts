/**
 * Going to each screen, by its number.
 */
import type { Command } from '../command.js';
import { SCREEN_LIST, type ScreenName } from '../screen-list.js';
import { goTo } from '../state.js';
import type { Workbench } from '../workbench.js';
import { subject } from './key-subject.js';
import { leaveTyping } from './leave-typing.js';
import { openPrompt } from './repl-commands.js';

/** Screens that show something of what is under the cursor when they are gone to; the others are as they were left. */
const OPENERS: Readonly<Partial<Record<ScreenName, (workbench: Workbench) => void>>> = {
  node(workbench) {
    const id = workbench.store.get().node.id ?? subject(workbench)?.id;
    if (id === undefined) show(workbench, 'node');
    else workbench.loader.open(id);
  },
  snapshots(workbench) {
    const node = subject(workbench);
    if (node?.resourceType === 'snapshot') workbench.snapshots.open(node.id);
    else workbench.snapshots.open();
  },
  columns(workbench) {
    const id = workbench.store.get().columns.id ?? subject(workbench)?.id;
    if (id === undefined) show(workbench, 'columns');
    else workbench.tracer.open(id);
  },
  repl(workbench) {
    show(workbench, 'repl');
    openPrompt(workbench);
  },
};

function show(workbench: Workbench, name: ScreenName): void {
  workbench.store.update((state) => goTo(state, name));
}

export const screenCommands: readonly Command[] = SCREEN_LIST.map(
  ({ name, key, purpose }): Command => ({
    id: `screen.${name}`,
    title: `Go to ${purpose}`,
    label: name,
    keys: [key],
    when: ['everywhere'],
    run(workbench) {
      leaveTyping(workbench);
      const open = OPENERS[name];
      if (open === undefined) show(workbench, name);
      else open(workbench);
    },
  }),
);
