/**
 * Notebooks that a column's change may reach: cells that read a node which is hit and name one of its columns that are.
 */
import type { NodeId } from '../../base/index.js';
import { isFolder, joinPath, listFiles, readText } from '../../platform/index.js';
import type { ColumnPlace, ColumnTrace, Impact, Session } from '../../session/index.js';
import { tokenize } from '../../sql/index.js';
import { labelOf } from '../notebook/notebook.js';
import { parseNotebook } from '../notebook/parse-notebook.js';
import { readsOf } from '../notebook/references.js';

export interface NotebookHit {
  /** Relative to the project. */
  readonly file: string;
  /** Names of the cells, in their order. */
  readonly cells: readonly string[];
}

const FOLDER = 'notebooks';

/** Reads the project's notebooks. A star counts as naming every column. */
export function notebookHits(
  session: Session,
  { start }: ColumnTrace,
  impact: Impact,
): readonly NotebookHit[] {
  const folder = joinPath(session.facts.projectDir, FOLDER);
  if (!isFolder(folder)) return [];
  const columns = columnsHit(start, impact);
  return listFiles(folder)
    .filter(({ path }) => path.endsWith('.sql'))
    .flatMap(({ path, file: absolute }) => {
      const file = `${FOLDER}/${path}`;
      const { cells } = parseNotebook(readText(absolute), file);
      const hit = cells.filter((cell) => {
        if (cell.kind !== 'sql') return false;
        const names = readsOf(cell, file, session.manifest).nodes.flatMap((id) => [
          ...(columns.get(id) ?? []),
        ]);
        return names.length > 0 && namesAny(cell.body, new Set(names));
      });
      return hit.length === 0 ? [] : [{ file, cells: hit.map((cell) => labelOf(cell)) }];
    });
}

function columnsHit(start: ColumnPlace, impact: Impact): ReadonlyMap<NodeId, ReadonlySet<string>> {
  const found = new Map<NodeId, ReadonlySet<string>>();
  if (start.nodeId !== null) found.set(start.nodeId, new Set([start.column.toLowerCase()]));
  for (const { nodeId, columns } of impact.hits)
    found.set(nodeId, new Set(columns.map((name) => name.toLowerCase())));
  return found;
}

function namesAny(sql: string, names: ReadonlySet<string>): boolean {
  const words = tokenize(sql).filter(({ kind }) => kind !== 'space' && kind !== 'comment');
  return words.some(({ kind, text }, at) => {
    if (text === '*') return isStar(words[at - 1]?.text ?? '');
    if (kind !== 'word' && kind !== 'quoted') return false;
    return names.has(text.replaceAll('"', '').toLowerCase());
  });
}

/** `select *`, `, *` and `a.*`; not `2 * 3`, nor `count(*)`. */
function isStar(before: string): boolean {
  return before === ',' || before === '.' || /^(?:select|distinct)$/iu.test(before);
}
