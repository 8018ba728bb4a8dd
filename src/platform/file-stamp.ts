/**
 * What the file system says of a file without reading it: enough to know that it has not changed since.
 */
import { statSync } from 'node:fs';

/** Size in bytes, times of the last change of content and of anything in milliseconds, number on the disk. */
export type FileStamp = readonly [
  sizeBytes: number,
  modifiedMs: number,
  changedMs: number,
  inode: number,
];

/** The stamp of a file, links followed; null if there is nothing. */
export function stampOf(file: string): FileStamp | null {
  const stats = statSync(file, { throwIfNoEntry: false });
  return stats === undefined ? null : [stats.size, stats.mtimeMs, stats.ctimeMs, stats.ino];
}

/** True if both say the same. */
export function isSameStamp(one: FileStamp | null, other: FileStamp | null): boolean {
  if (one === null || other === null) return one === other;
  return one.every((part, at) => part === other[at]);
}
