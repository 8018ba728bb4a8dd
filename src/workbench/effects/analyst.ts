/**
 * What is asked about a result: the profile of a column, its comparison with another, its rows as a file.
 */
import type { NodeId } from '../../base/index.js';
import { absolutePath, isFile } from '../../platform/index.js';
import type { Session } from '../../session/index.js';
import type { ResultPage } from '../../warehouse/index.js';
import { type Core, diagnosticOf, isAbort, showError, toast } from '../core.js';
import { compareRows } from '../data/compare-rows.js';
import type { Sheet } from '../data/data-state.js';
import { exportRows, formatOf } from '../data/export-rows.js';
import { profileColumn } from '../data/profile.js';
import { shapedSql } from '../data/result-shape.js';
import { dialectOf } from '../dialect-of.js';
import type { Loadable } from '../loadable.js';
import { Desk } from '../metadata/ask.js';
import type { Previewer } from './previewer.js';

export interface Analyst {
  /** Opens the profile of a column of the result that is shown. */
  profile(column: number): void;
  /** Writes the whole result, as sorted and filtered, to a file named from the project's folder. */
  export(path: string, options: { readonly isSafe: boolean; readonly replaces: boolean }): void;
  /** Compares the result that is shown with the one before it. */
  compareWithEarlier(): void;
  /** Compares the rows of a node with those that it has in another target. */
  compareWithTarget(id: NodeId, target: string): void;
  readonly isBusy: () => boolean;
  /** True if there was something to cancel. */
  cancel(): boolean;
  close(): Promise<void>;
}

/** Rows compared at most: both sides are in memory. */
const MAX_COMPARED = 100_000;
const PAGE_ROWS = 5000;

