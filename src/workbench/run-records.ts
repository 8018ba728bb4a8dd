/**
 * Runs of this project, kept on disk: what was run, when, and how each node ended.
 */
import type { RunSummary } from '../events/index.js';
import { isFile, joinPath, readText, writeAtomic } from '../platform/index.js';
import type { Session } from '../session/index.js';
import type { Cell, ResultColumn, ResultPage } from '../warehouse/index.js';

/** One node of a kept run. */
export interface NodeRecord {
  readonly id: string;
  readonly status: string;
  readonly durationMs: number;
  readonly rows: number | null;
}

export interface RunRecord {
  readonly runId: string;
  readonly command: string;
  /** Milliseconds since the epoch. */
  readonly startedAtMs: number;
  readonly durationMs: number;
  readonly isCancelled: boolean;
  readonly nodes: readonly NodeRecord[];
}

const MAX_RUNS = 50;
const VERSION = 1;

/** @param command as typed, with its flags. */
export function recordOf(summary: RunSummary, command: string): RunRecord {
  return {
    runId: summary.runId,
    command,
    startedAtMs: summary.startedAtMs,
    durationMs: summary.durationMs,
    isCancelled: summary.isCancelled,
    nodes: summary.results.map(({ nodeId, status, durationMs, rowsAffected }) => ({
      id: nodeId,
      status,
      durationMs,
      rows: rowsAffected,
    })),
  };
}

/** Where runs are kept. */
export interface RunRecords {
  /** The latest last. */
  read(): readonly RunRecord[];
  keep(record: RunRecord): void;
}

/** Records that last as long as the program: for tests. */
export function memoryRecords(): RunRecords {
  const records: RunRecord[] = [];
  return { read: () => records, keep: (record) => void records.push(record) };
}

/** Records in the project's `.dagbook`, a file a target. A file that cannot be read counts as none. */
export function fileRecords(session: Session): RunRecords {
  const file = fileOf(session);
  const read = (): readonly RunRecord[] => {
    if (!isFile(file)) return [];
    try {
      const content: unknown = JSON.parse(readText(file));
      const isKnown =
        typeof content === 'object' &&
        content !== null &&
        Reflect.get(content, 'version') === VERSION;
      const runs: unknown = isKnown ? Reflect.get(content, 'runs') : [];
      return Array.isArray(runs) ? runs.filter(isRecord) : [];
    } catch {
      // What was run can be forgotten: a broken file is no reason to stop.
      return [];
    }
  };
  return {
    read,
    keep(record) {
      const runs = [...read(), record].slice(-MAX_RUNS);
      const text = `${JSON.stringify({ version: VERSION, runs })}\n`;
      writeAtomic(file, text, { isPrivate: true, isDurable: false });
    },
  };
}

/** The kept runs as rows, the latest first. */
export function recordsPage(records: readonly RunRecord[]): ResultPage {
  return {
    columns: [
      text('started'),
      text('command'),
      number('nodes'),
      number('ok'),
      number('failed'),
      number('skipped'),
      seconds('seconds'),
    ],
    rows: records
      .toReversed()
      .map((record) => [
        momentText(record.startedAtMs),
        record.command,
        record.nodes.length,
        count(record, ['success', 'pass', 'warn', 'no-op', 'reused']),
        count(record, ['error', 'fail', 'runtime error', 'partial success']),
        count(record, ['skipped']),
        secondsText(record.durationMs),
      ]),
  };
}

/** Two runs beside each other, a row a node: those that ended otherwise first, then those that changed most in time. */
export function comparedPage(before: RunRecord, after: RunRecord): ResultPage {
  const old = new Map(before.nodes.map((node) => [node.id, node]));
  const now = new Map(after.nodes.map((node) => [node.id, node]));
  const ids = [...new Set([...now.keys(), ...old.keys()])];
  const rows = ids.map((id) => {
    const [left, right] = [old.get(id), now.get(id)];
    const deltaMs = (right?.durationMs ?? 0) - (left?.durationMs ?? 0);
    return { id, left, right, deltaMs, isOther: left?.status !== right?.status };
  });
  rows.sort(
    (one, two) =>
      Number(two.isOther) - Number(one.isOther) || Math.abs(two.deltaMs) - Math.abs(one.deltaMs),
  );
  return {
    columns: [
      text('node'),
      text('before'),
      text('after'),
      seconds('seconds_before'),
      seconds('seconds_after'),
      seconds('change'),
      number('rows_before'),
      number('rows_after'),
    ],
    rows: rows.map(({ id, left, right, deltaMs }): readonly Cell[] => [
      id.split('.').slice(2).join('.'),
      left?.status ?? null,
      right?.status ?? null,
      left === undefined ? null : secondsText(left.durationMs),
      right === undefined ? null : secondsText(right.durationMs),
      left === undefined || right === undefined ? null : secondsText(deltaMs),
      left?.rows ?? null,
      right?.rows ?? null,
    ]),
  };
}

function fileOf({ facts }: Session): string {
  const target = facts.targetName.replaceAll(/[^\w.-]/gu, '_');
  return joinPath(facts.projectDir, '.dagbook', `runs-${target}.json`);
}

function isRecord(value: unknown): value is RunRecord {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof Reflect.get(value, 'command') === 'string' &&
    typeof Reflect.get(value, 'startedAtMs') === 'number' &&
    Array.isArray(Reflect.get(value, 'nodes'))
  );
}

function count({ nodes }: RunRecord, statuses: readonly string[]): number {
  return nodes.filter(({ status }) => statuses.includes(status)).length;
}

function momentText(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 19).replace('T', ' ');
}

function secondsText(durationMs: number): string {
  return (durationMs / 1000).toFixed(2);
}

function text(name: string): ResultColumn {
  return { name, kind: 'text', typeName: '' };
}

function number(name: string): ResultColumn {
  return { name, kind: 'integer', typeName: '' };
}

function seconds(name: string): ResultColumn {
  return { name, kind: 'decimal', typeName: '' };
}
