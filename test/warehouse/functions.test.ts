import { describe } from 'vitest';
import { caseTable } from './case-table.js';

describe('numbers', () => {
  caseTable([
    [
      'select 1/3, 10/4, 7/2.0, 1/3::float, 7 % 3, mod(-7, 3), 2 * 3 / 4, 100 / 10 / 3',
      [['0.333333', '2.500000', '3.500000', 1 / 3, 1, -1, '1.500000', '3.333333333333']],
    ],
    ['select 1/0', '100051'],
    ['select a / b from (select 1 a, 0 b)', 'Division by zero'],
    [
      'select a / nullif(b, 0), div0(a, b), div0(a, 2), div0null(a, null), div0(a, null) from (select 1 a, 0 b)',
      [[null, '0.000000', '0.500000', '0.000000', null]],
    ],
    [
      'select sum(x) / count(*), avg(x), sum(x) / 2, avg(x::float), avg(m) from (select column1 x, column1::number(10,2) m from values (1), (2), (2))',
      [['1.666667', '1.666667', '2.500000', 5 / 3, '1.66666667']],
    ],
    ['select 24 * 60 * 60 * 1000000, 60 * 60', [[86400000000, 3600]]],
    [
      'select round(2.5), round(-2.5), round(2.345, 2), round(1234.5, -2), ceil(1.2), floor(-1.2), ceil(1.234, 2), trunc(1.789, 1), truncate(-1.7), abs(-3), sign(-2)',
      [[3, -3, '2.35', 1200, 2, -2, 1.24, '1.7', -1, 3, -1]],
    ],
    [
      'select sqrt(9), power(2, 10), exp(0), ln(1), log(10, 100), cbrt(1), square(3), pi() > 3.14, factorial(5), degrees(pi()), width_bucket(5, 0, 10, 5)',
      [[3, 1024, 1, 0, 2, 1, 9, true, 120, 180, 3]],
    ],
    [
      'select bitand(6, 3), bitor(6, 3), bitxor(6, 3), bitshiftleft(1, 3), bitnot(0)',
      [[2, 7, 5, 8, -1]],
    ],
    [
      "select 1.5::int, 2.5::number, '12.345'::number(10,2), '1e3'::float, '7'::int, 1::boolean, 'true'::boolean, true::int, 12345678901234567890::number(38,0)",
      [[2, 3, '12.35', 1000, 7, true, true, 1, '12345678901234567890']],
    ],
    [
      "select try_to_number('x'), try_to_number('12.5'), to_number('12.567', 10, 2), to_decimal('1,234.5', '9,999.9', 10, 1), try_cast('x' as int), to_double('1.5'), try_to_double('x')",
      [[null, 13, '12.57', '1234.5', null, 1.5, null]],
    ],
    [
      'select uniform(1, 10, random()) between 1 and 10, uniform(1, 10, 5) = uniform(1, 10, 5), uniform(0::float, 1::float, random()) < 1, random() <> random(), random(1) = random(1)',
      [[true, true, true, true, true]],
    ],
    [
      "select to_char(1234.5, '999,999.00'), to_char(7, 'FM000'), to_char(-5, '999'), to_varchar(0.5, '0.00'), to_char(12), to_varchar(1.50), to_char(1.0::float)",
      [['   1,234.50', '007', '  -5', ' 0.50', '12', '1.50', '1']],
    ],
    [
      'select count(distinct uniform(1, 1000000, random(7))) > 90, min(uniform(1, 10, random(7))) >= 1, max(uniform(1, 10, random(7))) <= 10 from table(generator(rowcount => 100))',
      [[true, true, true]],
    ],
    [
      'select sum(n) = sum(m) from (select uniform(1, 1000, random(7)) n, uniform(1, 1000, random(7)) m from table(generator(rowcount => 100)))',
      [[true]],
    ],
  ]);
});

