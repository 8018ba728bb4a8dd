/**
 * The SQL that each relation was last built from, in this target: kept beside the history, so that what is compiled now can be
 * held against it. `target/compiled` cannot say: it is written by `compile` too, and is the same for all targets.
 */
import { DagbookError, type NodeId } from '../base/index.js';
import { isFile, joinPath, md5, readText, writeAtomic } from '../platform/index.js';

// Beyond this a name may be longer than a disk allows.
const MAX_NAME = 180;

export class BuiltTexts {
  readonly #folder: string;

  constructor(projectDir: string, targetName: string) {
    this.#folder = joinPath(
      projectDir,
      '.dagbook',
      `built-${targetName.replaceAll(/[^\w.-]/gu, '_')}`,
    );
  }

  /** The text of the last build that succeeded; null if none is known. */
  read(id: NodeId): string | null {
    const file = this.#fileOf(id);
    try {
      return isFile(file) ? readText(file) : null;
    } catch (error) {
      // It can be made again by running: one that cannot be read counts as none.
      if (error instanceof DagbookError) return null;
      throw error;
    }
  }

  /** A text that did not change is not written again. @throws DagbookError for a disk that cannot be written. */
  keep(id: NodeId, sql: string): void {
    if (this.read(id) === sql) return;
    writeAtomic(this.#fileOf(id), sql, { isPrivate: true, isDurable: false });
  }

  #fileOf(id: NodeId): string {
    const name = encodeURIComponent(id);
    return joinPath(this.#folder, `${name.length > MAX_NAME ? md5(id) : name}.sql`);
  }
}
