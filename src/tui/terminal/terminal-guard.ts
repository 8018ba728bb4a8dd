/**
 * Takes the terminal and gives it back, whatever happens in between: quitting, a signal, a crash, the end of the process.
 */
import { enterModes, LEAVE_MODES } from './terminal-modes.js';
import type { OutputStream } from './screen-writer.js';

export interface TerminalGuard {
  /** Gives the terminal back. Safe to call twice. */
  leave(): void;
  /** Gives it back for a while: another program has it, and ctrl-c is of that one. */
  pause(): void;
  /** Takes it again. */
  resume(): void;
  /**
   * Sends away who else listens to the signals: packages (conf's writer of files) send a signal on to the process once they have
   * heard it, and the second one would end it with its statements running.
   */
  hearAlone(): void;
}

export interface GuardOptions {
  readonly stdout: OutputStream;
  readonly hasMouse: boolean;
  /** Called before the terminal is given back: raw mode off, painting stopped. */
  readonly onLeave: () => void;
  /** A signal asked the program to end. */
  readonly onSignal: (exitCode: number) => void;
  /** Something threw that nobody caught; the terminal is already given back. */
  readonly onCrash: (error: unknown) => void;
}

// 128 + the signal's number, as shells have it.
const SIGNALS = [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
  ['SIGQUIT', 131],
] as const;

/** Takes the terminal: alternate screen and the modes of a full-screen program. */
export function guardTerminal(options: GuardOptions): TerminalGuard {
  let isLeft = false;
  let isSignalled = false;
  let isPaused = false;
  const leave = (): void => {
    if (isLeft) return;
    isLeft = true;
    process.off('exit', leave);
    process.off('uncaughtException', crash);
    process.off('unhandledRejection', crash);
    // After a signal they stay: a process that nobody listens for any more is ended at once, with its statements running.
    if (!isSignalled) for (const [signal, listener] of listeners) process.off(signal, listener);
    options.onLeave();
    if (!isPaused) send(options.stdout, LEAVE_MODES);
  };
  const crash = (error: unknown): void => {
    leave();
    options.onCrash(error);
  };
  const listeners = SIGNALS.map(([signal, exitCode]) => {
    const listener = (): void => {
      if (isPaused && signal === 'SIGINT') return;
      // Asked twice, there is no more waiting.
      if (isSignalled) process.exit(exitCode);
      isSignalled = true;
      leave();
      options.onSignal(exitCode);
    };
    return [signal, listener] as const;
  });

  process.on('exit', leave);
  process.on('uncaughtException', crash);
  process.on('unhandledRejection', crash);
  for (const [signal, listener] of listeners) process.on(signal, listener);
  const enter = (): void => send(options.stdout, enterModes({ hasMouse: options.hasMouse }));
  enter();
  return {
    leave,
    pause() {
      if (isPaused || isLeft) return;
      isPaused = true;
      send(options.stdout, LEAVE_MODES);
    },
    resume() {
      isPaused = false;
      if (!isLeft) enter();
    },
    hearAlone() {
      for (const [signal, own] of listeners) {
        for (const listener of process.listeners(signal)) {
          if (listener !== own) process.off(signal, listener);
        }
      }
    },
  };
}

/** A terminal that is gone (hang-up) takes nothing any more: there is nothing left to restore then. */
function send(stdout: OutputStream, text: string): void {
  try {
    stdout.write(text);
  } catch {
    // See above.
  }
}
