/**
 * What a translation rule may know: the statement, the session's facts, and the rules of the neighbouring families.
 */
import { DagbookError } from '../../base/index.js';
import type { Call } from './called.js';
import type { FileChoice, StageReference } from './stage-options.js';
import { type SqlNode, lineAndColumn } from '../tree.js';

/** A relation as DuckDB must be asked for it. */
export interface ResolvedRelation {
  /** Ready SQL: a qualified name, or a subquery in parentheses. */
  readonly text: string;
  /** The name by which the statement's own text refers to it, where the kept name would not do. */
  readonly alias?: string;
}

/** Facts of the session that a statement may speak of. Names are in stored case. */
export interface TranslateOptions {
  readonly database: string | null;
  readonly schema: string | null;
  readonly warehouse: string | null;
  readonly role: string | null;
  readonly user: string;
  readonly sessionId: string;
  /** Where a relation is kept. `name` has one to three parts; temporary relations, system views and defaults are the caller's knowledge. */
  readonly resolve: (name: readonly string[]) => ResolvedRelation;
  /** Where a new relation is to be kept, as ready SQL. */
  readonly place: (name: readonly string[], options: { readonly isTemporary: boolean }) => string;
  /** Values of `$name`, by upper-case name, as SQL literals. */
  readonly variables: ReadonlyMap<string, string>;
  /** Upper-case names of columns that hold VARIANT somewhere in the warehouse: computing with them needs care. */
  readonly variantColumns: ReadonlySet<string>;
  /** Files of a stage as a relation: ready SQL, with at least `width` columns for files of fields. */
  readonly staged: (
    stage: StageReference,
    choice: FileChoice,
    width: number,
  ) => { readonly text: string; readonly isVariant: boolean };
  /** Where a function of the user's is kept, as ready SQL; undefined for a name that is none. */
  readonly resolveFunction: (name: readonly string[]) => string | undefined;
}

/** What is known of an expression without its types: decides which rewrites are safe. */
export type Hint =
  | 'variant'
  | 'text'
  | 'binary'
  | 'float'
  | 'integer'
  | 'decimal'
  | 'date'
  | 'timestamp'
  | 'time'
  | 'nonzero'
  /** An interval of whole days or longer: a date moved by it stays a date. */
  | 'days';

export interface Written {
  readonly text: string;
  readonly hint?: Hint | undefined;
}

/** What calls and columns mean in a MATCH_RECOGNIZE or CONNECT BY. Each answers undefined for what means the same as elsewhere. */
export interface RowExpressions {
  /** `final` sees the match to its end, `running` to the row at hand. */
  readonly semantics: 'running' | 'final';
  readonly call: (call: Call, scope: Scope) => Written | undefined;
  readonly column: (parts: readonly string[], node: SqlNode, scope: Scope) => Written | undefined;
  /** The scope for what stands behind a word like PRIOR or FINAL. */
  readonly operator: (word: string, scope: Scope) => Scope | undefined;
}

export interface Scope {
  /** The statement as the user wrote it, for positions. */
  readonly sql: string;
  readonly options: TranslateOptions;
  /** Upper-case names of the statement's CTEs. */
  readonly ctes: Set<string>;
  /** Upper-case aliases of the whole statement that name a VARIANT: a query outside may compute with them. */
  readonly variantAliases: Set<string>;
  /** Upper-case `alias.column` and `column` names known to hold VARIANT: what flatten yields. */
  readonly variants: Set<string>;
  /** What SEQ4() and its kin read in this SELECT: the column of a generator, if there is one. */
  readonly sequence: { column: string | undefined };
  /** Columns of this SELECT's relations that a star does not stand for, as ready SQL. */
  readonly hidden: { readonly relation: string | undefined; readonly column: string }[];
  /** Whether rows are numbered for the SEQ of a FLATTEN that belongs to them: only if it is asked for. */
  readonly numbersRows: boolean;
  /** Names of the relations in this SELECT's FROM, in order; undefined for one that has none. */
  readonly relations: (string | undefined)[];
  /** Number of each `?`, by its offset, from 1. */
  readonly bindings: ReadonlyMap<number, number>;
  /** Set inside of a MATCH_RECOGNIZE or CONNECT BY. */
  readonly rows?: RowExpressions;
  readonly expression: (nodes: readonly SqlNode[], scope: Scope) => Written;
  readonly query: (nodes: readonly SqlNode[], scope: Scope) => string;
}

/** The error for what the translator cannot do. `at` is the node, or the offset, of the construct. */
export function unsupported(
  scope: Scope,
  construct: string,
  at: SqlNode | number | undefined,
): DagbookError {
  const offset = typeof at === 'number' ? at : (at?.offset ?? 0);
  return new DagbookError(
    'sql/unsupported',
    `${construct} ${lineAndColumn(scope.sql, offset)} is not supported by the embedded warehouse.`,
    {
      hint: 'The embedded warehouse translates Snowflake SQL to DuckDB and refuses what it cannot translate exactly; run this on Snowflake, or write it another way.',
      exitCode: 1,
    },
  );
}

/** A text as a DuckDB literal. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** As many line breaks as stand before a node: put before its translation, they keep its lines the user's. */
export function lineBreaks(scope: Scope, node: SqlNode | undefined): string {
  const before = node === undefined ? 0 : scope.sql.slice(0, node.offset).split('\n').length - 1;
  return before === 0 ? ' ' : '\n'.repeat(before);
}

/** What is known of a value that is one of several: VARIANT wins, else all must agree. */
export function commonHint(hints: readonly (Hint | undefined)[]): Hint | undefined {
  if (hints.includes('variant')) return 'variant';
  const [first] = hints;
  return hints.every((hint) => hint === first) ? first : undefined;
}
