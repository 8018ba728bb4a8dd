/**
 * PATTERN of a MATCH_RECOGNIZE as a small program, which a backtracking machine runs over the rows of a partition.
 *
 * Quantifiers bind closest, then `|`, then sequence: Snowflake's alternative has precedence over concatenation.
 */
import { storedName } from '../../identifiers.js';
import type { Group, SqlNode } from '../../tree.js';
import { isGroup, isName, isOperator, isWord, splitCommas } from '../nodes.js';
import { type Scope, unsupported } from '../scope.js';

export interface RowPattern {
  /** In the order of their first mention: a program names a symbol by its index. */
  readonly symbols: readonly string[];
  /**
   * Instructions with a space between: `s0` a row of symbol 0, `x0` one that is left out of the result, `p3,7` go on at 3 or
   * else at 7, `j5` go on at 5, `^` and `$` the partition's ends. After the last one, the match is complete.
   */
  readonly program: string;
  readonly hasExclusions: boolean;
}

type Pattern =
  | { readonly kind: 'symbol'; readonly index: number; readonly isExcluded: boolean }
  | { readonly kind: 'anchor'; readonly text: '^' | '$' }
  | { readonly kind: 'sequence' | 'choice' | 'permutation'; readonly parts: readonly Pattern[] }
  | {
      readonly kind: 'repeat';
      readonly part: Pattern;
      readonly least: number;
      readonly most: number;
      readonly isReluctant: boolean;
    };

const MAX_INSTRUCTIONS = 5000;

/** Reads what stands in the brackets after PATTERN. @throws DagbookError sql/unsupported for what is no pattern, or too large. */
export function readPattern(group: Group, scope: Scope): RowPattern {
  const reader = new PatternReader(scope, group);
  const pattern = reader.read(group.children, false);
  const program: string[] = [];
  emit(pattern, program, () => {
    throw unsupported(scope, `A PATTERN of more than ${MAX_INSTRUCTIONS} steps`, group);
  });
  return {
    symbols: reader.symbols,
    program: program.join(' '),
    hasExclusions: reader.hasExclusions,
  };
}

class PatternReader {
  readonly symbols: string[] = [];
  hasExclusions: boolean = false;
  readonly #scope: Scope;
  readonly #whole: Group;

  constructor(scope: Scope, whole: Group) {
    this.#scope = scope;
    this.#whole = whole;
  }

  read(nodes: readonly SqlNode[], isExcluded: boolean): Pattern {
    const parts: Pattern[] = [];
    let choices: Pattern[] = [];
    let at = 0;
    while (at < nodes.length) {
      const { pattern, next } = this.#quantified(nodes, at, isExcluded);
      choices.push(pattern);
      at = next;
      if (isOperator(nodes[at], '|')) at += 1;
      else {
        parts.push(only('choice', choices));
        choices = [];
      }
    }
    if (choices.length > 0 || parts.length === 0) throw this.#refused(nodes.at(-1));
    return only('sequence', parts);
  }

