/** Where something stands in a file. */
export interface Position {
  /** Path as shown to the user, relative to the project where it can be, with `/`. */
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  /** 1-based, in UTF-16 units. */
  readonly column: number;
}

/** Prints `file:line:column`, the form that terminals and editors make clickable. */
export function formatPosition(position: Position): string {
  return `${position.file}:${position.line}:${position.column}`;
}

/**
 * Turns an offset into a position.
 *
 * @param offset UTF-16 units from the start of `text`; beyond the end counts as the end.
 */
export function positionAt(file: string, text: string, offset: number): Position {
  const end = Math.max(0, Math.min(offset, text.length));
  let line = 1;
  let lineStart = 0;
  for (let at = text.indexOf('\n'); at !== -1 && at < end; at = text.indexOf('\n', at + 1)) {
    line += 1;
    lineStart = at + 1;
  }
  return { file, line, column: end - lineStart + 1 };
}
