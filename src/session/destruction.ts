/**
 * What cannot be taken back: statements that write, and runs that make anew what holds more than its query gives.
 */
import type { NodeId } from '../base/index.js';
import type { Manifest } from '../manifest/index.js';
import { classifyStatement, splitStatements, tokenize } from '../sql/index.js';
import type { Dialect } from '../warehouse/index.js';
import type { RunRequest } from './api.js';

const SHOWN = 120;

/**
 * What a text would do to the warehouse, in a sentence; null if it only reads, or changes nothing but its own session.
 *
 * @param sql one statement or several.
 */
export function writeOf(sql: string, dialect: Dialect): string | null {
  const found = splitStatements(sql)
    .flatMap((statement) => steps(statement, dialect))
    .find((statement) => writes(statement, dialect));
  if (found === undefined) return null;
  const text = found.replaceAll(/\s+/gu, ' ').trim();
  const shown = text.length > SHOWN ? `${text.slice(0, SHOWN - 1)}…` : text;
  return `This would be sent: ${shown}.`;
}

/** Snowflake's `->>` puts any statement behind another; in DuckDB it takes a member of JSON. */
function steps(statement: string, dialect: Dialect): readonly string[] {
  if (dialect === 'duckdb' || !statement.includes('->>')) return [statement];
  const parts: string[] = [''];
  for (const { kind, text } of tokenize(statement, dialect)) {
    const isFlow = kind === 'operator' && text === '->>';
    if (isFlow) parts.push('');
    else parts.push(`${parts.pop() ?? ''}${text}`);
  }
  return parts;
}

const TRANSACTION =
  /^(?:begin(?:\s+(?:transaction|work))?(?:\s+name\s+\S+)?|start\s+transaction(?:\s+name\s+\S+)?|commit(?:\s+work)?|rollback(?:\s+work)?|end)$/iu;
/** DuckDB's reads that are none of Snowflake's, and Snowflake's way to a file of a stage. */
const ALSO_READS: ReadonlySet<string> = new Set(['pivot', 'unpivot', 'get', 'checkpoint', '']);

function writes(statement: string, dialect: Dialect): boolean {
  const words = bare(statement, dialect);
  const analyzed = /^explain\s+analyze\s+(?<rest>[\s\S]*)$/iu.exec(words)?.groups?.['rest'];
  if (analyzed !== undefined) return writes(analyzed, dialect);
  const { isRead, kind, verb, effect } = classifyStatement(words, dialect);
  if (isRead || ALSO_READS.has(verb)) return false;
  // A block of Snowflake's scripting begins as a transaction does.
  if (kind === 'transaction') return !TRANSACTION.test(words);
  return kind !== 'session' && !(effect?.type === 'create' && effect.isTemporary);
}

/** The statement without its comments, and without the brackets in front of its first word. */
function bare(statement: string, dialect: Dialect): string {
  return tokenize(statement, dialect)
    .map(({ kind, text }) => (kind === 'comment' ? ' ' : text))
    .join('')
    .trim()
    .replace(/;+$/u, '')
    .replace(/^[(\s]+/u, '');
}

/** Materializations that hold nothing but what their query gives. */
const REMADE: ReadonlySet<string> = new Set(['table', 'view', 'ephemeral']);

/** What a run would make anew, in a sentence; null if nothing of it holds more than its query gives. */
export function refreshOf(
  manifest: Manifest,
  ids: readonly NodeId[],
  { command, isFullRefresh }: Pick<RunRequest, 'command' | 'isFullRefresh'>,
): string | null {
  if (isFullRefresh !== true) return null;
  const names = ids.flatMap((id) => {
    const node = manifest.nodes.get(id);
    if (node === undefined || !('config' in node)) return [];
    const isRefused = node.config['full_refresh'] === false;
    const isKept =
      node.resourceType === 'seed' ||
      (node.resourceType === 'model' && !REMADE.has(node.materialized)) ||
      // A clone takes the place of whatever is there.
      (command === 'clone' && (node.resourceType === 'model' || node.resourceType === 'snapshot'));
    return isKept && !isRefused ? [node.name] : [];
  });
  if (names.length === 0) return null;
  const shown = names.slice(0, 5).join(', ') + (names.length > 5 ? ', ...' : '');
  return `--full-refresh replaces ${names.length} ${names.length === 1 ? 'table' : 'tables'}: ${shown}.`;
}
