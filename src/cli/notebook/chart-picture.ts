/**
 * A chart as shapes for an SVG: numbers in its own units, so that the template only writes them.
 */
import { type ChartData, groupsOf, numberText } from '../../workbench/index.js';

export interface ChartPicture {
  readonly width: number;
  readonly height: number;
  readonly bars: readonly {
    readonly y: number;
    readonly textY: number;
    readonly width: number;
    readonly label: string;
    readonly value: string;
    readonly isBelowZero: boolean;
  }[];
  readonly lines: readonly {
    readonly y: number;
    readonly label: string;
    readonly told: string;
    /** Pieces of the line, each the points of a polyline; a gap in the data ends one. */
    readonly pieces: readonly string[];
  }[];
  /** Of a line chart: both ends of both axes. */
  readonly ends: {
    readonly left: string;
    readonly right: string;
    readonly top: string;
    readonly bottom: string;
  } | null;
}

const WIDTH = 720;
/** Left edge of bars and lines: names stand before it. */
export const PLOT_X = 220;
const PLOT_WIDTH = 400;
const BAR_HEIGHT = 22;
const LINE_HEIGHT = 220;
const SPARK_HEIGHT = 34;
const MARGIN = 14;

/** Lays a chart out. */
export function chartPicture(chart: ChartData): ChartPicture {
  const isBars = chart.shape === 'bar' || chart.shape === 'histogram';
  return isBars ? barPicture(chart) : linePicture(chart);
}

function barPicture({ points }: ChartData): ChartPicture {
  const most = Math.max(...points.map(({ value }) => Math.abs(value ?? 0)), 0);
  return {
    width: WIDTH,
    height: Math.max(1, points.length) * BAR_HEIGHT,
    bars: points.map(({ label, value }, index) => ({
      y: index * BAR_HEIGHT + 3,
      textY: index * BAR_HEIGHT + 15,
      width: most === 0 ? 0 : round((Math.abs(value ?? 0) / most) * PLOT_WIDTH),
      label: cut(label),
      value: value === null ? '∅' : numberText(value),
      isBelowZero: (value ?? 0) < 0,
    })),
    lines: [],
    ends: null,
  };
}

function linePicture({ shape, points }: ChartData): ChartPicture {
  const groups = groupsOf(points);
  const height = shape === 'line' ? LINE_HEIGHT : SPARK_HEIGHT;
  const known = points.map(({ value }) => value).filter((value) => value !== null);
  const [low, high] = known.length === 0 ? [0, 0] : [Math.min(...known), Math.max(...known)];
  return {
    width: WIDTH,
    height: groups.length * height + (shape === 'line' ? MARGIN * 2 : 0),
    bars: [],
    lines: groups.map(({ label, values }, index) => {
      const own = values.filter((value) => value !== null);
      const [least, most] = own.length === 0 ? [0, 0] : [Math.min(...own), Math.max(...own)];
      return {
        y: index * height + height / 2 + 4,
        label: cut(label ?? ''),
        told: shape === 'line' ? '' : `${numberText(least)} – ${numberText(most)}`,
        pieces: piecesOf(values, { top: index * height + MARGIN / 2, height: height - MARGIN }),
      };
    }),
    ends:
      shape === 'line'
        ? {
            left: cut(points[0]?.label ?? ''),
            right: cut(points.at(-1)?.label ?? ''),
            top: numberText(high),
            bottom: numberText(low),
          }
        : null,
  };
}

function piecesOf(
  values: readonly (number | null)[],
  { top, height }: { readonly top: number; readonly height: number },
): readonly string[] {
  const known = values.filter((value) => value !== null);
  const [low, high] = known.length === 0 ? [0, 0] : [Math.min(...known), Math.max(...known)];
  const pieces: string[][] = [[]];
  for (const [index, value] of values.entries()) {
    if (value === null) {
      pieces.push([]);
      continue;
    }
    const share = high === low ? 0.5 : (high - value) / (high - low);
    const x = PLOT_X + (values.length < 2 ? 0 : (index / (values.length - 1)) * PLOT_WIDTH);
    pieces.at(-1)?.push(`${round(x)},${round(top + share * height)}`);
  }
  // A point alone is drawn as a short stroke: a line of no length is not seen.
  return pieces
    .filter((piece) => piece.length > 0)
    .map((piece) => (piece.length === 1 ? `${piece[0] ?? ''} ${piece[0] ?? ''}` : piece.join(' ')));
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function cut(text: string): string {
  const letters = Array.from(text);
  return letters.length > 30 ? `${letters.slice(0, 29).join('')}…` : text;
}
