/**
 * Reads a notebook. Lenient: what cannot be read is a diagnostic and an unreadable cell, so that nothing of a file is lost.
 */
import { DagbookError, type Diagnostic, toDiagnostic } from '../../base/index.js';
import { splitStatements } from '../../sql/index.js';
import { readHeader } from './cell-header.js';
import { type Cell, labelOf, type Notebook } from './notebook.js';

/** A line that starts a cell. */
const MARKER = /^--[ \t]*%%(?=[ \t[]|\r?\n?$)(?<rest>.*)/u;
const COMMENT = /^[ \t]*--[ \t]?(?<text>.*)$/u;

interface Chunk {
  readonly header: string;
  readonly rest: string;
  readonly body: string;
  readonly line: number;
}

/**
 * Splits a text into cells.
 *
 * @param file path as shown to the user, for positions.
 */
export function parseNotebook(text: string, file: string): Notebook {
  const [first, ...others] = chunksOf(text);
  const hasLead = first !== undefined && first.header === '' && !holdsSql(first.body);
  const chunks = first === undefined || hasLead ? others : [first, ...others];
  const diagnostics: Diagnostic[] = [];
  const cells: Cell[] = [];
  for (const [index, chunk] of chunks.entries()) {
    const { cell, wrong } = readCell(chunk, index, file, cells);
    cells.push(cell);
    diagnostics.push(...wrong);
  }
  diagnostics.push(...repeatedNames(cells, file));
  return { file, lead: hasLead ? first.body : '', cells, diagnostics };
}

function chunksOf(text: string): readonly Chunk[] {
  const chunks: Chunk[] = [];
  let header = '';
  let rest = '';
  let body = '';
  let start = 1;
  let line = 0;
  for (const [piece] of text.matchAll(/[^\n]*\n|[^\n]+$/gu)) {
    line += 1;
    const marker = MARKER.exec(piece);
    if (marker === null) {
      body += piece;
      continue;
    }
    if (header !== '' || body !== '') chunks.push({ header, rest, body, line: start });
    [header, rest, body, start] = [piece, (marker.groups?.['rest'] ?? '').trim(), '', line];
  }
  if (header !== '' || body !== '') chunks.push({ header, rest, body, line: start });
  return chunks;
}

function readCell(
  chunk: Chunk,
  index: number,
  file: string,
  before: readonly Cell[],
): { readonly cell: Cell; readonly wrong: readonly Diagnostic[] } {
  const { header, rest, body, line } = chunk;
  const fields = { index, header, body, line };
  const position = { file, line, column: 1 };
  try {
    const read = readHeader(rest, { line, before, comments: commentsOf(body, line + 1) });
    const stray = read.kind === 'sql' ? null : strayLine(chunk, read.kind === 'md');
    const cell: Cell =
      read.kind === 'md' ? { ...fields, ...read, text: markdownOf(body) } : { ...fields, ...read };
    const wrong: readonly Diagnostic[] =
      stray === null
        ? []
        : [
            {
              severity: 'error',
              code: 'notebook/stray-sql',
              message: `A cell of kind ${read.kind} holds comments only.`,
              hint: 'Start a query with a line `-- %%` of its own.',
              position: { file, line: stray, column: 1 },
            },
          ];
    return { cell, wrong };
  } catch (error) {
    if (!(error instanceof DagbookError)) throw error;
    return {
      cell: { ...fields, kind: 'unreadable', name: null },
      wrong: [{ ...toDiagnostic(error, error.code), position }],
    };
  }
}

/** Comments of a body, each with its line. */
function commentsOf(
  body: string,
  firstLine: number,
): readonly { readonly text: string; readonly line: number }[] {
  return linesOf(body).flatMap((text, at) => {
    const comment = COMMENT.exec(text)?.groups?.['text'];
    return comment === undefined ? [] : [{ text: comment, line: firstLine + at }];
  });
}

function markdownOf(body: string): string {
  return linesOf(body)
    .map((line) => COMMENT.exec(line)?.groups?.['text'] ?? line)
    .join('\n')
    .trim();
}

/** The first line that is neither blank nor a comment; block comments count as comments but in markdown. */
function strayLine({ header, body, line }: Chunk, isMarkdown: boolean): number | null {
  if (!isMarkdown && !holdsSql(body)) return null;
  const at = linesOf(body).findIndex((text) => text.trim() !== '' && !COMMENT.test(text));
  return at === -1 ? null : line + at + (header === '' ? 0 : 1);
}

function linesOf(text: string): readonly string[] {
  return text.split('\n').map((line) => line.replace(/\r$/u, ''));
}

function holdsSql(text: string): boolean {
  return splitStatements(text).length > 0;
}

function repeatedNames(cells: readonly Cell[], file: string): readonly Diagnostic[] {
  const first = new Map<string, Cell>();
  return cells.flatMap((cell): readonly Diagnostic[] => {
    if (cell.name === null) return [];
    const known = first.get(cell.name.toLowerCase());
    if (known === undefined) {
      first.set(cell.name.toLowerCase(), cell);
      return [];
    }
    return [
      {
        severity: 'error',
        code: 'notebook/repeated-name',
        message: `Two cells are called ${labelOf(cell)}: this one and the one on line ${known.line}.`,
        hint: 'Give one of them another name.',
        position: { file, line: cell.line, column: 1 },
      },
    ];
  });
}
