/**
 * The notebook on the screen: opened, changed, run cell by cell, saved.
 */
import { DagbookError } from '../../base/index.js';
import {
  absolutePath,
  isFile,
  joinPath,
  listFiles,
  readText,
  writeAtomic,
} from '../../platform/index.js';
import { type Core, showError, toast } from '../core.js';
import {
  type CellKey,
  matchKeys,
  moved,
  withCell,
  withMovedCell,
  withNewCell,
} from '../notebook/edit-notebook.js';
import { liveGraph } from '../notebook/live-graph.js';
import type { OpenNotebook } from '../notebook/notebook-state.js';
import { parseNotebook } from '../notebook/parse-notebook.js';
import { goTo, patch } from '../state.js';
import type { CellQueue } from './cell-queue.js';

export interface NotebookDesk {
  /** Notebooks of the project, as paths from its folder, sorted. */
  list(): readonly string[];
  /** Opens a notebook, or a new one of that name; changes that were not saved stop it. */
  open(file: string): void;
  /** Opens a notebook that is on no disk yet. */
  create(file: string, text: string): void;
  /** Puts the text of a cell in the place of what it says. */
  replace(index: number, text: string): void;
  insert(index: number, text: string): void;
  remove(index: number): void;
  move(from: number, to: number): void;
  /** False if there is nothing to take back. */
  undo(): boolean;
  redo(): boolean;
  /** Gives a parameter a value, for this session only. */
  give(name: string, value: string): void;
  /** Saves it; under another name if one is given, from then on. */
  save(name?: string): void;
  /** Looks again at what is stale: the project or the warehouse has changed. */
  refresh(): void;
}

const MAX_PAST = 100;

export function createNotebookDesk(core: Core, queue: CellQueue): NotebookDesk {
  const { session, store } = core;
  let lastKey = 0;
  const freshKey = (): CellKey => (lastKey += 1);

  const put = (open: OpenNotebook | null, index?: number): void => {
    store.update((state) =>
      patch(state, 'notebook', {
        open,
        index: Math.max(
          0,
          Math.min(index ?? state.notebook.index, (open?.notebook.cells.length ?? 1) - 1),
        ),
        scroll: 0,
      }),
    );
    queue.react();
  };

  /** @param keys ids of the cells, if they are known. */
  const changed = (
    open: OpenNotebook,
    text: string,
    keys: readonly CellKey[] | null = null,
  ): OpenNotebook => {
    const notebook = parseNotebook(text, open.file);
    const before = { cells: open.notebook.cells, keys: open.keys };
    return {
      ...open,
      text,
      notebook,
      keys:
        keys !== null && keys.length === notebook.cells.length
          ? keys
          : matchKeys(before, notebook.cells, freshKey),
      fault: liveGraph(notebook, open.given, session).fault,
    };
  };

  const change = (
    text: string,
    options: { readonly keys?: readonly CellKey[]; readonly index?: number } = {},
  ): void => {
    const { open } = store.get().notebook;
    if (open === null || text === open.text) return;
    const past = [...open.past, open.text].slice(-MAX_PAST);
    put({ ...changed(open, text, options.keys ?? null), past, future: [] }, options.index);
  };

  const show = (file: string, text: string, savedText: string | null): void => {
    const notebook = parseNotebook(text, file);
    core.settings.rememberNotebook(file);
    store.update((state) => goTo({ ...state, overlay: null }, 'notebook'));
    put(
      {
        file,
        text,
        savedText,
        notebook,
        keys: notebook.cells.map(freshKey),
        views: new Map(),
        given: new Map(),
        fault: liveGraph(notebook, new Map(), session).fault,
        past: [],
        future: [],
      },
      0,
    );
  };

  const hasUnsaved = (): boolean => {
    const { open } = store.get().notebook;
    if (open === null || open.text === open.savedText) return false;
    toast(core, `${open.file} has changes that are not saved: w saves them, u undoes.`, 'error');
    return true;
  };

  const pathOf = (file: string): string => absolutePath(file, session.facts.projectDir);

  return {
    list() {
      const folder = joinPath(session.facts.projectDir, 'notebooks');
      return listFiles(folder)
        .map(({ path }) => path)
        .filter((path) => path.endsWith('.sql'))
        .map((path) => `notebooks/${path}`)
        .toSorted();
    },
    open(file) {
      const { open } = store.get().notebook;
      if (open?.file === file && open.text !== open.savedText) {
        store.update((state) => goTo({ ...state, overlay: null }, 'notebook'));
        return;
      }
      if (hasUnsaved()) return;
      try {
        if (isFile(pathOf(file))) {
          const text = readText(pathOf(file));
          show(file, text, text);
        } else show(file, '-- %%\n', null);
      } catch (error) {
        showError(core, 'notebook', error);
      }
    },
    create(file, text) {
      if (!hasUnsaved()) show(file, text, null);
    },
    replace(index, text) {
      const { open } = store.get().notebook;
      if (open !== null) change(withCell(open.notebook, index, text), { index });
    },
    insert(index, text) {
      const { open } = store.get().notebook;
      if (open === null) return;
      const keys = [...open.keys.slice(0, index), freshKey(), ...open.keys.slice(index)];
      change(withNewCell(open.notebook, index, text), { keys, index });
    },
    remove(index) {
      const { open } = store.get().notebook;
      if (open === null) return;
      const keys = open.keys.filter((_, at) => at !== index);
      change(withCell(open.notebook, index, ''), { keys });
    },
    move(from, to) {
      const { open } = store.get().notebook;
      if (open === null || to < 0 || to >= open.keys.length) return;
      const keys = moved(open.keys, from, to);
      change(withMovedCell(open.notebook, from, to), { keys, index: to });
    },
    undo() {
      const { open } = store.get().notebook;
      const text = open?.past.at(-1);
      if (open === null || text === undefined) return false;
      const future = [open.text, ...open.future];
      put({ ...changed(open, text), past: open.past.slice(0, -1), future });
      return true;
    },
    redo() {
      const { open } = store.get().notebook;
      const text = open?.future[0];
      if (open === null || text === undefined) return false;
      const past = [...open.past, open.text];
      put({ ...changed(open, text), past, future: open.future.slice(1) });
      return true;
    },
    give(name, value) {
      const { open } = store.get().notebook;
      if (open === null) return;
      const given = new Map(open.given).set(name.toLowerCase(), value);
      put({ ...open, given, fault: liveGraph(open.notebook, given, session).fault });
    },
    save(name) {
      const { open: shown } = store.get().notebook;
      if (shown === null) {
        toast(core, 'No notebook is open: 5 opens one.', 'error');
        return;
      }
      const file = name === undefined || name.endsWith('.sql') ? name : `${name}.sql`;
      const open = file === undefined ? shown : { ...shown, file, savedText: null };
      try {
        const onDisk = isFile(pathOf(open.file)) ? readText(pathOf(open.file)) : null;
        if (onDisk !== open.savedText && onDisk !== open.text) {
          throw new DagbookError(
            'notebook/changed-on-disk',
            `${open.file} was changed by somebody else meanwhile.`,
            { hint: 'Save this one under another name: `:save notebooks/OTHER.sql`.' },
          );
        }
        writeAtomic(pathOf(open.file), open.text);
        store.update((state) =>
          patch(state, 'notebook', { open: { ...open, savedText: open.text } }),
        );
        toast(core, `Saved ${open.file}.`);
      } catch (error) {
        showError(core, 'notebook', error);
      }
    },
    refresh: () => queue.react(),
  };
}
