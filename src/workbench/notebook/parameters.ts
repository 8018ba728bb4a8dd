/**
 * Values of a notebook's parameters: read by type, written as SQL literals and as values of templates.
 */
import { DagbookError } from '../../base/index.js';
import { textLiteral } from '../data/result-shape.js';
import type { Notebook, ParameterCell } from './notebook.js';

export interface ParameterValue {
  readonly name: string;
  /** As a template sees it in `params.name`. */
  readonly value: string | number | boolean;
  /** As `param('name')` prints it into SQL. */
  readonly literal: string;
}

/** Values by name, in lower case. */
export type ParameterValues = ReadonlyMap<string, ParameterValue>;

const DATE = /^\d{4}-\d{2}-\d{2}$/u;
const TIMESTAMP = /^\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?$/u;
const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/u;

/**
 * The value of every parameter: what was given, else what the notebook says.
 *
 * @param given texts by name; letter case of names does not count.
 * @throws DagbookError notebook/unknown-param, notebook/missing-param, notebook/bad-param.
 */
export function parameterValues(
  notebook: Notebook,
  given: ReadonlyMap<string, string>,
  dialect: 'snowflake' | 'duckdb',
): ParameterValues {
  const cells = notebook.cells.filter((cell) => cell.kind === 'param');
  const wanted = new Map([...given].map(([name, text]) => [name.toLowerCase(), text]));
  const known = new Set(cells.map(({ name }) => name.toLowerCase()));
  const unknown = [...given.keys()].find((name) => !known.has(name.toLowerCase()));
  if (unknown !== undefined) {
    throw new DagbookError('notebook/unknown-param', `The notebook has no parameter ${unknown}.`, {
      hint:
        cells.length === 0
          ? 'It has none: a line `-- %% [param] start: date = 2026-11-01` makes one.'
          : `It has ${cells.map(({ name }) => name).join(', ')}.`,
      exitCode: 1,
    });
  }
  return new Map(
    cells.map((cell) => {
      const key = cell.name.toLowerCase();
      return [key, valueOf(cell, wanted.get(key) ?? cell.fallback, notebook.file, dialect)];
    }),
  );
}

function valueOf(
  cell: ParameterCell,
  text: string | null,
  file: string,
  dialect: 'snowflake' | 'duckdb',
): ParameterValue {
  const { name, type } = cell;
  if (text === null) {
    throw new DagbookError('notebook/missing-param', `The parameter ${name} has no value.`, {
      hint: `Give it: --param ${name}=...`,
      position: { file, line: cell.line, column: 1 },
      exitCode: 1,
    });
  }
  const wrong = (wanted: string): DagbookError =>
    new DagbookError('notebook/bad-param', `${name} is a ${type}, and this is none: ${text}`, {
      hint: `Write ${wanted}.`,
      position: { file, line: cell.line, column: 1 },
      exitCode: 1,
    });
  switch (type) {
    case 'number':
      if (!NUMBER.test(text)) throw wrong('a number, as 42 or 0.5');
      return { name, value: Number(text), literal: text };
    case 'boolean':
      if (!/^(?:true|false)$/iu.test(text)) throw wrong('true or false');
      return { name, value: text.toLowerCase() === 'true', literal: text.toLowerCase() };
    case 'date':
      if (!DATE.test(text) || !isDay(text)) throw wrong('a day, as 2026-11-01');
      return { name, value: text, literal: `'${text}'::date` };
    case 'timestamp': {
      const isDate = DATE.test(text);
      if ((!isDate && !TIMESTAMP.test(text)) || !isDay(text))
        throw wrong('a moment, as 2026-11-01 10:30:00');
      return { name, value: text, literal: `'${text}'::timestamp` };
    }
    case 'text':
      return { name, value: text, literal: textLiteral(text, dialect) };
  }
}

function isDay(text: string): boolean {
  const day = text.slice(0, 10);
  const moment = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(day);
}

/** Puts values for `{{ param('x') }}` where there is no SQL: in commands and in words. */
export function fillText(text: string, values: ParameterValues): string {
  return text.replaceAll(
    PARAMETER_CALL,
    (whole, name: string) => values.get(name.toLowerCase())?.value.toString() ?? whole,
  );
}

/** `{{ param('x') }}` alone, as commands and markdown may hold it. */
export const PARAMETER_CALL: RegExp = /\{\{-?\s*param\(\s*['"](\w+)['"]\s*\)\s*-?\}\}/gu;
