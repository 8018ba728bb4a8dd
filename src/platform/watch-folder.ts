/**
 * Hears of files that change below a folder.
 */
import { type FSWatcher, readdirSync, watch } from 'node:fs';
import { join } from 'node:path';
import { isFolder } from './disk.js';

export interface WatchOptions {
  /** Says of a path, relative with `/`, whether a change of it counts. */
  readonly isWatched: (path: string) => boolean;
  /** Says of a folder, relative with `/` at its end, whether anything below it may count. */
  readonly isEntered: (folder: string) => boolean;
  /** Called once things have been quiet for a moment. */
  readonly onChange: () => void;
}

/**
 * @returns the way to stop. A folder that cannot be watched is never heard of: the system may have no more watches left.
 */
export function watchFolder(folder: string, options: WatchOptions): () => void {
  const { isWatched, onChange } = options;
  let timer: NodeJS.Timeout | undefined;
  const later = (): void => {
    clearTimeout(timer);
    // It does not keep the process from ending.
    timer = setTimeout(onChange, QUIET_MS).unref();
  };
  const heard = (path: string): void => {
    if (isWatched(path)) later();
  };
  // Where the system watches only one folder at a time, Node would watch every single file: hundredths of a millisecond each,
  // before the first frame.
  const close =
    process.platform === 'linux'
      ? watchEach(folder, options, heard, later)
      : watchAll(folder, heard, later);
  return () => {
    clearTimeout(timer);
    close();
  };
}

/** Editors write a file in several steps; a checkout writes many files. */
const QUIET_MS = 40;

function watchAll(folder: string, heard: (path: string) => void, later: () => void): () => void {
  const watcher = begin(folder, { isRecursive: true }, (path) => {
    if (path === null) later();
    else heard(path.replaceAll('\\', '/'));
  });
  return () => watcher?.close();
}

/** One watch a folder; those that come are watched too. */
function watchEach(
  root: string,
  { isEntered }: WatchOptions,
  heard: (path: string) => void,
  later: () => void,
): () => void {
  const watchers = new Map<string, FSWatcher>();
  /** @param folder relative, with `/` at its end; empty for the root. */
  const enter = (folder: string): void => {
    const watcher = begin(join(root, folder), { isRecursive: false }, (name, isRename) => {
      if (name === null) {
        later();
        return;
      }
      const path = folder + name;
      if (isRename) turned(`${path}/`);
      heard(path);
    });
    if (watcher === null) return;
    watchers.set(folder, watcher);
    for (const inner of foldersIn(join(root, folder)))
      if (isEntered(`${folder}${inner}/`)) enter(`${folder}${inner}/`);
  };
  /** A name came or went: if it is that of a folder, so did all below it. */
  const turned = (folder: string): void => {
    const known = [...watchers.keys()].filter((one) => one.startsWith(folder));
    for (const one of known) {
      watchers.get(one)?.close();
      watchers.delete(one);
    }
    const isThere = isEntered(folder) && isFolder(join(root, folder));
    if (isThere) enter(folder);
    if (isThere || known.length > 0) later();
  };
  enter('');
  return () => {
    for (const watcher of watchers.values()) watcher.close();
  };
}

function begin(
  folder: string,
  { isRecursive }: { readonly isRecursive: boolean },
  heard: (path: string | null, isRename: boolean) => void,
): FSWatcher | null {
  try {
    const watcher = watch(folder, { recursive: isRecursive, persistent: false }, (event, path) =>
      heard(path, event === 'rename'),
    );
    watcher.on('error', () => watcher.close());
    return watcher;
  } catch {
    // It went meanwhile, or the system has no more watches.
    return null;
  }
}

function foldersIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name);
  } catch {
    return [];
  }
}
