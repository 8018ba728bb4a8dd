/**
 * What each colour of the screen means. Drawing code names a token; only this table knows a colour.
 */

/** Looks of one cell. Colours are 0-255 of the terminal's palette; absent means the terminal's own. */
export interface Style {
  readonly fg?: number;
  readonly bg?: number;
  readonly bold?: boolean;
  readonly dim?: boolean;
  readonly italic?: boolean;
  readonly underline?: boolean;
  readonly inverse?: boolean;
}

export type Token =
  | 'text'
  | 'muted'
  | 'strong'
  | 'accent'
  | 'ok'
  | 'warn'
  | 'fail'
  | 'stale'
  | 'never'
  | 'running'
  | 'skipped'
  | 'waiting'
  | 'border'
  | 'borderFocus'
  | 'title'
  | 'titleFocus'
  | 'tab'
  | 'tabActive'
  | 'selected'
  | 'selectedIdle'
  | 'mark'
  | 'match'
  | 'path'
  | 'edge'
  | 'keyword'
  | 'string'
  | 'number'
  | 'comment'
  | 'function'
  | 'jinja'
  | 'null'
  | 'heading'
  | 'key'
  | 'cursor'
  | 'barDone'
  | 'barFail'
  | 'barTodo'
  | 'dialog'
  | 'toastInfo'
  | 'toastError';

// The first sixteen colours are the user's own; beyond them only backgrounds that bring their own foreground.
const TOKENS: Readonly<Record<Token, Style>> = {
  text: {},
  muted: { dim: true },
  strong: { bold: true },
  accent: { fg: 6 },
  ok: { fg: 2 },
  warn: { fg: 3 },
  fail: { fg: 1, bold: true },
  stale: { fg: 3 },
  never: { dim: true },
  running: { fg: 6, bold: true },
  skipped: { fg: 5 },
  waiting: { dim: true },
  border: { dim: true },
  borderFocus: { fg: 6 },
  title: {},
  titleFocus: { fg: 6, bold: true },
  tab: { dim: true },
  tabActive: { fg: 15, bg: 24, bold: true },
  selected: { fg: 15, bg: 24 },
  selectedIdle: { fg: 255, bg: 238 },
  mark: { fg: 5, bold: true },
  match: { fg: 3, bold: true },
  path: { fg: 6, bold: true },
  edge: { dim: true },
  keyword: { fg: 4, bold: true },
  string: { fg: 2 },
  number: { fg: 5 },
  comment: { dim: true, italic: true },
  function: { fg: 6 },
  jinja: { fg: 3 },
  null: { dim: true },
  heading: { bold: true },
  key: { fg: 6, bold: true },
  cursor: { inverse: true },
  barDone: { fg: 2 },
  barFail: { fg: 1 },
  barTodo: { dim: true },
  dialog: { fg: 6 },
  toastInfo: { fg: 15, bg: 24 },
  toastError: { fg: 15, bg: 88, bold: true },
};

/** The looks that a token stands for. */
export function styleOf(token: Token): Style {
  return TOKENS[token];
}
