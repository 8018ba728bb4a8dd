/**
 * Many tests' queries as one: what counts rows of the same relation is counted in one scan of it, the rest stands beside.
 *
 * Only texts are looked at: a text of this form means this, whoever wrote it.
 */

/** The query of one test: one row of `failures`, `should_warn` and `should_error`. */
const TEST =
  /^\s*select\s+count\(\*\) as failures,\s+count\(\*\) (?<warnIf>[^\n]+) as should_warn,\s+count\(\*\) (?<errorIf>[^\n]+) as should_error\s+from \(\s+(?<rows>[^]*?)\s+\) dbt_internal_test\s*$/u;

const COLUMN = String.raw`(?<column>\w+|"(?:[^"]|"")+")`;

const NOT_NULL = new RegExp(
  String.raw`^select ${COLUMN}\s+from (?<relation>[^]+?)\s+where \k<column> is null$`,
  'u',
);

const ACCEPTED = new RegExp(
  String.raw`^with all_values as \(\s+select\s+${COLUMN} as value_field,\s+count\(\*\) as n_records\s+from (?<relation>[^]+?)\s+group by \k<column>\s+\)\s+select \*\s+from all_values\s+where value_field not in \((?<values>[^]+)\)$`,
  'u',
);

interface Counted {
  readonly relation: string;
  /** An aggregate over the relation: the number of rows that the test would have found. */
  readonly count: string;
  readonly warnIf: string;
  readonly errorIf: string;
}

/**
 * One query for all of them.
 *
 * @param tests queries as they would be sent.
 * @returns a query of one row a test: its number in `tests`, `failures`, `should_warn`, `should_error`.
 */
export function combineTests(tests: readonly string[]): string {
  const scans = new Map<string, { readonly at: number; readonly counted: Counted }[]>();
  const branches: string[] = [];
  for (const [at, sql] of tests.entries()) {
    const counted = countedIn(sql);
    if (counted === null) {
      branches.push(
        `select ${at} as dagbook_test, failures, should_warn, should_error from (\n${sql}\n) dagbook_test_${at}`,
      );
      continue;
    }
    const scan = scans.get(counted.relation) ?? [];
    scan.push({ at, counted });
    scans.set(counted.relation, scan);
  }
  const ctes = [...scans].map(([relation, members], number) => {
    const counts = members.map(({ at, counted }) => `${counted.count} as failures_${at}`);
    for (const { at, counted } of members) {
      branches.push(
        `select ${at} as dagbook_test, failures_${at} as failures, failures_${at} ${counted.warnIf} as should_warn, failures_${at} ${counted.errorIf} as should_error from dagbook_scan_${number}`,
      );
    }
    return `dagbook_scan_${number} as (\nselect ${counts.join(',\n')}\nfrom ${relation}\n)`;
  });
  const start = ctes.length === 0 ? '' : `with ${ctes.join(',\n')}\n`;
  return start + branches.join('\nunion all\n');
}

/** Whether a query may stand among others: it is a query, and one only. */
export function isCombinable(sql: string): boolean {
  return /^\s*(?:select|with)\b/iu.test(sql) && !sql.includes(';');
}

function countedIn(sql: string): Counted | null {
  const { warnIf, errorIf, rows } = TEST.exec(sql)?.groups ?? {};
  if (warnIf === undefined || errorIf === undefined || rows === undefined) return null;
  const missing = NOT_NULL.exec(rows)?.groups;
  if (missing !== undefined) {
    const { column = '', relation = '' } = missing;
    const count = `count(case when ${column} is null then 1 end)`;
    return { relation, count, warnIf, errorIf };
  }
  const { column, relation, values } = ACCEPTED.exec(rows)?.groups ?? {};
  if (column === undefined || relation === undefined || values === undefined) return null;
  // A value that is null is on no list, and off none.
  const count = `count(distinct case when ${column} not in (${values}) then ${column} end)`;
  return { relation, count, warnIf, errorIf };
}
