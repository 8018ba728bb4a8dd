/**
 * A text that is being typed: the text, the cursor, and what each editing key does to them.
 */

export interface TextField {
  readonly text: string;
  /** UTF-16 offset of the cursor, always between graphemes. */
  readonly cursor: number;
}

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** A field with the cursor at the end. */
export function fieldOf(text: string): TextField {
  return { text, cursor: text.length };
}

/** Puts text at the cursor. */
export function insertText(field: TextField, text: string): TextField {
  return {
    text: field.text.slice(0, field.cursor) + text + field.text.slice(field.cursor),
    cursor: field.cursor + text.length,
  };
}

/** What a key does to a field; null if it is no editing key. */
export function editField(field: TextField, key: string): TextField | null {
  const { text, cursor } = field;
  switch (key) {
    case 'left':
    case 'ctrl-b':
      return { text, cursor: previous(text, cursor) };
    case 'right':
    case 'ctrl-f':
      return { text, cursor: next(text, cursor) };
    case 'alt-b':
    case 'ctrl-left':
    case 'alt-left':
      return { text, cursor: wordStart(text, cursor) };
    case 'alt-f':
    case 'ctrl-right':
    case 'alt-right':
      return { text, cursor: wordEnd(text, cursor) };
    case 'home':
    case 'ctrl-a':
      return { text, cursor: text.lastIndexOf('\n', cursor - 1) + 1 };
    case 'end':
    case 'ctrl-e':
      return { text, cursor: lineEnd(text, cursor) };
    case 'backspace':
      return cut(field, previous(text, cursor), cursor);
    case 'delete':
    case 'ctrl-d':
      return cut(field, cursor, next(text, cursor));
    case 'ctrl-w':
    case 'alt-backspace':
    case 'ctrl-backspace':
      return cut(field, wordStart(text, cursor), cursor);
    case 'alt-d':
      return cut(field, cursor, wordEnd(text, cursor));
    case 'ctrl-u':
      return cut(field, text.lastIndexOf('\n', cursor - 1) + 1, cursor);
    case 'ctrl-k':
      return cut(field, cursor, lineEnd(text, cursor));
    default:
      return null;
  }
}

/** Moves the cursor to the row above or below in a field of several lines; null at the first or last. */
export function moveLine(field: TextField, by: -1 | 1): TextField | null {
  const { text, cursor } = field;
  const start = text.lastIndexOf('\n', cursor - 1) + 1;
  const column = cursor - start;
  if (by === -1) {
    if (start === 0) return null;
    const above = text.lastIndexOf('\n', start - 2) + 1;
    return { text, cursor: Math.min(above + column, start - 1) };
  }
  const end = lineEnd(text, cursor);
  if (end === text.length) return null;
  return { text, cursor: Math.min(end + 1 + column, lineEnd(text, end + 1)) };
}

function cut(field: TextField, from: number, to: number): TextField {
  return { text: field.text.slice(0, from) + field.text.slice(to), cursor: from };
}

function previous(text: string, cursor: number): number {
  let start = 0;
  for (const { index } of segmenter.segment(text.slice(0, cursor))) start = index;
  return start;
}

function next(text: string, cursor: number): number {
  const [first] = segmenter.segment(text.slice(cursor));
  return cursor + (first?.segment.length ?? 0);
}

function wordStart(text: string, cursor: number): number {
  return /[\w]*[^\w]*$/u.exec(text.slice(0, cursor))?.index ?? 0;
}

function wordEnd(text: string, cursor: number): number {
  return cursor + (/^[^\w]*[\w]*/u.exec(text.slice(cursor))?.[0].length ?? 0);
}

function lineEnd(text: string, cursor: number): number {
  const end = text.indexOf('\n', cursor);
  return end === -1 ? text.length : end;
}
