/**
 * Rows on screen: one query at a time, fetched as the cursor comes near their end, cancelled by a key.
 */
import type { PreviewRequest } from '../../session/index.js';
import type { ResultPage } from '../../warehouse/index.js';
import { messageOf } from '../../base/index.js';
import { type Core, diagnosticOf, isAbort, toast } from '../core.js';
import { cellText, typeText } from '../grid/cell-text.js';
import { emptySheet, pushSheet, turnSheet } from '../data/data-state.js';
import { type ResultShape, shapedSql, UNSHAPED } from '../data/result-shape.js';
import { addPage, emptied, EMPTY_GRID } from '../grid/grid.js';
import type { Desk } from '../metadata/ask.js';
import { MAX_COLUMN_WIDTH, WIDE_COLUMN_WIDTH } from '../grid/grid-view.js';
import { goTo, patch } from '../state.js';

export interface Previewer {
  /** Opens the data screen on a query; what was open ends and can be turned back to. */
  open(request: PreviewRequest, title: string): void;
  /** Asks for the same, sorted and filtered otherwise. */
  reshape(shape: ResultShape): void;
  /** Shows rows that no query gives. */
  show(title: string, page: ResultPage): void;
  /** Turns to the result before, or after; false at the end. */
  turn(by: -1 | 1): boolean;
  /** Fetches a page if the cursor is near the end of what is there. */
  fetchNear(): void;
  /** Fetches on to the end, or to the limit of what is kept; `onEnd` hears of it, unless it is cancelled before. */
  fetchAll(onEnd: () => void): void;
  /** Ends the stream, keeping the rows that came; true if there was one to cancel. */
  cancel(): boolean;
  /** Ends the stream and waits until the warehouse is let go. */
  close(): Promise<void>;
}

const PAGE_ROWS = 500;
// So many rows come without being asked for: most results are then whole, and the warehouse is let go.
const EAGER_ROWS = 10_000;
// Beyond them, fetch before the cursor meets the end: two screens of rows.
const LOOK_AHEAD = 120;
// An open stream keeps the embedded warehouse from other programs: one that nobody scrolls is let go.
const IDLE_MS = 20_000;
// Where statements cost money a look at a relation never reads all of it.
const METERED_ROWS = 10_000;
// Beyond this many rows a person filters; memory stays bounded.
const MAX_ROWS = 100_000;
// Widths are measured on the rows that can be looked at soonest.
const MEASURED_ROWS = 200;

interface Stream {
  readonly controller: AbortController;
  readonly pages: AsyncIterator<ResultPage>;
  isFetching: boolean;
  /** Rows at which the query itself was told to stop, or null. */
  readonly limit: number | null;
  idle: NodeJS.Timeout | null;
  /** Set once all rows are asked for. */
  onEnd: (() => void) | null;
  isLeft: boolean;
}

