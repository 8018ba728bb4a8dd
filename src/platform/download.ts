/**
 * Fetches files over HTTP.
 */
import { DagbookError, messageOf } from '../base/index.js';

export interface DownloadOptions {
  readonly signal: AbortSignal;
}

const TIMEOUT_MS = 30_000;
const ATTEMPTS = 3;
const PAUSE_MS = 500;
/** Bytes that a download may have: no package is near it. */
const MAX_BYTES = 256 * 1024 * 1024;

/**
 * Downloads a file; tries again where the network or the server fails for the moment.
 *
 * @throws DagbookError download/unreachable, download/not-found, download/refused or download/too-big.
 */
export async function download(url: string, { signal }: DownloadOptions): Promise<Uint8Array> {
  const address = httpAddress(url);
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await once(address, signal);
    } catch (error) {
      signal.throwIfAborted();
      const mayPass = error instanceof DagbookError && error.code === 'download/unreachable';
      if (!mayPass || attempt === ATTEMPTS) throw error;
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS * attempt));
    }
  }
}

async function once(address: URL, signal: AbortSignal): Promise<Uint8Array> {
  const shown = withoutSecrets(address);
  let response: Response;
  try {
    response = await fetch(address, {
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
    });
  } catch (cause) {
    const why = cause instanceof Error && cause.cause !== undefined ? cause.cause : cause;
    throw new DagbookError(
      'download/unreachable',
      `${shown} cannot be reached: ${messageOf(why)}.`,
      {
        cause,
        exitCode: 2,
        hint: 'Check the network, and the proxy if there is one.',
      },
    );
  }
  if (!response.ok) {
    await response.body?.cancel();
    const code =
      response.status === 404
        ? 'download/not-found'
        : response.status >= 500 || response.status === 429
          ? 'download/unreachable'
          : 'download/refused';
    throw new DagbookError(code, `${shown} answered ${response.status} ${response.statusText}.`, {
      exitCode: 2,
    });
  }
  return await bodyOf(response, shown);
}

async function bodyOf(response: Response, shown: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > MAX_BYTES) {
      throw new DagbookError(
        'download/too-big',
        `${shown} is larger than ${MAX_BYTES / 1024 / 1024} MiB, so it is not downloaded.`,
        { exitCode: 2 },
      );
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function httpAddress(url: string): URL {
  const address = URL.canParse(url) ? new URL(url) : undefined;
  if (address !== undefined && /^https?:$/u.test(address.protocol)) return address;
  throw new DagbookError('download/refused', `${url} is not an http or https address.`, {
    exitCode: 1,
  });
}

/** An address as messages may show it: tokens stand in its name, its password or its query. */
function withoutSecrets(address: URL): string {
  return `${address.origin}${address.pathname}`;
}
