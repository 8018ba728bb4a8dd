/**
 * Sends frames to the terminal: only what changed, in one write, and never faster than it reads.
 */
import { type Cells, createCells } from '../cells/cells.js';
import { diffFrame } from '../cells/frame-diff.js';
import type { ColorDepth } from '../cells/style-table.js';
import { SYNC_END, SYNC_START } from './terminal-modes.js';

/** What we need of `process.stdout`. */
export interface OutputStream {
  readonly columns?: number;
  readonly rows?: number;
  readonly isTTY?: boolean;
  write(text: string): boolean;
  on(event: 'resize' | 'drain' | 'error', listener: () => void): unknown;
  off(event: 'resize' | 'drain' | 'error', listener: () => void): unknown;
}

export interface ScreenWriter {
  /** Shows a frame, or leaves it out if the terminal has not read the last one; then `onReady` asks for the newest. */
  show(frame: Cells): void;
  /** Forgets what is shown: the next frame is painted whole. */
  forget(): void;
  stop(): void;
}

/** @param onReady called when a frame was left out and the terminal reads again. */
export function createScreenWriter(
  stream: OutputStream,
  depth: ColorDepth,
  onReady: () => void,
): ScreenWriter {
  let shown: Cells | null = null;
  let isBlocked = false;
  let hasSkipped = false;

  const onDrain = (): void => {
    isBlocked = false;
    if (!hasSkipped) return;
    hasSkipped = false;
    onReady();
  };
  stream.on('drain', onDrain);

  return {
    show(frame) {
      if (isBlocked) {
        hasSkipped = true;
        return;
      }
      const changes = diffFrame(shown, frame, depth);
      if (changes === '') return;
      if (shown === null || shown.width !== frame.width || shown.height !== frame.height) {
        shown = createCells(frame.width, frame.height);
      }
      shown.glyphs.set(frame.glyphs);
      shown.styles.set(frame.styles);
      isBlocked = !stream.write(SYNC_START + changes + SYNC_END);
    },
    forget() {
      shown = null;
    },
    stop() {
      stream.off('drain', onDrain);
    },
  };
}
