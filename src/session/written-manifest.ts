/**
 * Which manifest.json lies in a target folder: one that says the same already need not be written again.
 */
import type { Json } from '../base/index.js';
import { isFile, joinPath, md5, readText, stampOf, writeAtomic } from '../platform/index.js';
import type { Parsed } from './parsed.js';

const ARTIFACTS = ['manifest.json', 'semantic_manifest.json'] as const;

/** True if the artifacts of this parse, and no others, are in the folder. */
export function isManifestWritten(parsed: Parsed, targetDir: string): boolean {
  const file = noteOf(parsed, targetDir);
  if (parsed.keptAs === null || !isFile(file)) return false;
  try {
    return readText(file) === contentOf(parsed.keptAs, targetDir);
  } catch {
    // Then it is written again, which is never wrong.
    return false;
  }
}

/** Notes that the artifacts of this parse were written just now. */
export function noteWrittenManifest(parsed: Parsed, targetDir: string): void {
  if (parsed.keptAs === null) return;
  writeAtomic(noteOf(parsed, targetDir), contentOf(parsed.keptAs, targetDir), {
    isDurable: false,
  });
}

function noteOf({ project }: Parsed, targetDir: string): string {
  return joinPath(project.rootDir, '.dagbook', 'cache', `written-${md5(targetDir).slice(0, 12)}`);
}

function contentOf(keptAs: string, targetDir: string): string {
  const stamps: readonly Json[] = ARTIFACTS.map((name) => stampOf(joinPath(targetDir, name)));
  return JSON.stringify([keptAs, targetDir, ...stamps]);
}
