/**
 * Translates one Snowflake statement for DuckDB.
 */
import { readTree } from '../tree.js';
import type { SqlNode } from '../tree.js';
import { writeAlter } from './alter.js';
import { writeCreate } from './create.js';
import { writeDelete, writeInsert, writeUpdate } from './dml.js';
import { writeExpression } from './expression.js';
import { inlineIdentifiers } from './identifier-function.js';
import { writeMerge } from './merge.js';
import { isOperator, isQuery, isWord } from './nodes.js';
import { writeQuery } from './query.js';
import { type Scope, type TranslateOptions, lineBreaks, unsupported } from './scope.js';
import { writeDescribe, writeShow } from './show.js';
import {
  writeCall,
  writeComment,
  writeDrop,
  writeGrant,
  writeSet,
  writeTransaction,
  writeTruncate,
  writeUndrop,
  writeUnset,
  writeUse,
} from './statements.js';
import { writeCopy, writeListStage, writeTransfer } from './stage-statements.js';
import type { Translation } from './translation.js';

type StatementRule = (nodes: readonly SqlNode[], scope: Scope) => Translation;

const RULES: Readonly<Record<string, StatementRule>> = {
  ALTER: writeAlter,
  BEGIN: writeTransaction,
  CALL: writeCall,
  COMMENT: writeComment,
  COMMIT: writeTransaction,
  COPY: writeCopy,
  CREATE: writeCreate,
  DELETE: writeDelete,
  DESC: writeDescribe,
  DESCRIBE: writeDescribe,
  DROP: writeDrop,
  GRANT: writeGrant,
  INSERT: writeInsert,
  LIST: writeListStage,
  LS: writeListStage,
  MERGE: writeMerge,
  REMOVE: writeListStage,
  REVOKE: writeGrant,
  RM: writeListStage,
  ROLLBACK: writeTransaction,
  SET: writeSet,
  SHOW: writeShow,
  START: writeTransaction,
  TRUNCATE: writeTruncate,
  UNDROP: writeUndrop,
  UNSET: writeUnset,
  UPDATE: writeUpdate,
  USE: writeUse,
};

/**
 * Translates a statement; a final `;` is allowed, a second statement is not.
 *
 * Lines are kept: what stood on line n of `sql` stands on line n of a translated query.
 * @throws DagbookError sql/unsupported (with the construct, line and column) for what cannot be translated exactly;
 * sql/unbalanced for brackets that do not match.
 */
export function translate(sql: string, options: TranslateOptions): Translation {
  if (/^\s*(?:put|get)\s/iu.test(sql)) {
    const transfer = writeTransfer(sql, scopeOf(sql, [], options));
    if (transfer !== undefined) return transfer;
  }
  const all = readTree(sql);
  const trimmed = trimEnd(all);
  const nodes = /\bidentifier\s*\(/iu.test(sql)
    ? inlineIdentifiers(trimmed, options.variables)
    : trimmed;
  const scope = scopeOf(sql, nodes, options);
  const first = nodes[0];
  if (first === undefined) throw unsupported(scope, 'An empty statement', 0);
  const second = nodes.findIndex((node) => isOperator(node, ';'));
  if (second !== -1) throw unsupported(scope, 'A second statement', nodes[second]);
  if (isQuery(nodes))
    return { kind: 'query', sql: `${lineBreaks(scope, first)}${writeQuery(nodes, scope)}` };
  const rule =
    first.kind === 'word' && Object.hasOwn(RULES, first.word) ? RULES[first.word] : undefined;
  if (rule === undefined)
    throw unsupported(
      scope,
      first.kind === 'group' ? 'This statement' : `The statement ${first.word}`,
      first,
    );
  return rule(nodes, scope);
}

function trimEnd(nodes: readonly SqlNode[]): readonly SqlNode[] {
  let end = nodes.length;
  while (isOperator(nodes[end - 1], ';')) end -= 1;
  return nodes.slice(0, end);
}

function scopeOf(sql: string, nodes: readonly SqlNode[], options: TranslateOptions): Scope {
  const bindings = new Map<number, number>();
  const count = (children: readonly SqlNode[]): void => {
    for (const [index, node] of children.entries()) {
      // A question mark in a PATTERN is a quantifier.
      if (node.kind === 'group' && isWord(children[index - 1], 'PATTERN')) continue;
      if (node.kind === 'group') count(node.children);
      else if (node.kind === 'variable' && node.text === '?')
        bindings.set(node.offset, bindings.size + 1);
    }
  };
  if (sql.includes('?')) count(nodes);
  return {
    sql,
    options,
    ctes: new Set(),
    variants: new Set(),
    variantAliases: new Set(),
    sequence: { column: undefined },
    relations: [],
    hidden: [],
    numbersRows: /\bseq\b/iu.test(sql),
    bindings,
    expression: writeExpression,
    query: writeQuery,
  };
}
