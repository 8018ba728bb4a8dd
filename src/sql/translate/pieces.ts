/**
 * An expression as a row of operands and operators, and the rewrites that need to see both sides of an operator.
 */
import type { SqlNode } from '../tree.js';
import { type Hint, type Scope, unsupported } from './scope.js';

export interface Piece {
  readonly role: 'operand' | 'operator' | 'word';
  readonly text: string;
  readonly space: string;
  readonly hint?: Hint | undefined;
  readonly node: SqlNode;
}

const ARITHMETIC = new Set(['+', '-', '*', '/', '%']);
const BOUNDARIES = new Set(['AND', 'OR', 'NOT', '=', '<>', '!=', '<', '>', '<=', '>=', 'BETWEEN']);

/** Joins pieces to text, each with the white space that stood before it. */
export function joinPieces(pieces: readonly Piece[]): string {
  return pieces
    .map(({ space, text }, index) => (index === 0 ? text : `${space === '' ? '' : space}${text}`))
    .join('');
}

/** What is known of the whole from its parts. */
export function hintOf(pieces: readonly Piece[]): Hint | undefined {
  if (pieces.length === 1) return pieces[0]?.hint;
  if (pieces.some(({ text, role }) => role !== 'operand' && BOUNDARIES.has(text))) return undefined;
  if (pieces.some(({ text, role }) => role === 'operator' && text === '||')) return 'text';
  const operands = pieces.filter(({ role }) => role === 'operand');
  if (operands.some(({ hint }) => hint === 'float')) return 'float';
  if (operands.every(({ hint }) => hint === 'integer')) return 'integer';
  return undefined;
}

function isArithmetic(piece: Piece | undefined): boolean {
  return piece?.role === 'operator' && ARITHMETIC.has(piece.text);
}

/** DuckDB would read a VARIANT beside an operator as INTEGER and round it in silence; Snowflake computes with its number. */
export function castVariants(pieces: readonly Piece[]): readonly Piece[] {
  return pieces.map((piece, index) => {
    const touches = isArithmetic(pieces[index - 1]) || isArithmetic(pieces[index + 1]);
    if (!touches || piece.role !== 'operand') return piece;
    if (piece.hint === 'variant')
      return { ...piece, text: `CAST(${piece.text} AS DOUBLE)`, hint: 'float' as const };
    // Literals are 32-bit in DuckDB: `24 * 60 * 60 * 1000000` would overflow.
    const multiplies = pieces[index - 1]?.text === '*' || pieces[index + 1]?.text === '*';
    if (multiplies && /^\d{1,18}$/u.test(piece.text))
      return { ...piece, text: `${piece.text}::BIGINT` };
    return piece;
  });
}

/**
 * `a / b`: exact numbers divide to at least six decimals, floats to floats, and by zero is an error.
 *
 * DuckDB divides to DOUBLE and answers null or infinity. The type comes from an expression that is bound and never run.
 */
export function rewriteDivision(pieces: readonly Piece[]): readonly Piece[] {
  if (!pieces.some(({ role, text }) => role === 'operator' && text === '/')) return pieces;
  const out: Piece[] = [];
  for (let index = 0; index < pieces.length; index += 1) {
    const piece = pieces[index];
    if (piece === undefined) break;
    if (piece.role !== 'operator' || piece.text !== '/') {
      out.push(piece);
      continue;
    }
    const { operand: right, next } = takeSigned(pieces, index + 1);
    const left = takeTerm(out);
    if (right === undefined || left === undefined) {
      out.push(piece);
      continue;
    }
    out.push({ ...left, ...divide(left, right) });
    index = next - 1;
  }
  return out;
}

/** Removes the multiplicative term at the end of `out`: `a * b` of `c + a * b`. */
function takeTerm(out: Piece[]): Piece | undefined {
  let start = out.length - 1;
  while (start >= 2 && isTimes(out[start - 1]) && out[start - 2]?.role === 'operand') start -= 2;
  const term = out.splice(start);
  const [first] = term;
  if (first === undefined || first.role !== 'operand') return undefined;
  return term.length === 1 ? first : { ...first, text: joinPieces(term), hint: hintOf(term) };
}

function isTimes(piece: Piece | undefined): boolean {
  return piece?.role === 'operator' && (piece.text === '*' || piece.text === '%');
}

function takeSigned(
  pieces: readonly Piece[],
  at: number,
): { readonly operand: Piece | undefined; readonly next: number } {
  const piece = pieces[at];
  if (piece?.role === 'operand') return { operand: piece, next: at + 1 };
  const signed = pieces[at + 1];
  if (piece?.text === '-' && signed?.role === 'operand')
    return { operand: { ...signed, text: `-${signed.text}` }, next: at + 2 };
  return { operand: undefined, next: at };
}