export function createAnalyst(core: Core, desk: Desk, previewer: Previewer): Analyst {
  const { session, store, host } = core;
  let working: { readonly controller: AbortController; readonly ended: Promise<void> } | null =
    null;
  let profiling = new AbortController();

  /** One piece of work at a time; it says itself how it ended. */
  const work = (what: string, body: (signal: AbortSignal) => Promise<void>): void => {
    if (working !== null) {
      toast(core, 'Something is being written or compared: ctrl-c cancels it.', 'error');
      return;
    }
    const controller = new AbortController();
    const ended = body(controller.signal)
      .catch((error: unknown) => {
        if (isAbort(error) || controller.signal.aborted) toast(core, `Cancelled ${what}.`);
        else showError(core, what, error);
      })
      .finally(() => {
        working = null;
        store.update((state) => ({ ...state, version: state.version + 1 }));
      });
    working = { controller, ended };
  };

  const rowsOf = async (sheet: Sheet, signal: AbortSignal): Promise<ResultPage> => {
    if (sheet.status === 'done') {
      return { columns: sheet.grid.columns, rows: sheet.grid.rows.slice(0, sheet.grid.rowCount) };
    }
    if (sheet.sql === null) throw new Error('A result without rows has a statement.');
    return await desk.ask(shapedSql(sheet.sql, sheet.shape), { signal, maxRows: MAX_COMPARED });
  };

  const compare = (
    title: string,
    before: ResultPage,
    after: ResultPage,
    key: readonly string[] | null,
  ): void => {
    const comparison = compareRows(before, after, key);
    if (comparison === null) {
      toast(core, 'No columns tell the rows of both sides apart: there is no key.', 'error');
      return;
    }
    const { counts, onlyBefore, onlyAfter } = comparison;
    const columns = [
      ...onlyBefore.map((name) => `-${name}`),
      ...onlyAfter.map((name) => `+${name}`),
    ];
    const told = [
      `${title} by ${comparison.key.join(', ')}`,
      `+${counts.added} -${counts.removed} ~${counts.changed} =${counts.same}`,
      ...(columns.length === 0 ? [] : [`columns ${columns.join(' ')}`]),
    ];
    previewer.show(told.join(' · '), comparison.page);
    if ([before, after].some(({ rows }) => rows.length >= MAX_COMPARED)) {
      toast(core, `Only the first ${MAX_COMPARED} rows of each side were compared.`, 'error');
    }
  };

  return {
    profile(index) {
      const { sql, shape, grid } = store.get().data;
      const column = grid.columns[index];
      if (column === undefined || sql === null) return;
      profiling.abort();
      profiling = new AbortController();
      const { signal } = profiling;
      const put = (profile: Loadable<Awaited<ReturnType<typeof profileColumn>>>): void => {
        store.update((state) => {
          const { overlay } = state;
          const isOther =
            profile.kind !== 'loading' &&
            (signal.aborted || overlay?.kind !== 'profile' || overlay.column !== index);
          if (isOther) return state;
          const opened = { kind: 'profile', column: index, profile, index: 0 } as const;
          return { ...state, overlay: { ...opened, marked: new Set<number>() } };
        });
      };
      put({ kind: 'loading', sinceMs: host.now() });
      const unsorted = shapedSql(sql, { ...shape, sorts: [] });
      const ask = async (text: string, maxRows: number): Promise<ResultPage> =>
        await desk.ask(text, { signal, maxRows });
      profileColumn(unsorted, column, dialectOf(session), ask).then(
        (value) => put({ kind: 'ready', value }),
        (error: unknown) => {
          if (!isAbort(error)) put({ kind: 'failed', error: diagnosticOf(error) });
        },
      );
    },
    export(path, { isSafe, replaces }) {
      work('writing', async (signal) => {
        const format = formatOf(path);
        const file = absolutePath(path, session.facts.projectDir);
        if (isFile(file) && !replaces) {
          toast(core, `${path} is there already: --replace writes over it.`, 'error');
          return;
        }
        const { data } = store.get();
        const options = { file, format, isSafe, signal };
        const exported = await exportRows(pagesOf(data, desk, signal), options);
        toast(
          core,
          `Wrote ${exported.rowCount} ${exported.rowCount === 1 ? 'row' : 'rows'} to ${path}.`,
        );
        if (exported.formulaCount > 0) {
          const count = exported.formulaCount;
          toast(
            core,
            `${count} ${count === 1 ? 'cell begins' : 'cells begin'} like a formula: for a spreadsheet write it with --csv-safe.`,
            'error',
          );
        }
      });
    },
    compareWithEarlier() {
      const { data } = store.get();
      const before = data.earlier.at(-1);
      if (before === undefined) return;
      work('comparing', async (signal) => {
        const [old, now] = [await rowsOf(before, signal), await rowsOf(data, signal)];
        compare(`${before.title} → ${data.title}`, old, now, null);
      });
    },
    compareWithTarget(id, target) {
      work('comparing', async (signal) => {
        const request = { kind: 'node', nodeId: id, from: 'relation' } as const;
        const options = { signal, maxRows: MAX_COMPARED };
        const now = await desk.ask(await session.previewSql(request, { signal }), options);
        const other = host.openTarget(target);
        const otherDesk = new Desk(other);
        try {
          const sql = await other.previewSql(request, { signal });
          const old = await otherDesk.ask(sql, options);
          const name = session.manifest.nodes.get(id)?.name ?? id;
          compare(
            `${name}: ${other.facts.targetName} → ${session.facts.targetName}`,
            old,
            now,
            keyOf(session, id),
          );
        } finally {
          await otherDesk.close();
          await other.close();
        }
      });
    },
    isBusy: () => working !== null,
    cancel() {
      if (working === null) return false;
      working.controller.abort();
      return true;
    },
    async close() {
      profiling.abort();
      working?.controller.abort();
      await working?.ended;
    },
  };
}

/** All rows of a result: those of a comparison are there, those of a query are asked for. */
async function* pagesOf(
  { sql, shape, grid }: Sheet,
  desk: Desk,
  signal: AbortSignal,
): AsyncIterable<ResultPage> {
  if (sql === null) yield { columns: grid.columns, rows: grid.rows.slice(0, grid.rowCount) };
  else yield* desk.stream(shapedSql(sql, shape), { signal, pageRows: PAGE_ROWS });
}

/** The key that a node's config names, or null. */
function keyOf({ manifest }: Session, id: NodeId): readonly string[] | null {
  const key = manifest.nodes.get(id)?.config['unique_key'];
  if (typeof key === 'string') return [key];
  return Array.isArray(key) && key.length > 0 ? key.map(String) : null;
}
