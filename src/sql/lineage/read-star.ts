/**
 * Reads a star of a select list with what is said about it: `t.* exclude (a) replace (f(b) as b) rename (c as d)`.
 */
import {
  bracketed,
  isOperator,
  isWord,
  type Name,
  nameOf,
  type Nodes,
  splitCommas,
  type StarItem,
} from './query.js';

/** The star that an item of a select list is, or null if it is none. */
export function starAt(nodes: Nodes): StarItem | null {
  const qualifier: Name[] = [];
  let at = 0;
  for (;;) {
    const node = nodes[at];
    if (isOperator(node, '*')) {
      const isTimes = qualifier.length === 0 && at > 0;
      return isTimes || !isSaidOfStar(nodes, at + 1)
        ? null
        : readStar(qualifier, node?.offset ?? 0, nodes.slice(at + 1));
    }
    const name = nameOf(node);
    if (name === null || !isOperator(nodes[at + 1], '.')) return null;
    qualifier.push(name);
    at += 2;
  }
}

function isSaidOfStar(nodes: Nodes, at: number): boolean {
  const node = nodes[at];
  return (
    node === undefined || isWord(node, 'EXCLUDE', 'EXCEPT', 'RENAME', 'REPLACE', 'ILIKE', 'LIKE')
  );
}

/** Reads what follows a star. */
export function readStar(qualifier: readonly Name[], offset: number, nodes: Nodes): StarItem {
  const excluded: Name[] = [];
  const renamed: { from: Name; to: Name }[] = [];
  const replaced: { nodes: Nodes; name: Name }[] = [];
  let pattern: string | null = null;
  for (let at = 0; at < nodes.length; at += 1) {
    const word = nodes[at];
    const next = nodes[at + 1];
    if (isWord(word, 'ILIKE', 'LIKE') && next?.kind === 'string') {
      pattern = next.text.slice(1, -1);
      continue;
    }
    const group = bracketed(next);
    const parts =
      group === null ? [nodes.slice(at + 1, bareEnd(nodes, at + 1))] : splitCommas(group);
    if (isWord(word, 'EXCLUDE', 'EXCEPT')) {
      for (const part of parts) {
        const name = nameOf(part.at(-1));
        if (name !== null) excluded.push(name);
      }
    } else if (isWord(word, 'RENAME', 'REPLACE')) {
      for (const part of parts) {
        const to = nameOf(part.at(-1));
        const isMarked = isWord(part.at(-2), 'AS');
        const before = part.slice(0, isMarked ? -2 : -1);
        const from = nameOf(before.at(-1));
        if (to === null) continue;
        if (isWord(word, 'REPLACE')) replaced.push({ nodes: before, name: to });
        else if (from !== null) renamed.push({ from, to });
      }
    }
  }
  return { kind: 'star', qualifier, excluded, renamed, replaced, pattern, offset };
}

function bareEnd(nodes: Nodes, from: number): number {
  let at = from;
  while (
    at < nodes.length &&
    !isWord(nodes[at], 'EXCLUDE', 'EXCEPT', 'RENAME', 'REPLACE', 'ILIKE', 'LIKE')
  )
    at += 1;
  return at;
}
