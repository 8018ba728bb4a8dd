/**
 * The last row: the keys that matter here, printed from the registry; each can be clicked.
 */
import {
  availableCommands,
  type Command,
  keyLabel,
  type Workbench,
} from '../../workbench/index.js';
import type { Surface } from '../cells/surface.js';
import { cellWidth } from '../cells/width.js';

export function drawFooter(surface: Surface, workbench: Workbench): void {
  const state = workbench.store.get();
  const commands = availableCommands(workbench.commands, state)
    .filter(({ footer }) => footer !== undefined)
    .filter(
      ({ disabledReason, isInFooter }) =>
        (disabledReason?.(workbench) ?? null) === null && isInFooter?.(workbench) !== false,
    )
    .sort((left, right) => (left.footer ?? 0) - (right.footer ?? 0));
  // Help comes last, and always has its place.
  const help = commands.find(({ id }) => id === 'help');
  const room = surface.width - (help === undefined ? 0 : widthOf(help));
  let x = 1;
  for (const command of commands) {
    if (command === help || x + widthOf(command) > room) continue;
    x = drawKey(surface, x, command, workbench);
  }
  if (help !== undefined) drawKey(surface, x, help, workbench);
}

function drawKey(surface: Surface, x: number, command: Command, workbench: Workbench): number {
  const after = surface.text(x, 0, keyLabel(command.keys[0] ?? ''), 'key');
  const end = surface.text(after, 0, ` ${command.label}  `, 'muted');
  surface.onClick(x, 0, end - x - 2, 1, () => command.run(workbench));
  return end;
}

function widthOf(command: Command): number {
  return cellWidth(keyLabel(command.keys[0] ?? '')) + cellWidth(command.label) + 3;
}
