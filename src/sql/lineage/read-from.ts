/**
 * Reads a FROM: tables, queries, functions and values, with their joins, aliases and pivots.
 */
import type { SqlNode } from '../tree.js';
import {
  bracketed,
  type FromItem,
  isOperator,
  isQuery,
  isWord,
  type Join,
  type Name,
  nameOf,
  namesIn,
  type Nodes,
  type Pivot,
  readRows,
  type Source,
  splitCommas,
} from './query.js';

const JOIN_WORDS = ['INNER', 'CROSS', 'NATURAL', 'ASOF', 'POSITIONAL', 'SEMI', 'ANTI', 'JOIN'];
const SIDED = ['LEFT', 'RIGHT', 'FULL'];
/** What may follow a table without being its alias. */
const NOT_ALIAS: ReadonlySet<string> = new Set([
  ...JOIN_WORDS,
  ...SIDED,
  'ON',
  'USING',
  'AT',
  'BEFORE',
  'CHANGES',
  'SAMPLE',
  'TABLESAMPLE',
  'PIVOT',
  'UNPIVOT',
  'WITH',
  'MATCH_RECOGNIZE',
  'MATCH_CONDITION',
  'OUTER',
  'LATERAL',
]);

/** Reads what stands between FROM and the next clause. */
export function readFrom(nodes: Nodes): readonly FromItem[] {
  const reader = new FromReader(nodes);
  return reader.readAll();
}

class FromReader {
  readonly #nodes: Nodes;
  #at = 0;

  constructor(nodes: Nodes) {
    this.#nodes = nodes;
  }

