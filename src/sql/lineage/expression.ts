/**
 * What an expression refers to: columns, queries, functions. A flat walk over its nodes; only brackets go deeper.
 */
import type { Leaf, SqlNode } from '../tree.js';
import {
  bracketed,
  endOf,
  isOperator,
  isQuery,
  isWord,
  type Name,
  nameOf,
  type Nodes,
  splitCommas,
} from './query.js';
import {
  AGGREGATES,
  CONSTANTS,
  LITERAL_TYPES,
  NO_OPERAND,
  TAKES_LAMBDA,
  UNIT_FIRST,
  UNIT_SECOND,
  UNITS,
} from './words.js';

/** A column as an expression names it. */
export interface Reference {
  /** `a.b.c` as its parts. Empty for a position. */
  readonly parts: readonly Name[];
  /** `$2` is 2; null for names. */
  readonly position: number | null;
  /** Whether a part of the value is taken: `:path`, `[0]`. */
  readonly hasPath: boolean;
  readonly offset: number;
  readonly end: number;
}

export interface ExpressionFacts {
  readonly references: readonly Reference[];
  readonly queries: readonly Nodes[];
  /** `t.*` as an argument, by its qualifier; `count(*)` reads rows, no column. */
  readonly stars: readonly (readonly Name[])[];
  /** Windows by name: what they read is in the query's WINDOW clause. */
  readonly windows: readonly string[];
  /** The first aggregate, window function, other function, or operator: what a reader would call it. */
  readonly label: string | null;
  readonly isAggregate: boolean;
  readonly isWindow: boolean;
}

/** Reads one expression. */
export function readExpression(nodes: Nodes): ExpressionFacts {
  const walk = new Walk();
  walk.level(nodes, NOTHING_BOUND, 'plain');
  return walk.facts();
}

type Level = 'plain' | 'over' | 'object';

const NOTHING_BOUND: ReadonlySet<string> = new Set();

interface Call {
  readonly name: string;
  isWindow: boolean;
}

class Walk {
  readonly #references: Reference[] = [];
  readonly #queries: Nodes[] = [];
  readonly #stars: (readonly Name[])[] = [];
  readonly #windows: string[] = [];
  readonly #calls: Call[] = [];
  #hasCase = false;
  /** The call that ended last: what an OVER belongs to. */
  #ended: Call | null = null;
  #operator: string | null = null;

  facts(): ExpressionFacts {
    const aggregate = this.#calls.find((call) => !call.isWindow && AGGREGATES.has(call.name));
    const window = this.#calls.find((call) => call.isWindow);
    const named = aggregate ?? window ?? (this.#hasCase ? { name: 'case' } : this.#calls[0]);
    return {
      references: this.#references,
      queries: this.#queries,
      stars: this.#stars,
      windows: this.#windows,
      label: named === undefined ? this.#operator : named.name.toLowerCase(),
      isAggregate: aggregate !== undefined,
      isWindow: window !== undefined,
    };
  }

  level(nodes: Nodes, bound: ReadonlySet<string>, level: Level): void {
    let at = 0;
    while (at < nodes.length) at = this.#step(nodes, at, bound, level);
  }

  /** Reads what starts at a node. @returns the place after it. */
  #step(nodes: Nodes, at: number, bound: ReadonlySet<string>, level: Level): number {
    const node = nodes[at];
    if (node === undefined) return at + 1;
    if (node.kind === 'group') return this.#group(nodes, at, bound);
    if (node.kind === 'operator') return this.#operatorAt(nodes, at, node, bound, level);
    if (node.kind === 'variable') {
      const position = /^\$(\d+)$/u.exec(node.text)?.[1];
      if (position === undefined) return at + 1;
      return this.#reference([], Number(position), node.offset, nodes, at + 1, bound);
    }
    if (node.kind === 'word') return this.#word(nodes, at, node, bound, level);
    if (node.kind === 'quoted') {
      const isKey = level === 'object' && isOperator(nodes[at + 1], ':');
      return isKey ? at + 2 : this.#chain(nodes, at, bound);
    }
    // `'key': value` in an object.
    return level === 'object' && isOperator(nodes[at + 1], ':') ? at + 2 : at + 1;
  }

