/**
 * What a statement is for, in a phrase that an analyst reads in the plan.
 */
import type { StatementClass } from '../sql/index.js';

const SESSION: Readonly<Record<string, string>> = {
  use: 'switches the warehouse',
  alter: 'changes a setting of the session',
  show: 'reads a setting',
  set: 'sets a variable',
  unset: 'clears a variable',
};
const TRANSACTION: Readonly<Record<string, string>> = {
  begin: 'begins the transaction',
  commit: 'commits',
  rollback: 'rolls back',
};
const DML: Readonly<Record<string, string>> = {
  merge: 'updates matching rows and inserts new ones',
  insert: 'inserts rows',
  delete: 'deletes rows',
  update: 'updates rows',
  truncate: 'empties the table',
  copy: 'copies rows',
};

/** @param sql the statement itself: some reads are told by their text. */
export function purposeOf(statement: StatementClass, sql: string): string {
  const { kind, verb, effect } = statement;
  const name = (effect?.name ?? statement.target ?? []).at(-1) ?? '';
  const isTemporary = name.toLowerCase().includes('__dbt_tmp');
  switch (kind) {
    case 'transaction':
      return TRANSACTION[verb] ?? verb;
    case 'session':
      return SESSION[verb] ?? verb;
    case 'dml':
      return DML[verb] ?? verb;
    case 'metadata':
      return verb === 'describe' ? 'asks for columns' : 'asks the catalog';
    case 'query':
      if (/\bwhere\s+false\b/iu.test(sql)) return 'asks which columns the query gives';
      return /\bcurrent_warehouse\(\)/iu.test(sql) ? 'asks for the warehouse in use' : 'reads rows';
    case 'ddl':
      return ddlPurpose(verb, effect, isTemporary);
  }
}

function ddlPurpose(verb: string, effect: StatementClass['effect'], isTemporary: boolean): string {
  const kind = effect?.kind ?? 'object';
  switch (effect?.type) {
    case 'create':
      if (isTemporary) return 'stages the new rows';
      return kind === 'schema' ? 'makes the schema if it is missing' : `makes the ${kind}`;
    case 'drop':
      return isTemporary ? 'drops the staged rows' : `drops the ${kind}`;
    case 'rename':
      return `renames the ${kind}`;
    case 'alter':
      return `alters the ${kind}`;
    case undefined:
      return verb === 'grant' || verb === 'revoke'
        ? 'sets grants'
        : verb === 'comment'
          ? 'writes a description'
          : verb;
  }
}
