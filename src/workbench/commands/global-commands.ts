/**
 * Keys that act on every screen, as long as no text is being typed.
 */
import { type Diagnostic, formatDiagnostic } from '../../base/index.js';
import type { Command } from '../command.js';
import { showMessage, toast } from '../core.js';
import { goBack } from '../state.js';
import { fieldOf } from '../text-field.js';
import { plainVerb } from '../repl/verb.js';
import type { Workbench } from '../workbench.js';

// Twice within this quits.
const QUIT_WINDOW_MS = 1000;
const QUIT_PATIENCE_MS = 3000;

/** Errors first; what is said many times is said once, with how often. */
function problemLines(diagnostics: readonly Diagnostic[]): readonly string[] {
  const counts = new Map<string, number>();
  const sorted = [
    ...diagnostics.filter(({ severity }) => severity === 'error'),
    ...diagnostics.filter(({ severity }) => severity !== 'error'),
  ];
  for (const diagnostic of sorted) {
    const text = formatDiagnostic(diagnostic);
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  return [...counts].flatMap(([text, count]) => [
    ...(count === 1 ? text : `${text} (${count} times)`).split('\n'),
    '',
  ]);
}

function isBusy(workbench: Workbench): boolean {
  const { status } = workbench.store.get().data;
  return (
    workbench.runner.isRunning() ||
    workbench.analyst.isBusy() ||
    workbench.cells.isBusy() ||
    workbench.counter.isBusy() ||
    workbench.repl.isBusy() ||
    status === 'loading'
  );
}

/** A run is not ended by one wrong key. */
function quit(workbench: Workbench): void {
  const { quitArmedAtMs } = workbench.store.get();
  const nowMs = workbench.host.now();
  const isArmed = quitArmedAtMs !== null && nowMs - quitArmedAtMs <= QUIT_PATIENCE_MS;
  if (!workbench.runner.isRunning() || isArmed) {
    workbench.host.quit();
    return;
  }
  workbench.store.update((state) => ({ ...state, quitArmedAtMs: nowMs }));
  toast(workbench, 'A run is going on. Q again cancels it and quits.', 'error');
}

/** Cancels what is going on; what is not busy asks whether to quit. */
export function interrupt(workbench: Workbench): void {
  const nowMs = workbench.host.now();
  if (workbench.runner.isRunning()) {
    const { quitArmedAtMs } = workbench.store.get();
    const isAgain = quitArmedAtMs !== null && nowMs - quitArmedAtMs <= QUIT_WINDOW_MS;
    workbench.runner.cancel();
    if (isAgain) workbench.host.quit();
    workbench.store.update((state) => ({ ...state, quitArmedAtMs: nowMs }));
    toast(workbench, 'Cancelling the run… ctrl-c again quits.');
    return;
  }
  if (
    workbench.analyst.cancel() ||
    workbench.cells.cancel() ||
    workbench.counter.cancel() ||
    workbench.repl.cancel()
  )
    return;
  const { data, quitArmedAtMs } = workbench.store.get();
  const isFetching = data.status === 'loading' || data.status === 'open';
  if (isFetching && workbench.previewer.cancel()) return;
  if (quitArmedAtMs !== null && nowMs - quitArmedAtMs <= QUIT_WINDOW_MS) {
    workbench.host.quit();
    return;
  }
  workbench.store.update((state) => ({ ...state, quitArmedAtMs: nowMs }));
  toast(workbench, 'Nothing to cancel. ctrl-c again quits.');
}

export const globalCommands: readonly Command[] = [
  {
    id: 'find',
    title: 'Find nodes, columns, tags, commands',
    label: 'find',
    keys: ['/', 'f1'],
    when: ['everywhere'],
    footer: 2,
    verb: {
      name: 'open',
      aliases: ['o'],
      usage: ':open NAME',
      title: 'find a node',
      places: ['screen'],
      read: (words) => ({ kind: 'open', text: words.join(' ') }),
    },
    run: (workbench) => workbench.finder.open(''),
  },
  {
    id: 'palette',
    title: 'Find a command',
    label: 'commands',
    keys: ['ctrl-p'],
    when: ['everywhere'],
    run: (workbench) => workbench.finder.open('>'),
  },
  {
    id: 'command-line',
    title: 'Type a command as on the command line, or a query',
    label: 'command',
    keys: [':'],
    when: ['everywhere'],
    footer: 11,
    run: (workbench) =>
      workbench.store.update((state) => ({
        ...state,
        overlay: { kind: 'command-line', field: fieldOf(''), historyIndex: -1 },
      })),
  },
  {
    id: 'help',
    title: 'Show the keys that work here',
    label: 'keys',
    keys: ['?'],
    when: ['everywhere'],
    footer: 12,
    verb: plainVerb('help', 'this list', ['h', '?']),
    run: (workbench) =>
      workbench.store.update((state) => ({
        ...state,
        overlay: { kind: 'help', field: fieldOf(''), scroll: 0 },
      })),
  },
  {
    id: 'problems',
    title: 'Show what is wrong with the project',
    label: 'problems',
    keys: ['!'],
    when: ['everywhere'],
    run(workbench) {
      const { diagnostics } = workbench.session;
      const lines = problemLines(diagnostics);
      if (lines.length === 0) toast(workbench, 'The project has no errors and no warnings.');
      else showMessage(workbench, `${diagnostics.length} in the project`, lines, false);
    },
  },
  {
    id: 'statements',
    title: 'Show the statements that were sent, exactly, the latest first',
    label: 'statements',
    keys: ['@'],
    when: ['everywhere'],
    run(workbench) {
      const sent = workbench.statements.list();
      if (sent.length === 0) {
        toast(workbench, 'Nothing was sent to the warehouse yet.');
        return;
      }
      const lines = sent.flatMap(({ sql, what, atMs }) => [
        `-- ${new Date(atMs).toISOString().slice(11, 19)} ${what}`,
        ...sql.trim().split('\n'),
        '',
      ]);
      showMessage(workbench, `${sent.length} statements sent`, lines, false);
    },
  },
  {
    id: 'reload',
    title: 'Read the project again from disk',
    label: 'reload',
    keys: ['ctrl-r', 'f5'],
    when: ['everywhere'],
    verb: plainVerb('reload', 'read the project again'),
    run(workbench) {
      workbench.session.reload();
      const count = workbench.session.diagnostics.length;
      const found = count === 0 ? '' : ` ${count} to look at: ! shows them.`;
      toast(workbench, `Read the project again.${found}`);
    },
  },
  {
    id: 'back',
    title: 'Go back to the screen before',
    label: 'back',
    keys: ['q', 'esc'],
    when: ['everywhere'],
    run(workbench) {
      const { screen: shown, back } = workbench.store.get();
      if (shown === 'graph' && back.length === 0) {
        toast(workbench, 'This is the first screen. Q quits.');
        return;
      }
      workbench.store.update(goBack);
    },
  },
  {
    id: 'quit',
    title: 'Quit',
    label: 'quit',
    keys: ['Q'],
    when: ['everywhere'],
    verb: plainVerb('quit', 'leave; so does ctrl-d', ['q', 'q!', 'exit']),
    run: quit,
  },
  {
    id: 'cancel',
    title: 'Cancel what is going on; twice in a second quits',
    label: 'cancel',
    keys: ['ctrl-c'],
    when: ['always'],
    footer: 0,
    isInFooter: isBusy,
    isKeyOnly: true,
    run: interrupt,
  },
];
