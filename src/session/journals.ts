/**
 * The journals of a project's runs: one file a run below `.dagbook/journal`, those of runs that ended kept for a while.
 */
import type { JsonObject, NodeId } from '../base/index.js';
import {
  isFile,
  isRunning,
  joinPath,
  listFiles,
  openGrowing,
  ownProcessId,
  readText,
  removePath,
} from '../platform/index.js';
import { type Journal, type JournalEntry, readJournal } from '../run/index.js';
import type { Warehouse } from '../warehouse/index.js';

/** Journals of runs that came to their end, to look at later. */
const KEPT = 20;

export interface JournalStart {
  readonly runId: string;
  readonly command: string;
  readonly target: string;
  readonly engine: Warehouse['engine'];
  readonly atMs: number;
  readonly args: JsonObject;
  readonly nodeIds: readonly NodeId[];
}

/** A run that has no end in its journal, and whose process is gone. */
export interface CutOffRun {
  readonly file: string;
  readonly start: Extract<JournalEntry, { kind: 'run' }>;
  readonly entries: readonly JournalEntry[];
}

/**
 * Begins the journal of a run. Only where a warehouse goes on without us must a line be on the disk before the statement is
 * sent: DuckDB ends with the process.
 */
export function beginJournal(
  projectDir: string,
  start: JournalStart,
): { readonly journal: Journal; readonly close: () => void } {
  const folder = journalFolder(projectDir);
  prune(folder);
  const name = `${new Date(start.atMs).toISOString().replaceAll(':', '-')}-${start.runId}.jsonl`;
  const file = openGrowing(joinPath(folder, name));
  const isRemote = start.engine === 'snowflake';
  const note: Journal['note'] = (entry, { isDurable = false } = {}) =>
    file.append(JSON.stringify(entry), { isDurable: isDurable && isRemote });
  note({ kind: 'run', version: 1, processId: ownProcessId(), ...start });
  return { journal: { note }, close: () => file.close() };
}

/** Runs of a target that were cut off, oldest first; nothing is asked of a warehouse. */
export function cutOffRuns(projectDir: string, target: string): readonly CutOffRun[] {
  const folder = journalFolder(projectDir);
  return listFiles(folder).flatMap(({ file }): readonly CutOffRun[] => {
    if (!isFile(file)) return [];
    const text = readText(file);
    // Most came to their end: to read all their entries at every start would take longer than a run of a few nodes.
    if (text.includes('\n{"kind":"end",') && !text.includes('"outcome":"unknown"')) return [];
    const entries = readJournal(text);
    const start = entries.find((entry) => entry.kind === 'run');
    if (start === undefined || start.target !== target) return [];
    const isOver = entries.some(({ kind }) => kind === 'end' || kind === 'recovered');
    const isOpen = entries.some((entry) => entry.kind === 'ended' && entry.outcome === 'unknown');
    const isDone = entries.some(({ kind }) => kind === 'recovered') || (isOver && !isOpen);
    return isDone || (!isOver && isRunning(start.processId)) ? [] : [{ file, start, entries }];
  });
}

/** Marks a run as seen to. */
export function markRecovered({ file }: CutOffRun, atMs: number): void {
  const journal = openGrowing(file);
  const entry: JournalEntry = { kind: 'recovered', atMs };
  // A torn last line must not swallow the mark.
  journal.append(`\n${JSON.stringify(entry)}`, { isDurable: true });
  journal.close();
}

function prune(folder: string): void {
  const files = listFiles(folder);
  for (const { file } of files.slice(0, Math.max(0, files.length - KEPT))) {
    const kinds = new Set(readJournal(readText(file)).map(({ kind }) => kind));
    if (kinds.has('end') || kinds.has('recovered')) removePath(file);
  }
}

function journalFolder(projectDir: string): string {
  return joinPath(projectDir, '.dagbook', 'journal');
}
