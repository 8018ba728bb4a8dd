/**
 * Expressions: reads operands with their postfixes (paths, subscripts, casts), and hands calls and operators to their rules.
 */
import { quoteIdentifier } from '../identifiers.js';
import type { Group, Leaf, SqlNode } from '../tree.js';
import { writeCall, writeCallNamed } from './call.js';
import { readCase } from './case.js';
import { writeCast } from './casts.js';
import { objectOfRow } from './functions/objects.js';
import {
  isGroup,
  isName,
  isOperator,
  isQuery,
  isWord,
  readName,
  splitCommas,
  stringValue,
  writeName,
} from './nodes.js';
import { readPath, writeSubscript } from './path.js';
import { readInterval } from './interval.js';
import { type Piece, hintOf, joinPieces } from './pieces.js';
import { rewriteOperators } from './operators.js';
import { type Scope, type Written, literal, unsupported } from './scope.js';
import { isPlainCollation, readType } from './types.js';

/** Words that stay words inside an expression; any other word after an operand is an alias and ends it. */
const INFIX = new Set([
  'AND',
  'OR',
  'NOT',
  'IN',
  'IS',
  'LIKE',
  'ILIKE',
  'RLIKE',
  'REGEXP',
  'BETWEEN',
  'ESCAPE',
  'ANY',
  'ALL',
  'SOME',
  'DISTINCT',
  'FROM',
]);
/** Infix words that are functions too, where an operand is due. */
const PATTERN_FUNCTIONS = new Set(['LIKE', 'ILIKE', 'RLIKE', 'REGEXP']);
const PREFIX = new Set(['NOT', 'EXISTS', 'ANY', 'ALL', 'SOME', 'DISTINCT', 'PRIOR']);
const LITERAL_KINDS = new Set(['string', 'number', 'variable']);
const LITERALS = new Set(['NULL', 'TRUE', 'FALSE']);
const NILADIC = new Set([
  'CURRENT_DATE',
  'CURRENT_TIMESTAMP',
  'CURRENT_TIME',
  'LOCALTIME',
  'LOCALTIMESTAMP',
  'CURRENT_USER',
  'SYSDATE',
  'CURRENT_ROLE',
  'CURRENT_DATABASE',
  'CURRENT_SCHEMA',
  'CURRENT_WAREHOUSE',
]);

/**
 * Translates a whole run of nodes as one expression.
 *
 * @throws DagbookError sql/unsupported if something is left over that belongs to no expression.
 */
export function writeExpression(nodes: readonly SqlNode[], scope: Scope): Written {
  const [only] = nodes;
  // Literals alone are most of a long VALUES list.
  if (nodes.length === 1 && only !== undefined && LITERAL_KINDS.has(only.kind))
    return readPrimary(nodes, 0, scope).written;
  const { written, next } = readExpression(nodes, 0, scope);
  const rest = nodes[next];
  if (rest !== undefined)
    throw unsupported(
      scope,
      `\`${rest.kind === 'group' ? rest.open : rest.text}\` in this place`,
      rest,
    );
  return written;
}

/** Translates from `at` as far as an expression goes; `next` is the index of an alias or the end. */
export function readExpression(
  nodes: readonly SqlNode[],
  at: number,
  scope: Scope,
): { readonly written: Written; readonly next: number } {
  const pieces: Piece[] = [];
  let next = at;
  while (next < nodes.length) {
    const step = readPiece(nodes, next, pieces.at(-1), scope);
    if (step === undefined) break;
    pieces.push(step.piece);
    next = step.next;
  }
  const rewritten = rewriteOperators(pieces, scope);
  return { written: { text: joinPieces(rewritten), hint: hintOf(rewritten) }, next };
}

interface Step {
  readonly piece: Piece;
  readonly next: number;
}