describe('conditions', () => {
  caseTable([
    [
      "select iff(1 > 2, 'a', 'b'), nvl(null, 1), ifnull(null, 'x'), nvl2(null, 1, 2), zeroifnull(null), nullifzero(0), coalesce(null, null, 3), nullif(1, 1)",
      [['b', 1, 'x', 2, 0, null, 3, null]],
    ],
    [
      "select decode(2, 1, 'a', 2, 'b', 'c'), decode(null, null, 'n', 'x'), decode(9, 1, 'a'), equal_null(null, null), equal_null(1, null)",
      [['b', 'n', null, true, false]],
    ],
    [
      'select greatest(1, null), greatest(1, 3, 2), least(1, null), least(3, 2), greatest_ignore_nulls(1, null), least_ignore_nulls(null, 2)',
      [[null, 3, null, 2, 1, 2]],
    ],
    [
      "select case when 1 = 1 then 2 else 3 end::varchar, case x when 1 then 'one' else 'many' end from (select 1 x)",
      [['2', 'one']],
    ],
    [
      "select 'abc' like 'a%', 'abc' ilike 'A%', 'abc' like any ('x%', 'a%'), 'abc' not like any ('x%', 'y%'), 'abc' like all ('a%', '%c'), 'a_c' like 'a\\\\_c' escape '\\\\', 'abc' rlike 'a.c', 'xabc' regexp 'a.c', 'abc' not rlike 'b'",
      [[true, true, true, true, true, true, true, false, true]],
    ],
    [
      'select 1 is distinct from null, null is not distinct from null, 1 in (1, 2), 3 not in (1, 2), 2 between 1 and 3, not true, 1 <> 2, 1 != 1',
      [[true, true, true, true, true, false, true, false]],
    ],
    ['select booland(1, 0), boolor(1, 0), boolnot(0)', [[false, true, true]]],
  ]);
});

describe('text', () => {
  caseTable([
    [
      "select upper('aB'), lower('aB'), initcap('hello wORLD-foo'), length('abc'), len('é'), trim('  a '), ltrim('xxa', 'x'), rtrim('ayy', 'y'), trim('--a--', '-')",
      [['AB', 'ab', 'Hello World-Foo', 3, 1, 'a', 'a', 'a', 'a']],
    ],
    [
      "select substr('abcdef', 2, 3), substring('abcdef', -2), substr('abc', 0, 2), left('abc', 2), right('abc', 2), replace('abcb', 'b', 'x'), replace('abcb', 'b'), reverse('abc'), repeat('ab', 2), space(2)",
      [['bcd', 'ef', 'ab', 'ab', 'bc', 'axcx', 'ac', 'cba', 'abab', '  ']],
    ],
    [
      "select lpad('7', 3, '0'), rpad('a', 3), lpad('abcd', 2), concat('a', 'b', 1), concat('a', null), 'a' || 'b' || 1, 'a' || null, concat_ws('-', 'a', 'b'), concat_ws('-', 'a', null)",
      [['007', 'a  ', 'ab', 'ab1', null, 'ab1', null, 'a-b', null]],
    ],
    [
      "select position('b', 'abc'), position('b' in 'abc'), charindex('c', 'abcabc', 4), contains('abc', 'b'), startswith('abc', 'a'), endswith('abc', 'c'), ascii('a'), chr(65), translate('abc', 'ab', 'xy')",
      [[2, 2, 6, true, true, true, 97, 'A', 'xyc']],
    ],
    [
      "select split_part('a-b-c', '-', 2), split_part('a-b-c', '-', -1), split_part('a-b', '-', 0), split_part('a', '-', 5), strtok('a b c', ' ', 2), split('a,b', ',')",
      [['b', 'c', 'a', '', 'b', '["a","b"]']],
    ],
    [
      "select regexp_replace('a1b2', '[0-9]'), regexp_replace('a1b2', '([a-z])([0-9])', '\\\\2\\\\1'), regexp_substr('abc 123', '[0-9]+'), regexp_substr('a1b2', '[0-9]', 1, 2), regexp_substr('k=v', '(\\\\w)=(\\\\w)', 1, 1, 'e', 2), regexp_count('a1b2', '[0-9]'), regexp_like('abc', 'a.c'), regexp_instr('abc', '[B]', 1, 1, 0, 'i'), regexp_instr('ab', '^b$'), regexp_substr('abc', 'x')",
      [['ab', '1a2b', '123', '2', 'v', 2, true, 2, 0, null]],
    ],
    [
      "select md5('a'), md5_hex('a'), sha1('a'), sha2('a'), sha2('a', 256), hash('a') = hash('a'), hash('a') <> hash('b'), hex_encode('a'), base64_encode('abc'), base64_decode_string('YWJj')",
      [
        [
          '0cc175b9c0f1b6a831c399e269772661',
          '0cc175b9c0f1b6a831c399e269772661',
          '86f7e437faa5a7fce15d1ddcb9eaeaea377667b8',
          'ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb',
          'ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb',
          true,
          true,
          '61',
          'YWJj',
          'abc',
        ],
      ],
    ],
    [
      "select 'it''s', 'a\\'b', 'tab\\there', $$raw ' text$$, 'back\\\\slash', 'u\\u0041', length('a\\nb')",
      [["it's", "a'b", 'tab\there', "raw ' text", 'back\\slash', 'uA', 3]],
    ],
    [
      "select editdistance('abc', 'abd'), jarowinkler_similarity('abc', 'abc'), 'abcdef'::varchar(3), cast('abcdef' as char(2)), insert('abcdef', 3, 2, 'zz'), length(uuid_string())",
      [[1, 100, 'abc', 'ab', 'abzzef', 36]],
    ],
    [
      "select 1::varchar, 1.50::varchar, 1.0::float::varchar, true::varchar, null::varchar, 0.1::float::text, 'x'::string, 1e20::float::varchar",
      [['1', '1.50', '1', 'true', null, '0.1', 'x', '1e+20']],
    ],
  ]);
});

