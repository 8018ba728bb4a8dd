/**
 * A session as a notebook: what was asked and run, in order, as cells.
 */

export type Asked =
  | { readonly kind: 'sql'; readonly sql: string }
  | { readonly kind: 'run'; readonly command: string };

/** The text of the notebook. Queries are called q1, q2...; a marker inside of one is moved, so that it stays one cell. */
export function sessionNotebook(asked: readonly Asked[], title: string): string {
  let queries = 0;
  const cells = asked.map((one) => {
    if (one.kind === 'run') return `-- %% [run] ${one.command}\n`;
    queries += 1;
    return `-- %% q${queries}\n${one.sql.replaceAll(/^--[ \t]*%%/gmu, ' $&').trimEnd()};\n`;
  });
  return [`-- %% [md]\n-- # ${title.replaceAll(/\s+/gu, ' ')}\n`, ...cells].join('\n');
}
