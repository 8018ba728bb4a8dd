/**
 * Keys of the REPL: those of its prompt, and those among what was asked.
 */
import type { Command } from '../command.js';
import { copyText, showError } from '../core.js';
import { type Entry, readLine, statementsOf } from '../repl/entry-reader.js';
import { rowsOfTurn, turnUnderCursor } from '../repl/repl-screen.js';
import { patch } from '../state.js';
import { fieldOf, type TextField } from '../text-field.js';
import type { Workbench } from '../workbench.js';
import { newLine } from './cell-editor.js';
import { doVerb } from './command-line.js';
import { interrupt } from './global-commands.js';

const PAGE = 10;

/** Starts typing at the prompt. */
export function openPrompt(workbench: Workbench, field?: TextField): void {
  workbench.store.update((state) => ({
    ...patch(state, 'repl', { index: null, scroll: 0 }),
    overlay: {
      kind: 'entry',
      field: field ?? state.repl.draft,
      past: [],
      future: [],
      historyIndex: -1,
      completion: null,
    },
  }));
}

/** Stops typing; what was typed stays for the next time. */
export function leavePrompt(workbench: Workbench): void {
  workbench.store.update((state) =>
    state.overlay?.kind === 'entry'
      ? { ...patch(state, 'repl', { draft: state.overlay.field }), overlay: null }
      : state,
  );
}

/** The entries of a text, or null while its last statement is not at its end. */
function entriesOf(text: string): readonly Entry[] | null {
  let pending = '';
  const entries: Entry[] = [];
  for (const line of text.split('\n')) {
    const reading = readLine(pending, line);
    ({ pending } = reading);
    entries.push(...reading.entries);
  }
  return pending === '' ? entries : null;
}

function submit(workbench: Workbench, text: string, entries: readonly Entry[]): void {
  if (entries.length === 0) return;
  workbench.settings.rememberLine('entries', text.trim());
  workbench.repl.submit(text, entries, (verb) => {
    leavePrompt(workbench);
    try {
      doVerb(workbench, verb);
    } catch (error) {
      showError(workbench, 'command', error);
    }
  });
}

/** @param isWhole whether the text is asked as it is, even if its last statement has no end. */
function enter(workbench: Workbench, isWhole: boolean): void {
  const { overlay } = workbench.store.get();
  if (overlay?.kind !== 'entry') return;
  const isChosen = (overlay.completion?.index ?? -1) >= 0;
  if (!isWhole && isChosen && workbench.typist.accept()) return;
  const { text } = overlay.field;
  const isVerb = text.trimStart().startsWith(':');
  const entries = entriesOf(text) ?? (isWhole && !isVerb ? statementsOf(text) : null);
  if (entries === null) {
    newLine(workbench);
    return;
  }
  openPrompt(workbench, fieldOf(''));
  submit(workbench, text, entries);
}

function drop(workbench: Workbench): void {
  const { overlay } = workbench.store.get();
  const isTyped = overlay?.kind === 'entry' && overlay.field.text !== '';
  if (isTyped && !workbench.repl.isBusy()) openPrompt(workbench, fieldOf(''));
  else interrupt(workbench);
}

function scroll(workbench: Workbench, by: number): void {
  workbench.store.update((state) => {
    const limit = workbench.limits.get('repl') ?? 0;
    return patch(state, 'repl', {
      scroll: Math.max(0, Math.min(limit, state.repl.scroll + by)),
    });
  });
}

function move(workbench: Workbench, by: number): void {
  workbench.store.update((state) => {
    const last = state.repl.turns.length - 1;
    const from = state.repl.index ?? last;
    return patch(state, 'repl', { index: Math.max(0, Math.min(last, from + by)) });
  });
}

const noTurn = ({ store }: Workbench): string | null =>
  turnUnderCursor(store.get().repl) === null ? 'Nothing was asked yet: i types.' : null;
const noRows = ({ store }: Workbench): string | null =>
  rowsOfTurn(turnUnderCursor(store.get().repl)) === null ? 'This has no rows.' : null;

function showRows(workbench: Workbench): void {
  const turn = turnUnderCursor(workbench.store.get().repl);
  const sql = rowsOfTurn(turn)?.sql ?? null;
  if (turn === null || sql === null) return;
  leavePrompt(workbench);
  const [first = ''] = turn.text.split('\n');
  workbench.previewer.open({ kind: 'sql', sql, isTemplate: false }, first);
}

