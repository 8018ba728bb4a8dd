/**
 * `source freshness`.
 */
import type { Io } from '../io.js';
import {
  type OutputFlags,
  type ProjectFlags,
  type SelectionFlags,
  selectionOf,
} from '../options.js';
import { renderTable } from '../print/table.js';
import { withSession } from '../with-session.js';

export async function freshnessCommand(
  io: Io,
  flags: ProjectFlags & SelectionFlags & OutputFlags,
): Promise<number> {
  return await withSession(io, flags, { needsCleanProject: true }, async ({ session, signal }) => {
    const results = await session.freshness(selectionOf(flags), { signal });
    if (flags.output === 'json') {
      for (const result of results) io.print(JSON.stringify(result));
    } else if (results.length === 0) {
      io.note(
        io.errorStyle.yellow(
          'No selected source asks for freshness: none has warn_after or error_after.',
        ),
      );
    } else {
      const rows = results.map((result) => [
        session.manifest.nodes.get(result.nodeId)?.fqn.slice(-2).join('.') ?? result.nodeId,
        result.status,
        result.maxLoadedAt?.replace('T', ' ').slice(0, 19) ?? '∅',
        age(result.ageSeconds),
        result.message ?? '',
      ]);
      const titles = ['source', 'status', 'newest row (UTC)', 'age', ''].map((title) => ({
        title,
      }));
      io.print(renderTable(titles, rows, io));
    }
    return results.some((result) => result.status === 'error' || result.status === 'runtime error')
      ? 1
      : 0;
  });
}

function age(seconds: number | null): string {
  if (seconds === null) return '∅';
  if (seconds < 120) return `${Math.round(seconds)} s`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`;
  if (seconds < 172_800) return `${Math.round(seconds / 3600)} h`;
  return `${Math.round(seconds / 86_400)} d`;
}
