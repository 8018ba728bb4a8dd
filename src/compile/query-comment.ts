/**
 * The comment that dbt adds to every statement on Snowflake, so that the query history says which node sent it.
 */
import { type NodeId, textOfJson } from '../base/index.js';
import {
  createEnvironment,
  fromJson,
  JinjaError,
  parseTemplate,
  renderEffects,
  type Value,
} from '../jinja/index.js';
import type { QueryComment } from '../project/index.js';
import type { Compiler } from './compiler.js';
import { nodeDict } from './node-dict.js';

const environment = createEnvironment({ undefinedMode: 'text' });

/**
 * Makes what adds the comment to a statement.
 *
 * @param setting `query-comment:` of the project: undefined text is dbt's own, an empty one or null none.
 * @param nodeId the node that the statements are for; null for those of the run itself.
 * @returns a function of a statement and of what stood behind it (white space and `;`).
 * @throws JinjaError if the comment does not render, or holds the end of a comment.
 */
export function statementComment(
  compiler: Compiler,
  setting: QueryComment,
  nodeId: NodeId | null,
): (sql: string, end: string) => string {
  const text = commentText(compiler, setting.comment, nodeId).trim();
  if (text === '') return (sql, end) => `${sql}${end}`;
  if (text.includes('*/'))
    throw new JinjaError('DbtRuntimeError', `query comment contains illegal value "*/": ${text}`);
  const comment = `/* ${text} */`;
  if (setting.append === false) return (sql, end) => `${comment}\n${sql}${end}`;
  return (sql, end) =>
    end.endsWith(';')
      ? `${sql}${end.slice(0, -1)}\n${comment};`
      : `${sql}${end.trimEnd()}\n${comment}`;
}

function commentText(
  compiler: Compiler,
  template: string | null | undefined,
  nodeId: NodeId | null,
): string {
  const { facts, manifest } = compiler.input;
  if (template === undefined) {
    const entries: readonly (readonly [string, string])[] = [
      ['app', 'dbt'],
      ['dbt_version', facts.dbtVersion],
      ['profile_name', facts.profileName],
      ['target_name', textOfJson(facts.target['target_name'] ?? null) ?? ''],
      nodeId === null ? ['connection_name', 'master'] : ['node_id', nodeId],
    ];
    return `{${entries.map(([key, value]) => `"${key}": ${JSON.stringify(value)}`).join(', ')}}`;
  }
  if (template === null || template === '') return '';
  const node = nodeId === null ? undefined : manifest.nodes.get(nodeId);
  const context = compiler.operationContext(facts.projectName, {
    extra: new Map<string, Value>([
      ['connection_name', nodeId ?? 'master'],
      ['node', node === undefined ? null : fromJson(nodeDict(node))],
    ]),
  });
  const body = renderEffects(
    parseTemplate(template, { name: 'query-comment' }),
    context,
    environment,
  );
  const step = body.next();
  if (step.done === true) return step.value;
  throw new JinjaError('CompilationError', 'A query comment may not run a query.');
}