function readPiece(
  nodes: readonly SqlNode[],
  at: number,
  previous: Piece | undefined,
  scope: Scope,
): Step | undefined {
  const node = nodes[at];
  if (node === undefined) return undefined;
  const isAfterOperand = previous?.role === 'operand';
  if (node.kind === 'operator') return readOperator(node, at, isAfterOperand, nodes, scope);
  if (node.kind === 'word') {
    if (isAfterOperand) return INFIX.has(node.word) ? word(node, at) : undefined;
    if (isWord(previous?.node, 'IS') && node.word === 'DISTINCT') return word(node, at);
    const isCall = PATTERN_FUNCTIONS.has(node.word) && isGroup(nodes[at + 1]);
    const isInRow = scope.rows !== undefined && node.word === 'PRIOR';
    if ((PREFIX.has(node.word) || INFIX.has(node.word)) && !isCall && !isInRow)
      return word(node, at);
  } else if (isAfterOperand) return undefined;
  const operand = readOperand(nodes, at, scope);
  return {
    piece: { ...operand.written, role: 'operand', space: node.space, node },
    next: operand.next,
  };
}

function word(node: Leaf, at: number): Step {
  return { piece: { role: 'word', text: node.word, space: node.space, node }, next: at + 1 };
}

function readOperator(
  node: Leaf,
  at: number,
  isAfterOperand: boolean,
  nodes: readonly SqlNode[],
  scope: Scope,
): Step | undefined {
  if (node.text === '*' && !isAfterOperand) {
    // `count(*)`, and a star in a list.
    return { piece: { role: 'operand', text: '*', space: node.space, node }, next: at + 1 };
  }
  if (node.text === ',' || node.text === ';')
    throw unsupported(scope, `\`${node.text}\` in this place`, node);
  if (node.text === '.' || node.text === ':' || node.text === '=>' || node.text === '**')
    throw unsupported(scope, `\`${node.text}\` in this place`, nodes[at]);
  return { piece: { role: 'operator', text: node.text, space: node.space, node }, next: at + 1 };
}

interface Operand {
  readonly written: Written;
  readonly next: number;
}

/** A primary and all that is attached to it: `f(x):a.b[0]::varchar`. */
function readOperand(nodes: readonly SqlNode[], at: number, scope: Scope): Operand {
  let { written, next } = readPrimary(nodes, at, scope);
  for (;;) {
    const node = nodes[next];
    if (isOperator(node, '::')) {
      const type = readType(nodes, next + 1, scope);
      written = writeCast(written, type, 'CAST');
      next = type.next;
    } else if (isOperator(node, ':')) {
      ({ written, next } = readPath(written, nodes, next, scope));
    } else if (isGroup(node, '[')) {
      written = writeSubscript(written, node, scope);
      next += 1;
    } else if (isWord(node, 'COLLATE')) {
      const name = nodes[next + 1];
      if (name?.kind !== 'string' || !isPlainCollation(stringValue(name.text)))
        throw unsupported(scope, 'COLLATE', node);
      next += 2;
    } else return { written, next };
  }
}

function readPrimary(nodes: readonly SqlNode[], at: number, scope: Scope): Operand {
  const node = nodes[at];
  if (node === undefined) throw unsupported(scope, 'An empty expression', at);
  const next = at + 1;
  switch (node.kind) {
    case 'group':
      return { written: writeGroup(node, scope), next };
    case 'string':
      return { written: { text: literal(stringValue(node.text)), hint: 'text' }, next };
    case 'number':
      return { written: { text: node.text, hint: numberHint(node.text) }, next };
    case 'variable':
      return {
        written: {
          text: writeVariable(node, scope),
          hint: scope.variants.has(`COLUMN${node.text.slice(1)}`) ? 'variant' : undefined,
        },
        next,
      };
    case 'quoted':
      return readIdentifier(nodes, at, scope);
    case 'word':
      return readWord(node, nodes, at, scope);
    case 'operator':
      throw unsupported(scope, `\`${node.text}\` in this place`, node);
  }
}

