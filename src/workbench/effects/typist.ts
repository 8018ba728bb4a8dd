/**
 * Helps whoever types SQL: offers what may come next, keeps what was typed before each change.
 */
import type { Command } from '../command.js';
import { type Core, showError } from '../core.js';
import { complete } from '../repl/complete.js';
import { completionFacts } from '../repl/completion-facts.js';
import type { OfferedWords, Overlay } from '../overlay.js';
import { verbsOf } from '../repl/verb.js';
import type { TextField } from '../text-field.js';

export interface Typist {
  /** Takes a changed field of a query or a cell, and looks for what may come next. */
  type(field: TextField): void;
  /** Puts the word that is chosen, or the first one, in the place of the one that was begun; false if none is offered. */
  accept(): boolean;
  /** Accepts once what was typed last has been looked up; does something else if nothing is offered then. */
  acceptSoon(otherwise: () => void): void;
  /** Chooses another word; false if none is offered. */
  choose(by: 1 | -1): boolean;
  /** Stops offering; false if nothing was offered. */
  dismiss(): boolean;
  undo(): void;
  redo(): void;
  /** Forgets the columns: the project has changed. */
  forget(): void;
}

type Typing = Extract<Overlay, { readonly completion: unknown }>;

const MAX_OFFERED = 50;
const MAX_PAST = 300;

/** @param commands whose verbs may be typed at the prompt of the REPL. */
export function createTypist(core: Core, commands: readonly Command[]): Typist {
  const { session, store } = core;

  const typing = (): Typing | null => {
    const { overlay } = store.get();
    return overlay !== null && 'completion' in overlay ? overlay : null;
  };
  const put = (change: Partial<Pick<Typing, 'field' | 'completion'>>): void => {
    store.update((state) => {
      const { overlay } = state;
      return overlay !== null && 'completion' in overlay
        ? { ...state, overlay: { ...overlay, ...change } }
        : state;
    });
  };

  const facts = completionFacts(
    session,
    verbsOf(commands, 'pane').map(({ name }) => name),
    (kind) => cellNames(core, kind),
  );

  let looking: Promise<void> = Promise.resolve();

  const offer = async (field: TextField): Promise<void> => {
    const before = field.text.slice(0, field.cursor);
    const { word, matches } = await complete(before, field.text, facts);
    if (typing()?.field !== field) return;
    const others = matches.filter((match) => match !== word).slice(0, MAX_OFFERED);
    const isWanted = others.length > 0 && (word !== '' || /[.'"]$/u.test(before));
    const completion: OfferedWords | null = isWanted ? { word, matches: others, index: -1 } : null;
    put({ completion });
  };

  const change = (field: TextField): void => {
    store.update((state) => {
      const { overlay } = state;
      if (overlay === null || !('past' in overlay)) return state;
      const past = isWorthUndoing(overlay.field, field)
        ? [...overlay.past, overlay.field].slice(-MAX_PAST)
        : overlay.past;
      const future = field.text === overlay.field.text ? overlay.future : [];
      return { ...state, overlay: { ...overlay, field, past, future, completion: null } };
    });
    put({ field, completion: null });
    looking = offer(field).catch((error: unknown) => showError(core, 'completion', error));
  };

  const accept = (): boolean => {
    const overlay = typing();
    const completion = overlay?.completion ?? null;
    if (overlay === null || completion === null) return false;
    const match = completion.matches[Math.max(0, completion.index)] ?? '';
    const { text, cursor } = overlay.field;
    const start = cursor - completion.word.length;
    const field = {
      text: text.slice(0, start) + match + text.slice(cursor),
      cursor: start + match.length,
    };
    change(field);
    return true;
  };

  return {
    type: change,
    accept,
    acceptSoon(otherwise) {
      if (accept()) return;
      const field = typing()?.field;
      // Keys may come faster than what they mean can be looked up.
      void looking.then(() => {
        if (typing()?.field === field && !accept()) otherwise();
      });
    },
    choose(by) {
      const completion = typing()?.completion ?? null;
      if (completion === null) return false;
      const index = Math.max(-1, Math.min(completion.matches.length - 1, completion.index + by));
      put({ completion: { ...completion, index } });
      return true;
    },
    dismiss() {
      if ((typing()?.completion ?? null) === null) return false;
      put({ completion: null });
      return true;
    },
    undo() {
      store.update((state) => {
        const { overlay } = state;
        if (overlay === null || !('past' in overlay)) return state;
        const field = overlay.past.at(-1);
        if (field === undefined) return state;
        const future = [overlay.field, ...overlay.future];
        const past = overlay.past.slice(0, -1);
        return { ...state, overlay: { ...overlay, field, past, future, completion: null } };
      });
    },
    redo() {
      store.update((state) => {
        const { overlay } = state;
        if (overlay === null || !('past' in overlay)) return state;
        const [field] = overlay.future;
        if (field === undefined) return state;
        const past = [...overlay.past, overlay.field];
        const future = overlay.future.slice(1);
        return { ...state, overlay: { ...overlay, field, past, future, completion: null } };
      });
    },
    forget: () => facts.forget(),
  };
}

/** Letters typed one after another are taken back together, word by word; moving the cursor is no change. */
function isWorthUndoing(before: TextField, after: TextField): boolean {
  if (before.text === after.text) return false;
  const isLetter =
    after.text.length === before.text.length + 1 && after.cursor === before.cursor + 1;
  return !isLetter || /[\s(,]/u.test(after.text[before.cursor] ?? '') || before.text === '';
}

function cellNames({ store }: Core, kind: 'sql' | 'param'): readonly string[] {
  const { open } = store.get().notebook;
  return (open?.notebook.cells ?? []).flatMap((cell) =>
    cell.kind === kind && cell.name !== null ? [cell.name] : [],
  );
}
