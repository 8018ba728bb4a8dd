/**
 * What goes wrong on the way, and what becomes of it: asked again by the same id, or told with host and reason.
 */
import { describe, expect, test } from 'vitest';
import type { Fault } from '../../support/snowflake-server/faults.js';
import { onServer, signal } from './on-server.js';

const QUICK = { request_timeout: 3, connect_timeout: 3 };

/** Fails the first `times` requests of a kind. */
const first =
  (kind: string, fault: Fault, times: number = 1) =>
  (request: { readonly kind: string; readonly attempt: number }): Fault | undefined =>
    request.kind === kind && request.attempt <= times ? fault : undefined;

describe('asked again, with one effect', () => {
  const PASSING: readonly (readonly [string, Fault, number])[] = [
    ['dropped before', { kind: 'drop', when: 'before' }, 2],
    ['dropped after', { kind: 'drop', when: 'after' }, 2],
    ['half an answer', { kind: 'half' }, 1],
    ['503', { kind: 'status', status: 503 }, 2],
    ['502', { kind: 'status', status: 502 }, 1],
    ['408', { kind: 'status', status: 408 }, 1],
    ['no JSON', { kind: 'body', text: '{"succ', contentType: 'application/json' }, 1],
    [
      'no content',
      { kind: 'body', text: '{"success":true,"data":null}', contentType: 'application/json' },
      1,
    ],
    ['an expired token', { kind: 'expire' }, 1],
  ];
  test.each(PASSING)('%s', async (_, fault, times) => {
    await onServer({ fields: QUICK }, async (server, warehouse) => {
      const connection = await warehouse.connect({ name: 'x', signal });
      await connection.execute('create table db.public.t (id int)', { signal });
      server.order(first('query', fault, times));
      const waits: string[] = [];
      await connection.execute('insert into db.public.t values (1)', {
        signal,
        onWaiting: (message) => waits.push(message),
      });
      server.order(() => undefined);
      const { rows } = await connection.execute('select count(*) from db.public.t', { signal });
      expect(rows).toEqual([[1]]);
      if (fault.kind !== 'expire') expect(waits[0]).toMatch(/^127\.0\.0\.1:\d+ .*; try 2 in/u);
    });
  });

  test('Retry-After is heeded', async () => {
    await onServer({ fields: { request_timeout: 10 } }, async (server, warehouse) => {
      const connection = await warehouse.connect({ name: 'x', signal });
      const wait = { kind: 'status', status: 429, headers: { 'retry-after': '2' } } as const;
      server.order(first('query', wait));
      await connection.execute('select 1', { signal });
      const [before, after] = server.requests.filter(({ kind }) => kind === 'query');
      expect((after?.atMs ?? 0) - (before?.atMs ?? 0)).toBeGreaterThanOrEqual(1990);
    });
  });

  test('a chunk that breaks is fetched again; one that cannot be had fails the query', async () => {
    await onServer({ chunkRows: 100, fields: QUICK }, async (server, warehouse) => {
      const connection = await warehouse.connect({ name: 'x', signal });
      const sql = 'select seq4() from table(generator(rowcount => 350))';
      server.order(first('chunk', { kind: 'drop', when: 'before' }, 2));
      expect((await connection.execute(sql, { signal })).rows).toHaveLength(350);
      server.order(first('chunk', { kind: 'status', status: 503 }, 99));
      await expect(connection.execute(sql, { signal })).rejects.toMatchObject({
        code: 'warehouse/unreachable',
        message: expect.stringContaining('HTTP 503'),
      });
    });
  });

  test('a chunk with fewer rows than announced is not taken for all', async () => {
    await onServer({ chunkRows: 100, fields: QUICK }, async (server, warehouse) => {
      const connection = await warehouse.connect({ name: 'x', signal });
      const sql = 'select seq4() from table(generator(rowcount => 350))';
      const short = { kind: 'body', text: '["1"],["2"]', contentType: 'text/plain' } as const;
      server.order(first('chunk', short, 99));
      await expect(connection.execute(sql, { signal })).rejects.toMatchObject({
        message: expect.stringMatching(/announced 350 rows and sent \d+/u),
      });
    });
  });
});

