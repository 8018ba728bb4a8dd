/**
 * Looks of cells as small numbers, so that a frame is two arrays of integers and a comparison is one subtraction.
 */
import { type Style, styleOf, type ThemeName, type Token } from '../../workbench/index.js';

/** Index into the table of looks. 0 is the terminal's own. */
export type StyleId = number;

/** A colour: -1 the terminal's own, 0-255 its palette, from `RGB` on `RGB + 0xrrggbb`. */
export type Color = number;
export const RGB = 0x1000000;
const NO_COLOR: Color = -1;

const BOLD = 1;
const DIM = 2;
const ITALIC = 4;
const UNDERLINE = 8;
const INVERSE = 16;

/** One entry of the table. */
export interface Look {
  readonly fg: Color;
  readonly bg: Color;
  /** Bits of bold, dim, italic, underline, inverse. */
  readonly attributes: number;
}

/** How many colours the terminal has; `none` still has bold, dim and inverse. */
export type ColorDepth = 'none' | '16' | '256' | 'true';

const PLAIN: Look = { fg: NO_COLOR, bg: NO_COLOR, attributes: 0 };
const looks: Look[] = [PLAIN];
const ids = new Map<string, StyleId>([[keyOf(PLAIN), 0]]);
const tokenIds = new Map<ThemeName, Map<Token, StyleId>>();
const tints = new Map<number, StyleId>();

/** The id of a look, minted when first asked for. */
export function styleId(look: Look): StyleId {
  const key = keyOf(look);
  const known = ids.get(key);
  if (known !== undefined) return known;
  looks.push(look);
  ids.set(key, looks.length - 1);
  return looks.length - 1;
}

/** The id of a token's look in a theme. */
export function tokenId(token: Token, theme: ThemeName): StyleId {
  let ofTheme = tokenIds.get(theme);
  if (ofTheme === undefined) {
    ofTheme = new Map();
    tokenIds.set(theme, ofTheme);
  }
  const known = ofTheme.get(token);
  if (known !== undefined) return known;
  const id = styleId(lookOf(styleOf(token, theme)));
  ofTheme.set(token, id);
  return id;
}

/** The look behind an id. */
export function lookAt(id: StyleId): Look {
  return looks[id] ?? PLAIN;
}

/** Lays a look over another: its background, its attributes, and its foreground where the cell had none or was dim. */
export function tint(under: StyleId, over: StyleId): StyleId {
  const key = under * 65_536 + over;
  const known = tints.get(key);
  if (known !== undefined) return known;
  const base = lookAt(under);
  const top = lookAt(over);
  const takesFg = base.fg === NO_COLOR || top.bg === NO_COLOR;
  const id = styleId({
    fg: takesFg && top.fg !== NO_COLOR ? top.fg : brightOn(base.fg, top.bg),
    bg: top.bg === NO_COLOR ? base.bg : top.bg,
    attributes: (base.attributes & ~(top.bg === NO_COLOR ? 0 : DIM)) | top.attributes,
  });
  tints.set(key, id);
  return id;
}

/** The escape sequence that sets exactly this look, whatever was set before. */
export function sgr(id: StyleId, depth: ColorDepth): string {
  const look = lookAt(id);
  const codes = ['0'];
  if ((look.attributes & BOLD) !== 0) codes.push('1');
  if ((look.attributes & DIM) !== 0) codes.push('2');
  if ((look.attributes & ITALIC) !== 0) codes.push('3');
  if ((look.attributes & UNDERLINE) !== 0) codes.push('4');
  const hasNoBackground = look.bg !== NO_COLOR && depth === 'none';
  // Without colours a background can only be shown by swapping.
  if ((look.attributes & INVERSE) !== 0 || hasNoBackground) codes.push('7');
  codes.push(...colorCodes(look.fg, depth, 30), ...colorCodes(look.bg, depth, 40));
  return `\u001b[${codes.join(';')}m`;
}

/** Reads a look's attributes from SGR numbers, as `parseFrame` meets them. */
export function withAttribute(attributes: number, code: number): number {
  switch (code) {
    case 1:
      return attributes | BOLD;
    case 2:
      return attributes | DIM;
    case 3:
      return attributes | ITALIC;
    case 4:
      return attributes | UNDERLINE;
    case 7:
      return attributes | INVERSE;
    case 22:
      return attributes & ~(BOLD | DIM);
    case 23:
      return attributes & ~ITALIC;
    case 24:
      return attributes & ~UNDERLINE;
    case 27:
      return attributes & ~INVERSE;
    default:
      return attributes;
  }
}

function lookOf(style: Style): Look {
  return {
    fg: style.fg ?? NO_COLOR,
    bg: style.bg ?? NO_COLOR,
    attributes:
      (style.bold === true ? BOLD : 0) |
      (style.dim === true ? DIM : 0) |
      (style.italic === true ? ITALIC : 0) |
      (style.underline === true ? UNDERLINE : 0) |
      (style.inverse === true ? INVERSE : 0),
  };
}

function keyOf(look: Look): string {
  return `${look.fg},${look.bg},${look.attributes}`;
}

/** The eight dark colours cannot be read on a dark selection: take their bright twins there. */
function brightOn(fg: Color, bg: Color): Color {
  return bg !== NO_COLOR && fg >= 1 && fg <= 7 ? fg + 8 : fg;
}

function colorCodes(color: Color, depth: ColorDepth, base: 30 | 40): readonly string[] {
  if (color === NO_COLOR || depth === 'none') return [];
  if (color >= RGB) {
    const rgb = color - RGB;
    const parts = [(rgb >> 16) & 255, (rgb >> 8) & 255, rgb & 255] as const;
    if (depth === 'true') return [`${base + 8};2;${parts.join(';')}`];
    return colorCodes(depth === '16' ? to16(parts) : to256(parts), depth, base);
  }
  if (color < 8) return [String(base + color)];
  if (color < 16) return [String(base + 52 + color)];
  if (depth === '16') return colorCodes(to16(paletteRgb(color)), depth, base);
  return [`${base + 8};5;${color}`];
}

type RgbParts = readonly [red: number, green: number, blue: number];

/** Nearest entry of the 6x6x6 cube. */
function to256([red, green, blue]: RgbParts): number {
  const level = (value: number): number => Math.round((value / 255) * 5);
  return 16 + 36 * level(red) + 6 * level(green) + level(blue);
}

/** Hue by the bits that stand out, brightness by the strongest part. */
function to16([red, green, blue]: RgbParts): number {
  const strongest = Math.max(red, green, blue);
  if (strongest < 70) return strongest < 40 ? 0 : 8;
  const bit = (value: number): number => (value > strongest * 0.6 ? 1 : 0);
  const hue = bit(red) | (bit(green) << 1) | (bit(blue) << 2);
  return strongest > 200 ? hue + 8 : hue;
}

function paletteRgb(index: number): RgbParts {
  if (index >= 232) {
    const grey = 8 + (index - 232) * 10;
    return [grey, grey, grey];
  }
  const step = (value: number): number => (value === 0 ? 0 : 55 + value * 40);
  const cube = index - 16;
  return [step(Math.floor(cube / 36)), step(Math.floor(cube / 6) % 6), step(cube % 6)];
}
