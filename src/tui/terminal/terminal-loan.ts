/**
 * The terminal lent for a while: to the user's editor, or to the shell that the program was started from.
 */

export interface LoanOptions {
  /** Stops reading and painting, and gives the terminal back. */
  readonly release: () => void;
  /** Takes the terminal again and paints all of it. */
  readonly take: () => void;
  /** The program cannot be stopped: no shell waits for it. */
  readonly onUnstoppable: () => void;
}

export interface TerminalLoan {
  /** Lends the terminal until the work has ended, however it ends. */
  during(work: () => Promise<void>): Promise<void>;
  /** Stops the program, as ctrl-z stops others; it goes on when the shell says so. */
  suspend(): void;
  /** Hears no signals any more. */
  stop(): void;
}

// A stopped program does not count time; one that still counts was not stopped.
const STOP_MS = 150;

/** Listens for SIGTSTP and SIGCONT until `stop`. */
export function createTerminalLoan({ release, take, onUnstoppable }: LoanOptions): TerminalLoan {
  let isLent = false;
  let isSuspended = false;
  let timer: NodeJS.Timeout | null = null;

  const lend = (): void => {
    if (!isLent) release();
    isLent = true;
  };
  const takeBack = (): void => {
    if (isLent) take();
    isLent = false;
  };
  const suspend = (): void => {
    if (isLent) return;
    lend();
    isSuspended = true;
    // The kernel's own way of stopping: it spares a program that nobody could continue.
    process.off('SIGTSTP', suspend);
    timer = setTimeout(() => {
      if (!isSuspended) return;
      goOn();
      onUnstoppable();
    }, STOP_MS);
    process.kill(0, 'SIGTSTP');
  };
  const goOn = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (isSuspended) process.on('SIGTSTP', suspend);
    isSuspended = false;
    takeBack();
  };
  // Whoever was stopped from outside has lost the terminal's modes, too.
  const onContinue = (): void => {
    if (isSuspended) goOn();
    else if (!isLent) {
      release();
      take();
    }
  };
  process.on('SIGTSTP', suspend);
  process.on('SIGCONT', onContinue);

  return {
    async during(work) {
      lend();
      try {
        await work();
      } finally {
        takeBack();
      }
    },
    suspend,
    stop() {
      if (timer !== null) clearTimeout(timer);
      process.off('SIGTSTP', suspend);
      process.off('SIGCONT', onContinue);
    },
  };
}
