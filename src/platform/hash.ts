/**
 * The two hashes that dbt's ids and checksums are made of.
 */
import { createHash } from 'node:crypto';

/** SHA-256 as 64 hex digits; text counts as UTF-8. */
export function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

/** MD5 as 32 hex digits; text counts as UTF-8. For names, never for security. */
export function md5(data: string): string {
  return createHash('md5').update(data).digest('hex');
}
