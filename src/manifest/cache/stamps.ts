/**
 * Whether the files of a project are what they were.
 */
import { type FileStamp, isSameStamp, readBytes, sha256, stampOf } from '../../platform/index.js';
import type { Project } from '../../project/index.js';
import type { Validity } from './kept-index.js';

/** A file that changed within this time before its stamp was taken may change again without a new stamp. */
const COARSEST_CLOCK_MS = 2000;

/** Every file of a project once, absolute, and what else a parse reads. */
export function filesOf(project: Project): readonly string[] {
  const files = new Set([`${project.rootDir}/vars.yml`]);
  for (const owner of project.packages) {
    files.add(`${owner.rootDir}/dbt_project.yml`);
    for (const file of owner.files) files.add(file.file);
  }
  return [...files];
}

/** Hash of a file's bytes; empty for what cannot be read. */
export function hashOf(file: string): string {
  try {
    return sha256(readBytes(file));
  } catch {
    return '';
  }
}

/** What became of files since they were stamped. */
export interface FileChanges {
  readonly stamps: readonly (FileStamp | null)[];
  readonly hashes: readonly string[];
  /** Files with another content. */
  readonly changed: readonly string[];
  /** True if a stamp had to be doubted, or is another one though the content is the same. */
  readonly hasNewStamps: boolean;
}

/** Compares files with their stamps, and where those differ or are too young, with their hashes. */
export function changesOf(
  files: readonly string[],
  { stamps: before, hashes, stampedAtMs }: Validity,
): FileChanges {
  const changed: string[] = [];
  const newHashes = [...hashes];
  let hasNewStamps = false;
  const stamps = files.map((file, at) => {
    const stamp = stampOf(file);
    const old = before[at] ?? null;
    const isYoung = old !== null && Math.max(old[1], old[2]) > stampedAtMs - COARSEST_CLOCK_MS;
    if (isSameStamp(stamp, old) && !isYoung) return stamp;
    hasNewStamps = true;
    const hash = hashOf(file);
    if (hash !== hashes[at]) changed.push(file);
    newHashes[at] = hash;
    return stamp;
  });
  return { stamps, hashes: newHashes, changed, hasNewStamps };
}
