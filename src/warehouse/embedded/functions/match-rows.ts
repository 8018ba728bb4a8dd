/**
 * The machine that finds the matches of a MATCH_RECOGNIZE in the rows of one partition.
 *
 * A step at a row is tried once an attempt: predicates do not depend on the match, so what failed there once fails again. That
 * bounds an attempt by steps times rows, and ends loops over nothing.
 */
import { type NativeFunction, listAt, numberAt, textAt } from '../../duckdb/native-function.js';
import { WarehouseError } from '../../warehouse-error.js';

type Instruction =
  | { readonly kind: 'row'; readonly symbol: number; readonly isExcluded: boolean }
  | { readonly kind: 'split'; readonly first: number; readonly second: number }
  | { readonly kind: 'jump'; readonly to: number }
  | { readonly kind: 'start' }
  | { readonly kind: 'end' };

/** A row in a match; `symbol` is -1 for an empty match, and `match` 0 for a row in none. */
export interface MatchedRow {
  /** From 1. */
  readonly row: number;
  readonly match: number;
  /** Place in the match, from 1. */
  readonly place: number;
  readonly symbol: number;
  readonly isExcluded: boolean;
  readonly isLast: boolean;
}

export interface Skip {
  readonly to: 'past' | 'next' | 'first' | 'last';
  /** Index of the symbol, for `first` and `last`; -1 for one that is not in the pattern. */
  readonly symbol: number;
}

/**
 * Lists the rows of all matches, in order.
 *
 * @param fits one digit for each row and symbol, `1` where the row satisfies the symbol, row by row.
 * @throws WarehouseError if AFTER MATCH SKIP names a symbol without a row, or the match's first row.
 */
export function matchRows(
  program: string,
  symbolCount: number,
  fits: string,
  skip: Skip,
): readonly MatchedRow[] {
  const instructions = program.split(' ').map((text) => readInstruction(text));
  const rowCount = fits.length / symbolCount;
  const isFit = (row: number, symbol: number): boolean =>
    fits.charCodeAt(row * symbolCount + symbol) === 49;
  const out: MatchedRow[] = [];
  const isCovered = new Uint8Array(rowCount);
  let match = 0;
  let start = 0;
  while (start < rowCount) {
    const found = attempt(instructions, start, rowCount, isFit);
    if (found === undefined) {
      start += 1;
      continue;
    }
    match += 1;
    isCovered.fill(1, start, start + Math.max(found.length, 1));
    if (found.length === 0)
      out.push({ row: start + 1, match, place: 1, symbol: -1, isExcluded: false, isLast: true });
    for (const [index, step] of found.entries())
      out.push({
        row: start + index + 1,
        match,
        place: index + 1,
        symbol: step.symbol,
        isExcluded: step.isExcluded,
        isLast: index === found.length - 1,
      });
    start += found.length === 0 ? 1 : distance(found, skip);
  }
  for (const [row, covered] of isCovered.entries())
    if (covered === 0)
      out.push({ row: row + 1, match: 0, place: 0, symbol: -1, isExcluded: false, isLast: false });
  return out;
}

function readInstruction(text: string): Instruction {
  const [first = 0, second = 0] = text.slice(1).split(',').map(Number);
  switch (text[0]) {
    case 'p':
      return { kind: 'split', first, second };
    case 'j':
      return { kind: 'jump', to: first };
    case '^':
      return { kind: 'start' };
    case '$':
      return { kind: 'end' };
    default:
      return { kind: 'row', symbol: first, isExcluded: text[0] === 'x' };
  }
}

type Step = Extract<Instruction, { readonly kind: 'row' }>;

/** The preferred match that begins at `start`, as the step of each of its rows; undefined if there is none. */
function attempt(
  program: readonly Instruction[],
  start: number,
  rowCount: number,
  isFit: (row: number, symbol: number) => boolean,
): readonly Step[] | undefined {
  const tried = new Set<number>();
  const steps: Step[] = [];
  const waiting: { readonly at: number; readonly row: number }[] = [{ at: 0, row: start }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    let { at, row } = next;
    for (;;) {
      const instruction = program[at];
      if (instruction === undefined) return steps.slice(0, row - start);
      const key = at * (rowCount + 1) + row;
      if (tried.has(key)) break;
      tried.add(key);
      if (instruction.kind === 'split') {
        waiting.push({ at: instruction.second, row });
        at = instruction.first;
      } else if (instruction.kind === 'jump') at = instruction.to;
      else if (instruction.kind === 'start') {
        if (row !== 0) break;
        at += 1;
      } else if (instruction.kind === 'end') {
        if (row !== rowCount) break;
        at += 1;
      } else {
        if (row >= rowCount || !isFit(row, instruction.symbol)) break;
        steps[row - start] = instruction;
        row += 1;
        at += 1;
      }
    }
  }
  return undefined;
}

/** Rows from the match's first to where the next attempt begins. */
function distance(found: readonly Step[], { to, symbol }: Skip): number {
  if (to === 'past') return found.length;
  if (to === 'next') return 1;
  const isWanted = (step: Step): boolean => step.symbol === symbol;
  const at = to === 'first' ? found.findIndex(isWanted) : found.findLastIndex(isWanted);
  if (at === -1) throw skipFault('no row of the match is mapped to the symbol of AFTER MATCH SKIP');
  if (at === 0) throw skipFault('AFTER MATCH SKIP does not go past the first row of the match');
  return at;
}

function skipFault(reason: string): WarehouseError {
  return new WarehouseError('warehouse/failed', `MATCH_RECOGNIZE: ${reason}.`);
}

const SKIPS = ['past', 'next', 'first', 'last'] as const;

/**
 * `__match_rows(program, symbols, fits, skip, symbol)`: a JSON list of `{r, m, p, s, x, l}`, one for each row of a match and for
 * each row in none; `s` is the symbol's name or null.
 */
export const MATCH_ROWS: NativeFunction = {
  name: '__match_rows',
  parameters: ['VARCHAR', 'VARCHAR[]', 'VARCHAR', 'VARCHAR', 'BIGINT'],
  returns: 'VARCHAR',
  call: (...values) => {
    const symbols = listAt(values, 1);
    const to = SKIPS.find((one) => one === textAt(values, 3)) ?? 'past';
    const rows = matchRows(textAt(values, 0), symbols.length, textAt(values, 2), {
      to,
      symbol: numberAt(values, 4),
    });
    return JSON.stringify(
      rows.map((one) => ({
        r: one.row,
        m: one.match === 0 ? null : one.match,
        p: one.place,
        s: symbols[one.symbol] ?? null,
        x: one.isExcluded,
        l: one.isLast,
      })),
    );
  },
};
