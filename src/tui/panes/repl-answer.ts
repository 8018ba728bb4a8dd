/**
 * What came of an entry of the REPL, as rows.
 */
import { assertNever } from '../../base/index.js';
import { paintSql, type ReplAnswer } from '../../workbench/index.js';
import { cutEnd, padTo } from '../cells/fit.js';
import { cellWidth } from '../cells/width.js';
import { errorRows } from './loaded-rows.js';
import { changedLine } from './node-diff.js';
import { planSummary } from './plan-rows.js';
import { tableRows } from './result-table.js';
import { piece, type Row, row, wrapped } from './rows.js';
import { plural } from './words.js';

const SHOWN_ROWS = 12;
const MAX_CELL = 60;

export function answerRows(answer: ReplAnswer, width: number): readonly Row[] {
  switch (answer.kind) {
    case 'rows':
      return tableRows(answer.page, {
        width,
        maxRows: SHOWN_ROWS,
        hint: 'ctrl-g shows all in the grid',
      });
    case 'table':
      return textTable(answer.titles, answer.rows, width);
    case 'lines':
      return answer.lines.map((line) => row(line));
    case 'sql':
      return paintSql(answer.sql);
    case 'diff':
      return answer.lines.map(changedLine);
    case 'note':
      return wrapped(answer.text, width, 'muted');
    case 'problem':
      return errorRows(answer.diagnostic, width);
    case 'plan':
      return planSummary(answer.plan, width);
    case 'run': {
      const failed = answer.summary.results.filter(({ status }) => status === 'error').length;
      const count = plural(answer.summary.results.length, 'node');
      return [row(`${count}, ${failed} failed`, failed === 0 ? 'ok' : 'fail')];
    }
    case 'form':
      return [];
    default:
      return assertNever(answer);
  }
}

/** A table of words: every column as wide as its widest, the last one cut at the edge. */
function textTable(
  titles: readonly string[],
  rows: readonly (readonly string[])[],
  width: number,
): readonly Row[] {
  const widths = titles.map((title, column) =>
    Math.min(
      MAX_CELL,
      Math.max(...[title, ...rows.map((line) => line[column] ?? '')].map(cellWidth)),
    ),
  );
  const lineOf = (cells: readonly string[], token: 'heading' | 'text'): Row => {
    let left = width;
    return cells.map((cell, column) => {
      const own = Math.min(widths[column] ?? 0, left);
      left = Math.max(0, left - own - 2);
      return piece(`${padTo(cutEnd(cell, own), own)}  `, token);
    });
  };
  return [lineOf(titles, 'heading'), ...rows.map((cells) => lineOf(cells, 'text'))];
}
