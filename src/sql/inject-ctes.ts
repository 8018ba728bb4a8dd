import { type Token, tokenize } from './tokens.js';

/** A query that stands in front of another under a name. */
export interface InjectedCte {
  readonly name: string;
  readonly sql: string;
}

/**
 * Puts CTEs before the query, as dbt injects ephemeral models: after the query's own top-level `with` (or `with
 * recursive`) if it has one, else with a `with` of their own before the first token that is not white space.
 *
 * The white space is dbt's too, so that compiled texts compare equal. Only the first statement of a text is kept.
 */
export function injectCtes(sql: string, ctes: readonly InjectedCte[]): string {
  if (ctes.length === 0) return sql;
  const tokens = firstStatement(tokenize(sql));
  const text = ctes.map((cte) => ` ${cte.name} as (\n${cte.sql}\n)`).join(', ');
  const at = withEnd(tokens);
  const joined = (part: readonly Token[]): string => part.map((token) => token.text).join('');
  if (at !== -1) return `${joined(tokens.slice(0, at))}${text}, ${joined(tokens.slice(at))}`;
  const first = tokens.findIndex((token) => token.kind !== 'space');
  const start = first === -1 ? tokens.length : first;
  return `${joined(tokens.slice(0, start))}with${text} ${joined(tokens.slice(start))}`;
}

function firstStatement(tokens: readonly Token[]): readonly Token[] {
  const end = tokens.findIndex((token) => token.kind === 'operator' && token.text === ';');
  return end === -1 ? tokens : tokens.slice(0, end + 1);
}

/** Index of what follows the first top-level `with` and its `recursive`, white space passed over; -1 if there is none. */
function withEnd(tokens: readonly Token[]): number {
  let depth = 0;
  for (const [index, token] of tokens.entries()) {
    if (token.kind === 'operator' && token.text === '(') depth += 1;
    else if (token.kind === 'operator' && token.text === ')') depth -= 1;
    else if (depth === 0 && isWord(token, 'with')) {
      const next = afterSpace(tokens, index + 1);
      return isWord(tokens[next], 'recursive') ? afterSpace(tokens, next + 1) : next;
    }
  }
  return -1;
}

function afterSpace(tokens: readonly Token[], start: number): number {
  const at = tokens.findIndex((token, index) => index >= start && token.kind !== 'space');
  return at === -1 ? tokens.length : at;
}

function isWord(token: Token | undefined, word: string): boolean {
  return token?.kind === 'word' && token.text.toLowerCase() === word;
}
