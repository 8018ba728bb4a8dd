/**
 * What a session of the REPL writes: the rows of its last query, and itself as a notebook.
 */
import { DagbookError } from '../../base/index.js';
import { absolutePath, isFile, writeAtomic } from '../../platform/index.js';
import { exportRows, formatOf } from '../data/export-rows.js';
import type { Desk } from '../metadata/ask.js';
import { type Asked, sessionNotebook } from './session-notebook.js';

const PAGE_ROWS = 5000;

export interface ExportRequest {
  readonly desk: Desk;
  readonly sql: string;
  /** A path and flags: `--replace`, `--csv-safe`. */
  readonly words: readonly string[];
  /** Folder that the path is named from. */
  readonly cwd: string;
  readonly signal: AbortSignal;
}

/**
 * Writes all rows of a query, whatever was read of it.
 *
 * @returns what to say of it.
 * @throws DagbookError repl/file-exists; what the warehouse and the disk throw.
 */
export async function exportAsked(request: ExportRequest): Promise<readonly string[]> {
  const { desk, sql, words, cwd, signal } = request;
  const path = words.find((word) => !word.startsWith('--')) ?? '';
  const format = formatOf(path);
  const file = absolutePath(path, cwd);
  if (isFile(file) && !words.includes('--replace')) {
    throw new DagbookError('repl/file-exists', `${file} is there already.`, {
      hint: 'Choose another name, or write over it with --replace.',
      exitCode: 1,
    });
  }
  const pages = desk.stream(sql, { signal, pageRows: PAGE_ROWS });
  const isSafe = words.includes('--csv-safe');
  const { rowCount, formulaCount } = await exportRows(pages, { file, format, isSafe, signal });
  const wrote = `Wrote ${rowCount} ${rowCount === 1 ? 'row' : 'rows'} to ${file}.`;
  if (formulaCount === 0) return [wrote];
  const cells = `${formulaCount} ${formulaCount === 1 ? 'cell' : 'cells'}`;
  return [
    wrote,
    `${cells} with the beginning of a formula: for a spreadsheet write it with --csv-safe.`,
  ];
}

/** Writes what was asked as a notebook, never over another file. @returns the file. @throws DagbookError repl/no-query, repl/file-exists. */
export function saveAsked(
  asked: readonly Asked[],
  { title, path, cwd }: { readonly title: string; readonly path: string; readonly cwd: string },
): string {
  const file = absolutePath(path.endsWith('.sql') ? path : `${path}.sql`, cwd);
  if (asked.length === 0)
    throw new DagbookError('repl/no-query', 'Nothing was asked yet.', { exitCode: 1 });
  if (isFile(file)) {
    throw new DagbookError('repl/file-exists', `${file} is there already.`, {
      hint: 'Choose another name.',
      exitCode: 1,
    });
  }
  writeAtomic(file, sessionNotebook(asked, title));
  return file;
}
