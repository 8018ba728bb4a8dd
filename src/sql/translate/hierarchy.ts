/**
 * CONNECT BY as a recursive CTE over whole rows: each row is kept with its root's and its parent's, and the paths it is asked for.
 *
 * Joins come first, then the hierarchy, then WHERE, as on Snowflake; rows that lead back to themselves run until they are stopped.
 */
import { quoteIdentifier } from '../identifiers.js';
import type { SqlNode } from '../tree.js';
import { writeText } from './casts.js';
import { argument } from './rule.js';
import { type RowExpressions, type Scope, type Written, unsupported } from './scope.js';

export interface Hierarchy {
  /** For the select list and the clauses after the hierarchy: knows LEVEL, PRIOR, CONNECT_BY_ROOT and SYS_CONNECT_BY_PATH. */
  readonly scope: Scope;
  /** The text after FROM, once all else has been translated. */
  readonly from: () => string;
}

/**
 * @param source the text after FROM; its relations' names are in `scope.relations`.
 * @param start the condition after START WITH, if there is one; without it every row is a root.
 */
export function openHierarchy(
  source: string,
  start: readonly SqlNode[] | undefined,
  connect: readonly SqlNode[],
  scope: Scope,
): Hierarchy {
  const paths: { readonly value: string; readonly separator: string }[] = [];
  const rows: RowExpressions = {
    ...plainRows(scope),
    call: (call, inner) => {
      if (call.name === 'CONNECT_BY_ROOT' && call.args.length === 1)
        return argument(call, 0, within('"__ROOT"', inner));
      if (call.name !== 'SYS_CONNECT_BY_PATH') return undefined;
      if (call.args.length !== 2)
        throw unsupported(inner, 'SYS_CONNECT_BY_PATH without two arguments', call.node);
      paths.push({
        value: writeText(argument(call, 0, within('"__S"', inner))),
        separator: argument(call, 1, inner).text,
      });
      return { text: `"__PATHS"[${paths.length}]`, hint: 'text' };
    },
    operator: (word, inner) =>
      word === 'CONNECT_BY_ROOT'
        ? within('"__ROOT"', inner)
        : word === 'PRIOR'
          ? within('"__PRIOR"', inner)
          : undefined,
  };
  for (const column of ['"LEVEL"', '"__ROOT"', '"__PRIOR"', '"__PATHS"'])
    scope.hidden.push({ relation: scope.relations[0], column });
  const child = within('"__S"', scope);
  const joining: Scope = {
    ...child,
    rows: {
      ...plainRows(scope),
      column: (parts, node, inner) =>
        parts.length === 1 && parts[0] === 'LEVEL'
          ? { text: '("__H"."LEVEL" + 1)', hint: 'integer' }
          : child.rows?.column(parts, node, inner),
      operator: (word, inner) => (word === 'PRIOR' ? within('"__H"."__ROW"', inner) : undefined),
    },
  };
  const first = start === undefined ? '' : ` WHERE ${child.expression(start, child).text}`;
  const condition = joining.expression(connect, joining).text;
  return {
    scope: { ...scope, rows },
    from: () => {
      const begin = paths.map(({ value, separator }) => `${separator} || ${value}`).join(', ');
      const go = paths
        .map(
          ({ value, separator }, index) =>
            `"__H"."__PATHS"[${index + 1}] || ${separator} || ${value}`,
        )
        .join(', ');
      const input = `(SELECT * FROM${source}) AS "__S"`;
      const roots = `SELECT "__S" AS "__ROW", "__S" AS "__ROOT", CASE WHEN FALSE THEN "__S" END AS "__PRIOR", 1::BIGINT AS "LEVEL", CAST([${begin}] AS VARCHAR[]) AS "__PATHS" FROM ${input}${first}`;
      const others = `SELECT "__S", "__H"."__ROOT", "__H"."__ROW", "__H"."LEVEL" + 1, CAST([${go}] AS VARCHAR[]) FROM "__H" JOIN ${input} ON ${condition}`;
      const [name] = scope.relations;
      return ` (WITH RECURSIVE "__H" AS (${roots} UNION ALL ${others}) SELECT unnest("__ROW"), "LEVEL", "__ROOT", "__PRIOR", "__PATHS" FROM "__H")${name === undefined ? '' : ` AS ${quoteIdentifier(name)}`}`;
    },
  };
}

/** Columns lose the name of their relation: all are of one row. */
function plainRows(scope: Scope): RowExpressions {
  return {
    semantics: 'running',
    call: () => undefined,
    operator: () => undefined,
    column: (parts) => {
      const [first, column] = parts;
      return column !== undefined && parts.length === 2 && scope.relations.includes(first)
        ? { text: quoteIdentifier(column) }
        : undefined;
    },
  };
}

/** A scope in which columns are fields of that row. */
function within(row: string, scope: Scope): Scope {
  const field = (parts: readonly string[]): Written => ({
    text: `${row}.${quoteIdentifier(parts.at(-1) ?? '')}`,
  });
  return {
    ...scope,
    rows: { semantics: 'running', call: () => undefined, operator: () => undefined, column: field },
  };
}