function numberHint(text: string): 'integer' | 'float' | 'decimal' {
  if (/[eE]/u.test(text)) return 'float';
  return text.includes('.') ? 'decimal' : 'integer';
}

function readWord(node: Leaf, nodes: readonly SqlNode[], at: number, scope: Scope): Operand {
  const after = nodes[at + 1];
  if (node.word === 'CASE') return readCase(nodes, at, scope);
  if (LITERALS.has(node.word) && !isOperator(after, '.'))
    return { written: { text: node.word }, next: at + 1 };
  if (after?.kind === 'string') {
    const typed = readTypedLiteral(node, after, scope);
    if (typed !== undefined) return { written: typed, next: at + 2 };
  }
  const inRow = isName(after) ? scope.rows?.operator(node.word, scope) : undefined;
  if (inRow !== undefined) return readPrimary(nodes, at + 1, inRow);
  if (isGroup(after)) return writeCall(node, after, nodes, at + 2, scope);
  if (NILADIC.has(node.word) && !isOperator(after, '.'))
    return { written: writeCallNamed(node, scope), next: at + 1 };
  return readIdentifier(nodes, at, scope);
}

/** `date '2024-01-31'`, `interval '2 days, 3 hours'`. */
function readTypedLiteral(node: Leaf, after: Leaf, scope: Scope): Written | undefined {
  const value = stringValue(after.text);
  switch (node.word) {
    case 'DATE':
      return { text: `DATE ${literal(value)}`, hint: 'date' };
    case 'TIMESTAMP':
    case 'TIME':
      return {
        text: `${node.word} ${literal(value)}`,
        hint: node.word === 'TIME' ? 'time' : 'timestamp',
      };
    case 'X':
      return after.space === '' ? { text: `unhex(${literal(value)})`, hint: 'binary' } : undefined;
    case 'INTERVAL':
      return readInterval(value, node, scope);
    default:
      return undefined;
  }
}

function writeVariable(node: Leaf, scope: Scope): string {
  if (node.text === '?') return `$${scope.bindings.get(node.offset) ?? 0}`;
  const name = node.text.slice(1).toUpperCase();
  if (/^\d/u.test(name)) return quoteIdentifier(`COLUMN${name}`);
  const value = scope.options.variables.get(name);
  if (value === undefined)
    throw unsupported(scope, `The session variable $${name}, which is not set,`, node);
  return value;
}

/** A column, possibly with its table in front; a longer name keeps its last two parts, as relations are kept under other names. */
function readIdentifier(nodes: readonly SqlNode[], at: number, scope: Scope): Operand {
  const name = readName(nodes, at);
  if (name === undefined) throw unsupported(scope, 'An expression', nodes[at]);
  const { parts, next } = name;
  if (isOperator(nodes[next], '.') && isOperator(nodes[next + 1], '*')) {
    const table = parts.at(-1) ?? '';
    return { written: { text: `${quoteIdentifier(table)}.*` }, next: next + 2 };
  }
  const field = isOperator(nodes[next], '.') ? nodes[next + 1] : undefined;
  if (field?.kind === 'variable' && /^\$\d+$/u.test(field.text)) {
    const column = `COLUMN${field.text.slice(1)}`;
    const hint = scope.variants.has(column) ? ('variant' as const) : undefined;
    return {
      written: { text: `${quoteIdentifier(parts.at(-1) ?? '')}.${quoteIdentifier(column)}`, hint },
      next: next + 2,
    };
  }
  const last = nodes[next - 1];
  if (parts.length > 1 && isWord(last, 'NEXTVAL')) {
    const sequence = scope.options.resolve(parts.slice(0, -1));
    return { written: { text: `nextval(${literal(sequence.text)})`, hint: 'integer' }, next };
  }
  const group = nodes[next];
  if (parts.length > 1 && isGroup(group) && last?.kind === 'word')
    return writeCall({ ...last, offset: name.first.offset }, group, nodes, next + 1, scope, parts);
  const inRows = scope.rows?.column(parts, name.first, scope);
  if (inRows !== undefined) return { written: inRows, next };
  const kept = parts.slice(-2);
  const key = kept.join('.').toUpperCase();
  const first =
    parts.length === 1 && name.first.kind === 'word' ? writeName(name.first.text) : undefined;
  const text = first ?? kept.map((part) => quoteIdentifier(part)).join('.');
  return { written: { text, hint: holdsVariant(key, scope) ? 'variant' : undefined }, next };
}

