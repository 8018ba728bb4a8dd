/**
 * What stands behind `-- %%`: the kind of a cell in brackets, then what that kind needs.
 */
import { assertNever, DagbookError } from '../../base/index.js';
import { readChart } from './chart-header.js';
import type {
  Cell,
  CellKind,
  ChartCell,
  CheckCell,
  Expectation,
  MarkdownCell,
  ParameterCell,
  ParameterType,
  RunCell,
  SqlCell,
} from './notebook.js';

type Place = 'index' | 'header' | 'body' | 'line';

/** A cell without its place and text. */
export type CellHeader =
  | Omit<SqlCell, Place>
  | Omit<MarkdownCell, Place | 'text'>
  | Omit<ParameterCell, Place>
  | Omit<ChartCell, Place>
  | Omit<RunCell, Place>
  | Omit<CheckCell, Place>;

/** What a header may need to know of the file around it. */
export interface HeaderScope {
  /** 1-based line of the header. */
  readonly line: number;
  /** The cells above. */
  readonly before: readonly Cell[];
  /** Comments of the body, with their lines. */
  readonly comments: readonly Expectation[];
}

export const KINDS: readonly CellKind[] = ['sql', 'md', 'param', 'chart', 'run', 'check'];

const NAME = /^[A-Za-z_]\w*$/u;
const KIND = /^\[\s*(?<kind>[^\]]*?)\s*\]\s*(?<rest>.*)$/u;
const PARAMETER = /^(?<name>[A-Za-z_]\w*)\s*(?::\s*(?<type>\w+)\s*)?(?:=\s*(?<value>.*))?$/u;
const EXPECT = /^(?:(?<of>[A-Za-z_]\w*)\s+)?expect\s+(?<text>\S.*)$/iu;

const TYPES: Readonly<Record<string, ParameterType>> = {
  text: 'text',
  string: 'text',
  varchar: 'text',
  number: 'number',
  int: 'number',
  integer: 'number',
  float: 'number',
  decimal: 'number',
  date: 'date',
  timestamp: 'timestamp',
  datetime: 'timestamp',
  boolean: 'boolean',
  bool: 'boolean',
};

/**
 * Reads a header.
 *
 * @param text what follows `-- %%`, trimmed.
 * @throws DagbookError notebook/bad-cell.
 */
export function readHeader(text: string, scope: HeaderScope): CellHeader {
  const tagged = KIND.exec(text)?.groups;
  const word = tagged?.['kind'] ?? 'sql';
  const rest = tagged?.['rest'] ?? text;
  const kind = KINDS.find((one) => one === word.toLowerCase());
  switch (kind) {
    case 'sql':
      return readSql(rest);
    case 'md':
      return { kind, name: null };
    case 'param':
      return readParameter(rest);
    case 'chart':
      return readChart(rest);
    case 'run':
      if (rest === '')
        throw bad('A run cell needs a command.', '-- %% [run] build --select orders');
      return { kind, name: null, command: rest };
    case 'check':
      return readCheck(rest, scope);
    case undefined:
      throw new DagbookError('notebook/bad-cell', `There are no cells of kind ${word}.`, {
        hint: `The kinds are ${KINDS.join(', ')}.`,
        exitCode: 1,
      });
    default:
      return assertNever(kind);
  }
}

function readSql(text: string): Omit<SqlCell, Place> {
  const words = text === '' ? [] : text.split(/\s+/u);
  const [first] = words;
  const name = first === undefined || first.includes('=') ? null : first;
  if (name !== null && !NAME.test(name))
    throw bad(`${name} is no name for a cell.`, '-- %% slow_incidents limit=100');
  let limit: number | null = null;
  for (const word of name === null ? words : words.slice(1)) {
    const [key = '', value = ''] = word.split('=', 2);
    if (key !== 'limit' || !/^[1-9]\d*$/u.test(value))
      throw bad(`A sql cell does not know ${word}.`, '-- %% slow_incidents limit=100');
    limit = Number(value);
  }
  return { kind: 'sql', name, limit };
}

function readParameter(text: string): Omit<ParameterCell, Place> {
  const groups = PARAMETER.exec(text)?.groups;
  const name = groups?.['name'];
  const type = TYPES[(groups?.['type'] ?? 'text').toLowerCase()];
  const example = '-- %% [param] start: date = 2026-11-01';
  if (name === undefined) throw bad('A param cell needs a name.', example);
  if (type === undefined)
    throw bad(
      `There is no type ${groups?.['type'] ?? ''}: it is text, number, date, timestamp or boolean.`,
      example,
    );
  const value = groups?.['value'];
  return { kind: 'param', name, type, fallback: value === undefined ? null : unquoted(value) };
}

function unquoted(text: string): string {
  const quoted = /^(['"])(?<inner>.*)\1$/u.exec(text.trim())?.groups?.['inner'];
  return quoted ?? text.trim();
}

function readCheck(text: string, { line, before, comments }: HeaderScope): Omit<CheckCell, Place> {
  const example = '-- %% [check] slow_incidents expect rows > 0';
  const own = EXPECT.exec(text)?.groups;
  const bare = NAME.test(text) && text.toLowerCase() !== 'expect' ? text : undefined;
  if (text !== '' && own === undefined && bare === undefined)
    throw bad('A check cell says what it expects.', example);
  const of = own?.['of'] ?? bare ?? before.findLast((cell) => cell.kind === 'sql')?.name;
  if (of === undefined || of === null)
    throw bad('A check cell names the cell that it looks at.', example);
  const more = comments.flatMap(({ text: comment, line: at }) => {
    const found = /^\s*expect\s+(?<text>\S.*)$/iu.exec(comment)?.groups?.['text'];
    return found === undefined ? [] : [{ text: found.trim(), line: at }];
  });
  const first = own?.['text'];
  const expectations = [...(first === undefined ? [] : [{ text: first.trim(), line }]), ...more];
  if (expectations.length === 0) throw bad('A check cell says what it expects.', example);
  return { kind: 'check', name: null, of, expectations };
}

function bad(message: string, example: string): DagbookError {
  return new DagbookError('notebook/bad-cell', message, {
    hint: `Write it like this: ${example}`,
    exitCode: 1,
  });
}
