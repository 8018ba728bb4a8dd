/**
 * Comparisons with a VARIANT. Snowflake compares its value as the other side's type; DuckDB would compare what kind of value it is first.
 */
import { castDate, variantKey, variantText } from './casts.js';
import { isQuery, splitCommas } from './nodes.js';
import { type Piece, hintOf, joinPieces, operandStart } from './pieces.js';
import type { Hint, Scope, Written } from './scope.js';

const COMPARISONS = new Set(['=', '<>', '!=', '<', '>', '<=', '>=']);
const NUMBERS = new Set<Hint | undefined>(['integer', 'decimal', 'float', 'nonzero']);

/** Rewrites comparisons, BETWEEN and IN that have a VARIANT on one side. */
export function rewriteComparisons(pieces: readonly Piece[], scope: Scope): readonly Piece[] {
  if (!pieces.some(({ hint }) => hint === 'variant')) return pieces;
  for (let at = 1; at < pieces.length - 1; at += 1) {
    const operator = pieces[at];
    if (operator === undefined || operator.role === 'operand') continue;
    const found =
      operator.text === 'BETWEEN'
        ? between(pieces, at)
        : operator.text === 'IN'
          ? inList(pieces, at, scope)
          : COMPARISONS.has(operator.text)
            ? comparison(pieces, at)
            : undefined;
    if (found === undefined) continue;
    const { start, end, text } = found;
    const done: Piece = {
      role: 'operand',
      text,
      space: pieces[start]?.space ?? ' ',
      node: operator.node,
    };
    return rewriteComparisons([...pieces.slice(0, start), done, ...pieces.slice(end)], scope);
  }
  return pieces;
}

interface Found {
  readonly start: number;
  /** Index after the last piece. */
  readonly end: number;
  readonly text: string;
}

function runBefore(
  pieces: readonly Piece[],
  end: number,
): { readonly start: number; readonly written: Written } {
  const start = operandStart(pieces, end);
  const run = pieces.slice(start, end);
  return { start, written: { text: joinPieces(run), hint: hintOf(run) } };
}

function runAfter(
  pieces: readonly Piece[],
  start: number,
): { readonly end: number; readonly written: Written } {
  let end = start;
  while (end < pieces.length) {
    const piece = pieces[end];
    if (
      piece === undefined ||
      (piece.role !== 'operand' && !/^(?:[-+*/%]|\|\|)$/u.test(piece.text))
    )
      break;
    end += 1;
  }
  const run = pieces.slice(start, end);
  return { end, written: { text: joinPieces(run), hint: hintOf(run) } };
}

function comparison(pieces: readonly Piece[], at: number): Found | undefined {
  const left = runBefore(pieces, at);
  const right = runAfter(pieces, at + 1);
  if (left.written.hint !== 'variant' && right.written.hint !== 'variant') return undefined;
  const piece = pieces[at];
  // ANY, ALL and SOME stand before a query, which has a type of its own.
  if (piece === undefined || right.written.text === '') return undefined;
  return {
    start: left.start,
    end: right.end,
    text: compare(left.written, piece.text, right.written),
  };
}

function between(pieces: readonly Piece[], at: number): Found | undefined {
  const isNegated = pieces[at - 1]?.text === 'NOT';
  const left = runBefore(pieces, isNegated ? at - 1 : at);
  const low = runAfter(pieces, at + 1);
  if (pieces[low.end]?.text !== 'AND') return undefined;
  const high = runAfter(pieces, low.end + 1);
  if (![left, low, high].some(({ written }) => written.hint === 'variant')) return undefined;
  const text = `(${compare(left.written, '>=', low.written)} AND ${compare(left.written, '<=', high.written)})`;
  return { start: left.start, end: high.end, text: isNegated ? `(NOT ${text})` : text };
}

/** A list of one type is compared as that type; a query, as text. */
function inList(pieces: readonly Piece[], at: number, scope: Scope): Found | undefined {
  const isNegated = pieces[at - 1]?.text === 'NOT';
  const left = runBefore(pieces, isNegated ? at - 1 : at);
  const list = pieces[at + 1];
  if (left.written.hint !== 'variant' || list?.node.kind !== 'group') return undefined;
  const { children } = list.node;
  const hints = isQuery(children)
    ? []
    : splitCommas(children).map((part) => scope.expression(part, scope).hint);
  const isNumeric = hints.length > 0 && hints.every((hint) => NUMBERS.has(hint));
  const value = isNumeric ? asNumber(left.written) : variantText(left.written.text);
  return {
    start: left.start,
    end: at + 2,
    text: `(${value} ${isNegated ? 'NOT IN' : 'IN'} ${list.text})`,
  };
}

/** Numbers compare exactly: a float would take neighbouring long ids for one. */
function asNumber({ text, hint }: Written): string {
  const source = hint === 'variant' ? variantText(text) : text;
  return `CAST(${source} AS DECIMAL(38,12))`;
}

/** `left operator right`, one of them a VARIANT. */
function compare(left: Written, operator: string, right: Written): string {
  if (left.hint === 'variant' && right.hint === 'variant')
    return `(${variantKey(left.text)} ${operator} ${variantKey(right.text)})`;
  const [value, other] = left.hint === 'variant' ? [left, right] : [right, left];
  const sides = (one: string, two: string): string =>
    left.hint === 'variant' ? `(${one} ${operator} ${two})` : `(${two} ${operator} ${one})`;
  const text = variantText(value.text);
  if (NUMBERS.has(other.hint)) return sides(asNumber(value), other.text);
  if (other.hint === 'text') return sides(text, other.text);
  if (other.hint === 'date') return sides(castDate(value, 'DATE', 'CAST'), other.text);
  if (other.hint === 'timestamp') return sides(castDate(value, 'TIMESTAMP', 'CAST'), other.text);
  const type = `typeof(${other.text})`;
  return [
    `CASE WHEN ${type} = 'VARCHAR' THEN ${sides(text, `CAST(${other.text} AS VARCHAR)`)}`,
    `WHEN ${type} = 'BOOLEAN' THEN ${sides(`CAST(${text} AS BOOLEAN)`, `TRY_CAST(${other.text} AS BOOLEAN)`)}`,
    `WHEN ${type} IN ('DATE', 'TIMESTAMP', 'TIMESTAMP WITH TIME ZONE') THEN ${sides(castDate(value, 'TIMESTAMP', 'CAST'), `TRY_CAST(${other.text} AS TIMESTAMP)`)}`,
    `WHEN ${type} LIKE 'VARIANT%' THEN ${sides(variantKey(value.text), variantKey(other.text))}`,
    `ELSE ${sides(asNumber(value), `TRY_CAST(${other.text} AS DECIMAL(38,12))`)} END`,
  ].join(' ');
}
