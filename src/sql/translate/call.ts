/**
 * Function calls: reads arguments and what may follow them, and finds the rule. A function without a rule is refused, never passed on.
 */
import type { Group, Leaf, SqlNode } from '../tree.js';
import { writeCast } from './casts.js';
import { RULES } from './functions/rules.js';
import {
  hasWords,
  isFromEdge,
  isGroup,
  isName,
  isOperator,
  isQuery,
  isWord,
  readName,
  splitCommas,
  writeName,
} from './nodes.js';
import { writeOrderList, writeWindow } from './order.js';
import type { Call, Over } from './rule.js';
import { type Scope, type Written, unsupported } from './scope.js';
import { readType } from './types.js';

interface Operand {
  readonly written: Written;
  readonly next: number;
}

/** Translates a call; `next` is the index after its arguments. */
export function writeCall(
  name: Leaf,
  group: Group,
  nodes: readonly SqlNode[],
  next: number,
  scope: Scope,
  parts: readonly string[] = [name.word],
): Operand {
  if (name.word === 'CAST' || name.word === 'TRY_CAST')
    return { written: writeCastCall(name, group, scope), next };
  const suffix = readSuffix(nodes, next, scope);
  const { args, nulls, isDistinct } = readArguments(name, group, scope);
  const call: Call = {
    name: name.word,
    parts,
    node: name,
    args: args.filter((part) => !isNamed(part)),
    named: new Map(
      args
        .filter((part) => isNamed(part))
        .map((part) => [part[0]?.kind === 'group' ? '' : (part[0]?.word ?? ''), part.slice(2)]),
    ),
    isDistinct,
    order: suffix.order,
    nulls: suffix.nulls === '' ? nulls : suffix.nulls,
    over: suffix.over,
  };
  return { written: apply(call, scope), next: suffix.next };
}

/** Translates a call that has no brackets of its own: `current_date`, an array in brackets. */
export function writeCallNamed(name: Leaf, scope: Scope, args: Call['args'] = []): Written {
  return apply(
    {
      name: name.word,
      parts: [name.word],
      node: name,
      args,
      named: new Map(),
      isDistinct: false,
      order: undefined,
      nulls: '',
      over: undefined,
    },
    scope,
  );
}

function apply(call: Call, scope: Scope): Written {
  const inRows = scope.rows?.call(call, scope);
  if (inRows !== undefined) return inRows;
  // Own properties only: a function may be called `constructor`.
  const isOwn = call.parts.length === 1 && Object.hasOwn(RULES, call.name);
  const rule = isOwn ? RULES[call.name] : undefined;
  if (rule !== undefined) return rule(call, scope);
  const kept = scope.options.resolveFunction(call.parts);
  if (kept !== undefined)
    return {
      text: `${kept}(${call.args.map((part) => scope.expression(part, scope).text).join(', ')})`,
    };
  throw unsupported(scope, `The function ${call.parts.join('.')}`, call.node);
}

function isNamed(part: readonly SqlNode[]): boolean {
  return isName(part[0]) && isOperator(part[1], '=>');
}

function readArguments(
  name: Leaf,
  group: Group,
  scope: Scope,
): {
  readonly args: readonly (readonly SqlNode[])[];
  readonly nulls: Call['nulls'];
  readonly isDistinct: boolean;
} {
  let { children } = group;
  if (isQuery(children)) return { args: [[group]], nulls: '', isDistinct: false };
  if (name.word === 'EXTRACT' || name.word === 'DATE_PART' || name.word === 'POSITION') {
    const word = name.word === 'POSITION' ? 'IN' : 'FROM';
    const at = children.findIndex((node) => isWord(node, word));
    if (at !== -1)
      return {
        args: [children.slice(0, at), children.slice(at + 1)],
        nulls: '',
        isDistinct: false,
      };
  }
  const isDistinct = isWord(children[0], 'DISTINCT');
  if (isDistinct || isWord(children[0], 'ALL')) children = children.slice(1);
  let nulls: Call['nulls'] = '';
  if (isWord(children.at(-1), 'NULLS') && isWord(children.at(-2), 'IGNORE', 'RESPECT')) {
    nulls = isWord(children.at(-2), 'IGNORE') ? ' IGNORE NULLS' : ' RESPECT NULLS';
    children = children.slice(0, -2);
  }
  if (
    children.some((node) => isWord(node, 'ORDER')) &&
    hasWords(
      children,
      children.findIndex((node) => isWord(node, 'ORDER')),
      'ORDER',
      'BY',
    )
  )
    throw unsupported(scope, `ORDER BY inside ${name.word}`, name);
  return { args: splitCommas(children), nulls, isDistinct };
}

interface Suffix {
  readonly order: string | undefined;
  readonly nulls: Call['nulls'];
  readonly over: Over | undefined;
  readonly next: number;
}

/** `within group (…)`, `ignore nulls`, `over (…)`. */
function readSuffix(nodes: readonly SqlNode[], at: number, scope: Scope): Suffix {
  let next = at;
  let order: string | undefined;
  let nulls: Call['nulls'] = '';
  let over: Over | undefined;
  const within = nodes[next + 2];
  if (hasWords(nodes, next, 'WITHIN', 'GROUP') && isGroup(within)) {
    if (!hasWords(within.children, 0, 'ORDER', 'BY'))
      throw unsupported(scope, 'WITHIN GROUP without ORDER BY', within);
    order = writeOrderList(within.children.slice(2), scope);
    next += 3;
  }
  if (isFromEdge(nodes, next)) {
    if (isWord(nodes[next + 1], 'LAST')) throw unsupported(scope, 'FROM LAST', nodes[next]);
    next += 2;
  }
  if (isWord(nodes[next], 'IGNORE', 'RESPECT') && isWord(nodes[next + 1], 'NULLS')) {
    nulls = isWord(nodes[next], 'IGNORE') ? ' IGNORE NULLS' : ' RESPECT NULLS';
    next += 2;
  }
  if (isWord(nodes[next], 'OVER')) {
    const window = nodes[next + 1];
    if (isGroup(window)) over = writeWindow(window.children, scope);
    else {
      const name = readName(nodes, next + 1);
      if (name === undefined) throw unsupported(scope, 'OVER', nodes[next]);
      over = { text: writeName(name.first.text), hasOrder: false, frame: '' };
    }
    next += 2;
  }
  return { order, nulls, over, next };
}

function writeCastCall(name: Leaf, group: Group, scope: Scope): Written {
  const at = group.children.findLastIndex((node) => isWord(node, 'AS'));
  if (at === -1) throw unsupported(scope, `${name.word} without AS`, name);
  const value = scope.expression(group.children.slice(0, at), scope);
  const type = readType(group.children, at + 1, scope);
  const rest = group.children[type.next];
  if (rest !== undefined) throw unsupported(scope, 'This type', rest);
  return writeCast(value, type, name.word === 'CAST' ? 'CAST' : 'TRY_CAST');
}
