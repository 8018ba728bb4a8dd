/** Functions of bits, maps, vectors, and searches from a place on: the values are those of Snowflake's documentation. */
import { describe } from 'vitest';
import { caseTable } from './case-table.js';

const poem = 'nevermore1, nevermore2, nevermore3.';
const digits = 'a1_a2a3_a4A5a6';
const dickens = 'It was the best of times, it was the worst of times';

describe('bits', () => {
  caseTable([
    ['select bitand(6, 3), bitor(6, 3), bitxor(6, 3), bitnot(6)', [[2, 7, 5, -7]]],
    ["select bit_and(6, 3, 'LEFT'), getbit(11, 1), getbit(11, 2)", [[2, 1, 0]]],
    [
      'select bitmap_bit_position(123), bitmap_bucket_number(32768), bitmap_bucket_number(32769)',
      [[122, 1, 2]],
    ],
    [
      'select bitmap_count(bitmap_construct_agg(bitmap_bit_position(column1))) from values (1), (2), (2), (5)',
      [[3]],
    ],
    [
      'select bitand_agg(column1), bit_or_agg(column1), bitxoragg(column1) from values (6), (3)',
      [[2, 7, 5]],
    ],
    [
      'select boolxor(2, 0), boolxor(1, -1), boolxor_agg(column1 > 5) from values (6), (3)',
      [[true, false, true]],
    ],
    ["select bit_length('abc'), bit_length(x'A1B2'), rtrimmed_length(' ABCD ')", [[24, 16, 5]]],
  ]);
});

describe('searches', () => {
  caseTable([
    [
      `select regexp_instr('${poem}', 'nevermore\\\\d'), regexp_instr('${poem}', 'nevermore\\\\d', 5), regexp_instr('${poem}', 'nevermore\\\\d', 1, 3), regexp_instr('${poem}', 'nevermore\\\\d', 5, 1, 1), regexp_instr('${poem}', 'x')`,
      [[1, 13, 25, 23, 0]],
    ],
    [
      `select regexp_replace('${dickens}', 'times', 'days', 1, 2)`,
      [['It was the best of times, it was the worst of days']],
    ],
    [
      `select regexp_replace('${dickens}', 'the', 'a', 12)`,
      [['It was the best of times, it was a worst of times']],
    ],
    [
      "select regexp_replace('aaa', 'a', 'b', 1, column1) from values (0), (2) order by 1",
      [['aba'], ['bbb']],
    ],
    [
      `select array_to_string(regexp_substr_all('${digits}', 'a[[:digit:]]', 2), ','), array_to_string(regexp_substr_all('${digits}', 'a[[:digit:]]', 1, 3), ',')`,
      [['a2,a3,a4,a6', 'a3,a4,a6']],
    ],
    [
      `select array_to_string(regexp_substr_all('${digits}', '(a)([[:digit:]])', 1, 1, 'ie'), '')`,
      [['aaaaAa']],
    ],
    ["select regexp_count('a1a2a3', 'a', 2)", [[2]]],
    [
      "select regexp_substr('a', 'a', 1, 1, 'c', column1) from values (1)",
      'a group that is not a literal',
    ],
  ]);
});

describe('texts', () => {
  caseTable([
    [
      "select uuid_string('fe971b24-9572-4005-b22f-351e9c09274d', 'foo')",
      [['dc0b6f65-fca6-5b4b-9d37-ccc3fde1f3e2']],
    ],
    ["select initcap('iqamqinterestedqinqthisqtopic', 'q')", [['IqAmqInterestedqInqThisqTopic']]],
    ["select initcap('this IS one', '')", [['This is one']]],
    ["select base64_encode('Hello World', 8)", [['SGVsbG8g\nV29ybGQ=']]],
    [
      "select base64_encode('>>>???', 0, '-_'), base64_decode_string('Pj4-Pz8_', '-_')",
      [['Pj4-Pz8_', '>>>???']],
    ],
    [
      "select editdistance('snowflake', 'oracle'), editdistance('snowflake', 'oracle', 3)",
      [[7, 3]],
    ],
    [
      "select hex_encode('Snow', 0), try_hex_decode_string('536E6F77'), try_hex_decode_string('5x')",
      [['536e6f77', 'Snow', null]],
    ],
    ["select x'48656C6C6F'", [['48656C6C6F']]],
  ]);
});

describe('numbers and times', () => {
  caseTable([
    [
      "select round(expr => 2.25, scale => 1), round(scale => 1, expr => 2.25, rounding_mode => 'HALF_TO_EVEN')",
      [['2.3', '2.2']],
    ],
    ['select trunc(3.14159, column1) from values (2)', [[3.14]]],
    [
      'select time_from_parts(0, 100, 0), time_from_parts(12, 34, 56, 987654321)',
      [['01:40:00', '12:34:56.987654']],
    ],
    [
      "select timestamp_ntz_from_parts(2013, 4, 5, 12, 0, 0), timestampntzfromparts(2013, 4, 5, 12, 0, 0) = '2013-04-05 12:00:00'::timestamp",
      [['2013-04-05 12:00:00', true]],
    ],
    [
      "select to_varchar(timestamp_tz_from_parts(2013, 4, 5, 12, 0, 0, 0, 'America/Los_Angeles'), 'YYYY-MM-DD HH24:MI')",
      [['2013-04-05 19:00']],
    ],
    [
      "select date_part(year from date '2024-04-08'), next_day(date '2024-01-01', column1) from values ('Friday')",
      [[2024, '2024-01-05']],
    ],
    [
      "select date_trunc('hour', '14:23:45.123456'::time), try_to_time('x'), try_to_time('11.15.00', 'hh24.mi.ss')",
      [['14:00:00', null, '11:15:00']],
    ],
    [
      'select regr_avgx(y, x), regr_count(y, x), regr_valx(y, x) is null from (select 1 as y, 2 as x) group by y, x',
      [[2, 1, false]],
    ],
  ]);
});

