/** What stands between the relations of a FROM, and the conditions behind them. */
import type { SqlNode } from '../tree.js';
import { isGroup, isName, isOperator, isWord, splitCommas, writeName } from './nodes.js';
import { type Scope, unsupported } from './scope.js';

const JOIN_WORDS = new Set([
  'INNER',
  'LEFT',
  'RIGHT',
  'FULL',
  'CROSS',
  'NATURAL',
  'OUTER',
  'JOIN',
  'ASOF',
  'DIRECTED',
]);

interface Part {
  readonly text: string;
  readonly next: number;
}

/** A comma, or the words of a join. A join without a condition is a cross join in Snowflake. */
export function readJoint(
  nodes: readonly SqlNode[],
  at: number,
  scope: Scope,
): Part & { readonly needsCondition: boolean } {
  const first = nodes[at];
  if (isOperator(first, ',')) return { text: ',', next: at + 1, needsCondition: false };
  const words: string[] = [];
  let next = at;
  for (
    let node = nodes[next];
    node?.kind === 'word' && JOIN_WORDS.has(node.word);
    node = nodes[next]
  ) {
    // Rows of the left side stay when nothing matches.
    if (node.word === 'ASOF') words.push('ASOF', 'LEFT');
    else if (node.word !== 'DIRECTED') words.push(node.word);
    next += 1;
    if (node.word === 'JOIN') break;
  }
  if (words.at(-1) !== 'JOIN')
    throw unsupported(
      scope,
      `\`${first?.kind === 'group' ? first.open : (first?.text ?? '')}\` in FROM`,
      first,
    );
  return {
    text: `${first?.space ?? ' '}${words.join(' ')}`,
    next,
    needsCondition: words[0] !== 'CROSS' && words[0] !== 'NATURAL',
  };
}

export function readCondition(
  nodes: readonly SqlNode[],
  at: number,
  scope: Scope,
): Part | undefined {
  const word = nodes[at];
  const using = nodes[at + 1];
  if (isWord(word, 'USING') && isGroup(using)) {
    const names = splitCommas(using.children).map(([name]) =>
      isName(name) ? writeName(name.text) : '',
    );
    return { text: `${word.space}USING (${names.join(', ')})`, next: at + 2 };
  }
  if (isWord(word, 'MATCH_CONDITION') && isGroup(using)) {
    const match = scope.expression(using.children, scope).text;
    const rest = readCondition(nodes, at + 2, scope);
    if (rest === undefined) return { text: `${word.space}ON ${match}`, next: at + 2 };
    if (!/^\s*ON\b/u.test(rest.text)) throw unsupported(scope, 'ASOF JOIN with USING', word);
    return { text: `${rest.text} AND ${match}`, next: rest.next };
  }
  if (!isWord(word, 'ON')) return undefined;
  let end = at + 1;
  while (end < nodes.length && !isOperator(nodes[end], ',') && !isJoin(nodes, end)) end += 1;
  const body = nodes.slice(at + 1, end);
  return {
    text: `${word.space}ON${body[0]?.space || ' '}${scope.expression(body, scope).text}`,
    next: end,
  };
}

/** `left` and `right` are functions too: a join's word is not followed by a bracket. */
function isJoin(nodes: readonly SqlNode[], at: number): boolean {
  const node = nodes[at];
  return (
    node?.kind === 'word' &&
    JOIN_WORDS.has(node.word) &&
    !isGroup(nodes[at + 1]) &&
    !isOperator(nodes[at - 1], '.')
  );
}
