/** That a theme can be read, and that states differ in it for all eyes: by the colours' own arithmetic. */
import { expect, test } from 'vitest';
import type { Token } from '../../src/workbench/theme.js';
import {
  styleOf,
  THEME_NAMES,
  type ThemeName,
  themeOfTerminal,
} from '../../src/workbench/themes.js';
import { openShop } from '../tui/shop.js';
import { handleKey } from '../../src/workbench/index.js';

type Rgb = readonly [red: number, green: number, blue: number];

const WHITE: Rgb = [1, 1, 1];
const BLACK: Rgb = [0, 0, 0];
const GROUNDS: Readonly<Record<ThemeName, readonly Rgb[]>> = {
  dark: [BLACK],
  light: [WHITE],
  'colour-blind': [BLACK, WHITE],
};
const TOKENS: readonly Token[] = [
  ...(['accent', 'ok', 'warn', 'fail', 'stale', 'running', 'skipped', 'mark', 'match'] as const),
  ...(['path', 'keyword', 'string', 'number', 'function', 'jinja', 'key'] as const),
  ...(['barDone', 'barFail', 'tabActive', 'selected', 'selectedIdle'] as const),
  ...(['toastInfo', 'toastError'] as const),
];

/** A colour of the terminal's palette beyond the sixteen that are the user's, as linear light. */
function linear(index: number): Rgb {
  const of = (value: number): number =>
    value / 255 <= 0.040_45 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4;
  if (index >= 232) {
    const grey = of(8 + (index - 232) * 10);
    return [grey, grey, grey];
  }
  const step = (value: number): number => of(value === 0 ? 0 : 55 + value * 40);
  const cube = index - 16;
  return [step(Math.floor(cube / 36)), step(Math.floor(cube / 6) % 6), step(cube % 6)];
}

function luminance([red, green, blue]: Rgb): number {
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** WCAG's contrast: 1 for the same, 21 for black on white. */
function contrast(one: Rgb, other: Rgb): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

const CASES = THEME_NAMES.flatMap((theme) => TOKENS.map((token) => ({ theme, token })));

test.each(CASES)('$theme: $token can be read on its ground', ({ theme, token }) => {
  const { fg, bg } = styleOf(token, theme);
  // The first sixteen colours are what the user has made of them.
  if (fg === undefined || fg < 16) {
    expect(theme === 'dark' || fg === undefined).toBe(true);
    return;
  }
  const grounds = bg === undefined ? GROUNDS[theme] : [linear(bg)];
  for (const ground of grounds) expect(contrast(linear(fg), ground)).toBeGreaterThanOrEqual(3);
});

type Matrix = readonly [Rgb, Rgb, Rgb];

/** What eyes without one kind of cone see (Machado, Oliveira and Fernandes 2009, severity 1). */
const EYES: Readonly<Record<string, Matrix>> = {
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

function seen(colour: Rgb, matrix: Matrix): Rgb {
  const [red, green, blue] = matrix.map((row) =>
    Math.min(1, Math.max(0, row[0] * colour[0] + row[1] * colour[1] + row[2] * colour[2])),
  );
  return [red ?? 0, green ?? 0, blue ?? 0];
}

/** CIE L*a*b* under D65. */
function lab([red, green, blue]: Rgb): Rgb {
  const curve = (value: number): number =>
    value > 0.008_856 ? Math.cbrt(value) : 7.787 * value + 16 / 116;
  const x = curve((0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.950_47);
  const y = curve(0.2126 * red + 0.7152 * green + 0.0722 * blue);
  const z = curve((0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.088_83);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

const PAIRS = [
  ['ok', 'fail'],
  ['ok', 'warn'],
  ['ok', 'skipped'],
  ['barDone', 'barFail'],
] as const;

test.each(Object.keys(EYES).flatMap((eyes) => PAIRS.map((pair) => ({ eyes, pair }))))(
  'colour-blind: $pair differ for $eyes',
  ({ eyes, pair }) => {
    const matrix = EYES[eyes];
    const [one, other] = pair.map((token) => {
      const colour = linear(styleOf(token, 'colour-blind').fg ?? 0);
      return lab(matrix === undefined ? colour : seen(colour, matrix));
    });
    const distance = Math.hypot(...(one ?? BLACK).map((part, at) => part - (other?.[at] ?? 0)));
    // A difference of 2.3 is just seen by who looks for it (CIE76).
    expect(distance).toBeGreaterThan(20);
  },
);

test.each([
  { COLORFGBG: '0;15', expected: 'light' },
  { COLORFGBG: '15;0', expected: 'dark' },
  { COLORFGBG: '0;default;15', expected: 'light' },
  { COLORFGBG: undefined, expected: 'dark' },
])('a terminal that says $COLORFGBG is $expected', ({ COLORFGBG, expected }) => {
  expect(themeOfTerminal({ COLORFGBG })).toBe(expected);
});

test('T goes through the themes, and the choice is kept', () => {
  const { workbench } = openShop({ columns: 80, rows: 24 });
  const themes = ['T', 'T', 'T'].map((key) => {
    handleKey(workbench, key, key);
    return workbench.store.get().theme;
  });
  expect(themes).toEqual(['light', 'colour-blind', 'dark']);
  expect(workbench.settings.theme()).toBe('dark');
});
