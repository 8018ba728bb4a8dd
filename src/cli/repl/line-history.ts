/**
 * Lines typed in the REPL, kept in the user's state folder for the next session.
 */
import { DagbookError } from '../../base/index.js';
import { homeFolder, isFile, joinPath, readText, writeAtomic } from '../../platform/index.js';

const MAX_LINES = 1000;
// A line longer than this was pasted; keeping it would make a history of somebody's data.
const MAX_LENGTH = 4000;

/** Lines, the latest first, as node:readline keeps them. */
export class LineHistory {
  readonly #file: string;

  /** @param env for XDG_STATE_HOME. */
  constructor(env: Readonly<Record<string, string | undefined>>) {
    const asked = env['XDG_STATE_HOME'] ?? '';
    const home = env['HOME'] ?? homeFolder();
    const state = asked === '' ? joinPath(home, '.local', 'state') : asked;
    this.#file = joinPath(state, 'dagbook', 'repl-history');
  }

  /** A history that cannot be read is empty. */
  read(): readonly string[] {
    try {
      if (!isFile(this.#file)) return [];
      return readText(this.#file)
        .split('\n')
        .filter((line) => line !== '')
        .slice(-MAX_LINES)
        .toReversed();
    } catch (error) {
      if (error instanceof DagbookError) return [];
      throw error;
    }
  }

  /** Keeps them, readable by the user alone. A line that starts with a space is not kept. */
  write(lines: readonly string[]): void {
    const kept = lines
      .filter((line) => line.trim() !== '' && !line.startsWith(' ') && line.length <= MAX_LENGTH)
      .slice(0, MAX_LINES)
      .toReversed();
    try {
      writeAtomic(this.#file, `${kept.join('\n')}\n`, { isPrivate: true, isDurable: false });
    } catch (error) {
      // A home that cannot be written must not stop the work: a history is only a comfort.
      if (!(error instanceof DagbookError)) throw error;
    }
  }
}
