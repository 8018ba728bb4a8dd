/**
 * Why a node failed, told in terms of the user's file.
 */
import { DagbookError, messageOf, type Position } from '../base/index.js';
import type { RunnableNode } from '../compile/index.js';
import type { NodeFailure } from '../events/index.js';
import { JinjaError } from '../jinja/index.js';
import { WarehouseError } from '../warehouse/index.js';
import { sourceLine } from './source-line.js';

export interface FailureContext {
  readonly node: RunnableNode;
  readonly compiledSql: string | null;
  /** The statement that was sent last. */
  readonly sql: string | null;
}

/** Makes the failure of anything that was thrown while a node ran. */
export function failureOf(error: unknown, context: FailureContext): NodeFailure {
  const isOpen = error instanceof WarehouseError && error.isOutcomeUnknown;
  const hint = isOpen
    ? 'Whether the statement took effect is not known. `dagbook recover` asks, and ends what still runs.'
    : error instanceof DagbookError
      ? error.hint
      : undefined;
  const position = positionOf(error, context);
  return {
    message: dbtMessage(error, context.node),
    ...(hint === undefined ? {} : { hint }),
    ...(position === undefined ? {} : { position }),
    ...(error instanceof WarehouseError && context.sql !== null ? { sql: context.sql } : {}),
  };
}

/** dbt's shape: the kind of error, the node and its file, then what was said. */
function dbtMessage(error: unknown, node: RunnableNode): string {
  const text = messageOf(error);
  const where = `${node.resourceType} ${node.name} (${node.originalFilePath})`;
  if (error instanceof WarehouseError) return `Database Error in ${where}\n${indented(text)}`;
  if (error instanceof JinjaError) {
    const frames = error.frames
      .map((frame) => `\n> in macro ${frame.name} (${frame.position.file}:${frame.position.line})`)
      .join('');
    return `Compilation Error in ${where}\n${indented(text)}${frames === '' ? '' : indented(frames)}`;
  }
  return `Runtime Error in ${where}\n${indented(text)}`;
}

function indented(text: string): string {
  return text
    .split('\n')
    .map((line) => (line === '' ? line : `  ${line}`))
    .join('\n');
}

function positionOf(
  error: unknown,
  { node, compiledSql, sql }: FailureContext,
): Position | undefined {
  if (error instanceof DagbookError && error.position !== undefined) return error.position;
  const own =
    'position' in node ? node.position : { file: node.originalFilePath, line: 1, column: 1 };
  // A generic test is written in yaml, whose lines are not those of its query.
  if (node.resourceType === 'test' && node.isGeneric) return own;
  if (!('rawCode' in node) || compiledSql === null) return own;
  const line =
    error instanceof WarehouseError && error.line !== undefined && sql !== null
      ? sourceLine({
          rawCode: node.rawCode,
          compiledSql,
          sql,
          line: error.line,
          message: error.message,
        })
      : sourceLine({
          rawCode: node.rawCode,
          compiledSql,
          sql: null,
          line: null,
          message: messageOf(error),
        });
  // Counted in the stripped text, as dbt keeps it: it begins where the node's position is.
  return line === null ? own : { ...own, line: own.line - 1 + line };
}
