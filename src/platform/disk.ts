/**
 * Reading and writing files, synchronously: for the thousands of small files of a project, sync reads cost a tenth of promises.
 */
import {
  closeSync,
  cpSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, sep } from 'node:path';
import { DagbookError, messageOf } from '../base/index.js';

/** One file found by `listFiles`. */
export interface FileEntry {
  /** Relative to the folder that was listed, with `/`. */
  readonly path: string;
  /** Absolute, or relative to the working folder if the listed folder was. */
  readonly file: string;
}

/**
 * Reads a file as UTF-8.
 *
 * @throws DagbookError disk/not-found, disk/no-permission, disk/not-utf8 or disk/unreadable.
 */
export function readText(file: string): string {
  const bytes = readBytes(file);
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new DagbookError('disk/not-utf8', `${file} is not UTF-8 text.`, {
      hint: 'Save the file as UTF-8.',
      position: { file, line: 1, column: 1 },
      cause,
      exitCode: 1,
    });
  }
}

/** Reads a file as it is. @throws as `readText`, save disk/not-utf8. */
export function readBytes(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (cause) {
    throw diskError(cause, 'read', file);
  }
}

/** True if there is a file (not a folder) at this path. */
export function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

/** True if there is a folder at this path. */
export function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** Size in bytes. @throws DagbookError disk/not-found. */
export function sizeBytes(file: string): number {
  try {
    return statSync(file).size;
  } catch (cause) {
    throw diskError(cause, 'read', file);
  }
}

/**
 * Lists every file below a folder, depth first, names in code-unit order within a folder (files before folders).
 *
 * Symbolic links to files count as files; linked folders are not entered, so that no loop can be walked. A folder that
 * does not exist lists nothing.
 */
export function listFiles(folder: string): readonly FileEntry[] {
  const found: FileEntry[] = [];
  walk(folder, '', found);
  return found;
}

/** Names of the folders directly below a folder, linked ones included, sorted; empty if there is no such folder. */
export function listFolders(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter(
      (entry) =>
        entry.isDirectory() || (entry.isSymbolicLink() && isFolder(join(folder, entry.name))),
    )
    .map((entry) => entry.name)
    .sort();
}

/** Makes a folder and its parents. @throws DagbookError disk/... */
export function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (cause) {
    throw diskError(cause, 'make the folder', folder);
  }
}

/** Removes a file or a folder with all in it; nothing there is fine. @throws DagbookError disk/... */
export function removePath(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true });
  } catch (cause) {
    throw diskError(cause, 'remove', path);
  }
}

/** How a file is written. */
export interface WriteOptions {
  /** Readable by the user alone, whatever the umask: for what may hold messages of a warehouse. Default: by the umask. */
  readonly isPrivate?: boolean;
  /** False for what can be made again, such as compiled SQL: it is not forced to the disk. Default: true. */
  readonly isDurable?: boolean;
}

/** Makes an empty folder of its own among the system's temporary ones. The caller removes it. */
export function temporaryFolder(): string {
  try {
    return mkdtempSync(join(tmpdir(), 'dagbook-'));
  } catch (cause) {
    throw diskError(cause, 'make a folder in', tmpdir());
  }
}

/** Makes `link` stand for a folder. @throws DagbookError disk/... */
export function linkFolder(folder: string, link: string): void {
  try {
    // A junction needs no rights on Windows; elsewhere the type has no meaning.
    symlinkSync(folder, link, 'junction');
  } catch (cause) {
    throw diskError(cause, 'link', link);
  }
}

/** Copies a folder with all in it, following no links out of it. @throws DagbookError disk/... */
export function copyFolder(from: string, to: string): void {
  try {
    cpSync(from, to, { recursive: true, dereference: false });
  } catch (cause) {
    throw diskError(cause, 'copy', from);
  }
}

/** Moves a folder to a place on the same disk where nothing is. @throws DagbookError disk/... */
export function moveFolder(from: string, to: string): void {
  try {
    mkdirSync(dirname(to), { recursive: true });
    renameSync(from, to);
  } catch (cause) {
    throw diskError(cause, 'move', from);
  }
}

/**
 * Writes a file whole or not at all: a draft in the same folder takes the file's place. Folders are made as needed.
 *
 * @param data the content, or its pieces in turn.
 *
 * @throws DagbookError disk/... with the path and what to do.
 */
export function writeAtomic(
  file: string,
  data: string | Uint8Array | Iterable<string | Uint8Array>,
  options: WriteOptions = {},
): void {
  // A rename over a file waits for the disk on common file systems: milliseconds that a file with the same text need not cost.
  if (options.isDurable === false && typeof data === 'string' && holds(file, data)) return;
  const folder = dirname(file);
  makeFolder(folder);
  const draft = join(folder, `.${basename(file)}.${process.pid}.${draftNumber()}.tmp`);
  let handle: number | undefined;
  try {
    handle = openSync(draft, 'wx', options.isPrivate === true ? 0o600 : 0o666);
    writeAll(handle, data);
    if (options.isDurable !== false) fsyncSync(handle);
    closeSync(handle);
    handle = undefined;
    renameSync(draft, file);
  } catch (cause) {
    if (handle !== undefined) closeSync(handle);
    rmSync(draft, { force: true });
    throw diskError(cause, 'write', file);
  }
}

