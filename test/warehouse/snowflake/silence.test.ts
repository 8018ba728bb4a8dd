/**
 * R6: silence has an end at sign-in, too: a host that is not there, does not answer, speaks another language or cannot be trusted is
 * told within the deadline, with its name, the phase and a hint.
 */
import { createServer as createHttp } from 'node:http';
import { createServer as createHttps } from 'node:https';
import { createServer as createTcp, type Server } from 'node:net';
import { afterAll, expect, test } from 'vitest';
import { Tally } from '../../slow/tally.js';
import { SELF_SIGNED } from '../../support/self-signed.js';
import { onServer, openOn, signal } from './on-server.js';

const tally = new Tally({
  promise: 'R6',
  what: 'black holes, refusals, failures of DNS and TLS, pages of a portal, slow bodies, at sign-in: told with host, phase and hint',
});
const open: Server[] = [];

afterAll(() => {
  tally.write();
  // They are not waited for: a black hole keeps its connections.
  for (const server of open) server.close();
});

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  server.unref();
  open.push(server);
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

const portal = (): Server =>
  createHttp((_, response) => {
    response.writeHead(200, { 'content-type': 'text/html' });
    response.end('<html><title>Sign in to the hotel</title></html>');
  });

/** A port that nothing listens on. */
async function closedPort(): Promise<number> {
  const server = createTcp();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

interface Place {
  readonly fields: Readonly<Record<string, unknown>>;
  readonly says: RegExp;
}

const PLACES: readonly (readonly [string, () => Promise<Place>])[] = [
  [
    'a name that DNS does not know',
    async () =>
      await Promise.resolve({
        fields: { host: 'no-such-account.invalid', port: 443, protocol: 'https' },
        says: /^no-such-account\.invalid.*(?:ENOTFOUND|EAI_AGAIN|not found|no address)/u,
      }),
  ],
  [
    'a port that is closed',
    async () => ({ fields: { port: await closedPort() }, says: /^127\.0\.0\.1:\d+ .*refuse/iu }),
  ],
  [
    'a black hole',
    async () => ({
      fields: { port: await listening(createTcp()) },
      says: /did not answer|no answer/iu,
    }),
  ],
  [
    'a certificate that cannot be trusted',
    async () => ({
      fields: { port: await listening(createHttps(SELF_SIGNED)), protocol: 'https' },
      says: /certificate/iu,
    }),
  ],
  [
    'a server without TLS',
    async () => ({
      fields: { port: await listening(portal()), protocol: 'https' },
      says: /TLS|SSL/u,
    }),
  ],
  [
    'a server that hangs up on TLS',
    async () => ({
      fields: {
        port: await listening(createTcp((socket) => socket.destroy())),
        protocol: 'https',
      },
      says: /hung up|reset|closed|disconnected/iu,
    }),
  ],
  [
    'the page of a portal',
    async () => ({
      fields: { port: await listening(portal()) },
      says: /web page instead of data/u,
    }),
  ],
  [
    'a slow body',
    async () => ({
      fields: {
        port: await listening(
          createHttp((_, response) => {
            response.writeHead(200, { 'content-type': 'application/json' });
            response.write('{');
          }),
        ),
      },
      says: /did not answer|no answer|silent|stopped/iu,
    }),
  ],
  [
    'always 503',
    async () => ({
      fields: {
        port: await listening(createHttp((_, response) => response.writeHead(503).end())),
      },
      says: /HTTP 503/u,
    }),
  ],
];

test.each(PLACES)('%s', async (name, make) => {
  const { fields, says } = await make();
  await onServer({}, async (server) => {
    const warehouse = await openOn(server, { connect_timeout: 1.5, connect_retries: 0, ...fields });
    try {
      const failed: unknown = await warehouse.connect({ name: 'x', signal }).then(
        () => null,
        (error: unknown) => error,
      );
      tally.add(name, null);
      expect(failed).toMatchObject({
        code: 'warehouse/unreachable',
        message: expect.stringMatching(says),
        hint: expect.stringMatching(/\w/u),
      });
      expect(failed).toMatchObject({ message: expect.stringMatching(/\(sign in\)/u) });
    } finally {
      await warehouse.close();
    }
  });
});
