/**
 * Ink on a terminal: through the compositor where the terminal can take it, else as Ink alone.
 */
import { PassThrough } from 'node:stream';
import { type Instance, render } from 'ink';
import type { ReactElement } from 'react';
import type { Workbench } from '../../workbench/index.js';
import { createCompositor } from '../canvas/compositor.js';
import type { ColorDepth } from '../cells/style-table.js';
import { createScreenWriter, type OutputStream } from '../terminal/screen-writer.js';
import { App } from './App.js';
import { Opening } from './Opening.js';
import type { OpeningStore } from './opening-state.js';

export interface InkScreen {
  showOpening(store: OpeningStore): void;
  showWorkbench(workbench: Workbench): void;
  /** Does what stands at a cell. */
  click(x: number, y: number): void;
  resize(size: { readonly columns: number; readonly rows: number }): void;
  /** Paints nothing while the terminal is lent. */
  pause(): void;
  resume(): void;
  stop(): void;
}

export function createInkScreen(
  size: { readonly columns: number; readonly rows: number },
  stdout: OutputStream,
  depth: ColorDepth,
): InkScreen {
  const writer = createScreenWriter(stdout, depth, () => compositor.repaint());
  const compositor = createCompositor(size, writer, () => shown?.store.get().theme ?? 'dark');
  // Ink must not touch the keyboard: reading it is ours.
  const noInput = new PassThrough();
  let instance: Instance | null = null;
  let stopListening = (): void => {};
  let shown: Workbench | null = null;

  const show = (tree: ReactElement): void => {
    if (instance !== null) {
      instance.rerender(tree);
      return;
    }
    instance = render(tree, {
      stdout: compositor.sink,
      stdin: noInput,
      debug: true,
      exitOnCtrlC: false,
      patchConsole: false,
      interactive: true,
    });
  };

  return {
    showOpening: (store) => show(<Opening store={store} />),
    showWorkbench(workbench) {
      shown = workbench;
      stopListening = workbench.store.subscribe(() => compositor.repaint());
      show(<App workbench={workbench} compositor={compositor} depth={depth} />);
      // Without its marks a canvas would stay empty: then Ink draws the rows itself, slower, but the same.
      if (!compositor.hasMarks()) {
        show(<App workbench={workbench} compositor={null} depth={depth} />);
      }
    },
    click: (x, y) => {
      compositor.click(x, y);
    },
    resize: (changed) => compositor.resize(changed),
    pause: () => compositor.pause(),
    resume: () => compositor.resume(),
    stop() {
      stopListening();
      compositor.stop();
      writer.stop();
      instance?.unmount();
      instance = null;
    },
  };
}
