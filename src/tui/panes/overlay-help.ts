/**
 * The keys that work where the focus is, searchable.
 */
import {
  availableCommands,
  type Command,
  keyLabel,
  type Overlay,
  type Workbench,
} from '../../workbench/index.js';
import { padTo } from '../cells/fit.js';
import type { Surface } from '../cells/surface.js';
import { drawFrame } from './frame.js';
import { drawRows, piece, type Row, row, wrapped } from './rows.js';
import { drawField } from './text-field.js';

type Help = Extract<Overlay, { readonly kind: 'help' }>;

const KEY_WIDTH = 21;

export function drawHelp(surface: Surface, workbench: Workbench, overlay: Help): void {
  surface.fill(0, 0, surface.width, surface.height, ' ');
  const { screen } = workbench.store.get();
  const inner = drawFrame(surface, {
    title: `keys here: ${screen}`,
    bottom: 'type to search · esc close',
    isFocused: true,
  });
  const x = inner.text(0, 0, '❯ ', 'key');
  drawField(inner, x, 0, inner.width - x, overlay.field);
  const body = inner.view(0, 2, inner.width, inner.height - 2);
  workbench.limits.set(
    'overlay',
    drawRows(body, helpRows(workbench, overlay, inner.width), overlay.scroll),
  );
}

function helpRows(workbench: Workbench, overlay: Help, width: number): readonly Row[] {
  // The keys behind the dialog, not those of the dialog itself.
  const state = { ...workbench.store.get(), overlay: null };
  const words = overlay.field.text.toLowerCase().split(/\s+/u);
  const commands = availableCommands(workbench.commands, state).filter((command) => {
    const text = `${command.title} ${command.label} ${command.keys.join(' ')}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  const here = commands.filter(({ when }) => !when.includes('everywhere'));
  const everywhere = commands.filter(({ when }) => when.includes('everywhere'));
  const rowsOf = (list: readonly Command[]): readonly Row[] =>
    list.flatMap((command) => commandRows(workbench, command, width));
  if (commands.length === 0) return [row('No key does that here.', 'muted')];
  return [
    ...rowsOf(here),
    ...(everywhere.length > 0 && here.length > 0 ? [row('everywhere', 'heading')] : []),
    ...rowsOf(everywhere),
  ];
}

function commandRows(workbench: Workbench, command: Command, width: number): readonly Row[] {
  const keys = command.keys.map(keyLabel).join(' ');
  const reason = command.disabledReason?.(workbench) ?? null;
  const lines = wrapped(command.title, width - KEY_WIDTH, reason === null ? 'text' : 'muted');
  return lines.map((line, index) => [
    piece(padTo(index === 0 ? keys : '', KEY_WIDTH), 'key'),
    ...line,
  ]);
}
