/**
 * The SQL of a cell: rendered in the project's scope, with `cell()`, `param()` and `params` beside it.
 */
import { DagbookError, type Diagnostic, type Position } from '../../base/index.js';
import type { Session } from '../../session/index.js';
import { injectCtes, splitStatements } from '../../sql/index.js';
import type { ParameterValues } from './parameters.js';
import type { Reference } from './references.js';

/** One cell that others read, compiled. */
export interface CompiledCell {
  readonly name: string;
  /** Its own query, in which other cells are CTEs yet to be put in front. */
  readonly ownSql: string;
}

export interface CompileOptions {
  readonly session: Session;
  readonly values: ParameterValues;
  /** The cells and parameters that the text names. */
  readonly references: readonly Reference[];
  readonly signal: AbortSignal;
  /** Where the text stands. */
  readonly place: { readonly file: string; readonly firstLine: number };
}

/** The name under which a cell's rows stand in the queries that read them. */
export function cteName(cellName: string): string {
  return `__cell__${cellName.toLowerCase()}`;
}

/**
 * Renders the text of a cell.
 *
 * @throws DagbookError what rendering throws, at its place in the notebook; notebook/several-statements.
 */
export async function compileCell(text: string, options: CompileOptions): Promise<string> {
  const { session, values, references, signal, place } = options;
  const prelude = preludeOf(values, references);
  const compiled = await session.compileInline(prelude + text.trimEnd(), { signal });
  const [failure] = compiled.diagnostics;
  if (compiled.compiledSql === null) throw failed(failure, prelude.length, place);
  const statements = splitStatements(compiled.compiledSql);
  if (statements.length > 1) {
    throw new DagbookError('notebook/several-statements', 'A cell holds one query.', {
      hint: 'Start the next one with a line `-- %%`.',
      position: { file: place.file, line: place.firstLine, column: 1 },
      exitCode: 1,
    });
  }
  return statements[0] ?? '';
}

/**
 * Puts the cells that a query reads in front of it.
 *
 * @param cells what it reads and what those read, each after what it needs.
 */
export function withCells(sql: string, cells: readonly CompiledCell[]): string {
  return injectCtes(
    sql,
    cells.map(({ name, ownSql }) => ({ name: cteName(name), sql: ownSql })),
  );
}

/**
 * Definitions on one line, so that lines of the cell keep their numbers. Methods of dicts serve as functions: dbt hides
 * macros that a template defines from the template itself.
 */
function preludeOf(values: ParameterValues, references: readonly Reference[]): string {
  const namesOf = (kind: Reference['kind']): readonly string[] => [
    ...new Set(references.filter((one) => one.kind === kind).map(({ name }) => name)),
  ];
  const literals = namesOf('param').flatMap((name): readonly (readonly [string, string])[] => {
    const literal = values.get(name.toLowerCase())?.literal;
    return literal === undefined ? [] : [[name, jinjaText(literal)]];
  });
  const cells = namesOf('cell').map((name) => [name, jinjaText(cteName(name))] as const);
  const plain = [...values.values()].map(
    ({ name, value }) =>
      [name, typeof value === 'string' ? jinjaText(value) : String(value)] as const,
  );
  return (
    `{% set params = ${dictOf(plain)} %}` +
    `{% set param = ${dictOf(literals)}.get %}` +
    `{% set cell = ${dictOf(cells)}.get %}`
  );
}

function dictOf(pairs: readonly (readonly [string, string])[]): string {
  return `{${pairs.map(([key, value]) => `${jinjaText(key)}: ${value}`).join(', ')}}`;
}

/** A text as Jinja writes it, in letters that end neither a block nor an expression. */
function jinjaText(text: string): string {
  return JSON.stringify(text).replaceAll(
    /[{}%#]/gu,
    (sign) => `\\u${(sign.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  );
}

function failed(
  diagnostic: Diagnostic | undefined,
  preludeLength: number,
  place: CompileOptions['place'],
): DagbookError {
  const { code = 'compile/failed', message = 'It does not compile.', hint } = diagnostic ?? {};
  return new DagbookError(code, message, {
    ...(hint === undefined ? {} : { hint }),
    position: placed(diagnostic?.position, preludeLength, place),
    exitCode: 1,
  });
}

/** A place in the rendered text as one in the notebook; places in other files stay. */
function placed(
  position: Position | undefined,
  preludeLength: number,
  { file, firstLine }: CompileOptions['place'],
): Position {
  if (position === undefined) return { file, line: firstLine, column: 1 };
  if (position.file !== 'inline query') return position;
  return {
    file,
    line: position.line + firstLine - 1,
    column: position.line === 1 ? Math.max(1, position.column - preludeLength) : position.column,
  };
}
