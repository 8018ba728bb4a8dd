/**
 * What the catalog of the embedded warehouse says of what is not there: nothing, as of every engine.
 */
import { expect, test } from 'vitest';
import { embeddedInMemory, signal } from './snowflake/on-server.js';

test.each([
  { database: 'DB', schema: 'PUBLIC', identifier: 'nope' },
  { database: 'DB', schema: 'nope', identifier: 'nope' },
  { database: 'nope', schema: 'nope', identifier: 'nope' },
])('%j has no columns', async (relation) => {
  const warehouse = await embeddedInMemory();
  const connection = await warehouse.connect({ name: 'x', signal });
  await connection.execute('create table db.public.other (id int)', { signal });
  expect(await warehouse.listColumns(relation, { signal })).toEqual([]);
  await connection.close();
  await warehouse.close();
});
