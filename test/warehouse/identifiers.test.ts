/**
 * R12: the embedded warehouse keeps names as Snowflake does: quoted ones to the letter, unquoted ones in upper case.
 */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { quoteIdentifier } from '../../src/sql/index.js';
import type { Connection, Warehouse } from '../../src/warehouse/index.js';
import { embeddedInMemory, signal } from './snowflake/on-server.js';

const NFC = 'caf\u00e9';
const NFD = 'cafe\u0301';
let warehouse: Warehouse;
let connection: Connection;

beforeAll(async () => {
  warehouse = await embeddedInMemory();
  connection = await warehouse.connect({ name: 'x', signal });
});

afterAll(async () => await warehouse.close());

/** Makes a schema, a table and a column of these names, and reads them back through the catalog and a query. */
async function roundTrip(name: string, schema: string, column: string): Promise<readonly string[]> {
  const place = `db.${quoteIdentifier(schema)}`;
  await connection.execute(`create schema if not exists ${place}`, { signal });
  await connection.execute(
    `create or replace table ${place}.${quoteIdentifier(name)} (${quoteIdentifier(column)} int)`,
    { signal },
  );
  const [relation] = await warehouse.listRelations({ database: 'DB', schema }, { signal });
  const { columns } = await connection.execute(`select * from ${place}.${quoteIdentifier(name)}`, {
    signal,
  });
  await connection.execute(`drop schema ${place}`, { signal });
  return [relation?.schema ?? '', relation?.identifier ?? '', columns[0]?.name ?? ''];
}

/** Names of Snowflake's quoted kind: 1 to 255 characters, no NUL. A schema is named in mixed case, so that it is quoted. */
const name = fc.oneof(
  fc.constantFrom(NFC, NFD, 'select', 'Order', 'a.b', '"', 'say "hi"', ' ', '1', 'é'.repeat(255)),
  fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
    .filter((text) => text.length <= 255 && !text.includes('\0')),
  fc
    .string({ unit: 'binary-ascii', minLength: 1, maxLength: 20 })
    .map((text) => text.replaceAll('\0', '_')),
);

test('quoted names come back as they were', async () => {
  await fc.assert(
    fc.asyncProperty(name, name, name, async (table, schema, column) => {
      const mixed = `x${schema}X`;
      expect(await roundTrip(table, mixed, column)).toEqual([mixed, table, column]);
    }),
    { numRuns: 150 },
  );
});

test('a letter composed and the same decomposed are two names', async () => {
  await connection.execute(`create or replace table db.public."${NFC}" as select 1 as a`, {
    signal,
  });
  await connection.execute(`create or replace table db.public."${NFD}" as select 2 as a`, {
    signal,
  });
  const read = async (table: string): Promise<unknown> =>
    (await connection.execute(`select a from db.public."${table}"`, { signal })).rows;
  expect([await read(NFC), await read(NFD)]).toEqual([[[1]], [[2]]]);
});

test.each([
  { written: 'plain', kept: 'PLAIN' },
  { written: 'Mixed_Case$1', kept: 'MIXED_CASE$1' },
  { written: '"Mixed Case"', kept: 'Mixed Case' },
  { written: '"plain"', kept: 'plain' },
  { written: '"say ""hi"""', kept: 'say "hi"' },
])('$written is kept as $kept', async ({ written, kept }) => {
  await connection.execute(`create or replace table db.public.${written} as select 1 as a`, {
    signal,
  });
  const relations = await warehouse.listRelations({ database: 'DB', schema: 'PUBLIC' }, { signal });
  expect(relations.map(({ identifier }) => identifier)).toContain(kept);
});
