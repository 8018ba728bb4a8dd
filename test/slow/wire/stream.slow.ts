/**
 * R13: a long result comes whole: 100,000 rows in chunks, each as the server wrote it, and one that comes short is an error.
 */
import { afterAll, expect, test } from 'vitest';
import type { WireType } from '../../support/snowflake-server/wire-text.js';
import { onServer, signal } from '../../warehouse/snowflake/on-server.js';
import { Tally } from '../tally.js';

const ROWS = 100_000;
const CHUNK_ROWS = 5000;
const tally = new Tally({
  promise: 'R13 (stream)',
  what: `${ROWS} rows in chunks of ${CHUNK_ROWS}, each compared; with a chunk that breaks, and with one that comes short`,
});

afterAll(() => tally.write());

const type = (name: string, kind: string, scale: number): WireType => ({
  name,
  type: kind,
  scale,
  precision: 38,
  length: 16_777_216,
  nullable: true,
});
const rowtype = [type('N', 'fixed', 0), type('D', 'fixed', 3), type('T', 'text', 0)];
const rowset = Array.from({ length: ROWS }, (_, index): readonly string[] => [
  String(index),
  `${index}.125`,
  `é${index}\u0000`,
]);
const answers = (): { readonly rowtype: typeof rowtype; readonly rowset: typeof rowset } => ({
  rowtype,
  rowset,
});

test('every row, in order', async () => {
  await onServer({ answers, chunkRows: CHUNK_ROWS }, async (server, warehouse) => {
    const connection = await warehouse.connect({ name: 'x', signal });
    // A chunk that breaks on its way is fetched again.
    server.order(({ kind, index, attempt }) =>
      kind === 'chunk' && index % 7 === 0 && attempt === 1
        ? { kind: 'drop', when: 'after' }
        : undefined,
    );
    let seen = 0;
    for await (const { rows } of connection.stream('rows', { signal, pageRows: 777 })) {
      for (const row of rows) {
        const isSame = row[0] === seen && row[1] === `${seen}.125` && row[2] === `é${seen}\u0000`;
        tally.add(`row ${seen}`, isSame ? null : JSON.stringify(row));
        seen += 1;
      }
    }
    expect(seen).toBe(ROWS);
    expect(tally.faults).toEqual([]);
  });
});

test('a result that comes short is told', async () => {
  await onServer({ answers, chunkRows: CHUNK_ROWS }, async (server, warehouse) => {
    const connection = await warehouse.connect({ name: 'x', signal });
    let chunks = 0;
    server.order(({ kind }) => {
      if (kind !== 'chunk') return undefined;
      chunks += 1;
      return chunks === 9
        ? { kind: 'body', text: '["1","1.125","x"]', contentType: 'application/json' }
        : undefined;
    });
    const read = connection.execute('rows', { signal });
    await expect(read).rejects.toThrow(/row/u);
  });
});
