/**
 * Python's regular expressions as JavaScript's.
 */
import { JinjaError } from '../error.js';

/** Python's flags, by their numbers. */
export const FLAGS = {
  IGNORECASE: 2,
  LOCALE: 4,
  MULTILINE: 8,
  DOTALL: 16,
  UNICODE: 32,
  VERBOSE: 64,
  ASCII: 256,
} as const;

const LETTERS: ReadonlyMap<string, number> = new Map([
  ['a', FLAGS.ASCII],
  ['i', FLAGS.IGNORECASE],
  ['L', FLAGS.LOCALE],
  ['m', FLAGS.MULTILINE],
  ['s', FLAGS.DOTALL],
  ['u', FLAGS.UNICODE],
  ['x', FLAGS.VERBOSE],
]);

/** Python's word, digit and space classes, which know all of Unicode. */
const UNICODE_CLASSES: ReadonlyMap<string, string> = new Map([
  ['w', '\\p{L}\\p{N}_'],
  ['d', '\\p{Nd}'],
  ['s', '\\s\\x1c-\\x1f\\x85'],
]);
const ASCII_CLASSES: ReadonlyMap<string, string> = new Map([
  ['w', 'A-Za-z0-9_'],
  ['d', '0-9'],
  ['s', ' \\t\\n\\r\\f\\v'],
]);

// All of Unicode but letters, numbers and the underscore, for use inside a class.
const NO_WORD =
  '\\p{Pd}\\p{Ps}\\p{Pe}\\p{Pi}\\p{Pf}\\p{Po}\\p{S}\\p{Z}\\p{C}\\p{M}\\u203f\\u2040\\u2054\\ufe33\\ufe34\\ufe4d-\\ufe4f\\uff3f';

/** What a repetition would repeat. */
type Before = 'nothing' | 'atom' | 'repeat';

/** A translated pattern. */
export interface Translation {
  readonly source: string;
  readonly flags: number;
}

/** Python's `re.error`. */
export function patternError(message: string, at: number): JinjaError {
  return new JinjaError('error', `${message} at position ${at}`);
}

/**
 * Translates a pattern.
 *
 * @returns the source for a RegExp with the flags `u`, `s` and `m` as the translated flags say.
 * @throws JinjaError `error`, for what Python refuses or JavaScript cannot do.
 */
