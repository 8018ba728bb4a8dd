/**
 * What the data screen remembers: the result that is looked at, and those looked at before it.
 */
import type { PreviewRequest } from '../../session/index.js';
import { EMPTY_GRID, type Grid } from '../grid/grid.js';
import { type ResultShape, UNSHAPED } from './result-shape.js';

/** One result with its place. */
export interface Sheet {
  readonly title: string;
  /** Null for rows that no query gives: a comparison. */
  readonly request: PreviewRequest | null;
  /** The statement without its shape; null until it is known. */
  readonly sql: string | null;
  readonly shape: ResultShape;
  readonly grid: Grid;
  /** `open`: more rows can be fetched; `done`: these are all; `cut`: the stream was left before its end. */
  readonly status: 'idle' | 'loading' | 'open' | 'done' | 'cut' | 'failed' | 'cancelling';
  readonly error: { readonly message: string; readonly hint: string | null } | null;
  readonly startedAtMs: number;
  /** To the first page; null before. */
  readonly firstPageMs: number | null;
}

export interface DataState extends Sheet {
  /** Whether long cells are shown whole. */
  readonly isWide: boolean;
  /** Results before this one, the latest last. */
  readonly earlier: readonly Sheet[];
  /** Results after this one, the next one first: there are some after going back. */
  readonly later: readonly Sheet[];
}

// Rows of a result stay in memory with it.
const MAX_SHEETS = 8;

export function emptyData(nowMs: number): DataState {
  return { ...emptySheet(null, '', nowMs), status: 'idle', isWide: false, earlier: [], later: [] };
}

export function emptySheet(request: PreviewRequest | null, title: string, nowMs: number): Sheet {
  return {
    title,
    request,
    sql: null,
    shape: UNSHAPED,
    grid: EMPTY_GRID,
    status: 'loading',
    error: null,
    startedAtMs: nowMs,
    firstPageMs: null,
  };
}

/** Puts a new result in front; the one that was shown is the latest of the earlier ones. */
export function pushSheet(data: DataState, sheet: Sheet): DataState {
  const kept = isWorthKeeping(data)
    ? [...data.earlier, ...data.later, settled(data)]
    : data.earlier;
  return { ...data, ...sheet, earlier: kept.slice(-MAX_SHEETS), later: [] };
}

/** Goes to the result before, or after; null at the end. */
export function turnSheet(data: DataState, by: -1 | 1): DataState | null {
  const sheet = by === -1 ? data.earlier.at(-1) : data.later[0];
  if (sheet === undefined) return null;
  const shown = isWorthKeeping(data) ? [settled(data)] : [];
  return by === -1
    ? { ...data, ...sheet, earlier: data.earlier.slice(0, -1), later: [...shown, ...data.later] }
    : { ...data, ...sheet, earlier: [...data.earlier, ...shown], later: data.later.slice(1) };
}

function isWorthKeeping({ grid, status }: DataState): boolean {
  return grid.columns.length > 0 && status !== 'failed';
}

/** The sheet alone, its stream left: nobody fetches on behind a sheet that is not shown. */
function settled(data: DataState): Sheet {
  const { isWide: _isWide, earlier: _earlier, later: _later, ...sheet } = data;
  return { ...sheet, status: sheet.status === 'done' ? 'done' : 'cut' };
}
