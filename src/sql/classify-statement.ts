/**
 * What a statement does, told from its first words: whether it only reads, and which relation it makes, drops or renames.
 */
import { type SqlDialect, storedName } from './identifiers.js';
import { type Token, tokenAt } from './tokens.js';

export type StatementKind = 'query' | 'dml' | 'ddl' | 'session' | 'transaction' | 'metadata';

/** What DDL does to one object. */
export interface DdlEffect {
  readonly type: 'create' | 'drop' | 'rename' | 'alter';
  readonly kind: 'table' | 'view' | 'schema' | 'database' | 'other';
  /** Parts in stored case, outermost first. */
  readonly name: readonly string[];
  /** The new name of a rename. */
  readonly to?: readonly string[];
  readonly isTemporary: boolean;
}

export interface StatementClass {
  readonly kind: StatementKind;
  /** First word in lower case: `select`, `create`, `describe`. */
  readonly verb: string;
  /** The object named by `describe`, `insert into` and the like, parts in stored case. */
  readonly target?: readonly string[];
  /** True if nothing in the warehouse or the session is changed by it. */
  readonly isRead: boolean;
  readonly effect?: DdlEffect;
}

const KINDS: Readonly<Record<string, StatementKind>> = {
  select: 'query',
  with: 'query',
  from: 'query',
  values: 'query',
  table: 'query',
  summarize: 'query',
  explain: 'metadata',
  show: 'metadata',
  describe: 'metadata',
  desc: 'metadata',
  list: 'metadata',
  ls: 'metadata',
  insert: 'dml',
  update: 'dml',
  delete: 'dml',
  merge: 'dml',
  copy: 'dml',
  truncate: 'dml',
  put: 'dml',
  create: 'ddl',
  drop: 'ddl',
  undrop: 'ddl',
  alter: 'ddl',
  comment: 'ddl',
  grant: 'ddl',
  revoke: 'ddl',
  use: 'session',
  set: 'session',
  unset: 'session',
  reset: 'session',
  pragma: 'session',
  load: 'session',
  install: 'session',
  attach: 'session',
  detach: 'session',
  call: 'dml',
  execute: 'dml',
  begin: 'transaction',
  start: 'transaction',
  commit: 'transaction',
  rollback: 'transaction',
  end: 'transaction',
};

const OBJECTS: Readonly<Record<string, DdlEffect['kind']>> = {
  table: 'table',
  view: 'view',
  schema: 'schema',
  database: 'database',
};

/** Words between `create` and the object's kind. */
const TEMPORARY = new Set(['temporary', 'temp', 'volatile']);

export function classifyStatement(sql: string, dialect: SqlDialect = 'snowflake'): StatementClass {
  const words = new Words(sql, dialect);
  const verb = words.next();
  const kind = KINDS[verb] ?? 'dml';
  switch (verb) {
    case 'with':
      return {
        kind: words.has('insert', 'update', 'delete', 'merge') ? 'dml' : 'query',
        verb: 'select',
        isRead: !words.has('insert', 'update', 'delete', 'merge'),
      };
    case 'describe':
    case 'desc':
      return {
        kind,
        verb: 'describe',
        isRead: true,
        ...target(words.skip('table', 'view').name()),
      };
    case 'insert':
      return {
        kind,
        verb,
        isRead: false,
        ...target(words.skip('overwrite', 'into', 'table').name()),
      };
    case 'update':
    case 'merge':
    case 'delete':
    case 'truncate':
      return {
        kind,
        verb,
        isRead: false,
        ...target(words.skip('into', 'from', 'table', 'if', 'exists').name()),
      };
    case 'create':
      return { kind, verb, isRead: false, ...effect(createEffect(words)) };
    case 'drop':
      return { kind, verb, isRead: false, ...effect(dropEffect(words)) };
    case 'alter':
      return alterClass(words);
    default:
      return { kind, verb, isRead: kind === 'query' || kind === 'metadata' };
  }
}

/** The select of a `create ... as`, without the brackets around it; undefined where there is none. */
export function selectOfCreate(sql: string, dialect: SqlDialect = 'snowflake'): string | undefined {
  const words = new Words(sql, dialect);
  return words.next() === 'create' && createEffect(words) !== undefined
    ? words.selectOfAs()
    : undefined;
}

function target(name: readonly string[]): { readonly target?: readonly string[] } {
  return name.length === 0 ? {} : { target: name };
}

function effect(found: DdlEffect | undefined): { readonly effect?: DdlEffect } {
  return found === undefined ? {} : { effect: found };
}

function createEffect(words: Words): DdlEffect | undefined {
  let isTemporary = false;
  for (;;) {
    const word = words.next();
    if (word === '') return undefined;
    if (TEMPORARY.has(word)) isTemporary = true;
    const kind = OBJECTS[word];
    if (kind !== undefined) {
      const name = words.skip('if', 'not', 'exists').name();
      return { type: 'create', kind, name, isTemporary };
    }
    if (
      [
        'function',
        'macro',
        'sequence',
        'stage',
        'stream',
        'task',
        'procedure',
        'type',
        'index',
        'secret',
      ].includes(word)
    )
      return undefined;
  }
}

