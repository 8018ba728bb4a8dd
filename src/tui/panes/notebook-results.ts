/**
 * What a cell gave, as rows: a table, a picture, a verdict, words.
 */
import { assertNever } from '../../base/index.js';
import {
  type NotebookCell as Cell,
  type CellView,
  drawChart,
  type OpenNotebook,
  type Workbench,
} from '../../workbench/index.js';
import { errorRows } from './loaded-rows.js';
import { tableRows } from './result-table.js';
import { piece, type Row, row, wrapped } from './rows.js';

/** Rows of a query that a cell shows; the grid shows all. */
const SHOWN_ROWS = 8;

/** Rows of the result, or of what a cell without one says. */
export function resultRows(
  workbench: Workbench,
  open: OpenNotebook,
  cell: Cell,
  { outcome }: CellView,
  width: number,
): readonly Row[] {
  if (cell.kind === 'param') return parameterRows(open, cell);
  if (cell.kind === 'md' && outcome?.result?.kind !== 'markdown')
    return markdownRows(cell.text, width);
  if (outcome === null) {
    if (cell.kind === 'chart') return [row('r draws it', 'muted')];
    if (cell.kind === 'check') return cell.expectations.map(({ text }) => row(`○ expect ${text}`));
    if (cell.kind === 'run')
      return [row('r runs it: it writes, so it never runs by itself', 'muted')];
    return [];
  }
  const { result, error } = outcome;
  const shown = result === null ? [] : rowsOf(workbench, result, width);
  return error === null ? shown : [...shown, ...errorRows(error, width)];
}

function rowsOf(
  workbench: Workbench,
  result: NonNullable<NonNullable<CellView['outcome']>['result']>,
  width: number,
): readonly Row[] {
  switch (result.kind) {
    case 'rows':
      return tableRows(result.answer, { width, maxRows: SHOWN_ROWS, hint: 'v shows all' });
    case 'chart':
      return drawChart(result.chart, Math.max(40, width)).map((line) => row(line, 'accent'));
    case 'check':
      return result.expectations.map(({ text, isMet, found }): Row => [
        piece(isMet ? '✓ ' : '✗ ', isMet ? 'ok' : 'fail'),
        piece(`expect ${text}`),
        piece(isMet ? '' : `  found ${found}`, 'fail'),
      ]);
    case 'run':
      return runRows(workbench, result.summary.results);
    case 'markdown':
      return markdownRows(result.text, width);
    case 'param':
    case 'nothing':
      return [];
    default:
      return assertNever(result);
  }
}

function parameterRows(
  open: OpenNotebook,
  cell: Extract<Cell, { readonly kind: 'param' }>,
): readonly Row[] {
  const given = open.given.get(cell.name.toLowerCase());
  const value = given ?? cell.fallback;
  return [
    [
      piece('value ', 'muted'),
      piece(value ?? 'none yet', value === null ? 'warn' : 'strong'),
      piece(given === undefined ? '' : `  in the file: ${cell.fallback ?? 'none'}`, 'muted'),
      piece('   enter gives another', 'muted'),
    ],
  ];
}

/** Headings bold, lists with their bullets, everything else as it is. */
function markdownRows(text: string, width: number): readonly Row[] {
  return blocksOf(text).flatMap((line): readonly Row[] => {
    const heading = /^#{1,6}\s+(?<words>.*)$/u.exec(line)?.groups?.['words'];
    if (heading !== undefined) return wrapped(heading, width, 'titleFocus');
    const item = /^(?<indent>\s*)[-*]\s+(?<words>.*)$/u.exec(line)?.groups;
    if (item !== undefined)
      return wrapped(`${item['indent'] ?? ''}• ${item['words'] ?? ''}`, width);
    return wrapped(line.replaceAll(/[*_`]{1,2}(?=\S)|(?<=\S)[*_`]{1,2}/gu, ''), width);
  });
}

/** Lines of Markdown; those of a paragraph flow together: a break within one is the editor's, not the reader's. */
function blocksOf(text: string): readonly string[] {
  const blocks: string[] = [];
  let isParagraph = false;
  for (const line of text.split('\n')) {
    const isOwn = line.trim() === '' || /^\s*(?:#{1,6} |[-*+>|] ?|\d+\. )/u.test(line);
    if (isParagraph && !isOwn) blocks.push(`${blocks.pop() ?? ''} ${line.trim()}`);
    else blocks.push(line);
    isParagraph = !isOwn;
  }
  return blocks;
}

function runRows(
  workbench: Workbench,
  results: readonly {
    readonly nodeId: string;
    readonly status: string;
    readonly message: string | null;
  }[],
): readonly Row[] {
  const counts = new Map<string, number>();
  for (const { status } of results) counts.set(status, (counts.get(status) ?? 0) + 1);
  const told = [...counts].map(([status, count]) => `${count} ${status}`).join(' · ');
  const broken = results.filter(({ status }) =>
    ['error', 'fail', 'runtime error'].includes(status),
  );
  const { nodes } = workbench.session.manifest;
  return [
    row(told === '' ? 'nothing was run' : told, broken.length === 0 ? 'ok' : 'fail'),
    ...broken.slice(0, 5).map(({ nodeId, message }) => {
      const name = [...nodes.values()].find(({ id }) => id === nodeId)?.name ?? nodeId;
      return row(`✗ ${name}: ${(message ?? '').split('\n')[0] ?? ''}`, 'fail');
    }),
  ];
}
