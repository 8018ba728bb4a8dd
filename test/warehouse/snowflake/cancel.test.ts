/**
 * Cancelling: the server is told, and says that it has ended the statement.
 */
import { once } from 'node:events';
import { expect, test } from 'vitest';
import type { WireResult } from '../../support/snowflake-server/wire-text.js';
import { onServer, signal } from './on-server.js';

/** Runs until it is cancelled. */
const endless = async (
  _: string,
  { signal: end }: { readonly signal: AbortSignal },
): Promise<WireResult> => {
  await once(end, 'abort');
  throw new Error('ended');
};

test.each([
  ['before the server has said its id', 45_000],
  ['after', 20],
])('a running statement %s', async (_, holdMs) => {
  await onServer({ answers: endless, holdMs }, async (server, warehouse) => {
    const connection = await warehouse.connect({ name: 'x', signal });
    const controller = new AbortController();
    let accepted: string | null = null;
    const running = connection.execute('call forever()', {
      signal: controller.signal,
      onAccepted: (queryId) => (accepted = queryId),
    });
    const ended = running.catch((error: unknown) => error);
    await expect.poll(() => server.statements.length).toBe(1);
    if (holdMs < 1000) await expect.poll(() => accepted).toMatch(/^[0-9a-f-]{36}$/u);
    controller.abort();
    expect(await ended).toMatchObject({
      code: 'warehouse/cancelled',
      isCancelled: true,
      isOutcomeUnknown: false,
    });
    await expect.poll(() => server.statements[0]?.status).toBe('FAILED_WITH_ERROR');
    expect(server.requests.filter(({ kind }) => kind === 'abort')).toHaveLength(1);
  });
});

test('a cancel that nobody confirms ends all the same, and says so', async () => {
  await onServer(
    { answers: endless, fields: { request_timeout: 1 } },
    async (server, warehouse) => {
      const connection = await warehouse.connect({ name: 'x', signal });
      server.order(({ kind }) =>
        kind === 'abort' ? { kind: 'silent', hasEffect: false } : undefined,
      );
      const controller = new AbortController();
      const running = connection.execute('call forever()', { signal: controller.signal });
      setTimeout(() => controller.abort(), 100);
      await expect(running).rejects.toMatchObject({ isCancelled: true, isOutcomeUnknown: true });
    },
  );
});

test('closing ends what runs, and nothing is sent again', async () => {
  await onServer({ answers: endless }, async (server, warehouse) => {
    const connection = await warehouse.connect({ name: 'x', signal });
    const running = connection.execute('call forever()', { signal });
    const ended = running.catch((error: unknown) => error);
    await expect.poll(() => server.statements.length).toBe(1);
    await warehouse.close();
    expect(await ended).toMatchObject({ code: expect.stringMatching(/^warehouse/u) });
    await expect.poll(() => server.statements[0]?.status).toBe('FAILED_WITH_ERROR');
    expect(server.requests.filter(({ kind }) => kind === 'query')).toHaveLength(1);
  });
});
