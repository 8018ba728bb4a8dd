/**
 * The real driver against a server that speaks Snowflake's client protocol on the loopback: what it sends, and what becomes of the answers.
 */
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openWarehouse, type Warehouse } from '../../src/warehouse/index.js';

interface Answer {
  readonly rowtype: readonly Readonly<Record<string, unknown>>[];
  readonly rowset: readonly (readonly (string | null)[])[];
}

const { signal } = new AbortController();
const sent: string[] = [];
const logins: Readonly<Record<string, unknown>>[] = [];
let server: Server;
let port = 0;

const column = (
  name: string,
  type: string,
  scale: number = 0,
): Readonly<Record<string, unknown>> => ({
  name,
  type,
  scale,
  precision: 38,
  nullable: true,
  length: 16_777_216,
});

const ANSWERS: Readonly<Record<string, Answer>> = {
  'select cells': {
    rowtype: [
      column('N', 'fixed'),
      column('BIG', 'fixed'),
      column('D', 'fixed', 3),
      column('F', 'real'),
      column('B', 'boolean'),
      column('T', 'text'),
      column('DT', 'date'),
      column('TS', 'timestamp_ntz', 9),
      column('TZ', 'timestamp_tz', 9),
      column('V', 'variant'),
      column('X', 'text'),
    ],
    rowset: [
      [
        '42',
        '12345678901234567890',
        '12345678901234567.123',
        '0.5',
        '1',
        'é',
        '20484',
        '1769855400.123456789',
        '1769855400.000000000 1560',
        '(globalThis.stolen = 1, {a: 1})',
        null,
      ],
    ],
  },
  merge: {
    rowtype: [
      column('number of rows inserted', 'fixed'),
      column('number of rows updated', 'fixed'),
    ],
    rowset: [['3', '5']],
  },
};

beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body: Record<string, Record<string, unknown>> = JSON.parse(
        Buffer.concat(chunks).toString() || '{}',
      );
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(answer(request.url ?? '', body)));
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  port = typeof address === 'object' && address !== null ? address.port : 0;
});

afterAll(async () => {
  await new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  });
});

function answer(url: string, body: Readonly<Record<string, unknown>>): unknown {
  if (url.startsWith('/session/v1/login-request')) {
    const data: Readonly<Record<string, unknown>> =
      typeof body['data'] === 'object' && body['data'] !== null ? { ...body['data'] } : {};
    logins.push(data);
    if (data['PASSWORD'] === 'wrong')
      return {
        success: false,
        code: '390100',
        message: 'Incorrect username or password was specified.',
        data: {},
      };
    return {
      success: true,
      code: null,
      message: null,
      data: {
        token: 't',
        masterToken: 'm',
        validityInSeconds: 3600,
        masterValidityInSeconds: 14_400,
        parameters: [{ name: 'TIMEZONE', value: 'UTC' }],
        sessionInfo: {},
      },
    };
  }
  if (!url.startsWith('/queries/v1/query-request')) return { success: true, data: {} };
  const sql = String(body['sqlText']);
  sent.push(sql);
  const found = ANSWERS[sql];
  if (found === undefined)
    return {
      success: false,
      code: '002003',
      message:
        "SQL compilation error: error line 2 at position 7\nObject 'NOPE' does not exist or not authorized.",
      data: { sqlState: '42S02', errorCode: '002003', queryId: 'q-2' },
    };
  return {
    success: true,
    code: null,
    message: null,
    data: {
      ...found,
      total: found.rowset.length,
      returned: found.rowset.length,
      queryId: 'q-1',
      queryResultFormat: 'json',
      statementTypeId: 4096,
      parameters: [
        { name: 'TIMEZONE', value: 'UTC' },
        { name: 'DATE_OUTPUT_FORMAT', value: 'YYYY-MM-DD' },
        { name: 'TIMESTAMP_OUTPUT_FORMAT', value: 'YYYY-MM-DD HH24:MI:SS.FF9 TZHTZM' },
        { name: 'BINARY_OUTPUT_FORMAT', value: 'HEX' },
      ],
      finalDatabaseName: 'D',
      finalSchemaName: 'S',
      finalWarehouseName: 'W',
      finalRoleName: 'R',
      version: 1,
    },
  };
}

const open = async (fields: Readonly<Record<string, unknown>>): Promise<Warehouse> =>
  openWarehouse(
    {
      type: 'snowflake',
      name: 'dev',
      projectRoot: tmpdir(),
      fields: {
        account: 'my_org-acme',
        user: 'me',
        host: '127.0.0.1',
        port,
        protocol: 'http',
        ...fields,
      },
    },
    { signal },
  );

describe('a session', () => {
  test('cells are exact, and data is never run as code', async () => {
    const warehouse = await open({
      password: 'right',
      role: 'analyst',
      warehouse: 'wh',
      database: 'db',
      schema: 'dev',
    });
    const connection = await warehouse.connect({ name: 'x', signal });
    const { columns, rows, queryId } = await connection.execute('select cells', { signal });
    expect(rows).toEqual([
      [
        42,
        12_345_678_901_234_567_890n,
        '12345678901234567.123',
        0.5,
        true,
        'é',
        '2026-01-31',
        '2026-01-31 10:30:00.123456789',
        '2026-01-31 12:30:00+02:00',
        '(globalThis.stolen = 1, {a: 1})',
        null,
      ],
    ]);
    expect(Reflect.get(globalThis, 'stolen')).toBeUndefined();
    expect(columns.map(({ kind }) => kind)).toEqual([
      'integer',
      'integer',
      'decimal',
      'float',
      'boolean',
      'text',
      'date',
      'timestamp',
      'timestamp_tz',
      'json',
      'text',
    ]);
    expect(queryId).toBe('q-1');
    expect(logins.at(-1)).toMatchObject({
      ACCOUNT_NAME: 'my-org-acme',
      LOGIN_NAME: 'me',
      PASSWORD: 'right',
    });
    const merged = await connection.execute('merge', { signal });
    expect([merged.message, merged.rowCount, merged.changes]).toEqual([
      'SUCCESS 3',
      8,
      { inserted: 3, updated: 5, deleted: 0 },
    ]);
    await warehouse.close();
  });

  test('a failed statement has code, state, words and line', async () => {
    const warehouse = await open({ password: 'right' });
    const connection = await warehouse.connect({ name: 'x', signal });
    await expect(connection.execute('select nope', { signal })).rejects.toMatchObject({
      message: expect.stringContaining('002003 (42S02): SQL compilation error'),
      line: 2,
    });
    await warehouse.close();
  });

  test('a wrong password says so and does not print it', async () => {
    const warehouse = await open({ password: 'wrong' });
    await expect(warehouse.connect({ name: 'x', signal })).rejects.toMatchObject({
      code: 'warehouse/sign-in',
      message: expect.stringContaining('Incorrect username or password'),
    });
    await warehouse.close();
  });
});

describe('profiles that cannot work', () => {
  test.each([
    [{ account: '', password: 'x' }, 'names no Snowflake account'],
    [{}, 'no way to sign in'],
    [{ private_key: 'a', private_key_path: 'b' }, 'both private_key and private_key_path'],
    [{ authenticator: 'oauth' }, 'needs the field token'],
    [{ authenticator: 'magic', password: 'x' }, 'authenticator magic is not supported'],
  ])('%j', async (fields, message) => {
    await expect(open(fields)).rejects.toThrow(message);
  });
});
