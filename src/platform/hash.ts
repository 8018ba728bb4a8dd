/**
 * The two hashes that dbt's ids and checksums are made of, and ids that are made of nothing.
 */
import { hash, randomUUID } from 'node:crypto';

/** SHA-256 as 64 hex digits; text counts as UTF-8. */
export function sha256(data: string | Uint8Array): string {
  return hash('sha256', data, 'hex');
}

/** SHA-1 as 40 hex digits; text counts as UTF-8. For dbt's lock file, never for security. */
export function sha1(data: string): string {
  return hash('sha1', data, 'hex');
}

/** MD5 as 32 hex digits; text counts as UTF-8. For names, never for security. */
export function md5(data: string): string {
  return hash('md5', data, 'hex');
}

/** A new random id: a UUID, as dbt's invocation_id is. */
export function randomId(): string {
  return randomUUID();
}
