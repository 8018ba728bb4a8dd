/**
 * The way in: opens the workbench on a terminal, at once, while the project is still being opened.
 */
import { DagbookError } from '../base/index.js';
import type { Emit } from '../events/index.js';
import type { Session } from '../session/index.js';
import type { InputStream } from './terminal/input-reader.js';
import type { OutputStream } from './terminal/screen-writer.js';

/** A project that is being opened. */
export interface Opening {
  readonly session: Promise<Session>;
  /** Hears of what is done until the session is there. Returns the way to stop. */
  readonly progress: (listener: Emit) => () => void;
}

export interface WorkbenchIo {
  readonly stdin: InputStream;
  readonly stdout: OutputStream;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where settings are kept, instead of the user's own directory: for tests. */
  readonly settingsDirectory?: string;
}

/**
 * Shows the workbench until the user quits. The session stays open: whoever opened it closes it.
 *
 * @throws DagbookError tui/dumb-terminal; and what opening the project threw, after the terminal is given back. A signal ends it as quitting does, with
 * `process.exitCode` set.
 */
export async function openWorkbench(opening: Opening, io: WorkbenchIo): Promise<void> {
  if (io.env['TERM'] === 'dumb') {
    throw new DagbookError(
      'tui/dumb-terminal',
      'This terminal (TERM=dumb) cannot show the workbench.',
      {
        hint: 'Use the commands instead: `dagbook build`, `dagbook show`, `dagbook ls`.',
      },
    );
  }
  const { runWorkbench } = await withFullColor(() => import('./app/run-workbench.js'));
  await runWorkbench(opening, io);
}

/**
 * Ink's colours must reach the compositor whole, whatever the terminal can show: it marks canvases by colours. The library that
 * Ink uses reads the environment once, when it is loaded; what the terminal can show is decided later, when it is written to.
 */
async function withFullColor<Loaded>(load: () => Promise<Loaded>): Promise<Loaded> {
  const before = process.env['FORCE_COLOR'];
  process.env['FORCE_COLOR'] = '3';
  try {
    return await load();
  } finally {
    if (before === undefined) delete process.env['FORCE_COLOR'];
    else process.env['FORCE_COLOR'] = before;
  }
}
