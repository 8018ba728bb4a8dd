/**
 * DESCRIBE, with Snowflake's columns in Snowflake's order.
 */
import type { Row, StatementResult } from '../port.js';
import { WarehouseError } from '../warehouse-error.js';
import { listing } from './answers.js';
import { type Ask, listColumns, listRelations } from './catalog.js';
import type { Session } from './session.js';

const DESCRIBE = [
  'name',
  'type',
  'kind',
  'null?',
  'default',
  'primary key',
  'unique key',
  'check',
  'expression',
  'comment',
  'policy name',
  'privacy domain',
];

/** Answers DESCRIBE TABLE and DESCRIBE VIEW. */
export async function answerDescribe(
  object: string,
  parts: readonly string[],
  session: Session,
  ask: Ask,
): Promise<StatementResult> {
  if (object === 'SCHEMA' || object === 'DATABASE') {
    const entries = await listRelations(
      ask,
      object === 'DATABASE'
        ? { database: parts.at(-1) ?? '' }
        : { database: parts.at(-2) ?? session.database ?? '', schema: parts.at(-1) ?? '' },
    );
    return listing(
      ['created_on', 'name', 'kind'],
      entries.map((entry): Row => [
        entry.createdOn,
        entry.identifier,
        entry.kind === 'view' ? 'VIEW' : 'TABLE',
      ]),
    );
  }
  if (object !== 'TABLE' && object !== 'VIEW')
    throw new WarehouseError(
      'warehouse/unsupported',
      `DESCRIBE ${object} is not supported by the embedded warehouse.`,
    );
  const name = session.fullName(parts);
  const columns = await listColumns(ask, name, {
    isTemporary: session.temporaryKind(name) !== undefined,
    hasComments: session.hasColumnComments(name),
    hasLengths: session.shared.lengths.areUsed,
  });
  if (columns.length === 0)
    throw new WarehouseError(
      'warehouse/absent',
      `002003 (02000): SQL compilation error:\n${object === 'VIEW' ? 'View' : 'Table'} '${name.database}.${name.schema}.${name.identifier}' does not exist or not authorized.`,
    );
  return listing(
    DESCRIBE,
    columns.map((column): Row => [
      column.name,
      column.typeName,
      'COLUMN',
      column.isNullable ? 'Y' : 'N',
      column.defaultText,
      'N',
      'N',
      null,
      null,
      column.comment,
      null,
      null,
    ]),
  );
}
