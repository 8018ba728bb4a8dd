import { expect, test } from 'vitest';
import {
  modelNotebook,
  modelText,
  modelYaml,
} from '../../../src/workbench/notebook/model-cells.js';
import { parseNotebook } from '../../../src/workbench/notebook/parse-notebook.js';

const NOTEBOOK = parseNotebook(
  `-- %% [param] start: date = 2026-01-01

-- %% orders
select * from {{ ref('stg_orders') }}
where ordered_on >= {{ param('start') }}

-- %% by_day
select ordered_on, count(*) as orders from {{ cell('orders') }} group by 1;
`,
  'n.sql',
);

test('a cell becomes a model: cells are CTEs, parameters their values', () => {
  const cell = NOTEBOOK.cells[2];
  const values = new Map([
    ['start', { name: 'start', value: '2026-01-01', literal: "'2026-01-01'::date" }],
  ]);
  if (cell?.kind !== 'sql') throw new Error('The last cell is a query.');
  expect(modelText(cell, NOTEBOOK, values)).toBe(`with orders as (
    select * from {{ ref('stg_orders') }}
    where ordered_on >= '2026-01-01'::date
),

final as (
    select ordered_on, count(*) as orders from orders group by 1
)

select * from final
`);
});

test('its properties list the columns', () => {
  const columns = [
    { name: 'ORDERED_ON', kind: 'date' as const, typeName: 'DATE' },
    { name: 'Odd name', kind: 'text' as const, typeName: 'VARCHAR' },
  ];
  expect(modelYaml('daily', columns)).toBe(`version: 2

models:
  - name: daily
    description: ""
    columns:
      - name: ordered_on
        description: ""
      - name: "Odd name"
        description: ""
`);
});

test('a model becomes one cell a CTE, and reads them as cells', () => {
  const text = modelNotebook(
    'fct_orders',
    `with source as (
    select * from {{ ref('stg_orders') }}
),
joined as (
    select source.id, o.n from source left join (select id, count(*) as n from source group by 1) o on o.id = source.id, source as other
),
final as (select id, source from joined where source = 'x')
select * from final
`,
  );
  expect(text).toBe(`-- %% [md]
-- # fct_orders
-- One cell a CTE. This is a copy: changes here do not change the model.

-- %% source
select * from {{ ref('stg_orders') }}

-- %% joined
select source.id, o.n from {{ cell('source') }} as source left join (select id, count(*) as n from {{ cell('source') }} as source group by 1) o on o.id = source.id, {{ cell('source') }} as other

-- %% final
select id, source from {{ cell('joined') }} as joined where source = 'x'

-- %% result
select * from {{ cell('final') }} as final
`);
  expect(parseNotebook(text, 'n.sql').diagnostics).toEqual([]);
});

test('a model without CTEs is one cell', () => {
  expect(modelNotebook('m', 'select 1 as one\n')).toContain('-- %% result\nselect 1 as one\n');
});
