/**
 * Two streams of statements side by side: which are the same and in the same order, which are missing, which too many.
 */
import { folded, type Sent } from './replay-warehouse.js';

export interface Difference {
  /** `missing`: dbt sent it and we did not; `extra`: the other way round. */
  readonly kind: 'missing' | 'extra';
  /** 1-based, in the stream that has it. */
  readonly at: number;
  readonly sql: string;
}

/** Aligns what was sent with what was recorded, by the longest common subsequence. */
export function alignStatements(
  recorded: readonly Sent[],
  sent: readonly Sent[],
): { readonly passed: number; readonly differences: readonly Difference[] } {
  const wanted = inOneOrder(recorded.map(keyOf));
  const got = inOneOrder(sent.map(keyOf));
  // length[i][j]: statements in common from wanted[i] and got[j] on.
  const length: number[][] = Array.from({ length: wanted.length + 1 }, () =>
    Array.from({ length: got.length + 1 }, () => 0),
  );
  const at = (i: number, j: number): number => length[i]?.[j] ?? 0;
  for (let i = wanted.length - 1; i >= 0; i -= 1) {
    for (let j = got.length - 1; j >= 0; j -= 1) {
      const row = length[i];
      if (row === undefined) continue;
      row[j] = wanted[i] === got[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const differences: Difference[] = [];
  let i = 0;
  let j = 0;
  while (i < wanted.length || j < got.length) {
    const isCommon = i < wanted.length && j < got.length && wanted[i] === got[j];
    if (isCommon) {
      i += 1;
      j += 1;
    } else if (j >= got.length || (i < wanted.length && at(i + 1, j) >= at(i, j + 1))) {
      differences.push({ kind: 'missing', at: i + 1, sql: wanted[i] ?? '' });
      i += 1;
    } else {
      differences.push({ kind: 'extra', at: j + 1, sql: got[j] ?? '' });
      j += 1;
    }
  }
  return { passed: at(0, 0), differences };
}

function keyOf({ sql, bindings }: Sent): string {
  const text = folded(sql).replaceAll(RELATIONS, (terms) =>
    [...terms.matchAll(RELATION)]
      .map(([term]) => term)
      .sort()
      .join(' or '),
  );
  return bindings === undefined ? text : `${text} ${JSON.stringify(bindings)}`;
}

/** One relation that the information schema is asked for, and the list of them: another Python set. */
const RELATION =
  /\( ?(?:upper\(table_schema\)|"table_schema" ilike)[^()]*(?:\([^()]*\)[^()]*)*\)/gu;
const RELATIONS = new RegExp(`${RELATION.source}(?: or ${RELATION.source})+`, 'gu');

/** Statements that stand in blocks of their kind, with what such a block is ordered by. */
const LISTINGS: readonly RegExp[] = [
  /^show (?:objects|user functions) in (?<place>\S+)/u,
  /^show terse schemas in database (?<place>\S+)/u,
  /^create schema if not exists (?<place>\S+)/u,
];

/**
 * The same statements with every block of schema listings ordered by schema: dbt lists schemas in the order of a Python
 * set, which differs from one process to the next.
 */
function inOneOrder(statements: readonly string[]): readonly string[] {
  const ordered: string[] = [];
  let block: string[] = [];
  let kind: RegExp | undefined;
  const close = (): void => {
    const place = (sql: string): string => kind?.exec(sql)?.groups?.['place'] ?? '';
    ordered.push(...block.sort((a, b) => compare(place(a), place(b))));
    block = [];
  };
  for (const sql of statements) {
    const found = LISTINGS.find((pattern) => pattern.test(sql));
    if (found !== kind) close();
    kind = found;
    if (found === undefined) ordered.push(sql);
    else block.push(sql);
  }
  close();
  return ordered;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
