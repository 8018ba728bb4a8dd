/**
 * Lines typed before, taken back into a field: one after the other, or found by their letters.
 */
import type { Command } from '../command.js';
import { toast } from '../core.js';
import type { TypedOverlay } from '../overlay.js';
import type { HistoryKind } from '../settings.js';
import { fieldOf } from '../text-field.js';
import type { Workbench } from '../workbench.js';

const KINDS: Readonly<Record<TypedOverlay['kind'], HistoryKind>> = {
  query: 'queries',
  'command-line': 'commands',
  cell: 'cells',
  entry: 'entries',
};

function typedOf(workbench: Workbench): TypedOverlay | null {
  const { overlay } = workbench.store.get();
  return overlay !== null && 'historyIndex' in overlay ? overlay : null;
}

/** @param by 1 towards older lines, -1 towards newer; beyond the newest the field is empty again. */
export function goThroughHistory(workbench: Workbench, by: 1 | -1): void {
  const overlay = typedOf(workbench);
  if (overlay === null) return;
  const lines = workbench.settings.history(KINDS[overlay.kind]);
  const historyIndex = Math.max(-1, Math.min(lines.length - 1, overlay.historyIndex + by));
  const field = fieldOf(historyIndex === -1 ? '' : (lines.at(-1 - historyIndex) ?? ''));
  workbench.store.update((state) => ({
    ...state,
    overlay: {
      ...overlay,
      historyIndex,
      field,
      ...('completion' in overlay ? { completion: null } : {}),
    },
  }));
}

/** The lines that have all words of what is typed, letter case aside, the latest first. */
export function linesFound(lines: readonly string[], typed: string): readonly string[] {
  const words = typed.toLowerCase().split(/\s+/u);
  return lines.filter((line) => {
    const text = line.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

function open(workbench: Workbench): void {
  const over = typedOf(workbench);
  if (over === null) return;
  const lines = workbench.settings.history(KINDS[over.kind]).toReversed();
  if (lines.length === 0) {
    toast(workbench, 'Nothing was typed here before.');
    return;
  }
  workbench.store.update((state) => ({
    ...state,
    overlay: { kind: 'history', over, lines, field: fieldOf(''), index: 0 },
  }));
}

/** Takes the line under the cursor into the field; what stood there can be taken back where changes can. */
function accept(workbench: Workbench): void {
  const { overlay } = workbench.store.get();
  if (overlay?.kind !== 'history') return;
  const { over, lines, field, index } = overlay;
  const found = linesFound(lines, field.text);
  const line = found[Math.min(index, found.length - 1)];
  workbench.store.update((state) => ({ ...state, overlay: over }));
  if (line === undefined) return;
  const taken = fieldOf(line);
  if ('completion' in over) {
    workbench.typist.type(taken);
    workbench.typist.dismiss();
  } else workbench.store.update((state) => ({ ...state, overlay: { ...over, field: taken } }));
}

export const historyCommands: readonly Command[] = [
  {
    id: 'typing.history',
    title: 'Search what was typed before',
    label: 'earlier',
    keys: ['ctrl-r'],
    when: ['cell', 'query', 'entry', 'command-line'],
    footer: 6,
    isKeyOnly: true,
    run: open,
  },
  {
    id: 'history.accept',
    title: 'Take the line under the cursor',
    label: 'take it',
    keys: ['enter', 'tab'],
    when: ['history'],
    footer: 1,
    isKeyOnly: true,
    run: accept,
  },
  {
    id: 'history.older',
    title: 'Go to an older line',
    label: 'older',
    keys: ['ctrl-r'],
    when: ['history'],
    footer: 3,
    isKeyOnly: true,
    run: (workbench) =>
      workbench.store.update((state) =>
        state.overlay?.kind === 'history'
          ? { ...state, overlay: { ...state.overlay, index: state.overlay.index + 1 } }
          : state,
      ),
  },
  {
    id: 'history.leave',
    title: 'Go back to what was being typed',
    label: 'back',
    keys: ['esc'],
    when: ['history'],
    footer: 2,
    isKeyOnly: true,
    run: (workbench) =>
      workbench.store.update((state) =>
        state.overlay?.kind === 'history' ? { ...state, overlay: state.overlay.over } : state,
      ),
  },
];
