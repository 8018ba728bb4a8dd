/**
 * The first rows of a seed, to see what is in it.
 */
import { readCsv } from '../../base/index.js';
import type { SeedNode } from '../../manifest/index.js';
import { isFile, readText, sizeBytes } from '../../platform/index.js';
import type { SeedRows } from './docs-input.js';

const MAX_ROWS = 25;
/** Larger seeds are not read: their rows do not belong in a page. */
const MAX_BYTES = 2_000_000;

/** Null for a seed that is gone or too large. */
export function readSeedRows(node: SeedNode): SeedRows | null {
  if (!isFile(node.file) || sizeBytes(node.file) > MAX_BYTES) return null;
  const delimiter = node.config['delimiter'];
  const { header, rows } = readCsv(
    readText(node.file),
    typeof delimiter === 'string' && delimiter !== '' ? delimiter : ',',
  );
  return { header, rows: rows.slice(0, MAX_ROWS), rowCount: rows.length };
}
