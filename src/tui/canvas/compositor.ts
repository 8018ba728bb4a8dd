/**
 * Lays canvases over Ink's frame and sends the result to the terminal as one difference.
 *
 * Ink lays out, clips and stacks: a canvas is a box filled with a colour of its own that nobody else uses, and owns exactly the
 * cells that still have this colour in Ink's frame. A dialog over it covers them by being drawn later.
 */
import { type Cells, clearCells, createCells, RIGHT_HALF, SPACE } from '../cells/cells.js';
import { parseFrame } from '../cells/parse-frame.js';
import { lookAt, RGB } from '../cells/style-table.js';
import { type ClickTarget, type Surface, surfaceOf } from '../cells/surface.js';
import type { ScreenWriter } from '../terminal/screen-writer.js';
import type { ThemeName } from '../../workbench/index.js';
import { FrameSink } from './frame-sink.js';

export type Draw = (surface: Surface) => void;

/** Where a canvas stands; zeros until Ink has laid it out. */
export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** One canvas: its colour for Ink, and how to draw and find it. */
export interface CanvasSlot {
  /** In Ink's notation: `rgb(1,2,7)`. */
  readonly color: string;
  update(draw: Draw, measure: () => Rect): void;
  remove(): void;
}

export interface Compositor {
  /** What Ink writes its frames to. */
  readonly sink: FrameSink;
  addCanvas(): CanvasSlot;
  /** Whether the colours that mark canvases have come through Ink whole, as far as the last frame shows any. */
  hasMarks(): boolean;
  /** Draws every canvas again soon; many calls are one paint. */
  repaint(): void;
  /** Does what was drawn at a cell; true if there was something. */
  click(x: number, y: number): boolean;
  resize(size: { readonly columns: number; readonly rows: number }): void;
  /** Paints nothing until `resume`: the terminal is lent to another program. */
  pause(): void;
  /** Paints the whole screen anew. */
  resume(): void;
  stop(): void;
}

// Two parts of a colour that no theme would use; the third tells canvases apart.
const SENTINEL_RED = 1;
const SENTINEL_GREEN = 2;
const MAX_CANVASES = 255;
// Faster than this no terminal shows it, and a stream of events would fill the processor.
const MIN_FRAME_MS = 8;

interface Slot {
  readonly key: number;
  draw: Draw;
  measure: () => Rect;
  cells: Cells;
}

/** The background, as `parseFrame` reads it, that marks a canvas's cells. */
function sentinelOf(key: number): number {
  return RGB + (SENTINEL_RED << 16) + (SENTINEL_GREEN << 8) + key;
}

export function createCompositor(
  size: { readonly columns: number; readonly rows: number },
  writer: ScreenWriter,
  theme: () => ThemeName,
): Compositor {
  let base = createCells(size.columns, size.rows);
  let next = createCells(size.columns, size.rows);
  const slots = new Map<number, Slot>();
  let targets: ClickTarget[] = [];
  let pending: NodeJS.Immediate | NodeJS.Timeout | null = null;
  let lastPaintMs = 0;
  let isStopped = false;
  let isPaused = false;

  const sink = new FrameSink(size, (frame) => {
    parseFrame(frame, base);
    repaint();
  });

  const repaint = (): void => {
    if (pending !== null || isStopped) return;
    const waitMs = MIN_FRAME_MS - (performance.now() - lastPaintMs);
    pending = waitMs > 0 ? setTimeout(paint, waitMs) : setImmediate(paint);
  };

  const paint = (): void => {
    pending = null;
    if (isStopped || isPaused) return;
    lastPaintMs = performance.now();
    next.glyphs.set(base.glyphs);
    next.styles.set(base.styles);
    targets = [];
    for (const slot of slots.values()) {
      const rect = slot.measure();
      if (rect.width <= 0 || rect.height <= 0) continue;
      if (slot.cells.width !== rect.width || slot.cells.height !== rect.height) {
        slot.cells = createCells(rect.width, rect.height);
      } else clearCells(slot.cells);
      slot.draw(surfaceOf(slot.cells, { theme: theme(), targets, offset: rect }));
      overlay(next, base, slot.cells, rect, sentinelOf(slot.key));
    }
    writer.show(next);
  };

  return {
    sink,
    addCanvas() {
      let key = 1;
      while (slots.has(key)) key += 1;
      if (key > MAX_CANVASES) throw new Error('More canvases than colours to tell them apart.');
      const slot: Slot = {
        key,
        draw: () => {},
        measure: () => ({ x: 0, y: 0, width: 0, height: 0 }),
        cells: createCells(0, 0),
      };
      slots.set(key, slot);
      return {
        color: `rgb(${SENTINEL_RED},${SENTINEL_GREEN},${key})`,
        update(draw, measure) {
          slot.draw = draw;
          slot.measure = measure;
          // React may have removed it and put it back while it moved between parents.
          slots.set(key, slot);
          repaint();
        },
        remove() {
          if (slots.get(key) === slot) slots.delete(key);
          repaint();
        },
      };
    },
    hasMarks: () =>
      base.styles.some((style) => {
        const { bg } = lookAt(style);
        return bg > sentinelOf(0) && bg <= sentinelOf(MAX_CANVASES);
      }),
    repaint,
    click(x, y) {
      // The canvas drawn last lies on top.
      const target = targets.findLast(
        (one) => x >= one.x && x < one.x + one.width && y >= one.y && y < one.y + one.height,
      );
      target?.act();
      return target !== undefined;
    },
    resize(changed) {
      base = createCells(changed.columns, changed.rows);
      next = createCells(changed.columns, changed.rows);
      writer.forget();
      sink.resize(changed);
      repaint();
    },
    pause() {
      isPaused = true;
    },
    resume() {
      isPaused = false;
      writer.forget();
      repaint();
    },
    stop() {
      isStopped = true;
      if (pending === null) return;
      clearTimeout(pending as NodeJS.Timeout);
      clearImmediate(pending as NodeJS.Immediate);
      pending = null;
    },
  };
}

/** Copies a canvas into the cells that are still its own. Half of a wide glyph at an edge becomes a space. */
function overlay(next: Cells, base: Cells, canvas: Cells, rect: Rect, sentinel: number): void {
  for (let row = 0; row < rect.height; row += 1) {
    const y = rect.y + row;
    if (y < 0 || y >= next.height) continue;
    let wasOwned = false;
    for (let column = 0; column < rect.width; column += 1) {
      const x = rect.x + column;
      if (x < 0 || x >= next.width) continue;
      const at = y * next.width + x;
      const isOwned = lookAt(base.styles[at] ?? 0).bg === sentinel;
      const from = row * rect.width + column;
      const glyph = canvas.glyphs[from] ?? SPACE;
      if (isOwned) {
        next.glyphs[at] = glyph === RIGHT_HALF && !wasOwned ? SPACE : glyph;
        next.styles[at] = canvas.styles[from] ?? 0;
      } else if (wasOwned && glyph === RIGHT_HALF) next.glyphs[at - 1] = SPACE;
      wasOwned = isOwned;
    }
  }
}
