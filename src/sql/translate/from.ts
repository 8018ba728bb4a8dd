/**
 * FROM: relations, joins, laterals, and what may follow a relation (sample, pivot, alias).
 */
import { quoteIdentifier, storedName } from '../identifiers.js';
import type { Leaf, SqlNode } from '../tree.js';
import {
  isGroup,
  isName,
  isQuery,
  isWord,
  readName,
  splitCommas,
  stringValue,
  writeName,
} from './nodes.js';
import { readCondition, readJoint } from './joins.js';
import { writePivot, writeUnpivot } from './pivot.js';
import { variableText } from './identifier-function.js';
import { nameParts } from './stage-options.js';
import { readStaged } from './stage-statements.js';
import { type Scope, unsupported } from './scope.js';
import { writeMatchRecognize } from './row-pattern/match-recognize.js';
import { FIRST, isTableFunction, writeTableFunction } from './table-functions.js';
import { writeValues } from './values.js';

/** Words that end a relation: none of them is an alias. */
const NOT_ALIASES = new Set([
  'ON',
  'USING',
  'JOIN',
  'INNER',
  'LEFT',
  'RIGHT',
  'FULL',
  'CROSS',
  'NATURAL',
  'LATERAL',
  'SAMPLE',
  'TABLESAMPLE',
  'PIVOT',
  'UNPIVOT',
  'AT',
  'BEFORE',
  'CHANGES',
  'MATCH_RECOGNIZE',
  'MATCH_CONDITION',
  'ASOF',
  'WHERE',
  'SET',
  'WHEN',
  'OUTER',
  'VALUES',
  'SELECT',
  'DIRECTED',
]);
/** Translates all after FROM, white space included. */
export function writeFrom(nodes: readonly SqlNode[], scope: Scope): string {
  const out: string[] = [];
  let at = 0;
  let isFirst = true;
  while (at < nodes.length) {
    const node = nodes[at];
    if (node === undefined) break;
    let needsCondition = false;
    if (!isFirst) {
      const joint = readJoint(nodes, at, scope);
      out.push(joint.text);
      at = joint.next;
      needsCondition = joint.needsCondition;
    }
    const seq = out.length === 2 ? numberRows(nodes, at, out, scope) : undefined;
    const relation = writeRelation(nodes, at, scope, isFirst ? FIRST : seq);
    out.push(`${nodes[at]?.space || ' '}${relation.text}`);
    at = relation.next;
    isFirst = false;
    const condition = readCondition(nodes, at, scope);
    if (condition !== undefined) {
      out.push(condition.text);
      at = condition.next;
    } else if (needsCondition) out.push(' ON TRUE');
  }
  return out.join('');
}

/**
 * Numbers the rows of the one relation before a FLATTEN that belongs to them: what its SEQ is.
 *
 * Undefined if it cannot be told: SEQ is then left out, and asking for it is an error.
 */
function numberRows(
  nodes: readonly SqlNode[],
  at: number,
  out: string[],
  scope: Scope,
): string | undefined {
  const [name, ...others] = scope.relations;
  const [first] = out;
  const start = isWord(nodes[at], 'LATERAL') ? at + 1 : at;
  const inner = nodes[start + 1];
  const called = isWord(nodes[start], 'TABLE') && isGroup(inner) ? inner.children[0] : nodes[start];
  const alias = nodes[isWord(nodes[start + 2], 'AS') ? start + 4 : start + 3];
  if (!isWord(called, 'FLATTEN') || !(scope.numbersRows || isGroup(alias))) return undefined;
  if (others.length > 0 || first === undefined) return undefined;
  const relation = quoteIdentifier(name ?? '__LEFT');
  scope.hidden.push({ relation: name, column: '"__SEQ"' });
  out[0] = ` (SELECT *, row_number() OVER () AS "__SEQ" FROM${first}) AS ${relation}`;
  return `${relation}."__SEQ"`;
}

interface Part {
  readonly text: string;
  readonly next: number;
}