/** The quotient as Snowflake computes it, of two operands' texts. */
export function divide(
  left: { readonly text: string; readonly hint?: Hint | undefined },
  right: { readonly text: string; readonly hint?: Hint | undefined },
): { readonly text: string; readonly hint: Hint | undefined } {
  const isNonZero =
    right.hint === 'nonzero' || (/^[\d.]+$/u.test(right.text) && Number(right.text) !== 0);
  const divisor = isNonZero
    ? right.text
    : `CASE WHEN (${right.text}) = 0 THEN error('Division by zero') ELSE (${right.text}) END`;
  const quotient = `(${left.text}) / (${divisor})`;
  if (left.hint === 'float' || right.hint === 'float')
    return { text: `(${quotient})`, hint: 'float' };
  return {
    // A constant null has no type to take.
    text: `cast_to_type(${quotient}, coalesce((${left.text}) * 1.000000::DECIMAL(38,6), 0) + coalesce((${right.text}) * 0, 0))`,
    hint: undefined,
  };
}

/** `d + interval '1 day'`: a date moved by days stays a date, where DuckDB makes a time stamp of it. */
export function keepDates(pieces: readonly Piece[]): readonly Piece[] {
  const at = pieces.findIndex(
    ({ hint }, index) =>
      hint === 'days' &&
      /^[+-]$/u.test(pieces[index - 1]?.text ?? '') &&
      pieces[index - 2]?.role === 'operand',
  );
  const left = pieces[at - 2];
  if (at === -1 || left === undefined) return pieces;
  const moved = `(${left.text}) ${pieces[at - 1]?.text ?? ''} ${pieces[at]?.text ?? ''}`;
  const text = `cast_to_type(${moved}, coalesce(${left.text}, DATE '1970-01-01'))`;
  return keepDates([...pieces.slice(0, at - 2), { ...left, text }, ...pieces.slice(at + 1)]);
}

/** `a LIKE ANY (…)`, `a RLIKE b`: forms that DuckDB has no operator for. */
export function rewritePatterns(pieces: readonly Piece[], scope: Scope): readonly Piece[] {
  const at = pieces.findIndex(
    ({ role, text }, index) =>
      role === 'word' &&
      (text === 'RLIKE' ||
        text === 'REGEXP' ||
        ((text === 'LIKE' || text === 'ILIKE') &&
          /^(?:ANY|ALL|SOME)$/u.test(pieces[index + 1]?.text ?? ''))),
  );
  const operator = pieces[at];
  if (operator === undefined) return pieces;
  const isNegated = pieces[at - 1]?.text === 'NOT';
  const end = isNegated ? at - 1 : at;
  const start = operandStart(pieces, end);
  const left = joinPieces(pieces.slice(start, end));
  const isList = operator.text === 'LIKE' || operator.text === 'ILIKE';
  const right = pieces[isList ? at + 2 : at + 1];
  if (right === undefined || left === '') throw unsupported(scope, operator.text, operator.node);
  const not = isNegated ? 'NOT ' : '';
  const escape = isList && pieces[at + 3]?.text === 'ESCAPE' ? pieces[at + 4] : undefined;
  const text = isList
    ? likeList(
        left,
        operator.text,
        pieces[at + 1]?.text === 'ALL' ? 'AND' : 'OR',
        right,
        scope,
        escape === undefined ? '' : ` ESCAPE ${escape.text}`,
      )
    : `regexp_full_match(${left}, ${right.text})`;
  const done: Piece = {
    role: 'operand',
    text: `(${not}${text})`,
    space: pieces[start]?.space ?? ' ',
    node: operator.node,
  };
  const rest = pieces.slice(escape !== undefined ? at + 5 : isList ? at + 3 : at + 2);
  return rewritePatterns([...pieces.slice(0, start), done, ...rest], scope);
}

function likeList(
  left: string,
  like: string,
  joint: string,
  list: Piece,
  scope: Scope,
  escape: string,
): string {
  if (list.node.kind !== 'group') throw unsupported(scope, `${like} ANY`, list.node);
  const patterns: string[] = [];
  let pattern: SqlNode[] = [];
  for (const node of [...list.node.children, undefined]) {
    if (node === undefined || (node.kind === 'operator' && node.text === ',')) {
      patterns.push(scope.expression(pattern, scope).text);
      pattern = [];
    } else pattern.push(node);
  }
  return `(${patterns.map((one) => `${left} ${like} ${one}${escape}`).join(` ${joint} `)})`;
}

/** Where the operand of a comparison begins that ends before `end`. */
export function operandStart(pieces: readonly Piece[], end: number): number {
  let start = end;
  while (start > 0) {
    const piece = pieces[start - 1];
    if (
      piece === undefined ||
      (piece.role !== 'operand' && !isArithmetic(piece) && piece.text !== '||')
    )
      break;
    start -= 1;
  }
  return start;
}
