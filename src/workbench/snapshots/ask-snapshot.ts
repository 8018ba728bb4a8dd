/**
 * Puts the questions of the snapshots screen to the warehouse.
 */
import type { NodeId } from '../../base/index.js';
import type { Session } from '../../session/index.js';
import { quoteIdentifier } from '../../sql/index.js';
import type { Cell, ResultPage, Row } from '../../warehouse/index.js';
import type { SnapshotShape } from './snapshot-facts.js';
import {
  changesSql,
  healthSql,
  heldSql,
  historySql,
  keysSql,
  movedByDaySql,
  movedSql,
  overviewSql,
  pendingSql,
} from './snapshot-sql.js';
import type {
  ChangeHeat,
  HealthCheck,
  PendingChanges,
  SnapshotKey,
  SnapshotReport,
} from './snapshots-state.js';

export interface SnapshotDesk {
  readonly session: Session;
  readonly id: NodeId;
  readonly shape: SnapshotShape;
  readonly signal: AbortSignal;
}

/**
 * Runs one statement.
 *
 * @param options.isMeant the user was asked about it already.
 */
export async function askRows(
  { session, signal }: Pick<SnapshotDesk, 'session' | 'signal'>,
  sql: string,
  { isMeant = false }: { readonly isMeant?: boolean } = {},
): Promise<ResultPage> {
  const rows: Row[] = [];
  let columns: ResultPage['columns'] = [];
  const pages = session.preview(
    { kind: 'sql', sql, isTemplate: false, isMeant },
    { signal, pageRows: 500 },
  );
  for await (const page of pages) {
    ({ columns } = page);
    rows.push(...page.rows);
  }
  return { columns, rows };
}

export async function reportOf(desk: SnapshotDesk): Promise<SnapshotReport> {
  const { shape } = desk;
  const [overview = []] = (await askRows(desk, overviewSql(shape))).rows;
  const [health = []] = (await askRows(desk, healthSql(shape))).rows;
  const changes = await askRows(desk, changesSql(shape));
  const columns = await valueColumns(desk);
  const [moved = []] =
    columns.length === 0 ? [] : (await askRows(desk, movedSql(shape, columns))).rows;
  return {
    rowCount: Number(overview[0] ?? 0),
    keyCount: Number(overview[1] ?? 0),
    openCount: Number(overview[2] ?? 0),
    lastChange: overview[3] ?? null,
    checks: checksOf(health),
    changes: changes.rows.map(([day, born, changed, gone]) => ({
      day: String(day ?? '').slice(0, 10),
      born: Number(born),
      changed: Number(changed),
      gone: Number(gone),
    })),
    moved: columns
      .map((column, at) => ({ column: shownColumn(column), count: Number(moved[at] ?? 0) }))
      .filter(({ count }) => count > 0)
      .sort((left, right) => right.count - left.count),
  };
}

const CHECKS: readonly (readonly [title: string, severity: HealthCheck['severity']])[] = [
  ['no overlapping validity', 'fail'],
  ['one open row per key', 'fail'],
  ['no row ends before it starts', 'fail'],
  ['version ids are unique', 'fail'],
  ['every row has a key', 'warn'],
];

function checksOf(counts: readonly Cell[]): readonly HealthCheck[] {
  return CHECKS.map(([title, severity], at) => ({
    title,
    severity,
    count: Number(counts[at] ?? 0),
  }));
}

function shownColumn(quoted: string): string {
  const name = quoted.slice(1, -1).replaceAll('""', '"');
  return name === name.toUpperCase() ? name.toLowerCase() : name;
}

/** Columns of the snapshot that are none of its own, quoted. */
async function valueColumns({
  session,
  id,
  shape,
  signal,
}: SnapshotDesk): Promise<readonly string[]> {
  const columns = await session.columns(id, { signal });
  return columns
    .map(({ name }) => name)
    .filter((name) => !shape.ownColumns.has(name.toLowerCase()))
    .map(quoteIdentifier);
}

export async function pendingOf(desk: SnapshotDesk): Promise<PendingChanges> {
  const { session, id, shape, signal } = desk;
  const { compiledSql, diagnostics } = await session.compile(id, { signal });
  if (compiledSql === null) throw new Error(diagnostics[0]?.message ?? 'It does not compile.');
  const sql = pendingSql(shape, compiledSql, await valueColumns(desk));
  const [counts = []] = (await askRows(desk, sql)).rows;
  return {
    born: Number(counts[0] ?? 0),
    changed: Number(counts[1] ?? 0),
    gone: Number(counts[2] ?? 0),
  };
}

export async function keysOf(desk: SnapshotDesk, text: string): Promise<readonly SnapshotKey[]> {
  const { rows } = await askRows(desk, keysSql(desk.shape, text));
  return rows.map(([key, versions, , isOpen]) => ({
    key: String(key ?? ''),
    versions: Number(versions),
    isOpen: Number(isOpen) === 1,
  }));
}

/** How many rows held at a moment. */
export async function heldAt(desk: SnapshotDesk, moment: string): Promise<number> {
  const [[count] = []] = (await askRows(desk, heldSql(desk.shape, moment))).rows;
  return Number(count ?? 0);
}

/** Which columns moved on which day; columns that never did are left out. */
export async function heatOf(desk: SnapshotDesk): Promise<ChangeHeat> {
  const columns = await valueColumns(desk);
  if (columns.length === 0) return { columns: [], days: [] };
  const { rows } = await askRows(desk, movedByDaySql(desk.shape, columns));
  const counts = rows.map((cells) => columns.map((_, at) => Number(cells[at + 1] ?? 0)));
  const moving = columns.flatMap((_, at) => (counts.some((row) => (row[at] ?? 0) > 0) ? [at] : []));
  return {
    columns: moving.map((at) => shownColumn(columns[at] ?? '')),
    days: rows.map(([day], row) => ({
      day: String(day ?? '').slice(0, 10),
      counts: moving.map((at) => counts[row]?.[at] ?? 0),
    })),
  };
}

export async function historyOf(desk: SnapshotDesk, key: string): Promise<ResultPage> {
  return await askRows(desk, historySql(desk.shape, key));
}
