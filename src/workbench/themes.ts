/**
 * The themes: for dark and for light terminals, and one whose states differ for eyes that do not tell red from green.
 */
import type { Style, ThemeTokens, Token } from './theme.js';

// The first sixteen colours are the user's own; beyond them only backgrounds that bring their own foreground.
const DARK: ThemeTokens = {
  text: {},
  muted: { dim: true },
  strong: { bold: true },
  accent: { fg: 6 },
  ok: { fg: 2 },
  warn: { fg: 3 },
  fail: { fg: 1, bold: true },
  stale: { fg: 3 },
  never: { dim: true },
  running: { fg: 6, bold: true },
  skipped: { fg: 5 },
  waiting: { dim: true },
  border: { dim: true },
  borderFocus: { fg: 6 },
  title: {},
  titleFocus: { fg: 6, bold: true },
  tab: { dim: true },
  tabActive: { fg: 15, bg: 24, bold: true },
  selected: { fg: 15, bg: 24 },
  selectedIdle: { fg: 255, bg: 238 },
  mark: { fg: 5, bold: true },
  match: { fg: 3, bold: true },
  path: { fg: 6, bold: true },
  edge: { dim: true },
  keyword: { fg: 4, bold: true },
  string: { fg: 2 },
  number: { fg: 5 },
  comment: { dim: true, italic: true },
  function: { fg: 6 },
  jinja: { fg: 3 },
  null: { dim: true },
  heading: { bold: true },
  key: { fg: 6, bold: true },
  cursor: { inverse: true },
  barDone: { fg: 2 },
  barFail: { fg: 1 },
  barTodo: { dim: true },
  dialog: { fg: 6 },
  toastInfo: { fg: 15, bg: 24 },
  toastError: { fg: 15, bg: 88, bold: true },
};

// Yellow, cyan and bright colours cannot be read on white: these are fixed, dark enough.
const LIGHT: ThemeTokens = {
  ...DARK,
  accent: { fg: 25 },
  ok: { fg: 28 },
  warn: { fg: 130 },
  fail: { fg: 124, bold: true },
  stale: { fg: 130 },
  running: { fg: 25, bold: true },
  skipped: { fg: 90 },
  borderFocus: { fg: 25 },
  titleFocus: { fg: 25, bold: true },
  tabActive: { fg: 231, bg: 25, bold: true },
  selected: { fg: 16, bg: 153 },
  selectedIdle: { fg: 16, bg: 253 },
  mark: { fg: 90, bold: true },
  match: { fg: 130, bold: true },
  path: { fg: 25, bold: true },
  keyword: { fg: 25, bold: true },
  string: { fg: 28 },
  number: { fg: 90 },
  function: { fg: 24 },
  jinja: { fg: 130 },
  key: { fg: 25, bold: true },
  barDone: { fg: 28 },
  barFail: { fg: 124 },
  dialog: { fg: 25 },
  toastInfo: { fg: 231, bg: 25 },
  toastError: { fg: 231, bg: 124, bold: true },
};

// Blue, orange and grey, of a brightness that can be read on black and on white; purple would be blue to eyes without red.
const COLOR_BLIND: ThemeTokens = {
  ...DARK,
  accent: { fg: 32 },
  ok: { fg: 32 },
  warn: { fg: 136 },
  fail: { fg: 166, bold: true, underline: true },
  stale: { fg: 136 },
  running: { fg: 32, bold: true },
  skipped: { fg: 244 },
  borderFocus: { fg: 32 },
  titleFocus: { fg: 32, bold: true },
  mark: { fg: 133, bold: true },
  match: { fg: 166, bold: true },
  path: { fg: 32, bold: true },
  keyword: { fg: 32, bold: true },
  string: { fg: 136 },
  number: { fg: 133 },
  function: { fg: 32 },
  jinja: { fg: 166 },
  key: { fg: 32, bold: true },
  barDone: { fg: 32 },
  barFail: { fg: 166 },
  dialog: { fg: 32 },
  tabActive: { fg: 231, bg: 24, bold: true },
  selected: { fg: 231, bg: 24 },
  toastInfo: { fg: 231, bg: 24 },
  toastError: { fg: 231, bg: 130, bold: true },
};

/** In the order in which a key goes through them. */
export const THEME_NAMES = ['dark', 'light', 'colour-blind'] as const;

export type ThemeName = (typeof THEME_NAMES)[number];

const THEMES: Readonly<Record<ThemeName, ThemeTokens>> = {
  dark: DARK,
  light: LIGHT,
  'colour-blind': COLOR_BLIND,
};

/** What each theme is for, in the palette. */
export const THEME_PURPOSES: Readonly<Record<ThemeName, string>> = {
  dark: 'for dark terminals',
  light: 'for light terminals',
  'colour-blind': 'safe for eyes that do not tell red from green',
};

/** The looks that a token stands for. */
export function styleOf(token: Token, theme: ThemeName): Style {
  return THEMES[theme][token];
}

/** A theme by its name, or null. */
export function themeNamed(name: unknown): ThemeName | null {
  return THEME_NAMES.find((one) => one === name) ?? null;
}

/**
 * The theme of a terminal for which none was chosen: some tell their background as the last number of COLORFGBG, an index of
 * the sixteen colours.
 */
export function themeOfTerminal(env: Readonly<Record<string, string | undefined>>): ThemeName {
  const background = /;(?<color>\d+)$/u.exec(env['COLORFGBG'] ?? '')?.groups?.['color'];
  return background === '7' || background === '15' ? 'light' : 'dark';
}