/** One relation with its alias and modifiers. */
export function writeRelation(
  nodes: readonly SqlNode[],
  at: number,
  scope: Scope,
  seq?: string,
): Part {
  const source = readSource(nodes, at, scope, seq);
  let { text, next } = source;
  let alias: { readonly name: string; readonly columns: string } | undefined;
  let sample = '';
  for (;;) {
    const node = nodes[next];
    const value = nodes[next + 1];
    if (
      isWord(node, 'PIVOT', 'UNPIVOT') &&
      (isGroup(value) || isWord(value, 'INCLUDE', 'EXCLUDE'))
    ) {
      const write = node.word === 'PIVOT' ? writePivot : writeUnpivot;
      const whole = `${text}${aliasText(alias, source.alias)}`;
      ({ text, next } = write(whole, nodes, next, scope));
      alias = undefined;
      source.alias = undefined;
    } else if (isWord(node, 'SAMPLE', 'TABLESAMPLE')) {
      const sampled = readSample(nodes, next, scope);
      sample = sampled.text;
      next = sampled.next;
    } else if (isWord(node, 'AT', 'BEFORE') && isGroup(value))
      throw unsupported(scope, 'Time travel', node);
    else if (isWord(node, 'CHANGES') && isGroup(value)) throw unsupported(scope, node.word, node);
    else if (isWord(node, 'MATCH_RECOGNIZE') && isGroup(value)) {
      const relation = alias?.name ?? source.alias ?? source.name;
      const whole = `${text}${aliasText(alias, source.alias)}`;
      text = writeMatchRecognize(whole, relation, value, scope);
      next += 2;
      alias = undefined;
      source.alias = undefined;
    } else if (alias === undefined && isAlias(nodes, next)) {
      const name = isWord(node, 'AS') ? nodes[next + 1] : node;
      if (!isName(name)) throw unsupported(scope, 'This alias', name ?? node);
      next += isWord(node, 'AS') ? 2 : 1;
      const columns = nodes[next];
      alias = {
        name: storedName(name.text, 'snowflake'),
        columns: isGroup(columns) ? nameList(columns.children, source.omits) : '',
      };
      if (isGroup(columns)) next += 1;
    } else break;
  }
  for (const column of source.variants) {
    scope.variants.add(column);
    scope.variants.add(`${(alias?.name ?? source.alias ?? '').toUpperCase()}.${column}`);
  }
  scope.relations.push(alias?.name ?? source.alias ?? source.name);
  return { text: `${text}${aliasText(alias, source.alias)}${sample}`, next };
}

function aliasText(
  alias: { readonly name: string; readonly columns: string } | undefined,
  fallback: string | undefined,
): string {
  if (alias !== undefined) return ` AS ${quoteIdentifier(alias.name)}${alias.columns}`;
  return fallback === undefined ? '' : ` AS ${quoteIdentifier(fallback)}`;
}

/** Names for the columns of a relation; `omits` of them, at the start, it does not have, and to ask for one is then an error. */
function nameList(nodes: readonly SqlNode[], omits: number = 0): string {
  return ` (${splitCommas(nodes)
    .slice(omits)
    .map(([name]) => (isName(name) ? writeName(name.text) : ''))
    .join(', ')})`;
}

/** Words that end a relation only before a bracket. */
const SOMETIMES_ALIASES = ['AT', 'BEFORE', 'CHANGES', 'PIVOT', 'UNPIVOT'] as const;

function isAlias(nodes: readonly SqlNode[], at: number): boolean {
  const node = nodes[at];
  if (isWord(node, 'AS')) return true;
  const after = nodes[at + 1];
  if (isWord(node, ...SOMETIMES_ALIASES))
    return !isGroup(after) && !isWord(after, 'INCLUDE', 'EXCLUDE');
  return node?.kind === 'quoted' || (node?.kind === 'word' && !NOT_ALIASES.has(node.word));
}

interface Source {
  readonly text: string;
  readonly next: number;
  alias: string | undefined;
  /** Its own name, if it has one. */
  readonly name?: string;
  /** Columns at its start that Snowflake has and DuckDB cannot give. */
  readonly omits?: number;
  /** Columns of it that hold VARIANT. */
  readonly variants: readonly string[];
}

function readSource(
  nodes: readonly SqlNode[],
  at: number,
  scope: Scope,
  seq: string | undefined,
): Source {
  const node = nodes[at];
  const after = nodes[at + 1];
  if (node === undefined) throw unsupported(scope, 'FROM without a relation', nodes.at(-1));
  if (isWord(node, 'LATERAL')) {
    const lateral = readSource(nodes, at + 1, scope, seq);
    return {
      ...lateral,
      text: lateral.text.startsWith('LATERAL') ? lateral.text : `LATERAL ${lateral.text}`,
    };
  }
  if (isWord(node, 'VALUES')) {
    const values = writeValues(nodes.slice(at), scope);
    return { text: values.text, next: at + values.next, alias: 'VALUES', variants: [] };
  }
  if (isWord(node, 'TABLE') && isGroup(after)) return readTable(after.children, at + 2, scope, seq);
  if (isGroup(node)) return readGroup(node.children, node.closeSpace, at + 1, scope);
  const staged = readStaged(nodes, at, scope);
  if (staged !== undefined)
    return {
      text: staged.text,
      next: staged.next,
      alias: 'STAGED',
      variants: staged.isVariant ? ['COLUMN1'] : [],
    };
  if (isWord(node, 'IDENTIFIER') && isGroup(after)) throw unsupported(scope, 'IDENTIFIER()', node);
  const name = readName(nodes, at);
  if (name === undefined) throw unsupported(scope, 'This relation', node);
  const group = nodes[name.next];
  if (isGroup(group) && name.parts.length === 1 && isTableFunction(name.parts[0] ?? ''))
    return callFunction(name.first, group.children, name.next + 1, scope, seq);
  const called = isGroup(group)
    ? callKept(name.parts, group.children, scope, seq === FIRST)
    : undefined;
  if (called !== undefined) return { ...called, next: name.next + 1 };
  if (isGroup(group) && group.space === '')
    throw unsupported(scope, `The table function ${name.parts.join('.')}`, name.first);
  return { ...resolve(name.parts, name.first, scope), next: name.next };
}

