/**
 * How the cells of a notebook ended.
 */
import type { Diagnostic } from '../../base/index.js';
import type { RunSummary } from '../../events/index.js';
import type { Answer } from '../metadata/ask.js';
import type { ChartData } from './chart-data.js';
import type { ExpectationResult } from './expectation.js';
import type { Cell, Notebook } from './notebook.js';
import type { ParameterValue } from './parameters.js';

/** What a cell gave. */
export type CellResult =
  | { readonly kind: 'rows'; readonly answer: Answer }
  | { readonly kind: 'chart'; readonly chart: ChartData }
  | { readonly kind: 'run'; readonly summary: RunSummary }
  | { readonly kind: 'check'; readonly expectations: readonly ExpectationResult[] }
  | { readonly kind: 'markdown'; readonly text: string }
  | { readonly kind: 'param'; readonly value: ParameterValue }
  /** A sql cell without a query. */
  | { readonly kind: 'nothing' };

export interface CellOutcome {
  readonly cell: Cell;
  /** `failed`: it could not be done, a run had a failure, an expectation is not met. `skipped`: what it needs failed. */
  readonly status: 'ok' | 'failed' | 'skipped';
  readonly durationMs: number;
  /** As sent, with the cells that it reads in front; null where nothing was sent. */
  readonly sql: string | null;
  /** Of what the result stands on: see `cellHash`. Null where it was not known. */
  readonly hash: string | null;
  /** What was found before it failed, too. */
  readonly result: CellResult | null;
  /** Why it could not be done, or why it was skipped. */
  readonly error: Diagnostic | null;
}

export interface NotebookOutcome {
  readonly notebook: Notebook;
  readonly parameters: readonly ParameterValue[];
  /** In the order of the file. */
  readonly cells: readonly CellOutcome[];
  readonly isCancelled: boolean;
  readonly durationMs: number;
}

/** Whether everything was done and every expectation is met. */
export function isAllWell(outcome: NotebookOutcome): boolean {
  return !outcome.isCancelled && outcome.cells.every(({ status }) => status === 'ok');
}
