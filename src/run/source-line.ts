/**
 * From a line of a statement that failed to the line of the model that it came from.
 */

export interface LineQuery {
  /** The model as written. */
  readonly rawCode: string;
  /** The model as compiled. */
  readonly compiledSql: string;
  /** The statement that was sent, which holds the compiled text somewhere; null if unknown. */
  readonly sql: string | null;
  /** 1-based line of the statement; null if the warehouse did not say. */
  readonly line: number | null;
  /** The warehouse's message: a quoted name in it helps to find the place. */
  readonly message: string;
}

/**
 * Finds the source line, 1-based; null if nothing tells.
 *
 * The compiled line's text is looked for in the source: most lines of SQL pass through Jinja unchanged. A line that a
 * template made is placed by the lines around it.
 */
export function sourceLine(query: LineQuery): number | null {
  const compiled = query.compiledSql.split('\n');
  const source = query.rawCode.split('\n');
  const at = compiledLine(query, compiled);
  if (at === null) return null;
  const exact = uniqueMatch(source, compiled[at] ?? '', at / Math.max(1, compiled.length));
  if (exact !== null) return exact + 1;
  for (let distance = 1; distance < 12; distance += 1) {
    const above = uniqueMatch(source, compiled[at - distance] ?? '', 0);
    if (above !== null) return Math.min(above + 1 + distance, source.length);
  }
  return null;
}

function compiledLine(query: LineQuery, compiled: readonly string[]): number | null {
  if (query.sql !== null && query.line !== null) {
    const offset = query.sql.indexOf(query.compiledSql.trim());
    if (offset !== -1) {
      const before = query.sql.slice(0, offset).split('\n').length - 1;
      const leading = query.compiledSql.length - query.compiledSql.trimStart().length;
      const skipped = query.compiledSql.slice(0, leading).split('\n').length - 1;
      const line = query.line - 1 - before + skipped;
      if (line >= 0 && line < compiled.length) return line;
    }
  }
  // No line: the first name that the message quotes, if it stands in one line only.
  for (const match of query.message.matchAll(/["'](?<name>[\w$.]+)["']/gu)) {
    const name = (match.groups?.['name'] ?? '').toLowerCase();
    const hits = compiled.flatMap((text, index) =>
      hasWord(text.toLowerCase(), name) ? [index] : [],
    );
    if (hits.length > 0) return hits[0] ?? null;
  }
  return null;
}

function hasWord(text: string, word: string): boolean {
  if (word === '') return false;
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1)) {
    const isStart = at === 0 || !/[\w$]/u.test(text.charAt(at - 1));
    const isEnd = !/[\w$]/u.test(text.charAt(at + word.length));
    if (isStart && isEnd) return true;
  }
  return false;
}

/** The source line with the same text; of several, the one nearest to where the compiled line stands. */
function uniqueMatch(source: readonly string[], text: string, share: number): number | null {
  const wanted = text.trim();
  if (wanted.length < 2) return null;
  const hits = source.flatMap((line, index) => (line.trim() === wanted ? [index] : []));
  if (hits.length === 0) return null;
  const expected = share * source.length;
  return hits.reduce((best, hit) =>
    Math.abs(hit - expected) < Math.abs(best - expected) ? hit : best,
  );
}