describe('arrays, maps and vectors', () => {
  caseTable([
    ["select arrays_zip([1, 2], ['a'])::varchar", [['[{"$1":1,"$2":"a"},{"$1":2,"$2":null}]']]],
    [
      'select array_sort([0, 2, 1], false)::varchar, array_sort([0, null, 1], true, true)::varchar',
      [['[2,1,0]', '[null,0,1]']],
    ],
    [
      'select array_size(array_union_agg(column1)) from (select [1, 2] as column1 union all select [2, 3])',
      [[3]],
    ],
    [
      "select approx_top_k(column1, 2)::varchar from values ('a'), ('b'), ('b')",
      [['[["b",2],["a",1]]']],
    ],
    [
      "select map_size(m), map_contains_key('a', m), map_keys(map_delete(m, 'a'))::varchar, map_keys(map_pick(map_insert(m, 'c', 3), 'c', 'a'))::varchar from (select {'a': 1, 'b': 2}::map(varchar, int) as m)",
      [[2, true, '["b"]', '["a","c"]']],
    ],
    [
      'select vector_l2_distance([3, 4]::vector(float, 2), [0, 0]::vector(float, 2)), vector_l1_distance([3, 4]::vector(int, 2), [0, 0]::vector(int, 2)), vector_inner_product([1, 2]::vector(int, 2), [3, 4]::vector(int, 2))',
      [[5, 7, 11]],
    ],
    [
      'select approx_count_distinct(column1, column2) from values (1, 1), (1, 1), (1, 2), (null, 1)',
      [[2]],
    ],
  ]);
});

describe('forms that are seldom seen', () => {
  caseTable([
    [
      "select {* exclude (b)}, {* ilike 'a%'}, {*} from (select 1 as a, 2 as b, null as c) t",
      [['{"A":1}', '{"A":1}', '{"A":1,"B":2}']],
    ],
    [
      'select array_sort(column1, column2, true) from values ([3, null, 1], true), ([3, null, 1], false)',
      [['[null,1,3]'], ['[null,3,1]']],
    ],
    [
      'select nth_value(column1, 2) from first ignore nulls over (order by column1) from values (3), (1), (null) limit 1',
      [[3]],
    ],
    ["select dayname('2022-05-13'), monthname('2022-05-13')", [['Fri', 'May']]],
    [
      `select path from table(flatten(input => parse_json('{"a": 1, "b": [77, {"d": 5}], "c": {"e[": "X"}}'), recursive => true, mode => 'object')) order by path`,
      [['a'], ['b'], ['c'], ["c['e[']"]],
    ],
    [
      `select path from table(flatten(input => parse_json('[1, [2, [3]], {"a": [4]}]'), recursive => true, mode => 'array')) order by path`,
      [['[0]'], ['[1]'], ['[1][0]'], ['[1][1]'], ['[1][1][0]'], ['[2]']],
    ],
    [
      `select path, key, value, this from table(flatten(input => parse_json('{"a": {"x.y": 12345678901234567890, "b/c": [null]}}'), recursive => true)) where path <> 'a' order by path`,
      [
        ["a['b/c']", 'b/c', '[null]', '{"b/c":[null],"x.y":12345678901234567890}'],
        ["a['b/c'][0]", null, null, '[null]'],
        ["a['x.y']", 'x.y', '12345678901234567890', '{"b/c":[null],"x.y":12345678901234567890}'],
      ],
    ],
    [
      `select path from table(flatten(input => parse_json('{"a b": 1, "c": 2}'))) order by path desc`,
      [['c'], ["['a b']"]],
    ],
    [
      "select 'b' collate 'utf8' < 'a' collate ''",
      [[false]],
      ["create or replace table plain (a varchar collate 'bin')"],
    ],
    ["select 'A' collate 'en-ci' = 'a'", 'COLLATE at line 1'],
    ["create or replace table cased (a varchar collate 'en-ci')", "COLLATE 'en-ci'"],
    ['select at.a, b from (select 1 as a) at, (select 2 as b) before', [[1, 2]]],
  ]);
});

describe('aggregates of numbers take text and VARIANT', () => {
  caseTable([
    [
      'select sum(amount), avg(amount), median(amount), stddev(amount), variance_pop(amount), sum(distinct amount), sum(v), avg(w.x) from amounts, (select v as x) w',
      [
        [
          600.5, 200.16666666666666, 200, 100.25010390684557, 6700.055555555556, 600.5, 600.5,
          200.16666666666666,
        ],
      ],
      [
        "create or replace table amounts as select column1::varchar amount, parse_json(column1) v from values ('100'), ('200'), ('300.5')",
      ],
    ],
    ['select sum(amount) over (order by v::int) from amounts order by 1', [[100], [300], [600.5]]],
    [
      'select sum(column1), avg(column1), sum(column2), sum(iff(column1 > 1, 1, 0)) from values (1, 1.50), (2, 2.25)',
      [[3, 1.5, 3.75, 1]],
    ],
    ["select sum(column1) from values ('x')", 'Could not convert'],
  ]);
});
