/**
 * A notebook's outcome on the command line: cell by cell as they end, or as one JSON document.
 */
import { displayLines, formatDiagnostic } from '../../base/index.js';
import {
  type CellOutcome,
  drawChart,
  isAllWell,
  jsonCell,
  type NotebookOutcome,
} from '../../workbench/index.js';
import type { Io } from '../io.js';
import { renderGlance } from '../print/table.js';
import { checkCounts, summaryOf, titleOf, verdictOf } from './outcome-words.js';

/** Rows of a cell that are printed; the rest is counted. */
const ROWS = 20;

/** Lines of one cell. Everything in them is safe for a terminal. */
export function outcomeLines(outcome: CellOutcome, io: Io, width: number): readonly string[] {
  const { cell, result, error, status } = outcome;
  const { style } = io;
  if (cell.kind === 'md' && result?.kind === 'markdown') return [displayLines(result.text), ''];
  if (cell.kind === 'sql' && result?.kind === 'nothing') return [];
  const mark =
    status === 'ok' ? style.green('✓') : status === 'failed' ? style.red('✗') : style.yellow('⊘');
  const words = [cell.kind === 'sql' ? '' : cell.kind, titleOf(outcome)].filter(
    (one) => one !== '',
  );
  const isAsked = outcome.sql !== null || cell.kind === 'run';
  const time = !isAsked ? [] : [`${(outcome.durationMs / 1000).toFixed(2)}s`];
  const facts = [summaryOf(outcome), ...time].filter((one) => one !== '').join(' · ');
  const head = `${mark} ${style.bold(words.join(' '))}${facts === '' ? '' : style.dim(` · ${facts}`)}`;
  const failure =
    error === null || status === 'skipped'
      ? []
      : [style.red(displayLines(formatDiagnostic(error)))];
  return [head, ...failure, ...bodyLines(outcome, io, width), ''];
}

function bodyLines({ result }: CellOutcome, io: Io, width: number): readonly string[] {
  switch (result?.kind) {
    case 'rows': {
      const { columns, rows } = result.answer;
      if (rows.length === 0) return [];
      const shown = rows.slice(0, ROWS);
      const more = rows.length - shown.length;
      return [
        renderGlance({ columns, rows: shown }, io, { width }),
        ...(more > 0 ? [io.style.dim(`… and ${more.toLocaleString('en-US')} more rows`)] : []),
      ];
    }
    case 'chart':
      return drawChart(result.chart, width);
    case 'check':
      return result.expectations.map(({ text, isMet, found }) => {
        const mark = isMet ? io.style.green('✓') : io.style.red('✗');
        return `  ${mark} ${displayLines(text)}${io.style.dim(`: ${found}`)}`;
      });
    case 'run':
      return result.summary.results
        .filter(({ status }) => ['error', 'fail', 'runtime error'].includes(status))
        .map(({ nodeId, message, failure }) =>
          io.style.red(`  ${displayLines(`${nodeId}: ${failure?.message ?? message ?? ''}`)}`),
        );
    case 'markdown':
    case 'param':
    case 'nothing':
    case undefined:
      return [];
  }
}

/** The last line: what came of it. */
export function verdictLine(outcome: NotebookOutcome, io: Io): string {
  const paint = isAllWell(outcome) ? io.style.green : io.style.red;
  return paint(verdictOf(outcome));
}

/** The outcome as one JSON document, texts as they are. */
export function outcomeJson(outcome: NotebookOutcome): string {
  const document = {
    notebook: outcome.notebook.file,
    status: outcome.isCancelled ? 'cancelled' : isAllWell(outcome) ? 'ok' : 'failed',
    duration_ms: Math.round(outcome.durationMs),
    parameters: Object.fromEntries(outcome.parameters.map(({ name, value }) => [name, value])),
    checks: checkCounts(outcome),
    cells: outcome.cells.map((one) => ({
      index: one.cell.index + 1,
      kind: one.cell.kind,
      name: one.cell.name,
      line: one.cell.line,
      status: one.status,
      duration_ms: Math.round(one.durationMs),
      hash: one.hash,
      sql: one.sql,
      error: one.error,
      ...resultJson(one),
    })),
  };
  return JSON.stringify(document, null, 2);
}

function resultJson({ result }: CellOutcome): object {
  switch (result?.kind) {
    case 'rows': {
      const { columns, rows, isCut } = result.answer;
      return {
        columns: columns.map(({ name, typeName }) => ({ name, type: typeName })),
        rows: rows.map((row) => row.map(jsonCell)),
        is_cut: isCut,
      };
    }
    case 'chart':
      return { chart: result.chart };
    case 'check':
      return { expectations: result.expectations };
    case 'run': {
      const { command, results } = result.summary;
      return {
        run: {
          command,
          results: results.map(({ nodeId, status, message }) => ({ nodeId, status, message })),
        },
      };
    }
    case 'markdown':
      return { text: result.text };
    case 'param':
      return { value: result.value.value };
    case 'nothing':
    case undefined:
      return {};
  }
}