/** Errs on the side of VARIANT: a number that is taken for one becomes a float, a VARIANT that is taken for a number is cut. */
function holdsVariant(key: string, scope: Scope): boolean {
  const column = key.slice(key.lastIndexOf('.') + 1);
  return (
    scope.variants.has(key) ||
    scope.variantAliases.has(column) ||
    scope.options.variantColumns.has(column)
  );
}

/** Brackets: a query, a tuple or one expression; an array; an object. */
function writeGroup(group: Group, scope: Scope): Written {
  if (group.open === '[')
    return writeCallNamed(
      { ...leafOf(group), word: 'ARRAY_CONSTRUCT' },
      scope,
      splitCommas(group.children),
    );
  if (group.open === '{') return writeBraces(group, scope);
  if (isQuery(group.children))
    return { text: `(${scope.query(group.children, scope)}${group.closeSpace})` };
  const items = splitCommas(group.children).map((part) => writeExpression(part, scope));
  const text = items.map((item, index) => `${leadingSpace(group, index)}${item.text}`).join(',');
  return {
    text: `(${text}${group.closeSpace})`,
    hint: items.length === 1 ? items[0]?.hint : undefined,
  };
}

/** An object, the row of a relation as one (`{*}`), or a function in JDBC's form (`{fn x()}`). */
function writeBraces(group: Group, scope: Scope): Written {
  const { children } = group;
  if (isWord(children[0], 'FN')) return writeExpression(children.slice(1), scope);
  if (isOperator(children[0], '*') && children.length > 1)
    return objectOfRow(`struct_pack(*COLUMNS(${someColumns(children, scope)}))`, false);
  const isRow = isOperator(children.at(-1), '*');
  const name = { ...leafOf(group), word: 'OBJECT_CONSTRUCT' };
  return writeCallNamed(name, scope, isRow ? [children] : objectArguments(group, scope));
}

/** `* exclude (a, b)`, `* ilike 'a%'`. */
function someColumns(nodes: readonly SqlNode[], scope: Scope): string {
  const [, word, value, rest] = nodes;
  if (isWord(word, 'ILIKE') && value?.kind === 'string' && rest === undefined)
    return `lambda c: c ILIKE ${literal(stringValue(value.text))}`;
  if (!isWord(word, 'EXCLUDE') || rest !== undefined)
    throw unsupported(scope, 'This object of columns', word);
  const names = isGroup(value) ? splitCommas(value.children).map(([name]) => name) : [value];
  return `* EXCLUDE (${names.map((name) => (isName(name) ? writeName(name.text) : '')).join(', ')})`;
}

function leadingSpace(group: Group, index: number): string {
  return splitCommas(group.children)[index]?.[0]?.space ?? '';
}

/** `{'a': 1, 'b': 2}` as the arguments of OBJECT_CONSTRUCT. */
function objectArguments(group: Group, scope: Scope): readonly (readonly SqlNode[])[] {
  return splitCommas(group.children).flatMap((part) => {
    const [key, colon] = part;
    if (key === undefined || !isOperator(colon, ':'))
      throw unsupported(scope, 'This object', group);
    return [[key], part.slice(2)];
  });
}

function leafOf(group: Group): Leaf {
  return { kind: 'word', text: group.open, word: '', space: group.space, offset: group.offset };
}
