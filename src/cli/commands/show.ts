/**
 * `show`: rows of a node's query or of SQL that was typed.
 */
import { DagbookError, display, displayLines, type NodeId } from '../../base/index.js';
import type { Manifest } from '../../manifest/index.js';
import type { PreviewRequest } from '../../session/index.js';
import type { ResultPage, Row } from '../../warehouse/index.js';
import type { Io } from '../io.js';
import {
  type OutputFlags,
  type ProjectFlags,
  type SelectionFlags,
  selectionOf,
} from '../options.js';
import { cteNamed, csvLines, dialectOf, rowObjects } from '../../workbench/index.js';
import { renderResult } from '../print/table.js';
import { type CommandScope, withSession } from '../with-session.js';

export type ShowFlags = ProjectFlags &
  SelectionFlags &
  OutputFlags & {
    readonly inline?: string;
    readonly limit?: string;
    readonly relation?: boolean;
    readonly cte?: string;
  };

const PAGE_ROWS = 500;

export async function showCommand(io: Io, flags: ShowFlags): Promise<number> {
  return await withSession(io, flags, { needsCleanProject: false }, async (scope) => {
    const limit = limitOf(flags.limit);
    if (flags.inline !== undefined) {
      const page = await readRows(
        scope,
        { kind: 'sql', sql: flags.inline, isTemplate: true },
        limit,
      );
      printRows(null, page, flags.output, io);
      return 0;
    }
    const { ids } = scope.session.select({ ...selectionOf(flags), command: 'show' });
    if (flags.select === undefined && flags.models === undefined) {
      throw new DagbookError(
        'show/nothing',
        'Say what to show: --select MODEL, or --inline "select ...".',
        { exitCode: 1 },
      );
    }
    if (ids.length === 0) {
      throw new DagbookError('show/nothing', 'The selection matches no node that has rows.', {
        hint: 'Check it with `dagbook ls`.',
        exitCode: 1,
      });
    }
    for (const id of shown(ids, scope.session)) {
      const page = await readRows(scope, await requestFor(id, flags, scope), limit);
      printRows(id, page, flags.output, io);
    }
    return 0;
  });
}

/** The rows of a node, of what is built of it, or of one of its CTEs. */
async function requestFor(
  id: NodeId,
  { relation, cte }: ShowFlags,
  { session, signal }: CommandScope,
): Promise<PreviewRequest> {
  if (cte === undefined) {
    return { kind: 'node', nodeId: id, from: relation === true ? 'relation' : 'query' };
  }
  const sql = await session.previewSql({ kind: 'node', nodeId: id, from: 'query' }, { signal });
  return { kind: 'sql', sql: cteNamed(sql, dialectOf(session), cte).sql, isTemplate: false };
}

function shown(ids: readonly NodeId[], session: CommandScope['session']): readonly NodeId[] {
  if (session.options.planStyle === 'dbt') return session.inOrder(ids);
  return withoutTests(ids, session.manifest);
}

/** Tests come with a model eagerly; who asks for a model wants its rows, who asks for tests gets theirs. */
function withoutTests(ids: readonly NodeId[], manifest: Manifest): readonly NodeId[] {
  const others = ids.filter((id) => manifest.nodes.get(id)?.resourceType !== 'test');
  return others.length > 0 ? others : ids;
}

/** Reads up to so many rows. */
export async function readRows(
  { session, signal }: Pick<CommandScope, 'session' | 'signal'>,
  request: PreviewRequest,
  limit: number | null,
): Promise<ResultPage> {
  const rows: Row[] = [];
  let columns: ResultPage['columns'] = [];
  const pages = session.preview(request, {
    signal,
    pageRows: Math.min(limit ?? PAGE_ROWS, PAGE_ROWS),
    ...(limit === null ? {} : { maxRows: limit }),
  });
  for await (const page of pages) {
    ({ columns } = page);
    rows.push(...page.rows);
  }
  return { columns, rows };
}

function printRows(id: NodeId | null, page: ResultPage, output: string, io: Io): void {
  if (output === 'json') {
    const show = rowObjects(page);
    io.print(JSON.stringify(id === null ? { show } : { node: id, show }));
    return;
  }
  if (output === 'csv') {
    // Byte for byte into a file or a pipe; a terminal is shown nothing that could drive it.
    const safe = io.stdout.isTTY ? displayLines : (text: string): string => text;
    for (const line of csvLines(page)) io.print(safe(line));
    return;
  }
  if (id !== null) io.note(io.errorStyle.dim(`Previewing ${display(id)}`));
  io.print(renderResult(page, io));
}

function limitOf(text: string | undefined): number | null {
  if (text === undefined) return 5;
  const limit = Number(text);
  if (limit === -1) return null;
  if (Number.isInteger(limit) && limit > 0) return limit;
  throw new DagbookError(
    'show/bad-limit',
    `--limit must be a whole number, or -1 for all rows; this is ${text}.`,
  );
}
