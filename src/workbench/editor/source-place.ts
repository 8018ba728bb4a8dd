/**
 * Where in its file a node is looked at now: the line of what failed, of the CTE under the cursor, of the text that is scrolled to.
 */
import { dialectOf } from '../dialect-of.js';
import type { ManifestNode } from '../../manifest/index.js';
import type { Position } from '../../base/index.js';
import { queryStepsOf } from '../node/cte-list.js';
import type { Workbench } from '../workbench.js';

/** The line of a node's file, 1 first; 1 where nothing says more. */
export function sourceLine(workbench: Workbench, node: ManifestNode): number {
  return failedLine(workbench, node) ?? shownLine(workbench, node) ?? 1;
}

/** Where its last run, or its compilation, failed. */
function failedLine({ store, states }: Workbench, node: ManifestNode): number | null {
  const { screen, run, node: open } = store.get();
  if (screen === 'run') {
    return lineIn(node, run.view?.nodes.get(node.id)?.result?.failure?.position);
  }
  if (open.id === node.id && open.compiled.kind === 'ready') {
    const [first] = open.compiled.value.diagnostics;
    const line = lineIn(node, first?.position);
    if (line !== null) return line;
  }
  const { state, lastResult } = states.stateOf(node.id);
  return state === 'failed' ? lineIn(node, lastResult?.failure?.position) : null;
}

function lineIn(node: ManifestNode, position: Position | undefined): number | null {
  return position !== undefined && position.file === node.originalFilePath ? position.line : null;
}

function shownLine({ store, session }: Workbench, node: ManifestNode): number | null {
  const { screen, node: open } = store.get();
  if (screen !== 'node' || open.id !== node.id || open.source === null) return null;
  if (open.tab === 'source') return open.scroll + 1;
  const sql = open.compiled.kind === 'ready' ? open.compiled.value.compiledSql : null;
  if (open.tab !== 'ctes' || sql === null) return null;
  const name = queryStepsOf(sql, dialectOf(session))[open.step]?.name ?? null;
  return name === null ? null : lineOfCte(open.source, name);
}

const BEGINNING = /\bas\s*(?:not\s+)?(?:materialized\s*)?\(/iu;

/** The first line that gives a CTE its name; null for one that a macro has written. */
function lineOfCte(source: string, name: string): number | null {
  const wanted = name.toLowerCase();
  const index = source
    .split('\n')
    .findIndex((line) => BEGINNING.test(line) && wordsOf(line).includes(wanted));
  return index === -1 ? null : index + 1;
}

function wordsOf(line: string): readonly string[] {
  return line.toLowerCase().match(/"[^"]*"|\w+/gu) ?? [];
}
