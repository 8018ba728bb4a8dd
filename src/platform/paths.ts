/**
 * Paths: joined, made absolute, and shown to users relative to where they are.
 */
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, relative, resolve, sep } from 'node:path';

/** Joins path parts and tidies `.` and `..`. */
export function joinPath(...parts: readonly string[]): string {
  return join(...parts);
}

/** Makes a path absolute, from the working folder or from `from`; `~` is the user's home. */
export function absolutePath(path: string, from: string = process.cwd()): string {
  const expanded = path === '~' || path.startsWith('~/') ? join(homedir(), path.slice(1)) : path;
  return resolve(from, expanded);
}

/** The path as seen from a folder, with `/`; a file outside of it keeps its `../`. */
export function relativePath(folder: string, path: string): string {
  return relative(folder, path).split(sep).join('/');
}

/** The user's home folder. */
export function homeFolder(): string {
  return homedir();
}

/** The nearest folder, from `folder` upwards, that holds something of this name; undefined if none does. */
export function findUp(name: string, folder: string): string | undefined {
  for (let at = resolve(folder); ;) {
    if (existsSync(join(at, name))) return at;
    const parent = dirname(at);
    if (parent === at) return undefined;
    at = parent;
  }
}