/** `table(flatten(…))`, `table('name')`. */
function readTable(
  nodes: readonly SqlNode[],
  next: number,
  scope: Scope,
  seq: string | undefined,
): Source {
  const [first, group] = nodes;
  if (first?.kind === 'string') {
    return { ...resolve(nameParts(stringValue(first.text)), first, scope), next };
  }
  const named =
    first?.kind === 'variable' ? variableText(first, scope.options.variables) : undefined;
  if (named !== undefined && first?.kind === 'variable')
    return { ...resolve(nameParts(named), first, scope), next };
  const name = readName(nodes, 0);
  const args = nodes[name?.next ?? 0];
  const called =
    name === undefined || !isGroup(args)
      ? undefined
      : callKept(name.parts, args.children, scope, seq === FIRST);
  if (called !== undefined) return { ...called, next };
  if (first?.kind === 'word' && isGroup(group))
    return callFunction(first, group.children, next, scope, seq);
  throw unsupported(scope, 'This TABLE()', first);
}

/** A table function of the user's; undefined for a name that is none. */
function callKept(
  parts: readonly string[],
  args: readonly SqlNode[],
  scope: Scope,
  isFirst: boolean,
): Omit<Source, 'next'> | undefined {
  const kept = scope.options.resolveFunction(parts);
  const own = parts.at(-1);
  if (kept === undefined || own === undefined) return undefined;
  const values = splitCommas(args).map((part) => scope.expression(part, scope).text);
  return {
    text: `${isFirst ? '' : 'LATERAL '}(SELECT * FROM ${kept}(${values.join(', ')}))`,
    alias: own,
    variants: [],
  };
}

function callFunction(
  name: Leaf,
  args: readonly SqlNode[],
  next: number,
  scope: Scope,
  seq: string | undefined,
): Source {
  return { ...writeTableFunction(name, args, scope, seq), next };
}

function readGroup(
  nodes: readonly SqlNode[],
  closeSpace: string,
  next: number,
  scope: Scope,
): Source {
  if (isWord(nodes[0], 'VALUES'))
    return { text: writeValues(nodes, scope).text, next, alias: 'VALUES', variants: [] };
  if (isQuery(nodes))
    return {
      text: `(${nodes[0]?.space ?? ''}${scope.query(nodes, scope)}${closeSpace})`,
      next,
      alias: undefined,
      variants: [],
    };
  // Joins in brackets.
  return {
    text: `(${writeFrom(nodes, scope)}${closeSpace})`,
    next,
    alias: undefined,
    variants: [],
  };
}

function resolve(parts: readonly string[], node: Leaf, scope: Scope): Omit<Source, 'next'> {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined && scope.ctes.has(only.toUpperCase()))
    return { text: quoteIdentifier(only), alias: undefined, name: only, variants: [] };
  if (parts.length > 3) throw unsupported(scope, 'A name of more than three parts', node);
  const { text, alias } = scope.options.resolve(parts);
  const own = parts.at(-1);
  return { text, alias, ...(own === undefined ? {} : { name: own }), variants: [] };
}

/** `sample [bernoulli|system] (10 [rows]) [seed (1)]`. */
function readSample(nodes: readonly SqlNode[], at: number, scope: Scope): Part {
  let next = at + 1;
  let method = 'bernoulli';
  while (isWord(nodes[next], 'BERNOULLI', 'ROW', 'SYSTEM', 'BLOCK')) {
    if (isWord(nodes[next], 'SYSTEM', 'BLOCK')) method = 'system';
    next += 1;
  }
  const size = nodes[next];
  if (!isGroup(size)) throw unsupported(scope, 'SAMPLE without a size', nodes[at]);
  next += 1;
  const isRows = isWord(size.children.at(-1), 'ROWS');
  const amount = scope.expression(isRows ? size.children.slice(0, -1) : size.children, scope).text;
  const seed = nodes[next + 1];
  let repeat = '';
  if (isWord(nodes[next], 'SEED', 'REPEATABLE') && isGroup(seed)) {
    repeat = ` REPEATABLE (${scope.expression(seed.children, scope).text})`;
    next += 2;
  }
  return {
    text: ` TABLESAMPLE ${isRows ? `reservoir(${amount} ROWS)` : `${method}(${amount} PERCENT)`}${repeat}`,
    next,
  };
}
