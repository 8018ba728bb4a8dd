/**
 * A command: something that can be done, with its keys. Footer, help, palette and `docs/keys.md` are printed from these.
 */
import { DIALOG_LIST } from './dialog-list.js';
import type { VerbSpec } from './repl/verb.js';
import type { Overlay } from './overlay.js';
import type { ScreenName } from './screen-list.js';
import type { WorkbenchState } from './state.js';
import type { Workbench } from './workbench.js';

/** Where a command's keys act: on a screen, in a dialog, or wherever no text is being typed. */
export type Context = 'everywhere' | 'always' | 'map' | 'shell' | ScreenName | Overlay['kind'];

export interface Command {
  /** `room.what`, never changes: users may bind it. */
  readonly id: string;
  /** A sentence without its full stop, for help and palette. */
  readonly title: string;
  /** One or two words for the footer. */
  readonly label: string;
  /** In the words of the key decoder; the first one is shown. */
  readonly keys: readonly string[];
  readonly when: readonly Context[];
  /** Place in the footer, 1 first; absent: not there. */
  readonly footer?: number;
  /** Whether the footer has it now; absent: as long as it is not disabled. */
  readonly isInFooter?: (workbench: Workbench) => boolean;
  /** Hidden from the palette: moves, and what only makes sense as a key. */
  readonly isKeyOnly?: boolean;
  /** Why it cannot be done now, or null. */
  readonly disabledReason?: (workbench: Workbench) => string | null;
  /** How it is said in a line that starts with `:`. */
  readonly verb?: VerbSpec;
  readonly run: (workbench: Workbench) => void;
}

/** The contexts of the moment, the nearest first. */
export function contextsOf(state: WorkbenchState): readonly Context[] {
  if (state.overlay !== null) return [state.overlay.kind, 'always'];
  const isMap = state.screen === 'graph' && state.graph.isMapFull;
  return [...(isMap ? (['map'] as const) : []), state.screen, 'everywhere', 'always'];
}

/** Whether a text field has the focus. */
export function isTyping(state: WorkbenchState): boolean {
  return state.overlay !== null && DIALOG_LIST[state.overlay.kind].isTyping;
}

/** The command that a key means now, or null. */
export function commandFor(
  commands: readonly Command[],
  state: WorkbenchState,
  key: string,
): Command | null {
  for (const context of contextsOf(state)) {
    const found = commands.find(
      (command) => command.when.includes(context) && command.keys.includes(key),
    );
    if (found !== undefined) return found;
  }
  return null;
}

/** Commands that can be reached now, nearest context first, each once; shadowed ones are left out. */
export function availableCommands(
  commands: readonly Command[],
  state: WorkbenchState,
): readonly Command[] {
  const found: Command[] = [];
  const takenKeys = new Set<string>();
  for (const context of contextsOf(state)) {
    for (const command of commands) {
      if (!command.when.includes(context) || found.includes(command)) continue;
      if (command.keys.length > 0 && command.keys.every((key) => takenKeys.has(key))) continue;
      found.push(command);
      for (const key of command.keys) takenKeys.add(key);
    }
  }
  return found;
}

/** How a key is written on screen. */
export function keyLabel(key: string): string {
  return KEY_LABELS[key] ?? key;
}

const KEY_LABELS: Readonly<Record<string, string>> = {
  up: '↑',
  down: '↓',
  left: '←',
  right: '→',
  space: 'space',
  pageup: 'pgup',
  pagedown: 'pgdn',
  backspace: '⌫',
};