/** Whether a file is there with just this text. */
function holds(file: string, text: string): boolean {
  if (statSync(file, { throwIfNoEntry: false })?.size !== Buffer.byteLength(text)) return false;
  try {
    return readFileSync(file).equals(Buffer.from(text));
  } catch {
    // What cannot be read is written anew, and says then what is wrong.
    return false;
  }
}

/** A file that only grows, a line at a time. */
export interface GrowingFile {
  /** Adds a line; with `isDurable` it is on the disk when this returns. @throws DagbookError disk/... */
  append(line: string, options: { readonly isDurable: boolean }): void;
  /** Safe to call twice. */
  close(): void;
}

/** Opens a file to be added to, made if absent, readable by the user alone. @throws DagbookError disk/... */
export function openGrowing(file: string): GrowingFile {
  makeFolder(dirname(file));
  let handle: number | null;
  try {
    handle = openSync(file, 'a', 0o600);
  } catch (cause) {
    throw diskError(cause, 'write', file);
  }
  return {
    append: (line, { isDurable }) => {
      if (handle === null) return;
      try {
        writeAll(handle, `${line}\n`);
        if (isDurable) fsyncSync(handle);
      } catch (cause) {
        throw diskError(cause, 'write', file);
      }
    },
    close: () => {
      if (handle !== null) closeSync(handle);
      handle = null;
    },
  };
}

/** Small pieces are gathered up to about this many before they are written. */
const PIECE_CHARACTERS = 1 << 18;

let drafts = 0;

function draftNumber(): number {
  drafts += 1;
  return drafts;
}

function writeAll(handle: number, data: string | Uint8Array | Iterable<string | Uint8Array>): void {
  if (data instanceof Uint8Array) writeBytes(handle, data);
  else if (typeof data === 'string') writeBytes(handle, Buffer.from(data, 'utf8'));
  else {
    let waiting = '';
    for (const piece of data) {
      if (typeof piece !== 'string') {
        writeBytes(handle, Buffer.from(waiting, 'utf8'));
        waiting = '';
        writeBytes(handle, piece);
        continue;
      }
      waiting += piece;
      if (waiting.length < PIECE_CHARACTERS) continue;
      writeBytes(handle, Buffer.from(waiting, 'utf8'));
      waiting = '';
    }
    writeBytes(handle, Buffer.from(waiting, 'utf8'));
  }
}

function writeBytes(handle: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length;) at += writeSync(handle, bytes, at);
}

function walk(folder: string, prefix: string, found: FileEntry[]): void {
  let entries;
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch (cause) {
    if (codeOf(cause) === 'ENOENT' || codeOf(cause) === 'ENOTDIR') return;
    throw diskError(cause, 'list', folder);
  }
  entries.sort((left, right) => (left.name < right.name ? -1 : 1));
  // Joining with care costs as much as listing, and these names have nothing to tidy.
  const start = folder.endsWith(sep) ? folder : `${folder}${sep}`;
  for (const entry of entries) {
    const file = start + entry.name;
    if (entry.isFile() || (entry.isSymbolicLink() && isFile(file))) {
      found.push({ path: prefix + entry.name, file });
    }
  }
  for (const entry of entries) {
    if (entry.isDirectory()) walk(start + entry.name, `${prefix}${entry.name}/`, found);
  }
}

function diskError(cause: unknown, verb: string, path: string): DagbookError {
  const [code, why, hint] = REASONS[codeOf(cause)] ?? [
    verb === 'read' || verb === 'list' ? 'disk/unreadable' : 'disk/unwritable',
    messageOf(cause),
    undefined,
  ];
  return new DagbookError(code, `Cannot ${verb} ${path}: ${why}.`, {
    cause,
    ...(hint === undefined ? {} : { hint }),
  });
}

function codeOf(cause: unknown): string {
  return cause instanceof Error && 'code' in cause ? String(cause.code) : '';
}

const REASONS: Readonly<Record<string, readonly [code: string, why: string, hint?: string]>> = {
  ENOENT: ['disk/not-found', 'there is no such file'],
  EISDIR: ['disk/not-a-file', 'it is a folder'],
  ENOTDIR: ['disk/not-found', 'a part of the path is a file, not a folder'],
  EACCES: ['disk/no-permission', 'permission denied', 'Check who owns the file and its mode.'],
  EPERM: [
    'disk/no-permission',
    'the system does not permit it',
    'Check who owns the file and its mode.',
  ],
  ENOSPC: ['disk/full', 'the disk is full', 'Free some space and run the command again.'],
  EDQUOT: ['disk/full', 'your disk quota is used up', 'Free some space and run the command again.'],
  EROFS: ['disk/read-only', 'the file system is read-only', 'Choose a folder that can be written.'],
  EMFILE: ['disk/too-many-files', 'too many files are open', 'Raise the limit with `ulimit -n`.'],
};
