/**
 * An access token for a refresh token, asked of Snowflake as dbt does.
 */
import { messageOf } from '../../base/index.js';
import { WarehouseError } from '../warehouse-error.js';
import type { RefreshGrant } from './authentication.js';

const TIMEOUT_MS = 60_000;

/** @throws WarehouseError warehouse/sign-in; the message holds no token. */
export async function fetchAccessToken(address: string, grant: RefreshGrant): Promise<string> {
  const client = Buffer.from(`${grant.clientId}:${grant.clientSecret}`).toString('base64');
  const failed = (why: string): WarehouseError =>
    new WarehouseError('warehouse/sign-in', `No access token for the refresh token: ${why}.`, {
      hint: 'Check oauth_client_id, oauth_client_secret and token of the target.',
    });
  let response: Response;
  try {
    response = await fetch(`${address}/oauth/token-request`, {
      method: 'POST',
      headers: { authorization: `Basic ${client}` },
      body: new URLSearchParams({
        grant_type: 'refresh_token',
        refresh_token: grant.refreshToken,
      }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  } catch (error) {
    throw failed(messageOf(error));
  }
  if (!response.ok) throw failed(`HTTP ${response.status}`);
  const body: unknown = await response.json().catch(() => null);
  const token: unknown =
    typeof body === 'object' && body !== null ? Reflect.get(body, 'access_token') : undefined;
  if (typeof token !== 'string' || token === '') throw failed('the answer has none');
  return token;
}
