/**
 * Rows on screen: one query at a time, fetched as the cursor comes near their end, cancelled by a key.
 */
import type { PreviewRequest } from '../../session/index.js';
import type { ResultPage } from '../../warehouse/index.js';
import { type Core, diagnosticOf, isAbort } from '../core.js';
import { cellText, typeText } from '../grid/cell-text.js';
import { addPage, EMPTY_GRID } from '../grid/grid.js';
import { MAX_COLUMN_WIDTH, WIDE_COLUMN_WIDTH } from '../grid/grid-view.js';
import { goTo, patch } from '../state.js';

export interface Previewer {
  /** Opens the data screen on a query; what was open ends. */
  open(request: PreviewRequest, title: string): void;
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
// Fetch before the cursor meets the end: two screens of rows.
const LOOK_AHEAD = 120;
// Beyond this many rows a person filters; memory stays bounded.
const MAX_ROWS = 100_000;
// Widths are measured on the rows that can be looked at soonest.
const MEASURED_ROWS = 200;

interface Stream {
  readonly controller: AbortController;
  readonly pages: AsyncIterator<ResultPage>;
  isFetching: boolean;
  /** Set once all rows are asked for. */
  onEnd: (() => void) | null;
  isLeft: boolean;
}

export function createPreviewer(core: Core): Previewer {
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
    try {
      do {
        const next = await stream.pages.next();
        if (current !== stream || stream.isLeft) return;
        if (next.done === true) {
          store.update((state) => patch(state, 'data', { status: 'done' }));
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
      } while (stream.onEnd !== null || isNear());
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

  const isNear = (): boolean => {
    const { grid } = store.get().data;
    return grid.rowCount - grid.cursorRow < LOOK_AHEAD;
  };

  /** Ends a stream: the abort reaches the engine, leaving the loop lets the connection go. */
  const leave = async (stream: Stream, status: 'cut' | null): Promise<void> => {
    stream.isLeft = true;
    if (current === stream) current = null;
    if (status !== null) store.update((state) => patch(state, 'data', { status }));
    stream.controller.abort();
    try {
      await stream.pages.return?.();
    } catch (error) {
      // Whoever leaves a query has no interest in how it ends; anything but its end is a fault to show.
      if (!isAbort(error)) return;
    }
  };

  return {
    open(request, title) {
      if (current !== null) void leave(current, null);
      store.update((state) => ({
        ...patch(goTo(state, 'data'), 'data', {
          request,
          title,
          grid: EMPTY_GRID,
          status: 'loading',
          error: null,
          startedAtMs: host.now(),
          firstPageMs: null,
        }),
        overlay: null,
      }));
      const controller = new AbortController();
      const options = { signal: controller.signal, pageRows: PAGE_ROWS };
      const pages = core.session.preview(request, options)[Symbol.asyncIterator]();
      current = { controller, pages, isFetching: false, onEnd: null, isLeft: false };
      void fetch(current);
    },
    fetchNear() {
      if (current !== null && !current.isFetching && isNear()) void fetch(current);
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
