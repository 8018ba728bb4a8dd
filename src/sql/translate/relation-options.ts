/**
 * What CREATE TABLE and CREATE VIEW have in common: the words before the name, the options after it.
 */
import type { SqlNode } from '../tree.js';
import { isName, isOperator, isWord, stringValue } from './nodes.js';
import { type Scope, unsupported } from './scope.js';

/** What stands between CREATE and the name. */
export interface CreateHead {
  readonly orReplace: boolean;
  readonly isTemporary: boolean;
  readonly isTransient: boolean;
  readonly isDynamic: boolean;
  readonly ifNotExists: boolean;
  readonly name: readonly string[];
  /** Index after the name. */
  readonly next: number;
}

export function createWords(head: CreateHead, object: 'TABLE' | 'VIEW'): string {
  return `CREATE ${head.orReplace ? 'OR REPLACE ' : ''}${head.isTemporary ? 'TEMPORARY ' : ''}${object}${head.ifNotExists ? ' IF NOT EXISTS' : ''}`;
}

export function facts(
  head: CreateHead,
): Pick<CreateHead, 'name' | 'isTemporary' | 'isTransient' | 'orReplace' | 'ifNotExists'> {
  const { name, isTemporary, isTransient, orReplace, ifNotExists } = head;
  return { name, isTemporary, isTransient, orReplace, ifNotExists };
}

/** Options of tables and views that have a value: read, and without effect on one machine. */
const OPTIONS = new Set([
  'DATA_RETENTION_TIME_IN_DAYS',
  'MAX_DATA_EXTENSION_TIME_IN_DAYS',
  'CHANGE_TRACKING',
  'ENABLE_SCHEMA_EVOLUTION',
  'DEFAULT_DDL_COLLATION',
  'STAGE_FILE_FORMAT',
  'STAGE_COPY_OPTIONS',
]);
const DYNAMIC_OPTIONS = new Set([
  'TARGET_LAG',
  'WAREHOUSE',
  'REFRESH_MODE',
  'INITIALIZE',
  'SCHEDULER',
  'INITIALIZATION_WAREHOUSE',
]);

export interface RelationOptions {
  readonly comment: string | undefined;
  readonly clusterBy: readonly SqlNode[] | undefined;
  readonly dynamic: Readonly<Record<string, string>>;
  /** Index of the first node that is no option. */
  readonly next: number;
}

/** Reads `copy grants`, `cluster by (…)`, `comment = '…'` and the like from `at`, beside what was read `before`. */
export function readOptions(
  nodes: readonly SqlNode[],
  at: number,
  scope: Scope,
  before?: RelationOptions,
): RelationOptions {
  let comment = before?.comment;
  let clusterBy = before?.clusterBy;
  const dynamic: Record<string, string> = { ...before?.dynamic };
  let next = at;
  for (;;) {
    const node = nodes[next];
    const value = nodes[next + 2];
    if (isWord(node, 'COPY') && isWord(nodes[next + 1], 'GRANTS', 'TAGS')) next += 2;
    else if (isWord(node, 'CLUSTER') && value?.kind === 'group') {
      clusterBy = value.children;
      next += 3;
    } else if (
      isWord(node, 'COMMENT') &&
      isOperator(nodes[next + 1], '=') &&
      value?.kind === 'string'
    ) {
      comment = stringValue(value.text);
      next += 3;
    } else if (
      isName(node) &&
      isOperator(nodes[next + 1], '=') &&
      value !== undefined &&
      value.kind !== 'group' &&
      (OPTIONS.has(node.word) || DYNAMIC_OPTIONS.has(node.word))
    ) {
      if (DYNAMIC_OPTIONS.has(node.word))
        dynamic[node.word] =
          value.kind === 'string' ? stringValue(value.text) : value.text.toUpperCase();
      next += 3;
    } else if (isWord(node, 'WITH') && isWord(nodes[next + 1], 'TAG')) next += 3;
    else if (isWord(node, 'TAG') && nodes[next + 1]?.kind === 'group') next += 2;
    else if (isWord(node, 'WITH', 'ROW') && isWord(nodes[next + 1], 'ROW', 'ACCESS'))
      throw unsupported(scope, 'A row access policy', node);
    else return { comment, clusterBy, dynamic, next };
  }
}
