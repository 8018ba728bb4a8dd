/**
 * Leaving the screen for a while: to the user's editor, or to the shell.
 */
import type { Command } from '../command.js';
import { showError, toast } from '../core.js';
import { sourceLine } from '../editor/source-place.js';
import type { Workbench } from '../workbench.js';
import { needs, subject } from './key-subject.js';

function edit(workbench: Workbench): void {
  const node = subject(workbench);
  const file = node === null ? null : workbench.session.sourceFile(node.id);
  if (node === null || file === null) {
    toast(workbench, 'There is no file of this node to open.', 'error');
    return;
  }
  const before = workbench.session.sourceText(node.id);
  workbench.host.edit(file, sourceLine(workbench, node)).then(
    () => {
      // Files are watched, too; but who comes back from an editor looks for what was changed at once.
      if (workbench.session.sourceText(node.id) !== before) workbench.session.reload();
    },
    (error: unknown) => showError(workbench, 'editor', error),
  );
}

export const editorCommands: readonly Command[] = [
  {
    id: 'node.edit',
    title: 'Open its file in your editor ($VISUAL, $EDITOR), at the line that is looked at',
    label: 'edit',
    keys: ['e'],
    when: ['graph', 'map', 'node', 'run', 'snapshots', 'columns'],
    footer: 10,
    disabledReason: needs(() => true, ''),
    run: edit,
  },
  {
    id: 'suspend',
    title: 'Give the terminal back to the shell; fg comes back here',
    label: 'suspend',
    keys: ['ctrl-z'],
    when: ['everywhere'],
    run: (workbench) => workbench.host.suspend(),
  },
];
