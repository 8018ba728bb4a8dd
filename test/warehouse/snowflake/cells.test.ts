/**
 * Cells of every type with the values at their edges, through the wire: exact, and never run.
 */
import { afterAll, expect, test } from 'vitest';
import type { Cell } from '../../../src/warehouse/port.js';
import { cellReader } from '../../../src/warehouse/snowflake/snowflake-cells.js';
import { Tally } from '../../slow/tally.js';
import { HOSTILE_CELLS } from '../../support/hostile-cells.js';
import type { WireType } from '../../support/snowflake-server/wire-text.js';
import { onServer, signal } from './on-server.js';

const tally = new Tally({
  promise: 'R13',
  what: 'values at the edges of every type of Snowflake, through the wire',
});

afterAll(() => tally.write());

type Case = readonly [type: string, scale: number, text: string, cell: Cell];

const CASES: readonly Case[] = [
  ['fixed', 0, '42', 42],
  ['fixed', 0, '-9007199254740991', -9_007_199_254_740_991],
  ['fixed', 0, '9007199254740993', 9_007_199_254_740_993n],
  ['fixed', 0, '99999999999999999999999999999999999999', 10n ** 38n - 1n],
  ['fixed', 3, '12345678901234567.123', '12345678901234567.123'],
  [
    'fixed',
    37,
    '0.0000000000000000000000000000000000001',
    '0.0000000000000000000000000000000000001',
  ],
  ['fixed', 0, 'no number', 'no number'],
  ['real', 0, '0.1', 0.1],
  ['real', 0, '1.7976931348623157e308', Number.MAX_VALUE],
  ['real', 0, 'NaN', Number.NaN],
  ['real', 0, 'inf', Number.POSITIVE_INFINITY],
  ['real', 0, '-inf', Number.NEGATIVE_INFINITY],
  ['real', 0, '', ''],
  ['boolean', 0, '1', true],
  ['boolean', 0, 'false', false],
  ['boolean', 0, 'constructor', 'constructor'],
  ['text', 0, '', ''],
  ['text', 0, 'é\u0000\u001b[31m', 'é\u0000\u001b[31m'],
  ['date', 0, '20484', '2026-01-31'],
  ['date', 0, '-719162', '0001-01-01'],
  ['date', 0, '2932896', '9999-12-31'],
  ['time', 9, '37800.000000001', '10:30:00.000000001'],
  ['time', 0, '0', '00:00:00'],
  ['timestamp_ntz', 9, '1769855400.123456789', '2026-01-31 10:30:00.123456789'],
  ['timestamp_ntz', 9, '-1.500000000', '1969-12-31 23:59:58.5'],
  ['timestamp_ntz', 9, '-0.000000001', '1969-12-31 23:59:59.999999999'],
  ['timestamp_ntz', 9, '253402300799.999999999', '9999-12-31 23:59:59.999999999'],
  ['timestamp_ntz', 9, '-62135596800.000000000', '0001-01-01 00:00:00'],
  ['timestamp_tz', 9, '1769855400.000000000 1560', '2026-01-31 12:30:00+02:00'],
  ['timestamp_tz', 9, '1769855400.000000001 1110', '2026-01-31 05:00:00.000000001-05:30'],
  ['timestamp_tz', 9, 'tomorrow', 'tomorrow'],
  ['timestamp_ltz', 9, '1769855400.000000000', '2026-01-31 11:30:00+01:00'],
  ['timestamp_ltz', 9, '1785752400.500000000', '2026-08-03 12:20:00.5+02:00'],
  ['binary', 0, 'DEADBEEF', 'DEADBEEF'],
  ['variant', 0, '{"n": 12345678901234567890.5}', '{"n": 12345678901234567890.5}'],
  ['array', 0, '[\n  undefined,\n  1\n]', '[\n  undefined,\n  1\n]'],
  ['object', 0, '<xml/>', '<xml/>'],
  ['geography', 0, '{"coordinates":[1,2]}', '{"coordinates":[1,2]}'],
];

test('every cell is what the server wrote', async () => {
  const rowtype = CASES.map(([type, scale], index) => wireType(`C${index % 3}`, type, scale));
  const rowset = [CASES.map(([, , text]) => text), CASES.map(() => null)];
  await onServer(
    { answers: () => ({ rowtype, rowset }), timezone: 'Europe/Paris' },
    async (_, warehouse) => {
      const connection = await warehouse.connect({ name: 'x', signal });
      const { rows, columns } = await connection.execute('cells', { signal });
      expect(rows[0]).toEqual(CASES.map(([, , , cell]) => cell));
      for (const [typeName, , text] of CASES) tally.add(`${typeName} ${text}`, null);
      expect(rows[1]).toEqual(CASES.map(() => null));
      // Names that repeat stay apart.
      expect(columns.map(({ name }) => name)).toEqual(rowtype.map(({ name }) => name));
      const none = await connection.execute('cells', { signal, maxRows: 0 });
      expect(none.rows).toEqual([]);
    },
  );
});

test('no reader of cells throws, whatever the text', () => {
  const types = [...new Set(CASES.map(([type]) => type))];
  for (const type of types) {
    const read = cellReader(wireType('C', type, 0), 'Europe/Paris');
    for (const text of HOSTILE_CELLS) expect(() => read(text)).not.toThrow();
  }
});

test('data is never run as code, and does not end the program', async () => {
  const types = ['variant', 'object', 'array', 'boolean', 'timestamp_tz', 'fixed', 'text'];
  const rowtype = types.map((type) => wireType(type.toUpperCase(), type, 0));
  const rowset = HOSTILE_CELLS.map((text) => types.map(() => text));
  await onServer({ answers: () => ({ rowtype, rowset }) }, async (_, warehouse) => {
    const connection = await warehouse.connect({ name: 'x', signal });
    const { rows } = await connection.execute('hostile', { signal });
    expect(rows.map((row) => row[0])).toEqual(HOSTILE_CELLS);
    // The thread lives: it would have noted what ran in it.
    expect((await connection.execute('again', { signal })).rows).toHaveLength(HOSTILE_CELLS.length);
    expect(Reflect.get(globalThis, 'PWNED')).toBeUndefined();
    expect(process.env['PWNED']).toBeUndefined();
  });
});

function wireType(name: string, type: string, scale: number): WireType {
  return { name, type, scale, precision: 38, length: 16_777_216, nullable: true };
}
