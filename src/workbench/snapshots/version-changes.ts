/**
 * What differs between two versions of a key.
 */
import { cellText } from '../grid/cell-text.js';
import type { ResultPage } from '../../warehouse/index.js';

export interface VersionChange {
  readonly column: string;
  readonly before: string;
  readonly after: string;
}

/** Columns whose values differ between two rows; those that the snapshot adds are left out. */
export function versionChanges(
  { columns, rows }: ResultPage,
  before: number,
  after: number,
  ownColumns: ReadonlySet<string>,
): readonly VersionChange[] {
  const left = rows[before] ?? [];
  const right = rows[after] ?? [];
  return columns.flatMap(({ name }, at) => {
    if (ownColumns.has(name.toLowerCase()) || left[at] === right[at]) return [];
    const column = name === name.toUpperCase() ? name.toLowerCase() : name;
    return [{ column, before: cellText(left[at]).text, after: cellText(right[at]).text }];
  });
}
