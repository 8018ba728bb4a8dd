/**
 * What can drive a terminal, or mislead who reads it: control characters, escape sequences in both their forms, marks of direction.
 */

const upTo = (from: number, to: number): readonly number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);
const character = (code: number): string => String.fromCodePoint(code);

/** In each text that a terminal would keep, so that it can be told where it came from. */
export const MARK = 'PWNED';

const TITLES = [0, 1, 2, 4, 7, 8, 9, 10, 11, 12, 50, 52, 104, 133, 777, 1337];

export const ESCAPE_SEQUENCES: readonly string[] = [
  // C0 without the newline, DEL and C1.
  ...[...upTo(0, 9), ...upTo(11, 31), ...upTo(127, 159)].map((code) => `a${character(code)}b`),
  // CSI with each final byte, in seven and in eight bits.
  ...upTo(64, 126).map((final) => `\u001b[1${character(final)}`),
  ...upTo(64, 126).map((final) => `\u009b1${character(final)}`),
  // Private modes: cursor, mouse, paste, alternate screen, synchronised output.
  ...[1, 5, 7, 25, 47, 1000, 1002, 1003, 1004, 1006, 1049, 2004, 2026].flatMap((mode) => [
    `\u001b[?${mode}h`,
    `\u001b[?${mode}l`,
  ]),
  // ESC with each byte that may follow it.
  ...upTo(32, 126).map((code) => `\u001b${character(code)}`),
  ...TITLES.map((number) => `\u001b]${number};${MARK}\u0007`),
  ...TITLES.map((number) => `\u001b]${number};${MARK}\u001b\\`),
  ...TITLES.map((number) => `\u009d${number};${MARK}\u009c`),
  `\u001b]8;;https://${MARK}.example\u0007link\u001b]8;;\u0007`,
  // DCS, SOS, PM, APC.
  ...['P', 'X', '^', '_'].map((kind) => `\u001b${kind}${MARK}\u001b\\`),
  '\u001bP+q544e\u001b\\',
  '\u001b[8mhidden\u001b[28m',
  '\u001b[31;1mred',
  // Marks of direction and of no width, and spaces that are none.
  ...[0x061c, 0x200b, 0x200e, 0x200f, ...upTo(0x202a, 0x202e), ...upTo(0x2066, 0x2069), 0xfeff].map(
    (code) => `a${character(code)}b`,
  ),
  'over\rwritten',
  'back\b\b\b\bspace',
  'a\u2028b\u2029c',
];
