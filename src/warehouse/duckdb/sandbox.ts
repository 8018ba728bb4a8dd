/**
 * Where a project's SQL may read and write files: its own folder and the warehouse's, unless the user allows more.
 */
import { dirname } from 'node:path';
import type { NativeConnection } from './native.js';

/** A text as a DuckDB literal. */
export function sqlText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/**
 * Shuts the door: no files elsewhere, no network, no extension that is not loaded already. DuckDB does not let it be opened again.
 *
 * Settings go through SQL after the file is open: DuckDB refuses them as start-up options.
 */
export async function confine(
  connection: NativeConnection,
  folders: readonly string[],
): Promise<void> {
  const list = [...new Set(folders)].map((folder) => sqlText(folder)).join(', ');
  await connection.run(
    `SET autoinstall_known_extensions = false; SET autoload_known_extensions = false; SET allowed_directories = [${list}]; SET enable_external_access = false;`,
  );
}

/** The folder of a warehouse file; none for one in memory. */
export function folderOf(path: string): readonly string[] {
  return path === ':memory:' ? [] : [dirname(path)];
}
