/**
 * Writing the rows that are shown to a file that was named in a line.
 */
import { toast } from '../core.js';
import type { Workbench } from '../workbench.js';

/** @param words a path, and `--csv-safe` and `--replace`. */
export function exportTo(workbench: Workbench, words: readonly string[]): void {
  const path = words.find((word) => !word.startsWith('--'));
  const unknown = words.find((word) => word.startsWith('--') && !EXPORT_FLAGS.includes(word));
  if (path === undefined || unknown !== undefined) {
    const what = unknown === undefined ? 'A file needs a name' : `There is no ${unknown}`;
    toast(workbench, `${what}: rows.csv --csv-safe --replace.`, 'error');
    return;
  }
  workbench.analyst.export(path, {
    isSafe: words.includes('--csv-safe'),
    replaces: words.includes('--replace'),
  });
}

const EXPORT_FLAGS: readonly string[] = ['--csv-safe', '--replace'];
