/**
 * What running one cell means, by its kind.
 */
import { assertNever, DagbookError } from '../../base/index.js';
import type { Emit } from '../../events/index.js';
import type { Session } from '../../session/index.js';
import type { Answer, Desk } from '../metadata/ask.js';
import type { CellOutcome, CellResult } from './cell-outcome.js';
import { chartData, chartLimit, chartQuery } from './chart-data.js';
import { compileCell, type CompiledCell, withCells } from './compile-cell.js';
import { expectationQuery, type ExpectationResult, expectationResult } from './expectation.js';
import {
  bodyLineOf,
  type Cell,
  type ChartCell,
  type CheckCell,
  type Notebook,
  type RunCell,
  type SqlCell,
} from './notebook.js';
import { fillText, type ParameterValues } from './parameters.js';
import type { CellReads } from './references.js';
import { runRequestOf } from './run-command.js';
import { cellHash } from './staleness.js';

/** Rows of a cell that says nothing of a limit. */
const ROWS = 1000;

export interface CellRunnerInput {
  readonly session: Session;
  readonly notebook: Notebook;
  readonly values: ParameterValues;
  readonly desk: Desk;
  readonly signal: AbortSignal;
  readonly emit?: Emit;
}

/** What a cell stands on. */
export interface Ground {
  readonly reads: CellReads;
  /** The cells that it needs, in the order of the file. */
  readonly parents: readonly DoneCell[];
}

/** A cell that ended, and the queries to put in front of one that reads it: its own last. */
export interface DoneCell {
  readonly outcome: CellOutcome;
  readonly needs: readonly CompiledCell[];
}

export interface Done {
  readonly result: CellResult;
  readonly sql: string | null;
  readonly hash: string;
  readonly needs: readonly CompiledCell[];
}

export class CellRunner {
  readonly file: string;
  readonly #input: CellRunnerInput;

  constructor(input: CellRunnerInput) {
    this.#input = input;
    this.file = input.notebook.file;
  }

  /** @throws DagbookError if it cannot be done. */
  async run(cell: Cell, ground: Ground): Promise<Done> {
    const { values } = this.#input;
    switch (cell.kind) {
      case 'md': {
        const text = fillText(cell.text, values);
        return this.#done({ kind: 'markdown', text }, text, ground);
      }
      case 'param': {
        const value = values.get(cell.name.toLowerCase());
        if (value === undefined) throw new Error(`${cell.name} was given no value`);
        return this.#done({ kind: 'param', value }, value.literal, ground);
      }
      case 'sql':
        return await this.#sql(cell, ground);
      case 'chart':
        return await this.#chart(cell, ground);
      case 'run':
        return await this.#run(cell, ground);
      case 'check':
        return await this.#check(cell, ground);
      case 'unreadable':
        throw new Error('A notebook with unreadable cells is not run');
      default:
        return assertNever(cell);
    }
  }

  async #sql(cell: SqlCell, ground: Ground): Promise<Done> {
    const ownSql = await this.#compile(cell.body, bodyLineOf(cell), ground);
    if (ownSql === '') return this.#done({ kind: 'nothing' }, '', ground);
    const { answer, sql } = await this.#ask(ownSql, cell.limit ?? ROWS, ground);
    const needs = cell.name === null ? [] : [...needsOf(ground), { name: cell.name, ownSql }];
    return { ...this.#done({ kind: 'rows', answer }, ownSql, ground), sql, needs };
  }

  async #chart(cell: ChartCell, ground: Ground): Promise<Done> {
    const ownSql = await this.#compile(chartQuery(cell), cell.line, ground);
    const { answer, sql } = await this.#ask(ownSql, chartLimit(cell), ground);
    const chart = chartData(cell, answer);
    return { ...this.#done({ kind: 'chart', chart }, ownSql, ground), sql };
  }

  async #check(cell: CheckCell, ground: Ground): Promise<Done> {
    const expectations: ExpectationResult[] = [];
    const texts: string[] = [];
    for (const expectation of cell.expectations) {
      const query = expectationQuery(expectation.text, cell.of);
      const ownSql = await this.#compile(query.sql, expectation.line, ground);
      const { answer, sql } = await this.#ask(ownSql, 1, ground);
      texts.push(sql);
      expectations.push(expectationResult(expectation, query, answer.rows[0]));
    }
    const sql = texts.join(';\n');
    return { ...this.#done({ kind: 'check', expectations }, sql, ground), sql };
  }

  async #run(cell: RunCell, ground: Ground): Promise<Done> {
    const { session, values, signal, emit } = this.#input;
    const request = runRequestOf(cell, values);
    if (session.select(request).ids.length === 0) {
      throw new DagbookError('notebook/nothing-to-run', `${cell.command} selects nothing.`, {
        hint: 'Check the selection with `dagbook ls`.',
        exitCode: 1,
      });
    }
    const summary = await session.run(request, {
      signal,
      ...(emit === undefined ? {} : { emit }),
    });
    return this.#done({ kind: 'run', summary }, fillText(cell.command, values), ground);
  }

  async #compile(text: string, firstLine: number, { reads }: Ground): Promise<string> {
    const { session, values, signal } = this.#input;
    const place = { file: this.file, firstLine };
    return await compileCell(text, {
      session,
      values,
      references: reads.references,
      signal,
      place,
    });
  }

  async #ask(
    ownSql: string,
    maxRows: number,
    ground: Ground,
  ): Promise<{ readonly answer: Answer; readonly sql: string }> {
    const sql = withCells(ownSql, needsOf(ground));
    const { desk, signal } = this.#input;
    return { answer: await desk.ask(sql, { signal, maxRows }), sql };
  }

  #done(result: CellResult, text: string, { reads, parents }: Ground): Done {
    const nodes = reads.nodes.map((id) => ({ id, builtAtMs: this.#builtAtMs(id) }));
    const hashes = parents.map(({ outcome }) => outcome.hash ?? '');
    return { result, sql: null, hash: cellHash({ text, parents: hashes, nodes }), needs: [] };
  }

  #builtAtMs(id: CellReads['nodes'][number]): number | null {
    const { lastResult } = this.#input.session.stateOf(id);
    return lastResult === null ? null : lastResult.startedAtMs + lastResult.durationMs;
  }
}

/** The queries of what a cell needs, each once and after what it needs itself. */
function needsOf({ parents }: Ground): readonly CompiledCell[] {
  const needs = new Map<string, CompiledCell>();
  for (const parent of parents) {
    for (const cell of parent.needs) {
      if (!needs.has(cell.name)) needs.set(cell.name, cell);
    }
  }
  return [...needs.values()];
}
