/**
 * What a query selects and reads, as far as its words say: for completion, which must answer while a text is half typed.
 */
import { type Token, tokenize } from '../../sql/index.js';

const ENDS = /^(?:from|where|group|order|having|qualify|limit|union|intersect|except)$/iu;
const NO_NAME = /^(?:end|null|true|false|distinct)$/iu;

/** Names of the columns that a query selects, `*` for all of what it reads. */
export function selectedNames(sql: string): readonly string[] {
  const tokens = wordsOf(sql);
  const start = tokens.findIndex(({ kind, text }) => kind === 'word' && /^select$/iu.test(text));
  if (start === -1) return [];
  const names: string[] = [];
  let depth = 0;
  let last: Token | undefined;
  const take = (): void => {
    const name = last?.text.toLowerCase();
    if (
      name !== undefined &&
      (name === '*' || /^"?[a-z_]\w*"?$/u.test(name)) &&
      !NO_NAME.test(name)
    ) {
      names.push(name.replaceAll('"', ''));
    }
    last = undefined;
  };
  for (const token of tokens.slice(start + 1)) {
    if (token.text === '(') depth += 1;
    if (token.text === ')') depth -= 1;
    if (depth < 0) break;
    if (depth === 0 && token.kind === 'word' && ENDS.test(token.text)) break;
    if (depth === 0 && token.text === ',') take();
    else last = token;
  }
  take();
  return names;
}

/** Names that stand after `from` and `join`, in lower case. */
export function namesRead(sql: string): readonly string[] {
  const tokens = wordsOf(sql);
  return tokens.flatMap((token, at) => {
    const before = tokens[at - 1]?.text ?? '';
    return token.kind === 'word' && /^(?:from|join)$/iu.test(before)
      ? [token.text.toLowerCase()]
      : [];
  });
}

/** Names by the alias that they are given after `from` and `join`, both in lower case. */
export function aliasesIn(sql: string): ReadonlyMap<string, string> {
  const pattern = /\b(?:from|join)\s+(?<name>[A-Za-z_]\w*)\s+(?:as\s+)?(?<alias>[A-Za-z_]\w*)/giu;
  return new Map(
    [...sql.matchAll(pattern)].map(({ groups }) => [
      (groups?.['alias'] ?? '').toLowerCase(),
      (groups?.['name'] ?? '').toLowerCase(),
    ]),
  );
}

function wordsOf(sql: string): readonly Token[] {
  return tokenize(sql).filter(({ kind }) => kind !== 'space' && kind !== 'comment');
}
