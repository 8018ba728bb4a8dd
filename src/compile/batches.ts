/**
 * The batches of a microbatch model: stretches of event time, each built by itself.
 */
import { DagbookError, textOfJson } from '../base/index.js';
import type { ProjectFacts } from '../context/index.js';
import type { ModelNode } from '../manifest/index.js';

/** One stretch of time, its end not in it. */
export interface Batch {
  /** Names the batch: `2024-01-02`, `2024-01-02T05`, `2024-01`, `2024`. */
  readonly label: string;
  /** As in the names of temporary relations: the label without its dashes. */
  readonly id: string;
  /** As Python prints a moment of UTC: `2024-01-02 00:00:00+00:00`. */
  readonly start: string;
  readonly end: string;
}

type BatchSize = 'hour' | 'day' | 'month' | 'year';

const LENGTH: Readonly<Record<BatchSize, number>> = { year: 4, month: 7, day: 10, hour: 13 };

export function isMicrobatch(node: { readonly resourceType: string }): node is ModelNode {
  if (node.resourceType !== 'model') return false;
  const { materialized, config } = node as ModelNode;
  return materialized === 'incremental' && config['incremental_strategy'] === 'microbatch';
}

/**
 * Cuts the time that a run is about into batches.
 *
 * It starts where the run says, else at the model's `begin`, or for a table that is there so many batches (`lookback`)
 * before its end; it ends where the run says, else now. Starts are cut down to a batch's, the end is raised.
 *
 * @param isIncremental whether there is a table to add to.
 * @throws DagbookError run/event-time for moments that cannot be read or that leave no time.
 */
export function batchesOf(
  node: ModelNode,
  facts: Pick<ProjectFacts, 'flags' | 'runStartedAt'>,
  isIncremental: boolean,
): readonly Batch[] {
  const size = sizeOf(node);
  const asked = (flag: string): number | null => momentOf(facts.flags[flag], `--${flagName(flag)}`);
  const [from, until] = [asked('EVENT_TIME_START'), asked('EVENT_TIME_END')];
  if ((from === null) !== (until === null)) {
    throw eventTimeFault('--event-time-start and --event-time-end go together: one is missing.');
  }
  if (from !== null && until !== null && from >= until)
    throw eventTimeFault('--event-time-start must be before --event-time-end.');
  const endMs = ceiling(until ?? facts.runStartedAt.getTime(), size);
  const begin = momentOf(node.config['begin'], `begin of ${node.name}`);
  const startMs =
    from !== null
      ? truncated(from, size)
      : isIncremental
        ? offset(endMs, size, -(lookbackOf(node) + 1))
        : truncated(begin ?? endMs, size);
  const batches: Batch[] = [];
  for (let at = startMs; batches.length === 0 || at < endMs; at = offset(at, size, 1)) {
    const next = offset(at, size, 1);
    batches.push(batchOf(at, next < endMs ? next : endMs, size));
  }
  return batches;
}

function batchOf(startMs: number, endMs: number, size: BatchSize): Batch {
  const label = new Date(startMs).toISOString().slice(0, LENGTH[size]);
  return { label, id: label.replaceAll('-', ''), start: text(startMs), end: text(endMs) };
}

function text(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19).replace('T', ' ')}+00:00`;
}

function sizeOf(node: ModelNode): BatchSize {
  const size = node.config['batch_size'];
  if (size === 'hour' || size === 'day' || size === 'month' || size === 'year') return size;
  throw eventTimeFault(`${node.name} has no batch_size of hour, day, month or year.`);
}

function lookbackOf(node: ModelNode): number {
  const { lookback } = node.config;
  return typeof lookback === 'number' ? lookback : 1;
}

function momentOf(value: ModelNode['config'][string] | undefined, what: string): number | null {
  if (value === undefined || value === null || value === '') return null;
  const written = textOfJson(value) ?? '';
  const clock = written.trim().replace(' ', 'T');
  const ms = Date.parse(
    /T/u.test(clock) && !/(?:Z|[+-]\d\d:?\d\d)$/u.test(clock) ? `${clock}Z` : clock,
  );
  if (!Number.isNaN(ms)) return ms;
  throw eventTimeFault(`${what} is no moment in time: ${written}.`);
}

function flagName(flag: string): string {
  return flag.toLowerCase().replaceAll('_', '-');
}

function truncated(ms: number, size: BatchSize): number {
  const date = new Date(ms);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  switch (size) {
    case 'year':
      return Date.UTC(year, 0);
    case 'month':
      return Date.UTC(year, month);
    case 'day':
      return Date.UTC(year, month, date.getUTCDate());
    case 'hour':
      return Date.UTC(year, month, date.getUTCDate(), date.getUTCHours());
  }
}

/** So many batches on (or back), from the beginning of the one that the moment is in. */
function offset(ms: number, size: BatchSize, count: number): number {
  const date = new Date(truncated(ms, size));
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  switch (size) {
    case 'year':
      return Date.UTC(year + count, 0);
    case 'month':
      return Date.UTC(year, month + count);
    case 'day':
      return Date.UTC(year, month, date.getUTCDate() + count);
    case 'hour':
      return Date.UTC(year, month, date.getUTCDate(), date.getUTCHours() + count);
  }
}

function ceiling(ms: number, size: BatchSize): number {
  const start = truncated(ms, size);
  return start === ms ? ms : offset(start, size, 1);
}

function eventTimeFault(message: string): DagbookError {
  return new DagbookError('run/event-time', message, { exitCode: 1 });
}
