/**
 * SQL with Jinja as coloured pieces, line by line. Colours only: what a text means is the parsers' business.
 */
import { highlightSql } from '../sql/index.js';
import type { Token } from './theme.js';

export interface Piece {
  readonly text: string;
  readonly token: Token;
}

type SpanKind = ReturnType<typeof highlightSql>[number]['kind'];

const TOKENS: Readonly<Record<SpanKind, Token>> = {
  keyword: 'keyword',
  function: 'function',
  name: 'text',
  string: 'string',
  number: 'number',
  operator: 'text',
  comment: 'comment',
  space: 'text',
  jinja: 'jinja',
};

/** The lines of a text, each as pieces that together are the line, tabs as four spaces. */
export function paintSql(text: string): readonly (readonly Piece[])[] {
  const lines: Piece[][] = [[]];
  for (const span of highlightSql(text)) {
    const token = TOKENS[span.kind];
    for (const [index, part] of span.text.split('\n').entries()) {
      if (index > 0) lines.push([]);
      if (part !== '') lines.at(-1)?.push({ text: part.replaceAll('\t', '    '), token });
    }
  }
  return lines;
}
