/**
 * What stands over a screen and takes the keys: how each is called, and whether letters go to a field of it.
 */
import type { Overlay } from './overlay.js';

export interface DialogSpec {
  /** Its section in `docs/keys.md`. */
  readonly heading: string;
  /** Letters are typed into its field, and are never commands. */
  readonly isTyping: boolean;
  /** It is drawn by the screen itself, in its own place: the screen stays bright around it. */
  readonly isInPlace?: true;
  /** It stands over something that is typed: closing it goes back there. */
  readonly isOverTyping?: true;
}

export const DIALOG_LIST: Readonly<Record<Overlay['kind'], DialogSpec>> = {
  cell: { heading: 'Cell that is typed', isTyping: true, isInPlace: true },
  entry: { heading: 'Prompt of the REPL', isTyping: true, isInPlace: true },
  history: { heading: 'Lines typed before', isTyping: true, isOverTyping: true },
  parameter: { heading: 'Value of a parameter', isTyping: true },
  promote: { heading: 'Model to make of a cell', isTyping: true },
  finder: { heading: 'Finder', isTyping: true },
  'command-line': { heading: 'Command line', isTyping: true },
  query: { heading: 'Query', isTyping: true },
  selector: { heading: 'Selector line', isTyping: true, isInPlace: true },
  condition: { heading: 'Condition of a filter', isTyping: true },
  profile: { heading: 'Profile of a column', isTyping: false },
  export: { heading: 'File to write', isTyping: true },
  'compare-target': { heading: 'Target to compare with', isTyping: true },
  confirm: { heading: 'Name of a protected target', isTyping: true },
  'snapshot-line': { heading: 'Key, moment or name of a snapshot', isTyping: true },
  'go-to-column': { heading: 'Go to column', isTyping: true },
  plan: { heading: 'Plan before a run', isTyping: false },
  help: { heading: 'Keys', isTyping: true },
  message: { heading: 'Message', isTyping: false },
};

/** The dialogs that keep a condition, in the order of the list. */
export function dialogsThat(holds: (spec: DialogSpec) => boolean): readonly Overlay['kind'][] {
  return Object.keys(DIALOG_LIST)
    .filter(isDialog)
    .filter((kind) => holds(DIALOG_LIST[kind]));
}

function isDialog(kind: string): kind is Overlay['kind'] {
  return kind in DIALOG_LIST;
}

/** Whether what stands over the screen, if anything, covers it. */
export function isCovered(overlay: Overlay | null): boolean {
  return overlay !== null && DIALOG_LIST[overlay.kind].isInPlace !== true;
}
