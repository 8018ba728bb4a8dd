/** CREATE FUNCTION in SQL: an expression or a query of its arguments, kept as a macro. Other languages are refused. */
import { quoteIdentifier, storedName } from '../identifiers.js';
import { type SqlNode, readTree } from '../tree.js';
import { writeCast } from './casts.js';
import { readColumns } from './columns.js';
import { writeBody } from './create-table.js';
import { isGroup, isName, isOperator, isQuery, isWord, splitCommas, stringValue } from './nodes.js';
import type { CreateHead } from './relation-options.js';
import { type Scope, literal, unsupported } from './scope.js';
import type { Translation } from './translation.js';
import { readType } from './types.js';

/** `create function f (x int [default 1]) returns int [language sql] [immutable] as 'x + 1'`. */
export function writeCreateFunction(
  nodes: readonly SqlNode[],
  head: CreateHead,
  scope: Scope,
): Translation {
  const list = nodes[head.next];
  const returns = nodes[head.next + 1];
  if (!isGroup(list) || !isWord(returns, 'RETURNS'))
    throw unsupported(scope, 'This CREATE FUNCTION', list ?? nodes[0]);
  const columns = nodes[head.next + 3];
  const isTable = isWord(nodes[head.next + 2], 'TABLE') && isGroup(columns);
  const type = isTable
    ? { text: '', hint: undefined, next: head.next + 4 }
    : readType(nodes, head.next + 2, scope);
  const as = nodes.findIndex((node, index) => index >= type.next && isWord(node, 'AS'));
  const body = nodes[as + 1];
  if (as === -1 || body?.kind !== 'string')
    throw unsupported(scope, 'This CREATE FUNCTION', nodes[type.next] ?? nodes[0]);
  const language = nodes.findIndex(
    (node, index) => index >= type.next && index < as && isWord(node, 'LANGUAGE'),
  );
  const word = nodes[language + 1];
  if (language !== -1 && !isWord(word, 'SQL'))
    throw unsupported(scope, 'A function that is not in SQL', word);
  const parameters = splitCommas(list.children).map((part) => parameter(part, scope));
  const text = stringValue(body.text);
  const inner: Scope = { ...scope, sql: text };
  const tree = readTree(text).filter((node) => !isOperator(node, ';'));
  const target = scope.options.place(head.name, { isTemporary: false });
  const create = `CREATE ${head.orReplace ? 'OR REPLACE ' : ''}MACRO${head.ifNotExists ? ' IF NOT EXISTS' : ''} ${target}(${parameters.join(', ')}) AS`;
  if (isTable) {
    const query = writeBody(tree, readColumns(columns, scope), inner);
    return { kind: 'create_function', name: head.name, sql: `${create} TABLE ${query}` };
  }
  const value = isQuery(tree)
    ? { text: `(${scope.query(tree, inner)})` }
    : scope.expression(tree, inner);
  return {
    kind: 'create_function',
    name: head.name,
    sql: `${create} ${writeCast(value, type, 'CAST').text}`,
  };
}

function parameter(part: readonly SqlNode[], scope: Scope): string {
  const [name] = part;
  if (!isName(name)) throw unsupported(scope, 'This parameter', name);
  const type = readType(part, 1, scope);
  const rest = part.slice(type.next);
  const column = quoteIdentifier(storedName(name.text, 'snowflake'));
  if (rest.length === 0) return column;
  if (!isWord(rest[0], 'DEFAULT')) throw unsupported(scope, 'This parameter', rest[0]);
  const value = rest.slice(1);
  const [only] = value;
  const text =
    value.length === 1 && only?.kind === 'string'
      ? literal(stringValue(only.text))
      : scope.expression(value, scope).text;
  return `${column} := ${text}`;
}
