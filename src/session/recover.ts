/**
 * Sees to runs that were cut off: ends what still runs, drops what was left behind, and tells how far each came.
 */
import { type JsonObject, messageOf, type NodeId } from '../base/index.js';
import type { NodeResult, RunSummary } from '../events/index.js';
import { md5 } from '../platform/index.js';
import type { JournalEntry } from '../run/index.js';
import { quoteIdentifier } from '../sql/index.js';
import type { Connection, Row, Warehouse } from '../warehouse/index.js';
import { type CutOffRun, cutOffRuns, markRecovered } from './journals.js';

/** A statement without a known end, and what became of it. */
export interface OpenStatement {
  readonly requestId: string;
  readonly sessionId: string | null;
  readonly nodeId: NodeId | null;
  readonly verb: string;
  readonly isWrite: boolean;
  readonly atMs: number;
  /** `cancelled`: it still ran. `gone`: it ended with the process. `unknown`: the warehouse does not tell. */
  readonly fate: 'running' | 'cancelled' | 'done' | 'failed' | 'gone' | 'unknown';
}

export interface RecoveredRun {
  readonly run: CutOffRun['start'];
  readonly open: readonly OpenStatement[];
  /** Relations that the run made for a moment, and that are still there: dropped, unless it was only looked. */
  readonly leftovers: readonly string[];
  /** What the run came to, to be written as its results; null if they were written at its end. */
  readonly summary: RunSummary | null;
  /** What could not be done. */
  readonly problems: readonly string[];
}

type Sent = Extract<JournalEntry, { kind: 'sent' }>;

export interface Recovery {
  readonly projectDir: string;
  readonly target: string;
  /** Runs `body` with the warehouse. */
  readonly withWarehouse: <Result>(
    body: (warehouse: Warehouse) => Promise<Result>,
  ) => Promise<Result>;
  readonly writeResults: (summary: RunSummary, args: JsonObject) => void;
  readonly now: () => number;
}

/**
 * Sees to all runs of a target that were cut off, oldest first. One that could not be seen to wholly stays on the list.
 *
 * @param options.isLooking true changes nothing: neither cancels nor drops nor writes.
 */
export async function recoverAll(
  { projectDir, target, withWarehouse, writeResults, now }: Recovery,
  options: { readonly isLooking: boolean; readonly signal: AbortSignal },
): Promise<readonly RecoveredRun[]> {
  const recovered: RecoveredRun[] = [];
  for (const cutOff of cutOffRuns(projectDir, target)) {
    const one = await withWarehouse(
      async (warehouse) => await recoverRun(cutOff, warehouse, options),
    );
    recovered.push(one);
    if (options.isLooking) continue;
    if (one.summary !== null) writeResults(one.summary, cutOff.start.args);
    if (one.problems.length === 0) markRecovered(cutOff, now());
  }
  return recovered;
}

async function recoverRun(
  cutOff: CutOffRun,
  warehouse: Warehouse,
  options: { readonly isLooking: boolean; readonly signal: AbortSignal },
): Promise<RecoveredRun> {
  const problems: string[] = [];
  const connection = await warehouse.connect({ name: 'recover', signal: options.signal });
  const attempt = async <Result>(
    work: () => Promise<Result>,
    fallback: Result,
  ): Promise<Result> => {
    try {
      return await work();
    } catch (error) {
      options.signal.throwIfAborted();
      problems.push(messageOf(error));
      return fallback;
    }
  };
  try {
    const sent = openStatements(cutOff.entries);
    const open: OpenStatement[] = [];
    for (const [sessionId, statements] of bySession(sent)) {
      open.push(
        ...(warehouse.engine === 'snowflake' && sessionId !== null
          ? await settleSession(sessionId, statements, cutOff, { ...options, connection, attempt })
          : statements.map((one) => told(one, 'gone'))),
      );
    }
    const leftovers: string[] = [];
    for (const relation of leftBehind(cutOff.entries)) {
      const dropped = await attempt(
        async () => await dropLeftover(relation, warehouse, connection, options),
        null,
      );
      if (dropped !== null) leftovers.push(dropped);
    }
    const hasEnd = cutOff.entries.some(({ kind }) => kind === 'end');
    return {
      run: cutOff.start,
      open,
      leftovers,
      summary: hasEnd ? null : summaryOf(cutOff),
      problems,
    };
  } finally {
    await connection.close();
  }
}

function openStatements(entries: readonly JournalEntry[]): readonly Sent[] {
  const ended = new Map(
    entries.flatMap((entry) =>
      entry.kind === 'ended' ? [[entry.requestId, entry.outcome] as const] : [],
    ),
  );
  return entries
    .filter((entry) => entry.kind === 'sent')
    .filter(({ requestId }) => (ended.get(requestId) ?? 'unknown') === 'unknown');
}

function bySession(sent: readonly Sent[]): ReadonlyMap<string | null, readonly Sent[]> {
  const groups = new Map<string | null, Sent[]>();
  for (const one of sent) {
    const group = groups.get(one.sessionId);
    if (group === undefined) groups.set(one.sessionId, [one]);
    else group.push(one);
  }
  return groups;
}

interface Settling {
  readonly connection: Connection;
  readonly isLooking: boolean;
  readonly signal: AbortSignal;
  readonly attempt: <Result>(work: () => Promise<Result>, fallback: Result) => Promise<Result>;
}

