/**
 * Changing a notebook as text: its cells are pieces of one file, and each keeps an id while it is moved and changed.
 */
import type { Cell, Notebook } from './notebook.js';

/** A cell's id within one open notebook: a number that is never used twice. */
export type CellKey = number;

/** The text of one cell, from its marker to the next, without blank lines at its end. */
export function cellText({ header, body }: Cell): string {
  return (header + body).trimEnd();
}

/** The file with one cell replaced. An empty text takes the cell away. */
export function withCell(notebook: Notebook, index: number, text: string): string {
  return joined(
    notebook,
    notebook.cells.map((cell) => (cell.index === index ? text : cell.header + cell.body)),
  );
}

/** The file with a cell put before the one at `index`; at the end where there is none. */
export function withNewCell(notebook: Notebook, index: number, text: string): string {
  const texts = notebook.cells.map((cell) => cell.header + cell.body);
  return joined(notebook, [...texts.slice(0, index), text, ...texts.slice(index)]);
}

/** The file with a cell moved to another place. */
export function withMovedCell(notebook: Notebook, from: number, to: number): string {
  return joined(
    notebook,
    moved(
      notebook.cells.map((cell) => cell.header + cell.body),
      from,
      to,
    ),
  );
}

/** A list with one entry moved. */
export function moved<Item>(items: readonly Item[], from: number, to: number): readonly Item[] {
  const rest = items.filter((_, index) => index !== from);
  const item = items[from];
  return item === undefined ? items : [...rest.slice(0, to), item, ...rest.slice(to)];
}

/**
 * Ids for the cells of a changed notebook: cells whose text is the same keep theirs, from both ends; those between take the
 * ids that are left, in order.
 */
export function matchKeys(
  before: { readonly cells: readonly Cell[]; readonly keys: readonly CellKey[] },
  after: readonly Cell[],
  fresh: () => CellKey,
): readonly CellKey[] {
  const old = before.cells.map(cellText);
  const now = after.map(cellText);
  const most = Math.min(old.length, now.length);
  let start = 0;
  while (start < most && old[start] === now[start]) start += 1;
  let end = 0;
  while (end < most - start && old[old.length - 1 - end] === now[now.length - 1 - end]) end += 1;
  const between = before.keys.slice(start, before.keys.length - end);
  return now.map((_, index) => {
    if (index < start) return before.keys[index] ?? fresh();
    const fromEnd = now.length - index;
    if (fromEnd <= end) return before.keys[before.keys.length - fromEnd] ?? fresh();
    return between[index - start] ?? fresh();
  });
}

/** Cells stand apart by a blank line; a cell without a marker can only be the first. */
function joined(notebook: Notebook, texts: readonly string[]): string {
  const kept = texts.filter((text) => text.trim() !== '');
  const pieces = kept.map((text, index) => {
    const marked = index > 0 && !/^--[ \t]*%%/u.test(text) ? `-- %%\n${text}` : text;
    const isLast = index === kept.length - 1;
    if (isLast) return `${marked.trimEnd()}\n`;
    return /\n[ \t]*\r?\n$/u.test(marked) ? marked : `${marked.trimEnd()}\n\n`;
  });
  return notebook.lead + pieces.join('');
}