  #group(nodes: Nodes, at: number, bound: ReadonlySet<string>): number {
    const node = nodes[at];
    if (node?.kind !== 'group') return at + 1;
    if (node.open === '(' && isQuery(node.children)) this.#queries.push(node.children);
    else this.level(node.children, bound, node.open === '{' ? 'object' : 'plain');
    return this.#fields(nodes, at + 1, bound);
  }

  /** After a value that is no column: `.field`, `.function(…)`, `:path`. */
  #fields(nodes: Nodes, from: number, bound: ReadonlySet<string>): number {
    let at = from;
    while (isOperator(nodes[at], '.') && nameOf(nodes[at + 1]) !== null) {
      at += 2;
      const call = bracketed(nodes[at]);
      if (call === null) continue;
      this.level(call, bound, 'plain');
      at += 1;
    }
    return at;
  }

  #operatorAt(
    nodes: Nodes,
    at: number,
    node: Leaf,
    bound: ReadonlySet<string>,
    level: Level,
  ): number {
    if (node.text === '::') return afterType(nodes, at + 1);
    if (node.text === ':' && level !== 'object') return this.#path(nodes, at, bound);
    if (node.text !== ',' && node.text !== '.' && node.text !== ';') {
      const isRows = node.text === '*' && (at === 0 || isOperator(nodes[at - 1], ','));
      if (!isRows) this.#operator ??= node.text;
    }
    return at + 1;
  }

  /** `:a.b[0]` from its colon; brackets may hold columns. */
  #path(nodes: Nodes, from: number, bound: ReadonlySet<string>): number {
    let at = from;
    while (isOperator(nodes[at], ':') || isOperator(nodes[at], '.')) {
      if (nameOf(nodes[at + 1]) === null) return at + 1;
      at += 2;
      at = this.#subscripts(nodes, at, bound);
    }
    return at;
  }

  #subscripts(nodes: Nodes, from: number, bound: ReadonlySet<string>): number {
    let at = from;
    for (;;) {
      const node = nodes[at];
      if (node?.kind !== 'group' || node.open !== '[') return at;
      this.level(node.children, bound, 'plain');
      at += 1;
    }
  }

  #word(nodes: Nodes, at: number, node: Leaf, bound: ReadonlySet<string>, level: Level): number {
    const next = nodes[at + 1];
    if (isOperator(next, '=>') || isOperator(next, ':=')) return at + 2;
    if (level === 'object' && isOperator(next, ':')) return at + 2;
    if (isOperator(nodes[at - 1], '.')) return this.#chain(nodes, at, bound);
    switch (node.word) {
      case 'AS':
        return afterType(nodes, at + 1);
      case 'CASE':
        this.#hasCase = true;
        return at + 1;
      case 'INTERVAL': {
        if (next === undefined || isOperator(next, ',')) break;
        const isUnitAfter = isUnit(nodes[at + 2]);
        return next.kind === 'string' || next.kind === 'number'
          ? at + (isUnitAfter ? 3 : 2)
          : at + 1;
      }
      case 'OVER':
        return this.#over(nodes, at, bound);
      case 'NULLS':
        return isWord(next, 'FIRST', 'LAST') ? at + 2 : this.#chain(nodes, at, bound);
      case 'IGNORE':
      case 'RESPECT':
        return isWord(next, 'NULLS') ? at + 2 : this.#chain(nodes, at, bound);
      case 'ROWS':
      case 'RANGE':
      case 'GROUPS':
        // The frame of a window: it has bounds, no columns.
        if (level === 'over' && startsFrame(next)) return nodes.length;
        break;
      case 'GROUPING':
        if (isWord(next, 'SETS')) return at + 2;
        break;
      case 'FILTER':
        if (bracketed(nodes[at - 1]) !== null) return at + 1;
        break;
      case 'WITHIN':
        if (isWord(next, 'GROUP')) return at + 2;
        break;
      case 'AT':
        if (isWord(next, 'TIME')) return at + 3;
        break;
      default:
        break;
    }
    if (NO_OPERAND.has(node.word) && !(bracketed(next) !== null && isCallLike(node.word))) {
      if (node.word === 'AND' || node.word === 'OR' || node.word === 'NOT')
        this.#operator ??= node.word.toLowerCase();
      return at + 1;
    }
    if (next?.kind === 'string' && LITERAL_TYPES.has(node.word)) return at + 2;
    return this.#chain(nodes, at, bound);
  }

  #over(nodes: Nodes, at: number, bound: ReadonlySet<string>): number {
    if (this.#ended !== null) this.#ended.isWindow = true;
    const next = nodes[at + 1];
    const group = bracketed(next);
    if (group !== null) {
      const calls = this.#calls.length;
      this.level(group, bound, 'over');
      // Functions of the window's own text say nothing of what is computed.
      this.#calls.length = calls;
      return at + 2;
    }
    const name = nameOf(next);
    if (name === null) return at + 1;
    this.#windows.push(name.written);
    return at + 2;
  }

  /** A name of one or more parts: a column, or a function if a bracket follows. */
  #chain(nodes: Nodes, from: number, bound: ReadonlySet<string>): number {
    const parts: Name[] = [];
    let at = from;
    for (;;) {
      const name = nameOf(nodes[at]);
      if (name !== null) parts.push(name);
      else if (isOperator(nodes[at], '*')) {
        this.#stars.push(parts);
        return at + 1;
      } else break;
      at += 1;
      if (!isOperator(nodes[at], '.')) break;
      at += 1;
    }
    const [first] = parts;
    const last = parts.at(-1);
    if (first === undefined || last === undefined) return from + 1;
    const call = bracketed(nodes[at]);
    if (call !== null) {
      // `list.function(x)` reads its list too; `schema.function(x)` does not, and cannot be told apart.
      this.#call(last.written.toUpperCase(), call, bound);
      return this.#fields(nodes, at + 1, bound);
    }
    const isPlain = parts.length === 1 && nodes[from]?.kind === 'word';
    if (isPlain && CONSTANTS.has(first.written.toUpperCase())) return at;
    if (parts.length > 1 && last.written.toUpperCase() === 'NEXTVAL') return at;
    if (bound.has(first.written.toUpperCase())) return this.#path(nodes, at, bound);
    return this.#reference(parts, null, first.offset, nodes, at, bound);
  }

  #reference(
    parts: readonly Name[],
    position: number | null,
    offset: number,
    nodes: Nodes,
    from: number,
    bound: ReadonlySet<string>,
  ): number {
    const last = nodes[from - 1];
    const end = last === undefined ? offset : endOf(last);
    const afterSubscripts = this.#subscripts(nodes, from, bound);
    const isPath = isOperator(nodes[afterSubscripts], ':');
    const at = isPath ? this.#path(nodes, afterSubscripts, bound) : afterSubscripts;
    this.#references.push({ parts, position, hasPath: at > from, offset, end });
    return at;
  }

  #call(name: string, inside: Nodes, bound: ReadonlySet<string>): void {
    const call = { name, isWindow: false };
    this.#calls.push(call);
    if (isQuery(inside)) this.#queries.push(inside);
    else this.#arguments(name, inside, bound);
    this.#ended = call;
  }

  #arguments(name: string, inside: Nodes, bound: ReadonlySet<string>): void {
    if (name === 'EXTRACT' && isWord(inside[1], 'FROM')) {
      this.level(inside.slice(2), bound, 'plain');
      return;
    }
    splitCommas(inside).forEach((argument, index) => {
      const isUnitHere =
        (index === 0 && UNIT_FIRST.has(name)) || (index === 1 && UNIT_SECOND.has(name));
      if (isUnitHere && argument.length === 1 && isUnit(argument[0])) return;
      const lambda = lambdaOf(name, argument);
      if (lambda === null) this.level(argument, bound, 'plain');
      else this.level(lambda.body, new Set([...bound, ...lambda.parameters]), 'plain');
    });
  }
}

