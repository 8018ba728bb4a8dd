/**
 * Questions about the server itself: who asks, what runs, and orders to end it.
 */
import type { Statements } from './statements.js';
import type { WireResult, WireType } from './wire-text.js';

/** The answer, or undefined for any other statement. */
export function systemAnswer(
  sql: string,
  sessionId: string,
  statements: Statements,
): WireResult | undefined {
  const text = sql.replaceAll(/\/\*[\s\S]*?\*\//gu, '').trim();
  if (/^select\s+current_session\(\)/iu.test(text)) return table(['SESSION'], [[sessionId]]);
  const session = /^select\s+system\$cancel_all_queries\((\d+)\)/iu.exec(text)?.[1];
  if (session !== undefined) {
    const count = statements.cancelSession(session);
    return table(['CANCELLED'], [[`${count} queries cancelled`]]);
  }
  const query = /^select\s+system\$cancel_query\('([^']*)'\)/iu.exec(text)?.[1];
  if (query !== undefined) {
    statements.byQuery(query)?.cancel();
    return table(['CANCELLED'], [['query cancelled']]);
  }
  const asked = /query_history_by_session\(\s*session_id\s*=>\s*(\d+)/iu.exec(text)?.[1];
  if (asked !== undefined) {
    const rows = statements.all
      .filter((ran) => ran.sessionId === asked)
      .map((ran) => [ran.queryId, ran.status, ran.sql]);
    return table(['QUERY_ID', 'EXECUTION_STATUS', 'QUERY_TEXT'], rows);
  }
  return undefined;
}

function table(names: readonly string[], rowset: WireResult['rowset']): WireResult {
  const rowtype = names.map((name): WireType => ({
    name,
    type: 'text',
    nullable: true,
    precision: null,
    scale: null,
    length: 16_777_216,
  }));
  return { rowtype, rowset };
}
