import { render } from 'ink-testing-library';
import { expect } from 'vitest';
import { openSession, type ProjectSession } from '../../src/session/index.js';
import { App } from '../../src/tui/app/App.js';
import { cellWidth } from '../../src/tui/cells/width.js';
import {
  createWorkbench,
  handleKey,
  memorySettings,
  type Workbench,
} from '../../src/workbench/index.js';

/** The terminals that screens are held to. */
export const GOLDEN_SIZES = [
  { columns: 80, rows: 24 },
  { columns: 120, rows: 36 },
  { columns: 200, rows: 60 },
] as const;

export interface OpenScreen {
  readonly workbench: Workbench;
  readonly app: ReturnType<typeof render>;
  /** What was copied, oldest first. */
  readonly copied: readonly string[];
  /** Presses keys; a key in quotes is typed letter by letter. */
  press(...keys: readonly string[]): void;
  /** The screen, once it shows a text. */
  screenWith(text: string | RegExp): Promise<string>;
  /** Closes the screen, the workbench and the session. */
  close(): Promise<void>;
}

/** The workbench on screen, over an open session; `rows` of 120 columns. */
export function openScreen(
  session: ProjectSession,
  {
    records,
    rows = 36,
  }: {
    readonly records: Parameters<typeof createWorkbench>[0]['records'];
    readonly rows?: number;
  },
): OpenScreen {
  const copied: string[] = [];
  const workbench = createWorkbench({
    session,
    settings: memorySettings(),
    records,
    size: { columns: 120, rows },
    host: {
      now: () => Date.now(),
      copy: (text) => copied.push(text),
      measure: cellWidth,
      openTarget: (target) => openSession({ ...session.options, target }, { env: {} }),
      edit: async () => {},
      suspend() {},
      quit() {},
    },
  });
  const app = render(<App workbench={workbench} compositor={null} depth={null} />);
  return {
    workbench,
    app,
    copied,
    press: (...keys) => {
      for (const key of keys) {
        if (key.startsWith('"')) {
          for (const letter of key.slice(1, -1))
            handleKey(workbench, letter === ' ' ? 'space' : letter, letter);
        } else handleKey(workbench, key, null);
      }
    },
    screenWith: async (text) => {
      await expect
        .poll(() => app.lastFrame() ?? '', { timeout: 30_000, interval: 30 })
        .toMatch(text);
      return app.lastFrame() ?? '';
    },
    close: async () => {
      app.unmount();
      await workbench.close();
      await session.close();
    },
  };
}
