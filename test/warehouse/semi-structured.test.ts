import { describe } from 'vitest';
import { caseTable } from './case-table.js';

const V = `parse_json('{"a":{"b":[1,2,{"c":"x"}]},"n":1.5,"s":"hi","t":true,"z":null,"A b":7,"d":"2024-01-31T10:20:30Z"}')`;

describe('semi-structured data', () => {
  caseTable([
    [
      `select v:a.b[0], v:a.b[2].c::string, v:n, v:s::varchar, v:t::boolean, v:z, v:nope.x[3].y, v:"A b"::int, v['s']::text, v:a['b'][1]::number from (select ${V} v)`,
      [['1', 'x', '1.5', 'hi', true, null, null, 7, 'hi', 2]],
    ],
    [
      `select v:n * 2, v:n + v:a.b[0], sum(v:n), round(v:n, 0), avg(v:n), v:n > 1.4, v:s = 'hi', v:s in ('hi'), v:s like 'h%', upper(v:s), v:s || '!' from (select ${V} v) group by all`,
      [[3, 2.5, 1.5, 2, 1.5, true, true, true, true, 'HI', 'hi!']],
    ],
    [
      `select v:d::timestamp_ntz, v:d::date, v:n::number(10,2), v:n::int, v:n::float, v:s, v:a from (select ${V} v)`,
      [['2024-01-31 10:20:30', '2024-01-31', '1.50', 2, 1.5, '"hi"', '{"b":[1,2,{"c":"x"}]}']],
    ],
    [
      `select v:a::varchar, to_json(v:a), v:s::varchar, to_varchar(v:n), try_parse_json('{'), parse_json(null), parse_json('') from (select ${V} v)`,
      [['{"b":[1,2,{"c":"x"}]}', '{"b":[1,2,{"c":"x"}]}', 'hi', '1.5', null, null, null]],
    ],
    ["select parse_json('{bad')", 'Malformed JSON'],
    [
      `select typeof(v:a), typeof(v:a.b), typeof(v:n), typeof(v:s), typeof(v:t), typeof(v:a.b[0]), is_array(v:a.b), is_object(v:a), as_varchar(v:s), as_integer(v:s), is_integer(v:a.b[0]) from (select ${V} v)`,
      [
        [
          'OBJECT',
          'ARRAY',
          'DECIMAL',
          'VARCHAR',
          'BOOLEAN',
          'INTEGER',
          true,
          true,
          'hi',
          null,
          true,
        ],
      ],
    ],
    [
      `select get(v, 's')::string, get_path(v, 'a.b[2].c')::string, get(v:a.b, 1)::int, object_keys(v:a) from (select ${V} v)`,
      [['hi', 'x', 2, '["b"]']],
    ],
    [
      "select object_construct('b', 1, 'a', 'x', 'n', null), object_construct_keep_null('n', null), object_construct('k', object_construct('l', 2)):k:l::int, {'a': 1, 'b': 'y'}",
      [['{"a":"x","b":1}', '{"n":null}', 2, '{"a":1,"b":"y"}']],
    ],
    [
      "select object_insert(object_construct('a', 1), 'b', 2), object_delete(object_construct('a', 1, 'b', 2), 'a'), object_pick(object_construct('a', 1, 'b', 2), 'a')",
      [['{"a":1,"b":2}', '{"b":2}', '{"a":1}']],
    ],
    [
      "select array_construct(1, 'a', null), [1, 2], array_construct_compact(1, null), array_size(array_construct(1, 2)), array_size(parse_json('[1,2,3]')), array_size(parse_json('{}'))",
      [['[1,"a",null]', '[1,2]', '[1]', 2, 3, null]],
    ],
    [
      "select array_contains(1::variant, [1, 2]), array_contains('x'::variant, split('x,y', ',')), array_to_string(['a', 'b', 1], '-'), array_cat([1], [2]), array_append([1], 2), array_prepend([1], 0)",
      [[true, true, 'a-b-1', '[1,2]', '[1,2]', '[0,1]']],
    ],
    [
      'select array_slice([1,2,3,4], 1, 3), array_slice([1,2,3,4], 0, -1), array_distinct([1,1,2]), array_compact([1,null]), array_position(2::variant, [1,2]), array_intersection([1,2],[2,3]), arrays_overlap([1],[1,2]), array_max([1,3]), array_min([1,3])',
      [['[2,3]', '[1,2,3]', '[1,2]', '[1]', 1, '[2]', true, '3', '1']],
    ],
    [
      "select split('a,b', ',')[0]::string, split('a,b', ',')[5]::string, array_sort([3,1,2])",
      [['a', null, '[1,2,3]']],
    ],
    [
      'select array_agg(x) within group (order by x desc), array_agg(distinct x), array_unique_agg(x), object_agg(x::varchar, x) from values (1), (2), (null) v(x)',
      [['[2,1]', '[1,2]', '[1,2]', '{"1":1,"2":2}']],
    ],
    ["select array_agg(x), listagg(x, ',') from values (1) v(x) where false", [['[]', '']]],
    [
      'select f.index, f.value, f.key, f.path, f.this from table(flatten(input => parse_json(\'[10,"x"]\'))) f',
      [
        [0, '10', null, '[0]', '[10,"x"]'],
        [1, '"x"', null, '[1]', '[10,"x"]'],
      ],
    ],
    [
      'select f.key, f.value::int, f.path, f.seq from table(flatten(parse_json(\'{"b":2,"a":1}\'))) f',
      [
        ['a', 1, 'a', 1],
        ['b', 2, 'b', 1],
      ],
    ],
    [
      'select t.id, f.value:n::int n from t, lateral flatten(input => t.v:items) f order by 1, 2',
      [
        [1, 1],
        [1, 2],
      ],
      [
        'create or replace table t as select 1 id, parse_json(\'{"items":[{"n":1},{"n":2}]}\') v union all select 2, parse_json(\'{"items":[]}\') union all select 3, parse_json(\'{}\')',
      ],
    ],
    [
      'select t.id, f.value:n::int n from t, lateral flatten(input => t.v:items, outer => true) f order by 1, 2',
      [
        [1, 1],
        [1, 2],
        [2, null],
        [3, null],
      ],
      [
        'create or replace table t as select 1 id, parse_json(\'{"items":[{"n":1},{"n":2}]}\') v union all select 2, parse_json(\'{"items":[]}\') union all select 3, parse_json(\'{}\')',
      ],
    ],
    [
      "select id, f.index, value * 2 as x from t, table(flatten(input => v, path => 'items')) f left join (select 1 as one) o on true where value > 1 order by 2",
      [[1, 1, 4]],
      ['create or replace table t as select 1 id, parse_json(\'{"items":[1,2]}\') v'],
    ],
    [
      'select g.value::string from t, lateral flatten(v) f, lateral flatten(f.value) g order by 1',
      [['a'], ['b'], ['c']],
      ['create or replace table t as select parse_json(\'[["a","b"],["c"]]\') v'],
    ],
    [
      "select t.id, s.index, s.value from t, lateral split_to_table(t.x, ',') s order by 1, 2",
      [
        [1, 1, 'a'],
        [1, 2, 'b'],
      ],
      ["create or replace table t as select 1 id, 'a,b' x"],
    ],
    [
      "select value::string from t cross join lateral flatten(input => split(x, '|')) order by 1",
      [['a'], ['b']],
      ["create or replace table t as select 'a|b' x"],
    ],
    ['select filter([1,2,3], x -> x > 1), transform([1,2], x -> x * 2)', [['[2,3]', '[2,4]']]],
    [
      'select v:x::string from t where v:x is not null',
      [['1']],
      [
        'create or replace table t (v variant)',
        "insert into t select parse_json('{\"x\":1}') union all select parse_json('{}')",
      ],
    ],
    [
      'select t.id, f.seq, f.index from t, lateral flatten(input => t.v) f order by 1, 3',
      [
        [1, 1, 0],
        [1, 1, 1],
        [2, 2, 0],
        [3, 3, 0],
      ],
      [
        "create or replace table t as select column1 id, parse_json(column2) v from values (1, '[10,20]'), (2, '[30]'), (3, '[30]')",
      ],
    ],
    // A star has SEQ, and not the number that it is made from; names for all six columns keep their places.
    [
      'select * from t, lateral flatten(v) where id = 2',
      [[2, '[30]', 2, null, '[0]', 0, '30', '[30]']],
    ],
    [
      'select t.*, s, i from t left join lateral flatten(v) f (s, k, p, i, e, w) where id > 1 order by 1',
      [
        [2, '[30]', 2, 0],
        [3, '[30]', 3, 0],
      ],
    ],
    ['select g.seq from t, lateral flatten(v) f, lateral flatten(v) g', 'SEQ'],
    [
      "select to_variant(1), to_array(1), 'x'::variant, [1]::variant, array_size(to_array('a'))",
      [['1', '[1]', '"x"', '[1]', 1]],
    ],
    [
      "select check_json('{'), check_json('{}'), strip_null_value(parse_json('{\"a\":null}'):a)",
      [['not valid JSON', null, null]],
    ],

    [
      `with s as (select parse_json('{"a":1.5,"b":10,"c":"9"}') v) select v:a > 1.45, v:a < 1.55, v:a = 2, v:a between 1.4 and 1.6, v:a not between 1 and 2, v:a in (2, 1.5), v:c not in ('8'), v:b > v:a, v:c = 9, v:b = '10', v:b <> 10.0 from s`,
      [[true, true, false, true, false, true, true, true, true, true, false]],
    ],
    [
      `select value from table(flatten(parse_json('[10, 9, 1.5, 2, "b", "a"]'))) order by value desc`,
      [['"b"'], ['"a"'], ['10'], ['9'], ['2'], ['1.5']],
    ],
    [
      `select max(value), min(value), count(*) from table(flatten(parse_json('[10, 9, 1.5]')))`,
      [['10', '1.5', 3]],
    ],
    [
      `select count(*) from (select 9007199254740993 x, 'k' k, '2024-01-31'::date d) a join (select parse_json('{"x":9007199254740993,"k":"k","d":"2024-01-31"}') y) b on a.x = b.y:x and a.k = b.y:k and b.y:d = a.d`,
      [[1]],
    ],
    [
      `with s as (select parse_json('{"amt":1.5}') v), f as (select v:amt as amt from s) select sum(amt), max(amt) + 1, amt * 2, amt::number(10,1), amt::varchar, iff(true, amt, 0) * 2, coalesce(amt, 0) * 2 from f group by amt`,
      [[1.5, 2.5, 3, '1.5', '1.5', 3, 3]],
    ],
    [
      'select sum(amt), amt * 2, sum(other) from vt group by amt',
      [[1.5, 3, '2.5']],
      [`create or replace table vt as select parse_json('{"amt":1.5}'):amt as amt, 2.5 as other`],
    ],
    ['select greatest(amt, 0.5), least(amt, 2) from vt', [[1.5, 1.5]]],
    ['select greatest(amt, amt) from vt', 'GREATEST of VARIANT values without a cast'],
    [
      'select object_construct(*), object_construct_keep_null(t.*), hash(*) = hash(t.*) from t',
      [['{"A":1,"B":"x"}', '{"A":1,"B":"x","C":null}', true]],
      ["create or replace table t as select 1 a, 'x' b, null::int c"],
    ],
    [
      'select object_construct(*) from t, t as u',
      'OBJECT_CONSTRUCT(*) over anything but one named relation',
    ],
  ]);
});

describe('what is no array becomes the only item of one', () => {
  caseTable([
    [
      `select to_array(parse_json('{"a":1}')), parse_json('{"a":1}')::array, to_array(1), parse_json('[1]')::array, null::array`,
      [['[{"a":1}]', '[{"a":1}]', '[1]', '[1]', null]],
    ],
    [
      'select n, a from kept order by a::text nulls last',
      [
        [7, '[1,2]'],
        [7, '[{"a":1}]'],
        [7, null],
      ],
      [
        'create table kept (n int, a array)',
        `insert into kept (a, n) select parse_json(column1), 7 from values ('{"a":1}'), ('[1,2]'), (null)`,
      ],
    ],
    [
      'select a, o, v from whole',
      [['[{"a":1}]', '{"b":2}', '[1]']],
      [
        'create table whole (a array, o object, v variant)',
        `insert into whole select parse_json(column1), parse_json(column2), parse_json(column3) from values ('{"a":1}', '{"b":2}', '[1]')`,
      ],
    ],
  ]);
});
