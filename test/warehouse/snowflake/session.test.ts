/**
 * Sessions of the real driver on the protocol server: signing in, statements, results in chunks, and what is sent.
 */
import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { onServer, openOn, signal } from './on-server.js';

describe('a session', () => {
  test('statements run, results of many chunks come whole, DML tells its counts', async () => {
    await onServer({ chunkRows: 400 }, async (server, warehouse) => {
      const connection = await warehouse.connect({ name: 'x', signal });
      expect(connection.sessionId).toBe('1000001');
      const made = await connection.execute(
        "create table db.public.t as select seq4() as id, 'é' as name from table(generator(rowcount => 1300))",
        { signal },
      );
      expect(made.message).toBe('SUCCESS 1');
      const { rows, rowCount, queryId } = await connection.execute(
        'select id, name from db.public.t order by id',
        { signal },
      );
      expect([rowCount, rows[0], rows[1299]]).toEqual([1300, [0, 'é'], [1299, 'é']]);
      expect(queryId).toMatch(/^[0-9a-f-]{36}$/u);
      expect(server.requests.filter(({ kind }) => kind === 'chunk')).toHaveLength(3);
      const changed = await connection.execute('delete from db.public.t where id < 10', { signal });
      expect([changed.message, changed.changes?.deleted]).toEqual(['SUCCESS 10', 10]);
      const bound = await connection.execute('select ?::int + 1 as n, ? as t', {
        signal,
        bindings: [41, 'x'],
      });
      expect(bound.rows).toEqual([[42, 'x']]);
      expect(server.logins[0]).toMatchObject({
        ACCOUNT_NAME: 'my-org-acme',
        LOGIN_NAME: 'me',
        PASSWORD: 'right',
      });
      await connection.close();
      // Nothing is told about us, and no log is left behind.
      expect(server.requests.filter(({ kind }) => kind === 'other')).toEqual([]);
      expect(existsSync('snowflake.log')).toBe(false);
    });
  });

  test('a stream yields page by page, and leaving it asks for no more chunks', async () => {
    await onServer({ chunkRows: 1000 }, async (server, warehouse) => {
      const connection = await warehouse.connect({ name: 'x', signal });
      const sql = 'select seq4() as id from table(generator(rowcount => 50000))';
      let seen = 0;
      for await (const { columns, rows } of connection.stream(sql, { signal, pageRows: 300 })) {
        expect(columns.map(({ name }) => name)).toEqual(['ID']);
        expect(rows).toHaveLength(300);
        seen += 1;
        if (seen === 2) break;
      }
      const chunks = server.requests.filter(({ kind }) => kind === 'chunk').length;
      expect(chunks).toBeLessThan(10);
    });
  });

  test('a failed statement has code, state, words and line', async () => {
    await onServer({}, async (_, warehouse) => {
      const connection = await warehouse.connect({ name: 'x', signal });
      await expect(
        connection.execute('select *\nfrom db.public.nope', { signal }),
      ).rejects.toMatchObject({
        code: 'warehouse/failed',
        message: expect.stringMatching(/^002003 \(42S02\): SQL compilation error/u),
        isOutcomeUnknown: false,
      });
    });
  });

  test('of several threads one signs in first; a wrong password is tried once, and not printed', async () => {
    await onServer({ fields: { password: 'wrong' } }, async (server, warehouse) => {
      const tries = await Promise.allSettled(
        Array.from({ length: 8 }, (_, index) => warehouse.connect({ name: `t${index}`, signal })),
      );
      for (const one of tries) {
        expect(one).toMatchObject({
          status: 'rejected',
          reason: {
            code: 'warehouse/sign-in',
            message: expect.stringContaining('390100: Incorrect username or password'),
          },
        });
        expect(JSON.stringify(one)).not.toContain('wrong');
      }
      expect(server.logins).toHaveLength(1);
      const right = await openOn(server);
      const connections = await Promise.all(
        Array.from({ length: 4 }, (_, index) => right.connect({ name: `t${index}`, signal })),
      );
      expect(new Set(connections.map(({ sessionId }) => sessionId)).size).toBe(4);
      await right.close();
    });
  });

  test('a session in which nothing is left is used again, one that was changed is not', async () => {
    await onServer({}, async (server, warehouse) => {
      const first = await warehouse.connect({ name: 'a', signal });
      await first.execute('select 1', { signal });
      await first.close();
      const second = await warehouse.connect({ name: 'b', signal });
      await second.execute("alter session set timezone = 'UTC'", { signal });
      await second.close();
      const third = await warehouse.connect({ name: 'c', signal });
      expect([second.sessionId === first.sessionId, server.logins.length]).toEqual([true, 2]);
      await third.close();
    });
  });

  test('the catalog is asked by SHOW and DESCRIBE; what is not there is an empty list', async () => {
    await onServer({}, async (_, warehouse) => {
      const connection = await warehouse.connect({ name: 'x', signal });
      await connection.execute('create table db.public.t (id int, at timestamp_ntz)', { signal });
      expect(await warehouse.listSchemas('DB', { signal })).toContain('PUBLIC');
      expect(
        await warehouse.listRelations({ database: 'db', schema: 'public' }, { signal }),
      ).toEqual([{ database: 'DB', schema: 'PUBLIC', identifier: 'T', kind: 'table' }]);
      expect(
        await warehouse.listColumns(
          { database: 'db', schema: 'public', identifier: 't' },
          { signal },
        ),
      ).toMatchObject([
        { name: 'ID', kind: 'integer' },
        { name: 'AT', kind: 'timestamp' },
      ]);
      expect(await warehouse.listRelations({ database: 'db', schema: 'no' }, { signal })).toEqual(
        [],
      );
    });
  });
});
