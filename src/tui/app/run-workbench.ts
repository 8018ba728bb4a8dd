/**
 * The loop: keys come in, frames go out, until somebody quits.
 */
import { runOnTerminal } from '../../platform/index.js';
import { openSession, type Session } from '../../session/index.js';
import {
  createStore,
  createWorkbench,
  editorCommand,
  fileRecords,
  handleKey,
  handlePaste,
  handleWheel,
  openSettings,
  themeOfTerminal,
  toast,
  type Workbench,
} from '../../workbench/index.js';
import type { ColorDepth } from '../cells/style-table.js';
import { cellWidth } from '../cells/width.js';
import type { Opening, WorkbenchIo } from '../open-workbench.js';
import type { InputEvent } from '../terminal/input-event.js';
import { readInput } from '../terminal/input-reader.js';
import { guardTerminal } from '../terminal/terminal-guard.js';
import { createTerminalLoan, type TerminalLoan } from '../terminal/terminal-loan.js';
import { colorDepthOf, copySequence } from '../terminal/terminal-modes.js';
import { createInkScreen, type InkScreen } from './ink-screen.js';
import { foldOpening, type OpeningState } from './opening-state.js';

const TICK_MS = 100;
const DEFAULT_SIZE = { columns: 80, rows: 24 };
// A signal must end the program, also when a statement does not answer its cancelling.
const SIGNAL_PATIENCE_MS = 3000;

/** Runs the workbench on a terminal. See `openWorkbench`. */
export async function runWorkbench(opening: Opening, io: WorkbenchIo): Promise<void> {
  const { stdout, stdin, env } = io;
  const depth: ColorDepth = colorDepthOf(env);
  const ended = createEnd();
  const sizeNow = (): { columns: number; rows: number } => ({
    columns: stdout.columns ?? DEFAULT_SIZE.columns,
    rows: stdout.rows ?? DEFAULT_SIZE.rows,
  });

  let screen: InkScreen | null = null;
  let workbench: Workbench | null = null;
  let stopInput = (): void => {};
  let timer: NodeJS.Timeout | null = null;

  const guard = guardTerminal({
    stdout,
    hasMouse: env['DAGBOOK_MOUSE'] !== '0',
    onLeave() {
      if (timer !== null) clearInterval(timer);
      stopInput();
      screen?.stop();
    },
    onSignal(exitCode) {
      process.exitCode = exitCode;
      setTimeout(() => process.exit(exitCode), SIGNAL_PATIENCE_MS).unref();
      ended.resolve();
    },
    onCrash: (error) => ended.reject(error),
  });

  const loan = createTerminalLoan({
    release() {
      stopInput();
      screen?.pause();
      guard.pause();
    },
    take() {
      guard.resume();
      stopInput = readInput(stdin, onEvent, () => ended.resolve());
      onResize();
      screen?.resume();
    },
    onUnstoppable() {
      if (workbench !== null)
        toast(workbench, 'No shell waits for this program: Q quits.', 'error');
    },
  });

  const openingStore = createStore<OpeningState>({
    size: sizeNow(),
    startedAtMs: Date.now(),
    nowMs: Date.now(),
    label: 'Opening the project',
    done: 0,
    total: null,
    lines: [],
  });

  const onEvent = (event: InputEvent): void => {
    if (workbench === null) {
      const isQuit = event.kind === 'key' && ['ctrl-c', 'q', 'Q'].includes(event.key);
      if (isQuit) ended.resolve();
      return;
    }
    handleInput(workbench, screen, event);
  };
  const onResize = (): void => {
    const size = sizeNow();
    openingStore.update((state) => ({ ...state, size }));
    workbench?.store.update((state) => ({ ...state, size }));
    screen?.resize(size);
  };
  const stopProgress = opening.progress((event) => {
    openingStore.update((state) => foldOpening(state, event));
  });

  try {
    stopInput = readInput(stdin, onEvent, () => ended.resolve());
    stdout.on('resize', onResize);
    // The terminal is gone (hang-up): what remains is to end in order.
    stdout.on('error', ended.resolve);
    screen = createInkScreen(sizeNow(), stdout, depth);
    screen.showOpening(openingStore);
    timer = setInterval(() => {
      if (workbench === null) {
        openingStore.update((state) => ({ ...state, nowMs: Date.now() }));
      } else if (workbench.isLive()) workbench.tick();
    }, TICK_MS);

    const session = await Promise.race([opening.session, ended.promise]);
    if (session === undefined) return;
    workbench = await createFor(session, io, sizeNow(), loan, () => ended.resolve());
    guard.hearAlone();
    screen.showWorkbench(workbench);
    await ended.promise;
  } finally {
    stopProgress();
    stdout.off('resize', onResize);
    loan.stop();
    guard.leave();
    await workbench?.close();
    stdout.off('error', ended.resolve);
  }
}

interface End {
  readonly promise: Promise<void>;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** A promise that somebody else settles; a crash before anybody waits for it is not another crash. */
function createEnd(): End {
  let resolve = (): void => {};
  let reject = (_error: unknown): void => {};
  const promise = new Promise<void>((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  promise.catch(() => {});
  return { promise, resolve: () => resolve(), reject: (error) => reject(error) };
}

async function createFor(
  session: Session,
  io: WorkbenchIo,
  size: { readonly columns: number; readonly rows: number },
  loan: TerminalLoan,
  quit: () => void,
): Promise<Workbench> {
  const settings = await openSettings(session.facts.projectDir, io.settingsDirectory);
  return createWorkbench({
    session,
    settings,
    records: fileRecords(session),
    size,
    theme: themeOfTerminal(io.env),
    host: {
      now: () => Date.now(),
      copy: (text) => {
        io.stdout.write(copySequence(text));
      },
      measure: cellWidth,
      openTarget: (target) => openSession({ ...session.options, target }, { env: io.env }),
      edit: async (file, line) => {
        const { program, args } = editorCommand(io.env, file, line);
        const cwd = session.facts.projectDir;
        await loan.during(async () => {
          await runOnTerminal(program, args, { cwd, env: io.env });
        });
      },
      suspend: () => loan.suspend(),
      quit,
    },
  });
}

function handleInput(workbench: Workbench, screen: InkScreen | null, event: InputEvent): void {
  switch (event.kind) {
    case 'key':
      handleKey(workbench, event.key, event.text);
      break;
    case 'paste':
      handlePaste(workbench, event.text);
      break;
    case 'mouse':
      if (event.action === 'press') screen?.click(event.x, event.y);
      if (event.action === 'wheel-up' || event.action === 'wheel-down') {
        handleWheel(workbench, event.action === 'wheel-up' ? 'up' : 'down');
      }
      break;
    default:
      // Focus comes and goes; nothing on screen depends on it.
      break;
  }
}
