/**
 * A result as a file: CSV, JSON, Markdown, or Parquet.
 */
import { DagbookError } from '../../base/index.js';
import { writeAtomic } from '../../platform/index.js';
import type { ResultPage } from '../../warehouse/index.js';
import { writeParquet } from './parquet.js';
import { csvHeader, csvRows, formulaCount, markdownLines, rowObjects } from './rows-text.js';

export type ExportFormat = 'csv' | 'json' | 'ndjson' | 'md' | 'parquet';

export interface ExportOptions {
  readonly file: string;
  readonly format: ExportFormat;
  /** Of CSV: see `CsvOptions`. */
  readonly isSafe: boolean;
  readonly signal: AbortSignal;
}

export interface Exported {
  readonly rowCount: number;
  /** Texts in a CSV file that a spreadsheet would take for formulas, and that were written as they are. */
  readonly formulaCount: number;
}

const EXTENSIONS: Readonly<Record<string, ExportFormat>> = {
  csv: 'csv',
  json: 'json',
  ndjson: 'ndjson',
  jsonl: 'ndjson',
  md: 'md',
  markdown: 'md',
  parquet: 'parquet',
};

/** The format that a file's name says. @throws DagbookError export/unknown-format. */
export function formatOf(file: string): ExportFormat {
  const format = EXTENSIONS[/\.(\w+)$/u.exec(file)?.[1]?.toLowerCase() ?? ''];
  if (format !== undefined) return format;
  throw new DagbookError('export/unknown-format', `What ${file} is to be is not known.`, {
    hint: 'Let its name end in .csv, .json, .ndjson, .md or .parquet.',
    exitCode: 1,
  });
}

/**
 * Writes all pages, whole or not at all.
 *
 * @throws DagbookError disk/...; what the pages throw.
 */
export async function exportRows(
  pages: AsyncIterable<ResultPage>,
  options: ExportOptions,
): Promise<Exported> {
  const { file, format, isSafe, signal } = options;
  if (format === 'parquet') {
    return { rowCount: await writeParquet(pages, file, signal), formulaCount: 0 };
  }
  const parts: string[] = [];
  let rowCount = 0;
  let formulas = 0;
  for await (const page of pages) {
    signal.throwIfAborted();
    const isFirst = parts.length === 0;
    if (format === 'csv') {
      if (isFirst) parts.push(`${csvHeader(page, { isSafe })}\n`);
      parts.push(
        csvRows(page, { isSafe })
          .map((line) => `${line}\n`)
          .join(''),
      );
      formulas += isSafe ? 0 : formulaCount(page);
    } else if (format === 'md') {
      parts.push(
        markdownLines(page)
          .slice(isFirst ? 0 : 2)
          .map((line) => `${line}\n`)
          .join(''),
      );
    } else {
      const objects = rowObjects(page).map((object) => JSON.stringify(object));
      if (format === 'ndjson') parts.push(objects.map((line) => `${line}\n`).join(''));
      else parts.push(...objects);
    }
    rowCount += page.rows.length;
  }
  const text = format === 'json' ? `[\n${parts.join(',\n')}\n]\n` : parts.join('');
  writeAtomic(file, text);
  return { rowCount, formulaCount: formulas };
}
