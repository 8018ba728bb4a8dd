/**
 * Pictures of the screen for the documentation: SVG, cell by cell as the terminal has them.
 */

/** One cell as the emulator has it; colours as `#rrggbb`, null where the terminal's own. */
export interface PictureCell {
  /** Empty for the right half of a wide character. */
  readonly text: string;
  readonly foreground: string | null;
  readonly background: string | null;
  readonly isBold: boolean;
  readonly isDim: boolean;
}

const CELL_WIDTH = 8.4;
const CELL_HEIGHT = 18;
const PADDING = 10;
const FOREGROUND = '#d4d4d4';
const BACKGROUND = '#16181d';

/** The first six are by the terminal's theme, the cube and the greys by xterm's rule. */
const BASE = [
  '#1c1f26',
  '#e06c75',
  '#98c379',
  '#e5c07b',
  '#61afef',
  '#c678dd',
  '#56b6c2',
  '#d4d4d4',
  '#5c6370',
  '#ef8f97',
  '#b5d99c',
  '#f0d399',
  '#8cc6f5',
  '#d99ae8',
  '#7fcdd6',
  '#ffffff',
] as const;

/** The colour of a palette's number, 0 to 255. */
export function paletteColour(index: number): string {
  const base = BASE[index];
  if (base !== undefined) return base;
  const hex = (level: number): string => level.toString(16).padStart(2, '0');
  if (index >= 232) return `#${hex(8 + (index - 232) * 10).repeat(3)}`;
  const level = (part: number): string => hex(part === 0 ? 0 : 55 + part * 40);
  const cube = index - 16;
  return `#${level(Math.floor(cube / 36))}${level(Math.floor(cube / 6) % 6)}${level(cube % 6)}`;
}

/** Draws rows of cells; the texts stay texts, which can be searched and copied. */
export function pictureOf(rows: readonly (readonly PictureCell[])[], title: string): string {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const width = Math.ceil(columns * CELL_WIDTH + 2 * PADDING);
  const height = rows.length * CELL_HEIGHT + 2 * PADDING;
  const shapes = rows.flatMap((row, y) => [...backgrounds(row, y), ...texts(row, y)]);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img">`,
    `<title>${escaped(title)}</title>`,
    `<style>text{font:14px ui-monospace,Menlo,Consolas,"DejaVu Sans Mono",monospace;white-space:pre}</style>`,
    `<rect width="${width}" height="${height}" rx="8" fill="${BACKGROUND}"/>`,
    ...shapes,
    '</svg>',
    '',
  ].join('\n');
}

function backgrounds(row: readonly PictureCell[], y: number): readonly string[] {
  return runsOf(row, (cell) => cell.background ?? '').flatMap(({ start, cells }) => {
    const fill = cells[0]?.background ?? null;
    if (fill === null) return [];
    return [
      `<rect x="${left(start)}" y="${PADDING + y * CELL_HEIGHT}" width="${round(cells.length * CELL_WIDTH)}" height="${CELL_HEIGHT}" fill="${fill}"/>`,
    ];
  });
}

function texts(row: readonly PictureCell[], y: number): readonly string[] {
  const look = ({ foreground, isBold, isDim }: PictureCell): string =>
    [
      `fill="${foreground ?? FOREGROUND}"`,
      ...(isBold ? ['font-weight="700"'] : []),
      ...(isDim ? ['opacity="0.6"'] : []),
    ].join(' ');
  return runsOf(row, look).flatMap(({ start, cells }) => {
    const whole = cells.map(({ text }) => text).join('');
    const text = whole.trimEnd();
    if (text === '') return [];
    const indent = text.length - text.trimStart().length;
    const kept = text.trimStart();
    const length = cells.length - indent - (whole.length - text.length);
    const baseline = PADDING + y * CELL_HEIGHT + 13;
    return [
      `<text x="${left(start + indent)}" y="${baseline}" textLength="${round(length * CELL_WIDTH)}" ${look(cells[0] ?? BLANK)}>${escaped(kept)}</text>`,
    ];
  });
}

const BLANK: PictureCell = {
  text: ' ',
  foreground: null,
  background: null,
  isBold: false,
  isDim: false,
};

interface CellRun {
  readonly start: number;
  readonly cells: readonly PictureCell[];
}

/** Neighbours that look alike. */
function runsOf(
  row: readonly PictureCell[],
  look: (cell: PictureCell) => string,
): readonly CellRun[] {
  const runs: { start: number; cells: PictureCell[] }[] = [];
  row.forEach((cell, index) => {
    const last = runs.at(-1);
    const [first] = last?.cells ?? [];
    if (last !== undefined && first !== undefined && look(first) === look(cell))
      last.cells.push(cell);
    else runs.push({ start: index, cells: [cell] });
  });
  return runs;
}

function left(column: number): number {
  return round(PADDING + column * CELL_WIDTH);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** The texts of a picture, row by row. */
export function textsOf(svg: string): readonly string[] {
  const rows = new Map<number, string>();
  for (const [, x, y, text = ''] of svg.matchAll(
    /<text x="([\d.]+)" y="(\d+)"[^>]*>([^<]*)<\/text>/gu,
  )) {
    const column = Math.round((Number(x) - PADDING) / CELL_WIDTH);
    const plain = text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
    rows.set(Number(y), (rows.get(Number(y)) ?? '').padEnd(column) + plain);
  }
  return [...rows.values()];
}

/**
 * What must be the same in a picture and on the screen, whatever was measured and when: the tabs, the titles of frames and
 * the keys of the last row, with all figures alike.
 */
export function frameOf(lines: readonly string[]): readonly string[] {
  const shown = lines.filter((line) => line.trim() !== '');
  const titles = shown.flatMap((line) =>
    [...line.matchAll(/╭─ (.*?) ─/gu)].map(([, title = '']) => title),
  );
  return [shown[0] ?? '', ...titles, shown.at(-1) ?? ''].map((text) =>
    text
      .replaceAll(/\d[\d.,]*/gu, '#')
      .replaceAll(/ +/gu, ' ')
      .trim(),
  );
}