/** Asks the account what became of a session's statements, and ends those that run. */
async function settleSession(
  sessionId: string,
  statements: readonly Sent[],
  { entries }: CutOffRun,
  { connection, isLooking, signal, attempt }: Settling,
): Promise<readonly OpenStatement[]> {
  const history = await attempt(
    async () => {
      const { rows } = await connection.execute(
        `select query_id, execution_status, query_text from table(information_schema.query_history_by_session(session_id => ${sessionId}, result_limit => 1000))`,
        { signal },
      );
      return rows;
    },
    [] as readonly Row[],
  );
  if (!isLooking)
    await attempt(
      async () =>
        void (await connection.execute(`select system$cancel_all_queries(${sessionId})`, {
          signal,
        })),
      undefined,
    );
  return statements.map((statement) => {
    const accepted = entries.find(
      (entry) => entry.kind === 'accepted' && entry.requestId === statement.requestId,
    );
    const queryId = accepted?.kind === 'accepted' ? accepted.queryId : null;
    const row = history.find(
      ([id, , text]) => id === queryId || md5(String(text)) === statement.hash,
    );
    return told(statement, fateOf(row, isLooking));
  });
}

function fateOf(row: Row | undefined, isLooking: boolean): OpenStatement['fate'] {
  const status = row?.[1];
  if (typeof status !== 'string') return 'unknown';
  if (status === 'SUCCESS') return 'done';
  if (status.startsWith('FAILED') || status === 'ABORTED') return 'failed';
  return isLooking ? 'running' : 'cancelled';
}

function told(
  { requestId, sessionId, nodeId, verb, isWrite, atMs }: Sent,
  fate: OpenStatement['fate'],
): OpenStatement {
  return { requestId, sessionId, nodeId, verb, isWrite, atMs, fate };
}

/** What dbt's macros and ours make for a moment; nothing else is ever dropped. */
const PASSING = /__dbt_(?:tmp|backup|new)(?:_\w+)?$/iu;

/** Names of passing relations that the run set out to make, and did not drop. */
function leftBehind(entries: readonly JournalEntry[]): readonly (readonly string[])[] {
  const left = new Map<string, readonly string[]>();
  const done = new Set(
    entries.flatMap((entry) =>
      entry.kind === 'ended' && entry.outcome === 'done' ? [entry.requestId] : [],
    ),
  );
  for (const entry of entries) {
    if (entry.kind !== 'sent') continue;
    const { makes, drops } = entry;
    if (makes !== null && makes.name.length === 3 && PASSING.test(makes.name[2] ?? ''))
      left.set(makes.name.join('.'), makes.name);
    if (drops !== null && done.has(entry.requestId)) left.delete(drops.join('.'));
  }
  return [...left.values()];
}

/** @returns the relation's name if it was there. */
async function dropLeftover(
  [database = '', schema = '', identifier = '']: readonly string[],
  warehouse: Warehouse,
  connection: Connection,
  { isLooking, signal }: { readonly isLooking: boolean; readonly signal: AbortSignal },
): Promise<string | null> {
  const relations = await warehouse.listRelations({ database, schema }, { signal });
  const found = relations.find((one) => one.identifier.toLowerCase() === identifier.toLowerCase());
  if (found === undefined) return null;
  const name = [found.database, found.schema, found.identifier].map(quoteIdentifier).join('.');
  const kind = found.kind === 'view' ? 'view' : 'table';
  if (!isLooking) await connection.execute(`drop ${kind} if exists ${name}`, { signal });
  return name;
}

/** How far the run came: what ended as it ended, what had begun as an error, the rest as skipped. */
function summaryOf({ start, entries }: CutOffRun): RunSummary {
  const ended = new Map(
    entries.flatMap((entry) =>
      entry.kind === 'node' ? [[entry.result.nodeId, entry.result] as const] : [],
    ),
  );
  const begun = new Map(
    entries.flatMap((entry) =>
      entry.kind === 'sent' && entry.nodeId !== null ? [[entry.nodeId, entry.atMs] as const] : [],
    ),
  );
  const lastMs = Math.max(
    start.atMs,
    ...entries.map((entry) => (entry.kind === 'sent' ? entry.atMs : 0)),
  );
  const results = start.nodeIds.map((id): NodeResult => {
    const known = ended.get(id);
    return known === undefined
      ? cutOffResult(id, begun.get(id) ?? null, lastMs)
      : { ...known, compiledSql: null };
  });
  return {
    runId: start.runId,
    command: start.command,
    startedAtMs: start.atMs,
    durationMs: lastMs - start.atMs,
    results,
    isCancelled: true,
    diagnostics: [],
  };
}

function cutOffResult(nodeId: NodeId, begunMs: number | null, atMs: number): NodeResult {
  const message =
    begunMs === null
      ? 'Not begun: the run was cut off.'
      : 'The run was cut off while this node was being made.';
  return {
    nodeId,
    status: begunMs === null ? 'skipped' : 'error',
    message,
    failures: null,
    rowsAffected: null,
    startedAtMs: begunMs ?? atMs,
    durationMs: 0,
    thread: '',
    relationName: null,
    compiledSql: null,
    failure: begunMs === null ? null : { message },
    skippedBecause: null,
    queryId: null,
  };
}