export const replCommands: readonly Command[] = [
  {
    id: 'repl.enter',
    title: 'Do what is typed once it ends with ; or an empty line, else start another line',
    label: 'do it',
    keys: ['enter'],
    when: ['entry'],
    footer: 1,
    isKeyOnly: true,
    run: (workbench) => enter(workbench, false),
  },
  {
    id: 'repl.ask',
    title: 'Do what is typed as it is',
    label: 'at once',
    keys: ['alt-enter', 'shift-enter', 'ctrl-enter'],
    when: ['entry'],
    footer: 4,
    isKeyOnly: true,
    run: (workbench) => enter(workbench, true),
  },
  {
    id: 'repl.leave',
    title: 'Leave the prompt, to move among what was asked and to other screens',
    label: 'leave',
    keys: ['esc'],
    when: ['entry'],
    footer: 2,
    isKeyOnly: true,
    run(workbench) {
      if (!workbench.typist.dismiss()) leavePrompt(workbench);
    },
  },
  {
    id: 'repl.drop',
    title: 'Cancel what is going on, or drop what is typed',
    label: 'drop',
    keys: ['ctrl-c'],
    when: ['entry'],
    isKeyOnly: true,
    run: drop,
  },
  {
    id: 'repl.scroll-up',
    title: 'Scroll up in what came',
    label: 'scroll up',
    keys: ['pageup', 'wheel-up'],
    when: ['entry'],
    isKeyOnly: true,
    run: (workbench) => scroll(workbench, PAGE),
  },
  {
    id: 'repl.scroll-down',
    title: 'Scroll down in what came',
    label: 'scroll down',
    keys: ['pagedown', 'wheel-down'],
    when: ['entry'],
    isKeyOnly: true,
    run: (workbench) => scroll(workbench, -PAGE),
  },
  {
    id: 'repl.last-rows',
    title: 'Look at the last rows in the grid',
    label: 'grid',
    keys: ['ctrl-g'],
    when: ['entry'],
    footer: 5,
    isKeyOnly: true,
    disabledReason: noRows,
    run: showRows,
  },
  {
    id: 'repl.type',
    title: 'Type at the prompt',
    label: 'type',
    keys: ['i', 'e'],
    when: ['repl'],
    footer: 1,
    run: (workbench) => openPrompt(workbench),
  },
  {
    id: 'repl.rows',
    title: 'Look at the rows of what was asked in the grid',
    label: 'grid',
    keys: ['enter', 'v'],
    when: ['repl'],
    footer: 3,
    disabledReason: noRows,
    run: showRows,
  },
  {
    id: 'repl.again',
    title: 'Ask the same again',
    label: 'again',
    keys: ['r'],
    when: ['repl'],
    footer: 4,
    disabledReason: noTurn,
    run(workbench) {
      const turn = turnUnderCursor(workbench.store.get().repl);
      if (turn === null) return;
      submit(workbench, turn.text, entriesOf(turn.text) ?? statementsOf(turn.text));
    },
  },
  {
    id: 'repl.change',
    title: 'Take what was asked into the prompt, to change it',
    label: 'change',
    keys: ['c'],
    when: ['repl'],
    footer: 5,
    disabledReason: noTurn,
    run(workbench) {
      const turn = turnUnderCursor(workbench.store.get().repl);
      if (turn !== null) openPrompt(workbench, fieldOf(turn.text));
    },
  },
  {
    id: 'repl.copy',
    title: 'Copy what was asked',
    label: 'copy',
    keys: ['y'],
    when: ['repl'],
    disabledReason: noTurn,
    run(workbench) {
      const turn = turnUnderCursor(workbench.store.get().repl);
      if (turn !== null) copyText(workbench, `${turn.text}\n`, 'what was asked');
    },
  },
  {
    id: 'repl.clear',
    title: 'Clear what was asked from the screen',
    label: 'clear',
    keys: ['ctrl-l'],
    when: ['repl', 'entry'],
    run: (workbench) => workbench.repl.clear(),
  },
  {
    id: 'repl.down',
    title: 'Go to what was asked later',
    label: 'down',
    keys: ['j', 'down', 'wheel-down'],
    when: ['repl'],
    isKeyOnly: true,
    run: (workbench) => move(workbench, 1),
  },
  {
    id: 'repl.up',
    title: 'Go to what was asked before',
    label: 'up',
    keys: ['k', 'up', 'wheel-up'],
    when: ['repl'],
    isKeyOnly: true,
    run: (workbench) => move(workbench, -1),
  },
];
