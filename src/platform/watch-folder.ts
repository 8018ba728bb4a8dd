/**
 * Hears of files that change below a folder.
 */
import { watch } from 'node:fs';

/**
 * @param isWatched says of a path, relative with `/`, whether a change of it counts.
 * @param onChange is called once things have been quiet for a moment.
 * @returns the way to stop. A folder that cannot be watched is never heard of: the system may have no more watches left.
 */
export function watchFolder(
  folder: string,
  isWatched: (path: string) => boolean,
  onChange: () => void,
): () => void {
  let timer: NodeJS.Timeout | undefined;
  const heard = (path: string | null): void => {
    if (path !== null && !isWatched(path.replaceAll('\\', '/'))) return;
    clearTimeout(timer);
    // It does not keep the process from ending.
    timer = setTimeout(onChange, QUIET_MS).unref();
  };
  try {
    const watcher = watch(folder, { recursive: true, persistent: false }, (_, path) => heard(path));
    watcher.on('error', () => watcher.close());
    return () => {
      clearTimeout(timer);
      watcher.close();
    };
  } catch {
    return () => undefined;
  }
}

/** Editors write a file in several steps; a checkout writes many files. */
const QUIET_MS = 40;
