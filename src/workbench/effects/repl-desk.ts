/**
 * The REPL of the screen: the engine of `dagbook repl`, one entry at a time, its answers kept as turns.
 */
import { type Core, diagnosticOf, isAbort, toast } from '../core.js';
import type { Command } from '../command.js';
import type { Desk } from '../metadata/ask.js';
import type { Entry } from '../repl/entry-reader.js';
import { type ReplAnswer, ReplEngine } from '../repl/repl-engine.js';
import type { ReplTurn } from '../repl/repl-screen.js';
import { readVerb, type Verb } from '../repl/verb.js';
import { patch } from '../state.js';

export interface ReplDesk {
  /**
   * Does what was typed.
   *
   * @param onScreenVerb does a verb that shows something on another screen.
   */
  submit(text: string, entries: readonly Entry[], onScreenVerb: (verb: Verb) => void): void;
  clear(): void;
  readonly isBusy: () => boolean;
  /** True if there was something to cancel. */
  cancel(): boolean;
  close(): Promise<void>;
}

const MAX_ROWS = 1000;
const MAX_TURNS = 200;
/** Verbs whose place is another screen, where they can be looked at longer. */
const SCREEN_VERBS: ReadonlySet<Verb['kind']> = new Set<Verb['kind']>([
  'run',
  'plan',
  'open',
  'notebook',
  'compare',
  'quit',
]);

export function createReplDesk(core: Core, desk: Desk, commands: readonly Command[]): ReplDesk {
  const { session, store, host } = core;
  /** Of all that is not done yet; what is asked after a cancel has another. */
  let controller = new AbortController();
  let ended: Promise<void> = Promise.resolve();
  let openCount = 0;
  let lastId = 0;
  /** The turn that is being done; others may wait behind it, as keys typed ahead do in a shell. */
  let currentId = 0;

  const change = (id: number, part: (turn: ReplTurn) => Partial<ReplTurn>): void => {
    store.update((state) => {
      const turns = state.repl.turns.map((turn) =>
        turn.id === id ? { ...turn, ...part(turn) } : turn,
      );
      return { ...patch(state, 'repl', { turns }), nowMs: host.now() };
    });
  };
  const tell = (answer: ReplAnswer): void => {
    if (answer.kind === 'form') {
      toast(core, 'Here rows are shown as a table, and all of them in the grid.');
      return;
    }
    change(currentId, (turn) => ({ answers: [...turn.answers, answer] }));
  };
  const engine = new ReplEngine({
    session,
    desk,
    commands,
    place: 'pane',
    cwd: session.facts.projectDir,
    maxRows: MAX_ROWS,
    tell,
    emit: () => {},
  });

  const doOne = async (
    entry: Entry,
    signal: AbortSignal,
    onScreenVerb: (verb: Verb) => void,
  ): Promise<void> => {
    if (entry.kind === 'sql') {
      await engine.do(entry, signal);
      return;
    }
    const verb = readVerb(commands, entry.line, 'pane');
    if (verb.kind === 'quit' || SCREEN_VERBS.has(verb.kind)) onScreenVerb(verb);
    else await engine.doVerb(verb, signal);
  };

  const doAll = async (
    id: number,
    entries: readonly Entry[],
    signal: AbortSignal,
    onScreenVerb: (verb: Verb) => void,
  ): Promise<void> => {
    const startedAtMs = host.now();
    currentId = id;
    change(id, () => ({ startedAtMs }));
    let end: Partial<ReplTurn> = {};
    try {
      for (const entry of entries) {
        signal.throwIfAborted();
        await doOne(entry, signal, onScreenVerb);
      }
    } catch (error) {
      end =
        isAbort(error) || signal.aborted ? { isCancelled: true } : { error: diagnosticOf(error) };
    }
    change(id, () => ({ ...end, durationMs: host.now() - startedAtMs }));
  };

  return {
    submit(text, entries, onScreenVerb) {
      lastId += 1;
      const id = lastId;
      const turn: ReplTurn = {
        id,
        text: text.trim(),
        answers: [],
        error: null,
        isCancelled: false,
        startedAtMs: host.now(),
        durationMs: null,
      };
      store.update((state) =>
        patch(state, 'repl', {
          turns: [...state.repl.turns, turn].slice(-MAX_TURNS),
          index: null,
          scroll: 0,
        }),
      );
      const { signal } = controller;
      openCount += 1;
      ended = ended
        .then(() => doAll(id, entries, signal, onScreenVerb))
        .finally(() => {
          openCount -= 1;
          store.update((state) => ({ ...state, version: state.version + 1 }));
        });
    },
    clear() {
      if (openCount > 0) return;
      store.update((state) => patch(state, 'repl', { turns: [], index: null, scroll: 0 }));
    },
    isBusy: () => openCount > 0,
    cancel() {
      if (openCount === 0) return false;
      controller.abort();
      controller = new AbortController();
      return true;
    },
    async close() {
      controller.abort();
      await ended;
    },
  };
}
