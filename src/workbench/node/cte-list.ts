/**
 * The steps of a query: its CTEs in order, and the query itself, each as a statement of its own.
 */
import { DagbookError } from '../../base/index.js';
import { listCtes } from '../../sql/index.js';
import type { Dialect } from '../../warehouse/index.js';

export interface QueryStep {
  /** As written; null for the query itself, the last step. */
  readonly name: string | null;
  /** Its own text. */
  readonly bodySql: string;
  /** A query of its rows. */
  readonly sql: string;
  /** Of the name in the compiled text, 1 first. */
  readonly line: number;
}

/** The steps of a compiled text; at least one. */
export function queryStepsOf(sql: string, dialect: Dialect): readonly QueryStep[] {
  const ctes = listCtes(sql, dialect);
  const end = ctes.at(-1)?.endOffset ?? 0;
  const lineAt = (offset: number): number => sql.slice(0, offset).split('\n').length;
  const rest = sql.slice(end);
  const blank = rest.length - rest.trimStart().length;
  return [
    ...ctes.map(({ writtenName, bodySql, upToSql, startOffset }): QueryStep => ({
      name: writtenName,
      bodySql: withoutMargin(bodySql),
      sql: upToSql,
      line: lineAt(startOffset),
    })),
    { name: null, bodySql: rest.trim(), sql, line: lineAt(end + blank) },
  ];
}

/** A query of how many rows a step has. */
export function countSql(step: QueryStep): string {
  return `select count(*) as row_count from (\n${step.sql}\n) as counted_rows`;
}

/** The CTE of a name, letter case aside. @throws DagbookError cte/unknown. */
export function cteNamed(sql: string, dialect: Dialect, name: string): QueryStep {
  const steps = queryStepsOf(sql, dialect);
  const wanted = bare(name);
  const found = steps.find((step) => step.name !== null && bare(step.name) === wanted);
  if (found !== undefined) return found;
  const names = steps.flatMap((step) => step.name ?? []);
  throw new DagbookError('cte/unknown', `There is no CTE named ${name} in it.`, {
    hint: names.length === 0 ? 'It has no CTEs.' : `Its CTEs are ${names.join(', ')}.`,
    exitCode: 1,
  });
}

function bare(name: string): string {
  return name.replaceAll('"', '').toLowerCase();
}

/** Without the indent that all its lines share, and without blank lines around it. */
function withoutMargin(text: string): string {
  const lines = text
    .replace(/^(?:[ \t]*\n)+/u, '')
    .trimEnd()
    .split('\n');
  const margins = lines
    .filter((line) => line.trim() !== '')
    .map((line) => line.length - line.trimStart().length);
  const margin = margins.length === 0 ? 0 : Math.min(...margins);
  return lines.map((line) => line.slice(margin)).join('\n');
}
