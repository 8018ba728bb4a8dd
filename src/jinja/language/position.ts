/**
 * Offsets of a template as places in its file.
 */
import { type Position, positionAt } from '../../base/index.js';

/** A text and where it stands in its file. */
export interface SourceText {
  readonly name: string;
  readonly firstLine: number;
  readonly source: string;
}

/** The place of an offset in the file that the text came from. */
export function positionIn(text: SourceText, at: number): Position {
  const { file, line, column } = positionAt(text.name, text.source, at);
  return { file, line: line + text.firstLine - 1, column };
}
