/**
 * A notebook's outcome as a document: one HTML file that needs nothing beside it, or Markdown.
 *
 * Autoescape is on for both: Markdown may hold HTML, so what comes from data stands there escaped too, and in `<pre>`
 * where its spaces matter.
 */
import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { display, displayLines, formatDiagnostic } from '../../base/index.js';
import type { SessionFacts } from '../../session/index.js';
import type { Cell } from '../../warehouse/index.js';
import {
  type CellOutcome,
  chartTitle,
  drawChart,
  isAllWell,
  type NotebookOutcome,
} from '../../workbench/index.js';
import { asHtml, escapeHtml, type Html } from '../docs/html.js';
import { highlightSqlHtml } from '../docs/highlight.js';
import { renderMarkdown } from '../docs/markdown.js';
import { rendererOf } from '../render-template.js';
import { chartPicture, PLOT_X } from './chart-picture.js';
import { summaryOf, titleOf, verdictOf } from './outcome-words.js';
import { HTML_TEMPLATE, MARKDOWN_TEMPLATE, NOTEBOOK_STYLE } from './templates.js';

/** Rows of a cell that a document shows; the rest is counted. */
const ROWS = 200;
const CHART_WIDTH = 90;

/** Renders the document. */
export function renderNotebook(
  outcome: NotebookOutcome,
  facts: SessionFacts,
  format: 'html' | 'md',
): string {
  const view = {
    title: basename(outcome.notebook.file, '.sql'),
    file: outcome.notebook.file,
    project: facts.projectName,
    target: facts.targetName,
    engine: facts.engine,
    isWell: isAllWell(outcome),
    verdict: verdictOf(outcome),
    cells: outcome.cells
      .filter(({ result }) => result?.kind !== 'nothing')
      .map((one) => ({
        ...shared(one),
        ...(format === 'html' ? htmlParts(one) : markdownParts(one)),
      })),
  };
  const render = rendererOf(
    { html: HTML_TEMPLATE, md: MARKDOWN_TEMPLATE },
    { dropsIndentation: format === 'html' },
  );
  return render(format, {
    ...view,
    policy: policyOf(NOTEBOOK_STYLE),
    styleHtml: asHtml(NOTEBOOK_STYLE),
    plotX: PLOT_X,
  }).trimEnd();
}

function shared(outcome: CellOutcome): object {
  const { cell, result, error, status, sql } = outcome;
  return {
    kind: cell.kind,
    status,
    title: titleOf(outcome),
    summary: summaryOf(outcome),
    error: error === null || status === 'skipped' ? null : displayLines(formatDiagnostic(error)),
    sql: sql === null ? null : displayLines(sql),
    chart: result?.kind === 'chart' ? chartTitle(result.chart) : null,
    checks:
      result?.kind === 'check'
        ? result.expectations.map((one) => ({ ...one, text: display(one.text) }))
        : null,
  };
}

function htmlParts({ result, sql }: CellOutcome): object {
  return {
    markdownHtml: result?.kind === 'markdown' ? renderMarkdown(result.text) : null,
    sqlHtml: sql === null ? null : highlightSqlHtml(displayLines(sql)),
    picture: result?.kind === 'chart' ? chartPicture(result.chart) : null,
    table: tableOf(result, (text) => text),
  };
}

function markdownParts({ result }: CellOutcome): object {
  return {
    // The author's own words, which are Markdown already.
    markdownHtml: result?.kind === 'markdown' ? asHtml(displayLines(result.text)) : null,
    lines: result?.kind === 'chart' ? drawChart(result.chart, CHART_WIDTH).join('\n') : null,
    table: tableOf(result, markdownCell),
  };
}

function tableOf(result: CellOutcome['result'], written: (text: string) => string): object | null {
  if (result?.kind !== 'rows' || result.answer.columns.length === 0) return null;
  const { columns, rows } = result.answer;
  return {
    columns: columns.map(({ name, kind }) => ({
      name: written(display(name)),
      isRight: kind === 'integer' || kind === 'decimal' || kind === 'float',
    })),
    rows: rows
      .slice(0, ROWS)
      .map((row) => row.map((cell) => ({ text: written(textOf(cell)), isNull: cell === null }))),
    more: Math.max(0, rows.length - ROWS),
  };
}

function textOf(cell: Cell): string {
  return cell === null ? '∅' : display(String(cell));
}

/** A text in a Markdown table: nothing in it is markup. Underscores within a word are none anyway. */
function markdownCell(text: string): Html {
  return escapeHtml(text.replaceAll(/[\\|*`[\]~]|(?<!\w)_|_(?!\w)/gu, String.raw`\$&`));
}

/** Nothing from anywhere but the file's own style. */
function policyOf(style: string): Html {
  const hash = createHash('sha256').update(style).digest('base64');
  return asHtml(
    `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`,
  );
}
