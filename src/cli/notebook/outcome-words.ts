/**
 * How cells ended, in words: shared by what is printed and what is exported.
 */
import { display } from '../../base/index.js';
import {
  cellLabel,
  chartTitle,
  type CellOutcome,
  type NotebookOutcome,
} from '../../workbench/index.js';
import { counts } from '../print/run-printer.js';

/** `12 rows`, `1 row`, `first 1,000 rows`; of other kinds what they made. Safe for a terminal. */
export function summaryOf({ result, error, status }: CellOutcome): string {
  if (result === null) return status === 'skipped' ? display(error?.message ?? '') : '';
  switch (result.kind) {
    case 'rows': {
      const { rows, isCut } = result.answer;
      const count = counted(rows.length, 'row');
      return isCut ? `first ${count}` : count;
    }
    case 'chart':
      return `${display(chartTitle(result.chart))}${result.chart.isCut ? ' · not all is drawn' : ''}`;
    case 'run': {
      const { pass, warn, error: failed, skip } = counts(result.summary);
      return `${pass} passed, ${warn} warned, ${failed} failed, ${skip} skipped`;
    }
    case 'check': {
      const met = result.expectations.filter(({ isMet }) => isMet).length;
      return `${met} of ${result.expectations.length} met`;
    }
    case 'param':
      return display(`${result.value.name} = ${String(result.value.value)}`);
    case 'markdown':
    case 'nothing':
      return '';
  }
}

/** What a cell is called where it is shown; safe for a terminal. */
export function titleOf({ cell }: CellOutcome): string {
  const name = cell.name === null ? '' : cellLabel(cell);
  switch (cell.kind) {
    case 'sql':
      return display(name === '' ? cellLabel(cell) : name);
    case 'run':
      return display(cell.command);
    case 'check':
      return display(cell.of);
    case 'chart':
    case 'param':
    case 'md':
    case 'unreadable':
      return display(name);
  }
}

/** How many expectations are met, and how many are not. */
export function checkCounts({ cells }: NotebookOutcome): {
  readonly met: number;
  readonly unmet: number;
} {
  const all = cells.flatMap(({ result }) => (result?.kind === 'check' ? result.expectations : []));
  const met = all.filter(({ isMet }) => isMet).length;
  return { met, unmet: all.length - met };
}

/** One line: `9 cells · 3 checks met · 1.2 s`, with what failed where something did. */
export function verdictOf(outcome: NotebookOutcome): string {
  const { met, unmet } = checkCounts(outcome);
  const failed = outcome.cells.filter(({ status }) => status === 'failed').length;
  const skipped = outcome.cells.filter(({ status }) => status === 'skipped').length;
  return [
    counted(outcome.cells.length, 'cell'),
    ...(met > 0 ? [`${counted(met, 'check')} met`] : []),
    ...(unmet > 0 ? [`${counted(unmet, 'check')} not met`] : []),
    ...(failed > 0 ? [`${counted(failed, 'cell')} failed`] : []),
    ...(skipped > 0 ? [`${skipped} skipped`] : []),
    ...(outcome.isCancelled ? ['cancelled'] : []),
    `${(outcome.durationMs / 1000).toFixed(2)}s`,
  ].join(' · ');
}

/** `1 row`, `1,000 rows`. */
export function counted(count: number, what: string): string {
  return `${count.toLocaleString('en-US')} ${what}${count === 1 ? '' : 's'}`;
}
