/** States of approximate aggregates: kept, combined and asked, they say what the aggregate itself says. */
import { describe } from 'vitest';
import { caseTable } from './case-table.js';

describe('states of aggregates', () => {
  const day = (seed: number): string =>
    `select (seq8() + ${seed}) % 7 as v from table(generator(rowcount => 20))`;
  caseTable([
    [
      `select approx_top_k_estimate(s, 2) = (select approx_top_k(v, 2) from (${day(0)} union all ${day(3)})), array_size(approx_top_k_estimate(s, 100)) from (select approx_top_k_combine(s) s from (select approx_top_k_accumulate(v, 10) s from (${day(0)}) union all select approx_top_k_accumulate(v, 10) s from (${day(3)})))`,
      [[true, 7]],
    ],
    [
      "select approx_top_k_estimate(approx_top_k_accumulate(column1, 2), 5) from values ('a'), ('b'), ('a'), ('c'), ('b'), ('a'), (null)",
      [['[["a",3],["b",2]]']],
    ],
    // Exact while it is small, near while it is large.
    [
      'select approx_percentile_estimate(approx_percentile_accumulate(column1), 0.5), approx_percentile_estimate(approx_percentile_accumulate(column1), 0.25) from values (1), (2), (3), (4), (null)',
      [[2.5, 1.75]],
    ],
    [
      'select abs(approx_percentile_estimate(s, 0.9) - 18000) < 100, abs(approx_percentile_estimate(s, 0.01) - 200) < 20, array_size(s:state::array) < 1000 from (select approx_percentile_combine(s) s from (select approx_percentile_accumulate(seq8()) s from table(generator(rowcount => 10000)) union all select approx_percentile_accumulate(10000 + seq8()) s from table(generator(rowcount => 10000))))',
      [[true, true, true]],
    ],
    ["select approx_percentile_estimate(parse_json('{}'), 0.5)", 'no state of tdigest'],
    // Half of the values are shared: a third of their union.
    [
      'select abs(approximate_similarity(m) - 1/3) < 0.1 from (select minhash(1000, seq8()) m from table(generator(rowcount => 200)) union all select minhash(1000, 100 + seq8()) m from table(generator(rowcount => 200)))',
      [[true]],
    ],
    [
      'select approximate_jaccard_index(m), min(array_size(m:state::array)) from (select minhash(5, column1) m from values (1), (2) union all select minhash(5, column1) from values (2), (1), (1))',
      [[1, 5]],
    ],
    [
      'select (select minhash_combine(m) from (select minhash(9, column1) m from values (1) union all select minhash(9, column1) from values (2))) = (select minhash(9, column1) from values (1), (2))',
      [[true]],
    ],
  ]);
});
