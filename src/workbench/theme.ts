/**
 * What each colour of the screen means. Drawing code names a token; only the themes know a colour. A state is told by its shape
 * too: nothing is said by colour alone.
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

/** The looks of a theme, one a token. */
export type ThemeTokens = Readonly<Record<Token, Style>>;
