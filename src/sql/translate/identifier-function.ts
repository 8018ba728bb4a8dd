/**
 * `IDENTIFIER('db.t')`: a name given as text or by a session variable, put in the place of the call before anything else is read.
 */
import type { Leaf, SqlNode } from '../tree.js';
import { tokenize } from '../tokens.js';
import { isGroup, isWord, stringValue } from './nodes.js';
import type { TranslateOptions } from './scope.js';

/** The nodes with each such call replaced by the name's tokens, which stand where the call stood. */
export function inlineIdentifiers(
  nodes: readonly SqlNode[],
  variables: TranslateOptions['variables'],
): readonly SqlNode[] {
  return nodes.flatMap((node, index): readonly SqlNode[] => {
    if (node.kind === 'group') {
      const name = isWord(nodes[index - 1], 'IDENTIFIER')
        ? nameIn(node.children, variables)
        : undefined;
      return name === undefined
        ? [{ ...node, children: inlineIdentifiers(node.children, variables) }]
        : [];
    }
    const group = nodes[index + 1];
    const name =
      isWord(node, 'IDENTIFIER') && isGroup(group) ? nameIn(group.children, variables) : undefined;
    return name === undefined ? [node] : leaves(name, node);
  });
}

/** The text of the only argument; undefined if it is none, as a variable that is not set. */
function nameIn(
  nodes: readonly SqlNode[],
  variables: TranslateOptions['variables'],
): string | undefined {
  const [only, ...others] = nodes;
  if (only === undefined || others.length > 0) return undefined;
  if (only.kind === 'string') return stringValue(only.text);
  return only.kind === 'variable' ? variableText(only, variables) : undefined;
}

/** The text that a session variable holds. */
export function variableText(
  node: Leaf,
  variables: TranslateOptions['variables'],
): string | undefined {
  const value = variables.get(node.text.slice(1).toUpperCase());
  return value?.startsWith("'") === true ? value.slice(1, -1).replaceAll("''", "'") : undefined;
}

function leaves(name: string, at: Leaf): readonly Leaf[] {
  return tokenize(name).flatMap((token, index): readonly Leaf[] => {
    const { kind, text } = token;
    if (kind === 'space' || kind === 'comment') return [];
    const word = kind === 'word' ? text.toUpperCase() : text;
    return [{ kind, text, word, space: index === 0 ? at.space : '', offset: at.offset }];
  });
}