/** `filter(list, …)` is a function, `filter (where …)` is none. */
function isCallLike(word: string): boolean {
  return word === 'FILTER' || word === 'GLOB';
}

function isUnit(node: SqlNode | undefined): boolean {
  return node?.kind === 'word' && UNITS.has(node.word);
}

function startsFrame(node: SqlNode | undefined): boolean {
  return node?.kind === 'number' || isWord(node, 'BETWEEN', 'UNBOUNDED', 'CURRENT', 'INTERVAL');
}

/** Skips a type: `number(38, 0)`, `double precision`, `timestamp with time zone`, `varchar[]`, `struct(a int)`. */
export function afterType(nodes: Nodes, from: number): number {
  let at = from;
  if (nameOf(nodes[at]) === null) return at;
  at += 1;
  while (isOperator(nodes[at], '.') && nameOf(nodes[at + 1]) !== null) at += 2;
  if (isWord(nodes[at], 'PRECISION', 'VARYING')) at += 1;
  if (bracketed(nodes[at]) !== null) at += 1;
  if (isWord(nodes[at], 'WITH', 'WITHOUT') && isWord(nodes[at + 1], 'TIME', 'LOCAL')) {
    while (isWord(nodes[at], 'WITH', 'WITHOUT', 'LOCAL', 'TIME', 'ZONE')) at += 1;
  }
  for (;;) {
    const node = nodes[at];
    const isArray = node?.kind === 'group' && node.open === '[' && node.children.length === 0;
    if (!isArray) return at;
    at += 1;
  }
}

interface Lambda {
  readonly parameters: readonly string[];
  readonly body: Nodes;
}

function lambdaOf(call: string, argument: Nodes): Lambda | null {
  if (!TAKES_LAMBDA.has(call)) return null;
  if (isWord(argument[0], 'LAMBDA')) {
    const colon = argument.findIndex((node) => isOperator(node, ':'));
    if (colon === -1) return null;
    return { parameters: parametersOf(argument.slice(1, colon)), body: argument.slice(colon + 1) };
  }
  // Snowflake lets a parameter have a type: `x int -> x + 1`.
  const arrow = argument.findIndex((node) => isOperator(node, '->'));
  if (arrow < 1 || arrow > 2) return null;
  const group = bracketed(argument[0]);
  const parameters = group === null ? argument.slice(0, 1) : group;
  return { parameters: parametersOf(parameters), body: argument.slice(arrow + 1) };
}

function parametersOf(nodes: Nodes): readonly string[] {
  return splitCommas(nodes).flatMap((part) => nameOf(part[0])?.written.toUpperCase() ?? []);
}
