import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openWarehouse, type ResultPage } from '../../../src/warehouse/index.js';
import { exportRows, formatOf } from '../../../src/workbench/data/export-rows.js';
import { emptyFolder, type ProjectCopy } from '../../support/project-copy.js';

let folder: ProjectCopy;
beforeEach(() => {
  folder = emptyFolder();
});
afterEach(() => folder.remove());

const { signal } = new AbortController();

const PAGE: ResultPage = {
  columns: [
    { name: 'ID', kind: 'integer', typeName: 'NUMBER(38,0)' },
    { name: 'COST', kind: 'decimal', typeName: 'NUMBER(10,2)' },
    { name: 'NOTE', kind: 'text', typeName: 'VARCHAR' },
    { name: 'AT', kind: 'timestamp', typeName: 'TIMESTAMP_NTZ(9)' },
  ],
  rows: [
    [-1, '12.50', '=cmd|x', '2026-01-31 10:30:00.5'],
    [12345678901234567890n, null, 'a "b", c|d\ne', null],
  ],
};

async function* pages(): AsyncIterable<ResultPage> {
  yield PAGE;
  yield { columns: PAGE.columns, rows: [[3, '0.00', '<i>', null]] };
}

async function written(name: string, isSafe = false): Promise<{ text: string; formulas: number }> {
  const file = join(folder.dir, name);
  const exported = await exportRows(pages(), { file, format: formatOf(file), isSafe, signal });
  expect(exported.rowCount).toBe(3);
  return { text: readFileSync(file, 'utf8'), formulas: exported.formulaCount };
}

test('CSV is byte for byte what is there, and counts what a spreadsheet would run', async () => {
  expect(await written('rows.csv')).toEqual({
    text: 'ID,COST,NOTE,AT\n-1,12.50,=cmd|x,2026-01-31 10:30:00.5\n12345678901234567890,,"a ""b"", c|d\ne",\n3,0.00,<i>,\n',
    formulas: 1,
  });
});

test('CSV for spreadsheets: formulas are defused, numbers stay numbers', async () => {
  const { text, formulas } = await written('rows.csv', true);
  expect(formulas).toBe(0);
  expect(text).toContain("-1,12.50,'=cmd|x,");
});

test('JSON and lines of JSON', async () => {
  const objects = JSON.parse((await written('rows.json')).text) as readonly unknown[];
  expect(objects).toHaveLength(3);
  expect(objects[1]).toEqual({
    ID: '12345678901234567890',
    COST: null,
    NOTE: 'a "b", c|d\ne',
    AT: null,
  });
  const lines = (await written('rows.ndjson')).text.trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(objects);
});

test('Markdown keeps its table whatever the cells hold', async () => {
  expect((await written('rows.md')).text).toBe(
    [
      '| ID | COST | NOTE | AT |',
      '| ---: | ---: | --- | --- |',
      '| -1 | 12.50 | =cmd\\|x | 2026-01-31 10:30:00.5 |',
      '| 12345678901234567890 |  | a "b", c\\|d<br>e |  |',
      '| 3 | 0.00 | &lt;i> |  |',
      '',
    ].join('\n'),
  );
});

test('Parquet, read back by DuckDB with its types', async () => {
  await written('rows.parquet');
  const warehouse = await openWarehouse(
    { type: 'duckdb', name: 'read', fields: { path: ':memory:' }, projectRoot: folder.dir },
    { signal },
  );
  const connection = await warehouse.connect({ name: 'read', signal });
  const file = join(folder.dir, 'rows.parquet');
  const { columns, rows } = await connection.execute(`select * from '${file}'`, { signal });
  await warehouse.close();
  expect(columns.map(({ typeName }) => typeName)).toEqual([
    'DECIMAL(38,0)',
    'DECIMAL(10,2)',
    'VARCHAR',
    'TIMESTAMP',
  ]);
  expect(rows.map((row) => row.map((cell) => (cell === null ? null : String(cell))))).toEqual([
    ['-1', '12.50', '=cmd|x', '2026-01-31 10:30:00.5'],
    ['12345678901234567890', null, 'a "b", c|d\ne', null],
    ['3', '0.00', '<i>', null],
  ]);
});

test.each(['rows', 'rows.xlsx'])('a file whose form is not known is refused: %s', (name) => {
  expect(() => formatOf(name)).toThrow(/is not known/u);
});