function dropEffect(words: Words): DdlEffect | undefined {
  let kind = words.next();
  if (kind === 'dynamic' || kind === 'materialized' || kind === 'external') kind = words.next();
  const object = OBJECTS[kind];
  if (object === undefined) return undefined;
  return {
    type: 'drop',
    kind: object,
    name: words.skip('if', 'exists').name(),
    isTemporary: false,
  };
}

function alterClass(words: Words): StatementClass {
  let kind = words.next();
  if (kind === 'session') return { kind: 'session', verb: 'alter', isRead: false };
  if (kind === 'dynamic' || kind === 'materialized') kind = words.next();
  const object = OBJECTS[kind];
  if (object === undefined) return { kind: 'ddl', verb: 'alter', isRead: false };
  const name = words.skip('if', 'exists').name();
  if (words.next() !== 'rename' || words.next() !== 'to') {
    return {
      kind: 'ddl',
      verb: 'alter',
      isRead: false,
      effect: { type: 'alter', kind: object, name, isTemporary: false },
    };
  }
  const to = words.name();
  // DuckDB renames within the schema and takes the bare name.
  const full = to.length < name.length ? [...name.slice(0, name.length - to.length), ...to] : to;
  return {
    kind: 'ddl',
    verb: 'alter',
    isRead: false,
    effect: { type: 'rename', kind: object, name, to: full, isTemporary: false },
  };
}

/** The significant tokens of a statement, read from the left, as far as somebody looks: the name is near the beginning. */
class Words {
  readonly #sql: string;
  readonly #dialect: SqlDialect;
  readonly #tokens: Token[] = [];
  #offset = 0;
  #at = 0;

  constructor(sql: string, dialect: SqlDialect) {
    this.#sql = sql;
    this.#dialect = dialect;
  }

  /** The next word in lower case; '' at the end. Opening brackets before a query are passed over. */
  next(): string {
    while (this.#at === 0 && this.#token(this.#at)?.text === '(') this.#at += 1;
    const token = this.#token(this.#at);
    this.#at += 1;
    return token?.text.toLowerCase() ?? '';
  }

  skip(...words: readonly string[]): this {
    while (words.includes(this.#token(this.#at)?.text.toLowerCase() ?? '')) this.#at += 1;
    return this;
  }

  has(...words: readonly string[]): boolean {
    let depth = 0;
    return this.#all().some((token) => {
      if (token.text === '(') depth += 1;
      if (token.text === ')') depth -= 1;
      return depth === 0 && token.kind === 'word' && words.includes(token.text.toLowerCase());
    });
  }

  /** A dotted name, parts in stored case. */
  name(): readonly string[] {
    const parts: string[] = [];
    for (;;) {
      const token = this.#token(this.#at);
      if (token?.kind !== 'word' && token?.kind !== 'quoted') return parts;
      parts.push(storedName(token.text, this.#dialect));
      this.#at += 1;
      if (this.#token(this.#at)?.text !== '.') return parts;
      this.#at += 1;
    }
  }

  /** The query after `as`, without the brackets around it. */
  selectOfAs(): string | undefined {
    let depth = 0;
    for (const [at, token] of this.#all().entries()) {
      if (at < this.#at) continue;
      if (token.text === '(') depth += 1;
      if (token.text === ')') depth -= 1;
      if (depth === 0 && token.kind === 'word' && token.text.toLowerCase() === 'as')
        return this.#queryFrom(at + 1);
    }
    return undefined;
  }

  #queryFrom(start: number): string | undefined {
    const first = this.#tokens[start];
    if (first === undefined) return undefined;
    const end = this.#tokens.findLastIndex((token) => token.text !== ';');
    const last = this.#tokens[end];
    if (last === undefined) return undefined;
    const isWrapped = first.text === '(' && last.text === ')' && this.#closes(start, end);
    return isWrapped
      ? this.#sql.slice(first.offset + 1, last.offset)
      : this.#sql.slice(first.offset, last.offset + last.text.length);
  }

  /** Whether the bracket at `start` is closed by the one at `end`. */
  #closes(start: number, end: number): boolean {
    let depth = 0;
    for (let at = start; at <= end; at += 1) {
      const text = this.#tokens[at]?.text;
      if (text === '(') depth += 1;
      if (text === ')') depth -= 1;
      if (depth === 0) return at === end;
    }
    return false;
  }

  #all(): readonly Token[] {
    this.#token(Number.POSITIVE_INFINITY);
    return this.#tokens;
  }

  #token(at: number): Token | undefined {
    while (this.#tokens.length <= at && this.#offset < this.#sql.length) {
      const token = tokenAt(this.#sql, this.#offset, this.#dialect);
      this.#offset += token.text.length;
      if (token.kind !== 'space' && token.kind !== 'comment') this.#tokens.push(token);
    }
    return this.#tokens[at];
  }
}