  #quantified(
    nodes: readonly SqlNode[],
    at: number,
    isExcluded: boolean,
  ): { readonly pattern: Pattern; readonly next: number } {
    let { pattern, next } = this.#primary(nodes, at, isExcluded);
    const bounds = this.#bounds(nodes[next]);
    if (bounds === undefined) return { pattern, next };
    next += 1;
    const isReluctant = isQuestion(nodes[next]);
    if (isReluctant) next += 1;
    pattern = { kind: 'repeat', part: pattern, ...bounds, isReluctant };
    return { pattern, next };
  }

  #primary(
    nodes: readonly SqlNode[],
    at: number,
    isExcluded: boolean,
  ): { readonly pattern: Pattern; readonly next: number } {
    const node = nodes[at];
    const group = nodes[at + 1];
    if (isOperator(node, '^') || isOperator(node, '$'))
      return { pattern: { kind: 'anchor', text: node.text === '^' ? '^' : '$' }, next: at + 1 };
    if (isWord(node, 'PERMUTE') && isGroup(group)) {
      const parts = splitCommas(group.children).map((part) => this.read(part, isExcluded));
      return { pattern: { kind: 'permutation', parts }, next: at + 2 };
    }
    if (isName(node)) {
      const name = storedName(node.text, 'snowflake');
      const known = this.symbols.indexOf(name);
      const index = known === -1 ? this.symbols.push(name) - 1 : known;
      return { pattern: { kind: 'symbol', index, isExcluded }, next: at + 1 };
    }
    if (node?.kind !== 'group' || node.open === '[') throw this.#refused(node);
    const { children } = node;
    if (node.open === '{') {
      if (!isOperator(children[0], '-') || !isOperator(children.at(-1), '-'))
        throw this.#refused(node);
      this.hasExclusions = true;
      return { pattern: this.read(children.slice(1, -1), true), next: at + 1 };
    }
    return { pattern: this.read(children, isExcluded), next: at + 1 };
  }

  /** How often what stands before may occur: `?`, `*`, `+`, `{2}`, `{2,}`, `{,3}`, `{2,3}`. */
  #bounds(
    node: SqlNode | undefined,
  ): { readonly least: number; readonly most: number } | undefined {
    if (isQuestion(node)) return { least: 0, most: 1 };
    if (isOperator(node, '*')) return { least: 0, most: Number.POSITIVE_INFINITY };
    if (isOperator(node, '+')) return { least: 1, most: Number.POSITIVE_INFINITY };
    if (!isGroup(node, '{') || isOperator(node.children[0], '-')) return undefined;
    const [first, last, ...rest] = splitCommas(node.children).map((part) => {
      const [size] = part;
      if (size === undefined) return undefined;
      if (part.length > 1 || size.kind !== 'number') throw this.#refused(node);
      return Number(size.text);
    });
    const isOne = node.children.every((child) => !isOperator(child, ','));
    if (rest.length > 0 || (first === undefined && last === undefined)) throw this.#refused(node);
    const most = isOne ? first : last;
    return { least: first ?? 0, most: most ?? Number.POSITIVE_INFINITY };
  }

  #refused(node: SqlNode | undefined): Error {
    return unsupported(this.#scope, 'This PATTERN', node ?? this.#whole);
  }
}

/** The lexer takes a question mark for a binding. */
function isQuestion(node: SqlNode | undefined): boolean {
  return node?.kind === 'variable' && node.text === '?';
}

function only(kind: 'sequence' | 'choice', parts: readonly Pattern[]): Pattern {
  const [first] = parts;
  return parts.length === 1 && first !== undefined ? first : { kind, parts };
}

function emit(pattern: Pattern, program: string[], onLarge: () => never): void {
  if (program.length > MAX_INSTRUCTIONS) onLarge();
  switch (pattern.kind) {
    case 'symbol':
      program.push(`${pattern.isExcluded ? 'x' : 's'}${pattern.index}`);
      return;
    case 'anchor':
      program.push(pattern.text);
      return;
    case 'sequence':
      for (const part of pattern.parts) emit(part, program, onLarge);
      return;
    case 'choice':
      emitChoice(
        pattern.parts.map((part) => () => emit(part, program, onLarge)),
        program,
      );
      return;
    case 'permutation':
      emitPermutation(pattern.parts, program, onLarge);
      return;
    case 'repeat':
      emitRepeat(pattern, program, onLarge);
  }
}

/** The first branch is tried first. */
function emitChoice(branches: readonly (() => void)[], program: string[]): void {
  const exits: number[] = [];
  for (const [index, branch] of branches.entries()) {
    const split = index < branches.length - 1 ? program.push('') - 1 : undefined;
    branch();
    if (split === undefined) continue;
    exits.push(program.push('') - 1);
    program[split] = `p${split + 1},${program.length}`;
  }
  for (const exit of exits) program[exit] = `j${program.length}`;
}

/** Orders are tried as the parts are written: each part first once, then all orders of the others. */
function emitPermutation(parts: readonly Pattern[], program: string[], onLarge: () => never): void {
  if (parts.length === 0) return;
  emitChoice(
    parts.map((part, index) => () => {
      emit(part, program, onLarge);
      emitPermutation(parts.toSpliced(index, 1), program, onLarge);
    }),
    program,
  );
}

function emitRepeat(
  pattern: Extract<Pattern, { readonly kind: 'repeat' }>,
  program: string[],
  onLarge: () => never,
): void {
  const { part, least, most, isReluctant } = pattern;
  const split = (at: number, inside: number, outside: number): void => {
    program[at] = isReluctant ? `p${outside},${inside}` : `p${inside},${outside}`;
  };
  for (let count = 0; count < least; count += 1) emit(part, program, onLarge);
  if (most === Number.POSITIVE_INFINITY) {
    const start = program.push('') - 1;
    emit(part, program, onLarge);
    program.push(`j${start}`);
    split(start, start + 1, program.length);
    return;
  }
  const starts: number[] = [];
  for (let count = least; count < most; count += 1) {
    starts.push(program.push('') - 1);
    emit(part, program, onLarge);
  }
  for (const start of starts) split(start, start + 1, program.length);
}