/** @param desk where statements are asked: of the warehouse, or of the project's metadata. */
export function createPreviewer(core: Core, desk: Desk): Previewer {
  let current: Stream | null = null;
  const { store, host } = core;

  const widthsOf = (page: ResultPage): readonly number[] => {
    const limit = store.get().data.isWide ? WIDE_COLUMN_WIDTH : MAX_COLUMN_WIDTH;
    const sample = page.rows.slice(0, MEASURED_ROWS);
    return page.columns.map((column, index) => {
      let width = Math.max(host.measure(column.name) + 2, host.measure(typeText(column.typeName)));
      for (const row of sample) width = Math.max(width, host.measure(cellText(row[index]).text));
      return Math.min(limit, width);
    });
  };

  const fetch = async (stream: Stream): Promise<void> => {
    stream.isFetching = true;
    if (stream.idle !== null) clearTimeout(stream.idle);
    stream.idle = null;
    try {
      do {
        const next = await stream.pages.next();
        if (current !== stream || stream.isLeft) return;
        if (next.done === true) {
          const isAll = stream.limit === null || store.get().data.grid.rowCount < stream.limit;
          store.update((state) => patch(state, 'data', { status: isAll ? 'done' : 'cut' }));
          current = null;
          stream.onEnd?.();
          return;
        }
        const nowMs = host.now();
        store.update((state) => {
          const grid = addPage(state.data.grid, next.value, widthsOf);
          const firstPageMs = state.data.firstPageMs ?? nowMs - state.data.startedAtMs;
          return patch(state, 'data', { grid, firstPageMs, status: 'open' });
        });
        if (store.get().data.grid.rowCount >= MAX_ROWS) {
          await leave(stream, 'cut');
          stream.onEnd?.();
          return;
        }
        // Lets keys and frames through between pages.
        await new Promise((resolve) => setImmediate(resolve));
        if (stream.isLeft) return;
      } while (stream.onEnd !== null || wantsMore());
      stream.idle = setTimeout(() => void leave(stream, 'cut'), IDLE_MS);
      stream.idle.unref();
    } catch (error) {
      if (current === stream) fail(error);
    } finally {
      stream.isFetching = false;
    }
  };

  const fail = (error: unknown): void => {
    current = null;
    const { message, hint = null } = diagnosticOf(error);
    store.update((state) => {
      const isCancelled = isAbort(error) || state.data.status === 'cancelling';
      return isCancelled
        ? patch(state, 'data', { status: 'cut', error: null })
        : patch(state, 'data', { status: 'failed', error: { message, hint } });
    });
  };

  const wantsMore = (): boolean => {
    const { grid } = store.get().data;
    return grid.rowCount < EAGER_ROWS || grid.rowCount - grid.cursorRow < LOOK_AHEAD;
  };

  /** Ends a stream: the abort reaches the engine, leaving the loop lets the connection go. */
  const leave = async (stream: Stream, status: 'cut' | null): Promise<void> => {
    stream.isLeft = true;
    if (stream.idle !== null) clearTimeout(stream.idle);
    if (current === stream) current = null;
    if (status !== null) store.update((state) => patch(state, 'data', { status }));
    stream.controller.abort();
    try {
      await stream.pages.return?.();
    } catch (error) {
      // How a query ends that was left is of no interest, unless it could not be ended.
      if (!isAbort(error)) toast(core, `The query did not end well: ${messageOf(error)}`, 'error');
    }
  };

  const leaveCurrent = (): void => {
    if (current !== null) void leave(current, null);
  };

  /** @param known the statement, if it was asked before. */
  const start = (request: PreviewRequest, known: string | null, shape: ResultShape): void => {
    const controller = new AbortController();
    const { signal } = controller;
    const isLimited = core.session.facts.isMetered && request.kind === 'node';
    const limit = isLimited ? METERED_ROWS : null;
    const stream: Stream = {
      controller,
      pages: pagesOf(request, known, shape, { signal, limit })[Symbol.asyncIterator](),
      limit,
      idle: null,
      isFetching: false,
      onEnd: null,
      isLeft: false,
    };
    current = stream;
    void fetch(stream);
  };

  const pagesOf = async function* (
    request: PreviewRequest,
    known: string | null,
    shape: ResultShape,
    { signal, limit }: { readonly signal: AbortSignal; readonly limit: number | null },
  ): AsyncIterable<ResultPage> {
    const sql = known ?? (await core.session.previewSql(request, { signal }));
    store.update((state) => (signal.aborted ? state : patch(state, 'data', { sql })));
    yield* desk.stream(shapedSql(sql, shape), {
      signal,
      pageRows: PAGE_ROWS,
      ...(limit === null ? {} : { maxRows: limit }),
    });
  };

  return {
    open(request, title) {
      leaveCurrent();
      store.update((state) => ({
        ...goTo(state, 'data'),
        data: pushSheet(state.data, emptySheet(request, title, host.now())),
        overlay: null,
      }));
      start(request, null, UNSHAPED);
    },
    reshape(shape) {
      const { request, sql, grid } = store.get().data;
      if (request === null) return;
      leaveCurrent();
      store.update((state) =>
        patch({ ...state, overlay: null }, 'data', {
          shape,
          grid: emptied(grid),
          status: 'loading',
          error: null,
          startedAtMs: host.now(),
          firstPageMs: null,
        }),
      );
      start(request, sql, shape);
    },
    show(title, page) {
      leaveCurrent();
      store.update((state) => {
        const sheet = emptySheet(null, title, host.now());
        const grid = addPage(EMPTY_GRID, page, widthsOf);
        return {
          ...goTo(state, 'data'),
          data: pushSheet(state.data, { ...sheet, grid, status: 'done' }),
          overlay: null,
        };
      });
    },
    turn(by) {
      const turned = turnSheet(store.get().data, by);
      if (turned === null) return false;
      leaveCurrent();
      store.update((state) => ({ ...state, data: turned }));
      return true;
    },
    fetchNear() {
      if (current !== null && !current.isFetching && wantsMore()) void fetch(current);
    },
    fetchAll(onEnd) {
      if (current === null) {
        onEnd();
        return;
      }
      current.onEnd = onEnd;
      if (!current.isFetching) void fetch(current);
    },
    cancel() {
      const stream = current;
      if (stream === null) return false;
      const isBusy = stream.isFetching;
      store.update((state) => patch(state, 'data', { status: isBusy ? 'cancelling' : 'cut' }));
      // The screen says so at once; the engine answers when it does.
      void leave(stream, null).then(() => {
        store.update((state) =>
          state.data.status === 'cancelling' ? patch(state, 'data', { status: 'cut' }) : state,
        );
      });
      return true;
    },
    async close() {
      if (current !== null) await leave(current, 'cut');
    },
  };
}
