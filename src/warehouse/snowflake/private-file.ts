/**
 * Files that hold what lets in: only their owner may read them.
 */
import { statSync } from 'node:fs';
import type { Environment } from '../../platform/index.js';
import { WarehouseError } from '../warehouse-error.js';

/**
 * Refuses a file that others may read or change, as Snowflake's own tools do.
 *
 * @throws WarehouseError warehouse/shared-secret. Not on Windows, and not if SF_SKIP_TOKEN_FILE_PERMISSIONS_VERIFICATION
 * is set.
 */
export function refuseShared(file: string, env: Environment): void {
  if (process.platform === 'win32') return;
  if (env['SF_SKIP_TOKEN_FILE_PERMISSIONS_VERIFICATION'] === 'true') return;
  const found = statSync(file, { throwIfNoEntry: false });
  if (found === undefined || (found.mode & 0o077) === 0) return;
  throw new WarehouseError(
    'warehouse/shared-secret',
    `${file} may be read or changed by others (mode ${(found.mode & 0o777).toString(8)}).`,
    { hint: `Run \`chmod 600 ${file}\`.` },
  );
}
