import { columnLineage, type QueryLineage } from '../../../src/sql/index.js';

const TABLES: Readonly<Record<string, readonly string[]>> = {
  T: ['A', 'B', 'C'],
  U: ['A', 'D', 'E'],
};

/** Lineage over the tables `t (a, b, c)` and `u (a, d, e)`; the columns of any other table are not known. */
export function traceOf(sql: string, dialect: 'snowflake' | 'duckdb' = 'snowflake'): QueryLineage {
  return columnLineage(sql, {
    dialect,
    isRelationCte: (name) => name.startsWith('__DBT__CTE__'),
    columnsOf: (parts) => {
      const names = TABLES[(parts.at(-1) ?? '').toUpperCase()];
      if (names === undefined) return null;
      const isDuckdb = dialect === 'duckdb';
      return {
        names: names.map((name) => (isDuckdb ? name.toLowerCase() : name)),
        isComplete: true,
      };
    },
  });
}

/** One line a column: `x <- t.b rename, t.c computed:+`, with `?name` for what is unresolved; all in lower case. */
export function linesOf(lineage: QueryLineage): readonly string[] {
  return lineage.columns.map(({ name, inputs, unresolved }) => {
    const from = inputs.map(({ table, column, kind, label }) => {
      const done = label === null || label === kind ? kind : `${kind}:${label}`;
      return `${table.parts.join('.')}.${column} ${done}`;
    });
    const missing = unresolved.map(({ text }) => `?${text}`);
    return `${name} <- ${[...from, ...missing].join(', ')}`.trimEnd().toLowerCase();
  });
}

/** `t.a where`, one a use, in lower case. */
export function filtersOf(lineage: QueryLineage): readonly string[] {
  return lineage.filters.map(({ table, column, clause }) =>
    `${table.parts.join('.')}.${column} ${clause}`.toLowerCase(),
  );
}