  readAll(): readonly FromItem[] {
    const items: FromItem[] = [];
    let join: Omit<Join, 'using' | 'on'> | null = null;
    while (this.#at < this.#nodes.length) {
      const start = this.#at;
      items.push(this.#item(join));
      if (isOperator(this.#peek(), ',')) {
        this.#at += 1;
        join = null;
      } else join = this.#joinWords();
      // What is not understood is left behind, never read twice.
      if (this.#at === start) this.#at += 1;
    }
    return items;
  }

  #peek(ahead = 0): SqlNode | undefined {
    return this.#nodes[this.#at + ahead];
  }

  #takeWord(...words: readonly string[]): boolean {
    if (!isWord(this.#peek(), ...words)) return false;
    this.#at += 1;
    return true;
  }

  #item(join: Omit<Join, 'using' | 'on'> | null): FromItem {
    this.#takeWord('LATERAL');
    const source = this.#source();
    const pivots: Pivot[] = [];
    let alias: Name | null = null;
    let columnAliases: readonly Name[] = [];
    for (;;) {
      if (isWord(this.#peek(), 'PIVOT', 'UNPIVOT')) {
        // An alias before a pivot names what is pivoted, one after it names the result.
        pivots.push(this.#pivot());
        continue;
      }
      if (this.#skipsModifier()) continue;
      const found = this.#alias();
      if (found === null) break;
      ({ alias, columnAliases } = found);
    }
    return { source, alias, columnAliases, join: this.#condition(join), pivots };
  }

  #source(): Source {
    const node = this.#peek();
    const offset = node?.offset ?? 0;
    if (isWord(node, 'TABLE') && bracketed(this.#peek(1)) !== null) {
      const inside = bracketed(this.#peek(1)) ?? [];
      this.#at += 2;
      const [item] = readFrom(inside);
      return item?.source ?? { kind: 'unread', offset };
    }
    if (isWord(node, 'VALUES')) return { kind: 'values', rows: this.#rows() };
    const group = bracketed(node);
    if (group !== null) {
      this.#at += 1;
      if (isWord(group[0], 'VALUES')) return { kind: 'values', rows: readRows(group.slice(1)) };
      if (isQuery(group)) return { kind: 'query', nodes: group };
      return { kind: 'joined', items: readFrom(group) };
    }
    if (node?.kind === 'string') {
      this.#at += 1;
      return { kind: 'table', parts: [{ written: `"${node.text.slice(1, -1)}"`, offset }] };
    }
    const parts = this.#chain();
    const call = bracketed(this.#peek());
    const last = parts.at(-1);
    if (last === undefined) {
      this.#at += 1;
      return { kind: 'unread', offset };
    }
    if (call === null) return { kind: 'table', parts };
    this.#at += 1;
    const name = last.written.toUpperCase();
    return { kind: 'function', name, arguments: splitCommas(call), offset };
  }

  #rows(): readonly (readonly Nodes[])[] {
    const start = this.#at + 1;
    this.#at = start;
    while (bracketed(this.#peek()) !== null) {
      this.#at += 1;
      if (isOperator(this.#peek(), ',') && bracketed(this.#peek(1)) !== null) this.#at += 1;
    }
    return readRows(this.#nodes.slice(start, this.#at));
  }

  #chain(): readonly Name[] {
    const parts: Name[] = [];
    for (;;) {
      const name = nameOf(this.#peek());
      if (name === null) return parts;
      parts.push(name);
      this.#at += 1;
      if (!isOperator(this.#peek(), '.')) return parts;
      // `db..table` stands for the schema `public`.
      while (isOperator(this.#peek(), '.')) this.#at += 1;
    }
  }

  #pivot(): Pivot {
    const node = this.#peek();
    const kind = isWord(node, 'PIVOT') ? 'pivot' : 'unpivot';
    this.#at += 1;
    while (this.#takeWord('INCLUDE', 'EXCLUDE', 'NULLS'));
    const nodes = bracketed(this.#peek()) ?? [];
    this.#at += 1;
    return { kind, nodes, offset: node?.offset ?? 0 };
  }

  /** Times to read at, samples and the like: they change rows, not columns. */
  #skipsModifier(): boolean {
    const isTravel =
      isWord(this.#peek(), 'AT', 'BEFORE', 'CHANGES', 'MATCH_CONDITION') &&
      bracketed(this.#peek(1)) !== null;
    if (isTravel) {
      this.#at += 2;
      return true;
    }
    if (isWord(this.#peek(), 'WITH') && isWord(this.#peek(1), 'ORDINALITY')) {
      this.#at += 2;
      return true;
    }
    if (!isWord(this.#peek(), 'SAMPLE', 'TABLESAMPLE')) return false;
    this.#at += 1;
    while (bracketed(this.#peek()) === null && this.#peek()?.kind === 'word') this.#at += 1;
    this.#at += 1;
    if (isWord(this.#peek(), 'SEED', 'REPEATABLE')) this.#at += 2;
    return true;
  }

  #alias(): { readonly alias: Name; readonly columnAliases: readonly Name[] } | null {
    const isMarked = isWord(this.#peek(), 'AS');
    const node = this.#peek(isMarked ? 1 : 0);
    const alias = nameOf(node);
    if (alias === null) {
      if (isMarked) this.#at += 1;
      return null;
    }
    if (!isMarked && node?.kind === 'word' && NOT_ALIAS.has(node.word)) return null;
    this.#at += isMarked ? 2 : 1;
    const columns = bracketed(this.#peek());
    if (columns !== null) this.#at += 1;
    return { alias, columnAliases: namesIn(columns ?? []) };
  }

  #condition(join: Omit<Join, 'using' | 'on'> | null): Join | null {
    let using: readonly Name[] = [];
    const on: SqlNode[] = [];
    for (;;) {
      this.#skipsModifier();
      if (isWord(this.#peek(), 'USING') && bracketed(this.#peek(1)) !== null) {
        using = namesIn(bracketed(this.#peek(1)) ?? []);
        this.#at += 2;
      } else if (this.#takeWord('ON')) {
        while (this.#at < this.#nodes.length && !this.#endsCondition()) {
          const node = this.#peek();
          if (node !== undefined) on.push(node);
          this.#at += 1;
        }
      } else break;
    }
    if (join !== null) return { ...join, using, on };
    return on.length === 0 ? null : { kind: 'both', isNatural: false, using, on };
  }

  #endsCondition(): boolean {
    return isOperator(this.#peek(), ',') || this.#startsJoin() || isWord(this.#peek(), 'ON');
  }

  #startsJoin(): boolean {
    const node = this.#peek();
    if (isOperator(this.#nodes[this.#at - 1], '.')) return false;
    if (isWord(node, ...SIDED)) return bracketed(this.#peek(1)) === null;
    return isWord(node, ...JOIN_WORDS) && isWord(this.#peek(1), 'JOIN', ...JOIN_WORDS, ...SIDED)
      ? true
      : isWord(node, 'JOIN');
  }

  #joinWords(): Omit<Join, 'using' | 'on'> | null {
    if (!this.#startsJoin()) return null;
    let kind: Join['kind'] = 'both';
    let isNatural = false;
    while (isWord(this.#peek(), ...JOIN_WORDS, ...SIDED, 'OUTER')) {
      if (isWord(this.#peek(), 'NATURAL')) isNatural = true;
      if (isWord(this.#peek(), 'SEMI')) kind = 'semi';
      if (isWord(this.#peek(), 'ANTI')) kind = 'anti';
      this.#at += 1;
      if (isWord(this.#nodes[this.#at - 1], 'JOIN')) break;
    }
    return { kind, isNatural };
  }
}