export function translatePattern(pattern: string, given: number): Translation {
  let flags = given;
  let at = 0;
  let result = '';

  const isSet = (flag: number): boolean => (flags & flag) !== 0;
  const classOf = (letter: string): string => {
    const classes = isSet(FLAGS.ASCII) ? ASCII_CLASSES : UNICODE_CLASSES;
    return classes.get(letter.toLowerCase()) ?? '';
  };

  const readEscape = (isInClass: boolean): string => {
    const letter = pattern.charAt(at + 1);
    if (letter === '') throw patternError('bad escape (end of pattern)', at);
    at += 2;
    switch (letter) {
      case 'A':
        return '(?<![^])';
      case 'Z':
        return '(?![^])';
      case 'b':
        return isInClass ? '\\b' : boundary(classOf('w'), false);
      case 'B':
        return boundary(classOf('w'), true);
      case 'a':
        return '\\x07';
      case 'w':
      case 'd':
      case 's':
        return isInClass ? classOf(letter) : `[${classOf(letter)}]`;
      case 'W':
      case 'D':
      case 'S':
        return isInClass ? negatedInClass(letter, isSet(FLAGS.ASCII)) : `[^${classOf(letter)}]`;
      case 'n':
      case 'r':
      case 't':
      case 'v':
      case 'f':
        return `\\${letter}`;
      case 'x': {
        const digits = pattern.slice(at, at + 2);
        at += 2;
        return `\\x${digits}`;
      }
      case 'u': {
        const digits = pattern.slice(at, at + 4);
        at += 4;
        return `\\u${digits}`;
      }
      default:
        return readOtherEscape(letter, isInClass);
    }
  };

  const readOtherEscape = (letter: string, isInClass: boolean): string => {
    if (letter === '0' || (isInClass && /\d/u.test(letter))) {
      const [digits = ''] = /^[0-7]{0,2}/u.exec(pattern.slice(at)) ?? [];
      at += digits.length;
      return `\\u{${parseInt(letter + digits, 8).toString(16)}}`;
    }
    if (/[1-9]/u.test(letter)) {
      const [more = ''] = /^\d?/u.exec(pattern.slice(at)) ?? [];
      at += more.length;
      return `(?:\\${letter}${more})`;
    }
    if (/[A-Za-z]/u.test(letter)) throw patternError(`bad escape \\${letter}`, at - 2);
    return literal(letter);
  };

  const readClass = (): string => {
    const start = at;
    at += 1;
    let text = '[';
    if (pattern.charAt(at) === '^') {
      text += '^';
      at += 1;
    }
    let isFirst = true;
    for (;;) {
      const character = String.fromCodePoint(pattern.codePointAt(at) ?? 0);
      if (at >= pattern.length) throw patternError('unterminated character set', start);
      if (character === ']' && !isFirst) {
        at += 1;
        return `${text}]`;
      }
      isFirst = false;
      if (character === '\\') {
        text += readEscape(true);
        continue;
      }
      at += character.length;
      text +=
        character === '-'
          ? readHyphen()
          : /[[\](){}/|^]/u.test(character)
            ? `\\${character}`
            : character;
    }
  };

  /** A hyphen makes a range only between two single characters. */
  const readHyphen = (): string => {
    const before = result + pattern.slice(0, at - 1);
    const isEdge =
      pattern.charAt(at) === ']' || /\[\^?$/u.test(before) || /\\[wdsWDS]$/u.test(before);
    return isEdge || /^\\[wdsWDS]/u.test(pattern.slice(at)) ? '\\-' : '-';
  };

  const readGroup = (): string => {
    const rest = pattern.slice(at);
    const named = /^\(\?P<([^>]*)>/u.exec(rest);
    if (named !== null) {
      at += named[0].length;
      return `(?<${named[1]}>`;
    }
    const reference = /^\(\?P=(\w+)\)/u.exec(rest);
    if (reference !== null) {
      at += reference[0].length;
      return `\\k<${reference[1]}>`;
    }
    const comment = /^\(\?#[^)]*\)/u.exec(rest);
    if (comment !== null) {
      at += comment[0].length;
      return '';
    }
    const global = /^\(\?([aiLmsux]+)\)/u.exec(rest);
    if (global !== null) {
      for (const letter of global[1] ?? '') flags |= LETTERS.get(letter) ?? 0;
      at += global[0].length;
      return '';
    }
    if (rest.startsWith('(?(')) throw patternError('conditional groups are not supported', at);
    const local = /^\(\?([aiLmsux]*)(?:-([imsx]+))?:/u.exec(rest);
    if (local !== null && local[0] !== '(?:') {
      at += local[0].length;
      const on = (local[1] ?? '').replaceAll(/[aLux]/gu, '');
      const off = (local[2] ?? '').replaceAll('x', '');
      return on + off === '' ? '(?:' : `(?${on}${off === '' ? '' : `-${off}`}:`;
    }
    const [opening = '('] = /^\((?:\?(?:[:=!>]|<[=!]))?/u.exec(rest) ?? [];
    if (opening === '(?>') throw patternError('atomic groups are not supported', at);
    at += opening.length;
    return opening;
  };

  const readPlain = (): string => {
    const character = String.fromCodePoint(pattern.codePointAt(at) ?? 0);
    if (isSet(FLAGS.VERBOSE)) {
      if (/\s/u.test(character)) {
        at += 1;
        return '';
      }
      if (character === '#') {
        const end = pattern.indexOf('\n', at);
        at = end === -1 ? pattern.length : end;
        return '';
      }
    }
    at += character.length;
    if (character === '$') return isSet(FLAGS.MULTILINE) ? '(?=\\n|(?![^]))' : '(?=\\n?(?![^]))';
    if (character === '^') return isSet(FLAGS.MULTILINE) ? '(?<=\\n|(?<![^]))' : '(?<![^])';
    if (character === '.') return isSet(FLAGS.DOTALL) ? '[^]' : '[^\\n]';
    if (character === '{') return readBrace();
    return character === '}' || character === ']' || character === '/'
      ? `\\${character}`
      : character;
  };

  /** Python takes a brace that is no repetition for itself. */
  const readBrace = (): string => {
    const repetition = /^(\d*)(,?)(\d*)\}/u.exec(pattern.slice(at));
    if (repetition === null || (repetition[1] === '' && repetition[2] === '')) return '\\{';
    at += repetition[0].length;
    return `{${repetition[1] === '' ? '0' : repetition[1]}${repetition[2]}${repetition[3]}}`;
  };

  // Global flags stand at the start; they hold for the whole pattern.
  const leading = /^(?:\(\?[aiLmsux]+\))+/u.exec(pattern)?.[0] ?? '';
  for (const letter of leading.replaceAll(/[(?)]/gu, '')) flags |= LETTERS.get(letter) ?? 0;
  const open: number[] = [];
  let before: Before = 'nothing';
  while (at < pattern.length) {
    const character = pattern.charAt(at);
    const start = at;
    let kind: Before = 'atom';
    if (character === '\\') result += readEscape(false);
    else if (character === '[') result += readClass();
    else if (character === '(') {
      const group = readGroup();
      result += group;
      if (group.startsWith('(')) open.push(start);
      kind = 'nothing';
    } else if (isRepeat(pattern, at)) {
      if (before === 'nothing') throw patternError('nothing to repeat', start);
      if (before === 'repeat') throw patternError('multiple repeat', start);
      result += readPlain();
      if (pattern.charAt(at) === '+')
        throw patternError('possessive repeats are not supported', at);
      if (pattern.charAt(at) === '?') result += readPlain();
      kind = 'repeat';
    } else {
      if (character === ')' && open.pop() === undefined) {
        throw patternError('unbalanced parenthesis', start);
      }
      const plain = readPlain();
      result += plain;
      // White space and comments of a verbose pattern leave what came before them.
      kind = plain === '' ? before : character === '|' ? 'nothing' : 'atom';
    }
    before = kind;
  }
  const [unclosed] = open.slice(-1);
  if (unclosed !== undefined) throw patternError('missing ), unterminated subpattern', unclosed);
  return { source: result, flags };
}

/** Whether a repetition starts here: `*`, `+`, `?` or `{2,3}`. */
function isRepeat(pattern: string, at: number): boolean {
  return /^(?:[*+?]|\{(?:\d+,?|,|,\d+|\d+,\d+)\})/u.test(pattern.slice(at, at + 24));
}

/** A position between a word character and none, or the opposite. */
function boundary(word: string, isNegated: boolean): string {
  const inside = `[${word}]`;
  return isNegated
    ? `(?:(?<=${inside})(?=${inside})|(?<!${inside})(?!${inside}))`
    : `(?:(?<=${inside})(?!${inside})|(?<!${inside})(?=${inside}))`;
}

function negatedInClass(letter: string, isAscii: boolean): string {
  switch (letter) {
    case 'D':
      return isAscii ? '\\D' : '\\P{Nd}';
    case 'S':
      return '\\S';
    default:
      // A class inside a class needs the `v` flag; the characters themselves are few enough to list by property.
      return isAscii ? '\\W' : NO_WORD;
  }
}

function literal(character: string): string {
  return /[\^$\\.*+?()[\]{}|/]/u.test(character)
    ? `\\${character}`
    : character === '-'
      ? '\\-'
      : character;
}
