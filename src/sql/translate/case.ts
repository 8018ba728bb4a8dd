/** CASE as one operand, so that a postfix applies to all of it. */
import type { SqlNode } from '../tree.js';
import { isWord } from './nodes.js';
import { type Hint, type Scope, type Written, commonHint, unsupported } from './scope.js';

/** Translates from the CASE at `at` to its END; `next` is the index after it. */
export function readCase(
  nodes: readonly SqlNode[],
  at: number,
  scope: Scope,
): { readonly written: Written; readonly next: number } {
  const parts: string[] = ['CASE'];
  const hints: (Hint | undefined)[] = [];
  let word = 'CASE';
  let start = at + 1;
  let depth = 0;
  for (let index = at + 1; index < nodes.length; index += 1) {
    const node = nodes[index];
    if (isWord(node, 'CASE')) depth += 1;
    else if (isWord(node, 'END') && depth > 0) depth -= 1;
    else if (depth === 0 && isWord(node, 'WHEN', 'THEN', 'ELSE', 'END')) {
      const branch = nodes.slice(start, index);
      if (branch.length > 0) {
        const written = scope.expression(branch, scope);
        parts.push(`${branch[0]?.space ?? ' '}${written.text}`);
        const isNull = branch.length === 1 && isWord(branch[0], 'NULL');
        if ((word === 'THEN' || word === 'ELSE') && !isNull) hints.push(written.hint);
      }
      parts.push(`${node.space}${node.word}`);
      word = node.word;
      start = index + 1;
      if (word === 'END')
        return { written: { text: parts.join(''), hint: commonHint(hints) }, next: index + 1 };
    }
  }
  throw unsupported(scope, 'A CASE without END', nodes[at]);
}