describe('aggregates and windows', () => {
  caseTable([
    [
      'select count(*), count(x), count(distinct x), sum(x), min(x), max(x), median(x), mode(x), stddev(x) > 0, variance(x) > 0, any_value(1), count_if(x > 1), approx_count_distinct(x) from values (1), (2), (2), (null) v(x)',
      [[4, 3, 2, 5, 1, 2, 2, 2, true, true, 1, 2, 2]],
    ],
    [
      "select listagg(x, ',') within group (order by x), listagg(distinct x, '|') within group (order by x desc), listagg(x) from values ('b'), ('a'), ('b') v(x)",
      [['a,b,b', 'b|a', 'bab']],
    ],
    [
      'select percentile_cont(0.5) within group (order by x), percentile_cont(0.9) within group (order by x desc), percentile_disc(0.5) within group (order by x), approx_percentile(x, 0.5) from values (1), (2), (3), (4) v(x)',
      [[2.5, 1.3, 2, 2.5]],
    ],
    [
      'select g, percentile_cont(0.5) within group (order by x) over (partition by g) from values (1, 1), (1, 3), (2, 5) v(g, x) order by 1',
      [
        [1, 2],
        [1, 2],
        [2, 5],
      ],
    ],
    [
      'select max_by(x, y), min_by(x, y), boolor_agg(x > 1), booland_agg(x > 0), bitor_agg(x), corr(x, y) from values (1, 10), (2, 20) v(x, y)',
      [[2, 1, true, true, 3, 1]],
    ],
    [
      'select x, rank() over (order by x), dense_rank() over (order by x), lag(x) over (order by x), lead(x, 1, 0) over (order by x), sum(x) over (order by x rows between unbounded preceding and current row), ratio_to_report(x) over () from values (1), (1), (2) v(x) order by x, 4 nulls first',
      [
        [1, 1, 1, null, 1, 1, 0.25],
        [1, 1, 1, 1, 2, 2, 0.25],
        [2, 3, 2, 1, 0, 4, 0.5],
      ],
    ],
    [
      'select x, first_value(x) over (order by x), last_value(x) over (order by x), last_value(x) ignore nulls over (order by x rows between unbounded preceding and current row), nth_value(x, 2) over (order by x), ntile(2) over (order by x) from values (1), (2), (3) v(x) order by 1',
      [
        [1, 1, 3, 1, 2, 1],
        [2, 1, 3, 2, 2, 1],
        [3, 1, 3, 3, 2, 2],
      ],
    ],
    [
      'select id, lag(v) ignore nulls over (order by id), conditional_true_event(v is null) over (order by id) from values (1, 1), (2, null), (3, 3) t(id, v) order by 1',
      [
        [1, null, 0],
        [2, 1, 1],
        [3, 1, 1],
      ],
    ],
    [
      'select x from values (1), (2), (2) v(x) qualify row_number() over (partition by x order by x) = 1 order by x',
      [[1], [2]],
    ],
    [
      'select sum(x) over w, max(x) over w from values (1), (2) v(x) window w as (order by x) order by 1',
      [
        [1, 1],
        [3, 2],
      ],
    ],
    ['select x from values (1), (null), (2) v(x) order by x', [[1], [2], [null]]],
    ['select x from values (1), (null), (2) v(x) order by x desc', [[null], [2], [1]]],
    ['select x from values (1), (null), (2) v(x) order by x desc nulls last', [[2], [1], [null]]],
    [
      'select count(distinct a, b), count(a, b) from values (1, 1), (1, 1), (1, null) v(a, b)',
      [[1, 2]],
    ],
    [
      'select a, b, sum(c), grouping(a) from values (1, 1, 1), (1, 2, 2) v(a, b, c) group by rollup (a, b) order by 1 nulls last, 2 nulls last',
      [
        [1, 1, 1, 0],
        [1, 2, 2, 0],
        [1, null, 3, 0],
        [null, null, 3, 1],
      ],
    ],
    [
      'select a, sum(b) from values (1, 2), (1, 3) v(a, b) group by all having sum(b) > 4',
      [[1, 5]],
    ],
    [
      'select a, sum(b) from values (1, 2), (2, 3) v(a, b) group by grouping sets ((a), ()) order by 1',
      [
        [1, 2],
        [2, 3],
        [null, 5],
      ],
    ],
  ]);
});
