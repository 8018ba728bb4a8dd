import { describe, expect, test } from 'vitest';
import { type SqlCase, failureOf } from './case-runner.js';

const CASES: readonly SqlCase[] = [
  { sql: "select 1 as a, 'x' b", rows: [[1, 'x']] },
  { sql: 'select count(*) from (values (1),(2)) v', rows: [[2]] },
  {
    setup: [
      "create or replace transient table db.public.t as (select 1 as id, 'a' as name union all select 2, 'b')",
    ],
    sql: 'merge into t as d using (select 2 as id, \'c\' as name union all select 3, \'z\') s on (d.id = s.id) when matched then update set "NAME" = s.name when not matched then insert ("ID","NAME") values ("ID","NAME")',
    rows: [[1, 1]],
  },
  {
    setup: ['create table t as select 1 id, parse_json(\'[{"k":1},{"k":2}]\') v'],
    sql: 'select id, f.index, f.value:k::int from t, lateral flatten(input => v) f order by 2',
    rows: [
      [1, 0, 1],
      [1, 1, 2],
    ],
  },
  { sql: 'select foo(1)', error: 'FOO' },
];

describe('statements on the embedded warehouse', () => {
  test.each(CASES)('$sql', async (one) => {
    expect(await failureOf(one)).toBeUndefined();
  });
});