describe('told, in time, with host and reason', () => {
  const FAILING: readonly (readonly [string, Fault, string, boolean])[] = [
    ['silence', { kind: 'silent', hasEffect: true }, 'did not answer in time', true],
    ['a slow drip', { kind: 'drip', everyMs: 200 }, 'did not answer in time', true],
    ['503 for ever', { kind: 'status', status: 503 }, 'HTTP 503', true],
    [
      'a captive portal',
      { kind: 'body', text: '<html>Sign in</html>', contentType: 'text/html' },
      'web page instead of data',
      true,
    ],
    ['403', { kind: 'status', status: 403 }, 'refused the request (HTTP 403)', true],
    [
      'Retry-After for long',
      {
        kind: 'status',
        status: 429,
        headers: { 'retry-after': '600' },
      },
      'come back in 600 s',
      true,
    ],
  ];
  test.each(FAILING)('%s', async (_, fault, message, isOutcomeUnknown) => {
    await onServer({ fields: { request_timeout: 1.5 } }, async (server, warehouse) => {
      const connection = await warehouse.connect({ name: 'x', signal });
      server.order(first('query', fault, 99));
      await expect(
        connection.execute("insert into db.public.t values ('x')", { signal }),
      ).rejects.toMatchObject({
        code: 'warehouse/unreachable',
        message: expect.stringMatching(
          new RegExp(
            `^127\\.0\\.0\\.1:\\d+ .*${message.replaceAll(/[()]/gu, '\\$&')}.*\\(submit\\)\\.$`,
            'u',
          ),
        ),
        hint: expect.stringMatching(/\w/u),
        isOutcomeUnknown,
      });
      const ids = new Set(server.requests.map(({ requestId }) => requestId));
      expect(ids.size).toBeLessThan(server.requests.length + 1);
    });
  });

  test('signing in', async () => {
    await onServer({ fields: { connect_timeout: 1 } }, async (server, warehouse) => {
      server.order(first('login', { kind: 'status', status: 503 }, 99));
      await expect(warehouse.connect({ name: 'x', signal })).rejects.toMatchObject({
        code: 'warehouse/unreachable',
        message: expect.stringMatching(/HTTP 503.*\(sign in\)/u),
      });
    });
  });

  test('a host that fails again and again is not asked for a while', async () => {
    await onServer(
      { fields: { request_timeout: 0.3, request_retries: 0 } },
      async (server, warehouse) => {
        const connection = await warehouse.connect({ name: 'x', signal });
        server.order(first('query', { kind: 'status', status: 503 }, 99));
        for (let count = 0; count < 3; count += 1)
          await expect(connection.execute('select 1', { signal })).rejects.toThrow('HTTP 503');
        const { length } = server.requests;
        await expect(connection.execute('select 1', { signal })).rejects.toMatchObject({
          message: expect.stringContaining('3 times in a row'),
          isOutcomeUnknown: false,
        });
        expect(server.requests).toHaveLength(length);
      },
    );
  });
});

describe('a session that has ended', () => {
  const CODES = ['390104', '390111', '390114', '390195', '390303', '390318'];
  test.each(CODES)('%s: another takes its place where it held nothing', async (code) => {
    await onServer({}, async (server, warehouse) => {
      const connection = await warehouse.connect({ name: 'x', signal });
      await connection.execute('create table db.public.t (id int)', { signal });
      const before = connection.sessionId;
      server.order(first('query', { kind: 'end-session', code }));
      const asked = { signal, requestId: 'b1f0a2a8-0000-4000-8000-000000000001' };
      server.order(({ kind, attempt, requestId }) =>
        kind === 'query' && requestId === asked.requestId && attempt === 1
          ? { kind: 'end-session', code }
          : undefined,
      );
      await connection.execute('insert into db.public.t values (1)', asked);
      expect(connection.sessionId).not.toBe(before);
      const { rows } = await connection.execute('select count(*) from db.public.t', { signal });
      expect(rows).toEqual([[1]]);
    });
  });

  test.each(CODES)(
    '%s: with a temporary table in it, that is an error; then it goes on',
    async (code) => {
      await onServer({}, async (server, warehouse) => {
        const connection = await warehouse.connect({ name: 'x', signal });
        await connection.execute('create temporary table db.public.t (id int)', { signal });
        server.order(({ sql }) =>
          sql === 'select * from db.public.t' ? { kind: 'end-session', code } : undefined,
        );
        await expect(
          connection.execute('select * from db.public.t', { signal }),
        ).rejects.toMatchObject({
          code: 'warehouse/session-lost',
          message: expect.stringContaining('session has ended'),
          isOutcomeUnknown: false,
        });
        expect((await connection.execute('select 1', { signal })).rows).toEqual([[1]]);
      });
    },
  );
});
