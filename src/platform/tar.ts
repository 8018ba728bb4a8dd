/**
 * Reads tar archives that others made: files and folders only, and nothing that would land outside of where it is unpacked.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { DagbookError, messageOf } from '../base/index.js';

/** One file of an archive. */
export interface ArchivedFile {
  /** Relative, with `/`; no part of it is empty, `.` or `..`. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

export interface TarOptions {
  /** As messages name it. */
  readonly name: string;
  /** What to do about links: an archive from elsewhere that has any is refused, one of the user's own goes without. */
  readonly links: 'refuse' | 'skip';
}

const BLOCK = 512;
/** Bytes that an archive may unpack to: more than any dbt project, less than a disk. */
const MAX_BYTES = 512 * 1024 * 1024;

/** Unpacks gzip where it is gzip. @throws DagbookError archive/corrupt or archive/too-big. */
export function gunzip(bytes: Uint8Array, name: string): Uint8Array {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: MAX_BYTES });
  } catch (cause) {
    const isTooBig =
      cause instanceof Error && 'code' in cause && cause.code === 'ERR_BUFFER_TOO_LARGE';
    throw new DagbookError(
      isTooBig ? 'archive/too-big' : 'archive/corrupt',
      isTooBig
        ? `${name} unpacks to more than ${MAX_BYTES / 1024 / 1024} MiB, so it is not unpacked.`
        : `${name} cannot be unpacked: ${messageOf(cause)}.`,
      { cause, exitCode: 1 },
    );
  }
}

/**
 * Lists the files of a tar archive (ustar, pax or GNU), in its order.
 *
 * @throws DagbookError archive/corrupt, archive/unsafe-path for a path that climbs out, archive/link or archive/special.
 */
export function readTar(bytes: Uint8Array, options: TarOptions): readonly ArchivedFile[] {
  const files: ArchivedFile[] = [];
  let longPath: string | undefined;
  for (let at = 0; at + BLOCK <= bytes.length;) {
    const header = bytes.subarray(at, at + BLOCK);
    if (header.every((byte) => byte === 0)) break;
    checkSum(header, options.name);
    const size = octal(header, 124, 12, options.name);
    const start = at + BLOCK;
    const end = start + size;
    if (end > bytes.length) throw corrupt(options.name, 'it ends within a file');
    const content = bytes.subarray(start, end);
    const type = String.fromCharCode(header[156] ?? 0);
    at = start + Math.ceil(size / BLOCK) * BLOCK;
    switch (type) {
      case 'x':
        longPath = paxPath(content) ?? longPath;
        continue;
      case 'L':
        longPath = text(content);
        continue;
      case 'g':
        continue;
      case '0':
      case '\0':
      case '7':
        files.push({ path: safePath(longPath ?? pathOf(header), options.name), bytes: content });
        break;
      case '5':
        safePath(longPath ?? pathOf(header), options.name);
        break;
      case '1':
      case '2':
        if (options.links === 'refuse') {
          throw new DagbookError(
            'archive/link',
            `${options.name} holds a link, ${longPath ?? pathOf(header)}, so it is not unpacked.`,
            { exitCode: 1, hint: 'Packages must hold files and folders only.' },
          );
        }
        break;
      default:
        throw new DagbookError(
          'archive/special',
          `${options.name} holds something that is neither file nor folder, so it is not unpacked.`,
          { exitCode: 1 },
        );
    }
    longPath = undefined;
  }
  return files;
}

/** Writes files below a folder, which is made. @throws what the disk says. */
export function unpack(files: readonly ArchivedFile[], folder: string): void {
  mkdirSync(folder, { recursive: true });
  const made = new Set<string>();
  for (const { path, bytes } of files) {
    const file = join(folder, path);
    const home = dirname(file);
    if (!made.has(home)) mkdirSync(home, { recursive: true });
    made.add(home);
    writeFileSync(file, bytes);
  }
}

function pathOf(header: Uint8Array): string {
  const name = text(header.subarray(0, 100));
  const isUstar = text(header.subarray(257, 262)) === 'ustar';
  const prefix = isUstar && header[262] === 0 ? text(header.subarray(345, 500)) : '';
  return prefix === '' ? name : `${prefix}/${name}`;
}

function safePath(path: string, name: string): string {
  const parts = path.split('/').filter((part) => part !== '' && part !== '.');
  const isUnsafe =
    path.startsWith('/') || /^[A-Za-z]:|[\\\u0000]/u.test(path) || parts.includes('..');
  if (isUnsafe) {
    throw new DagbookError(
      'archive/unsafe-path',
      `${name} holds ${path}, which would land outside of its folder, so it is not unpacked.`,
      { exitCode: 1 },
    );
  }
  return parts.join('/');
}

/** The `path` record of an extended header: records are `LENGTH key=value\n`. */
function paxPath(content: Uint8Array): string | undefined {
  let found: string | undefined;
  for (let at = 0; at < content.length;) {
    const space = content.indexOf(0x20, at);
    const length = space === -1 ? 0 : Number(text(content.subarray(at, space)));
    if (!Number.isInteger(length) || length < 1) break;
    const record = text(content.subarray(space + 1, at + length - 1));
    if (record.startsWith('path=')) found = record.slice('path='.length);
    at += length;
  }
  return found;
}

function checkSum(header: Uint8Array, name: string): void {
  let sum = 0;
  // Its own field counts as blanks.
  for (const [at, byte] of header.entries()) sum += at >= 148 && at < 156 ? 0x20 : byte;
  if (sum !== octal(header, 148, 8, name)) throw corrupt(name, 'a header does not add up');
}

function octal(header: Uint8Array, at: number, length: number, name: string): number {
  const digits = text(header.subarray(at, at + length)).trim();
  if (!/^[0-7]*$/u.test(digits)) throw corrupt(name, 'a size is no number');
  return digits === '' ? 0 : Number.parseInt(digits, 8);
}

function text(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return new TextDecoder().decode(end === -1 ? bytes : bytes.subarray(0, end));
}

function corrupt(name: string, why: string): DagbookError {
  return new DagbookError('archive/corrupt', `${name} is no sound tar archive: ${why}.`, {
    exitCode: 1,
  });
}
