/**
 * Lines as typed, gathered into statements and verbs.
 */
import { splitStatements, tokenize } from '../../sql/index.js';

export type Entry =
  | { readonly kind: 'sql'; readonly sql: string }
  /** A line that starts with `:`, without it. */
  | { readonly kind: 'verb'; readonly line: string };

export interface Reading {
  /** What was typed of a statement that is not at its end. */
  readonly pending: string;
  /** What is complete. */
  readonly entries: readonly Entry[];
}

/** Words that other shells end with. */
const LEAVING = /^(?:quit|exit|\\q)\s*;?$/iu;

/**
 * Takes in one line. A statement ends at a `;` that is the last thing of a line, or at an empty line.
 *
 * @param pending what the reading before left.
 */
export function readLine(pending: string, line: string): Reading {
  const words = line.trim();
  if (pending === '') {
    if (words === '') return { pending: '', entries: [] };
    if (words.startsWith(':'))
      return { pending: '', entries: [{ kind: 'verb', line: words.slice(1).trim() }] };
    if (LEAVING.test(words)) return { pending: '', entries: [{ kind: 'verb', line: 'quit' }] };
  }
  if (words === '') return { pending: '', entries: statementsOf(pending) };
  const text = pending === '' ? line : `${pending}\n${line}`;
  return isEnded(text)
    ? { pending: '', entries: statementsOf(text) }
    : { pending: text, entries: [] };
}

/** What a text that ends here holds: the rest of piped input, which may lack its last `;`. */
export function statementsOf(text: string): readonly Entry[] {
  return splitStatements(text).map((sql) => ({ kind: 'sql', sql }));
}

function isEnded(text: string): boolean {
  const last = tokenize(text).findLast(({ kind }) => kind !== 'space' && kind !== 'comment');
  return last?.kind === 'operator' && last.text === ';';
}
