/**
 * Asks on the terminal before what cannot be taken back in a target that is protected: its name is to be typed, or `--yes` said.
 */
import { createInterface } from 'node:readline/promises';
import { display, displayLines } from '../base/index.js';
import type { Confirm } from '../session/index.js';
import type { Io } from './io.js';

export interface Asking {
  readonly targetName: string;
  readonly signal: AbortSignal;
}

/** The way to ask on a terminal; where there is none, nobody can be asked. */
export function confirmOn(io: Io, { targetName, signal }: Asking): Confirm {
  return async (what) => {
    if (!io.stdin.isTTY || !io.stderr.isTTY) return 'nobody';
    const lines = createInterface({ input: io.stdin, output: io.stderr });
    try {
      return await askFor(targetName, what, {
        note: (text) => io.note(io.errorStyle.yellow(text)),
        question: async (prompt) => await lines.question(prompt, { signal }),
      });
    } finally {
      lines.close();
    }
  };
}

/** Asks for the target's name. */
export async function askFor(
  targetName: string,
  what: string,
  ask: {
    readonly note: (text: string) => void;
    readonly question: (prompt: string) => Promise<string>;
  },
): Promise<'yes' | 'no'> {
  const shown = display(targetName);
  ask.note(`Target ${shown} is protected. ${displayLines(what)}`);
  return (await ask.question(`Type ${shown} to go on: `)).trim() === targetName ? 'yes' : 'no';
}
