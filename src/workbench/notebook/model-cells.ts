/**
 * From a cell to a model file, and from a model to a notebook of one cell a CTE.
 */
import { listCtes, type Token, tokenize } from '../../sql/index.js';
import type { ResultColumn } from '../../warehouse/index.js';
import type { Notebook, SqlCell } from './notebook.js';
import type { ParameterValues } from './parameters.js';

const CELL_CALL = /\{\{-?\s*cell\(\s*['"](?<name>\w+)['"]\s*\)\s*-?\}\}/gu;
const PARAMETER = /\{\{-?\s*param\(\s*['"](?<name>\w+)['"]\s*\)\s*-?\}\}/gu;

/**
 * The text of a model that gives what a cell gives: the cells that it reads are its CTEs, parameters are variables with the
 * values that they have now.
 */
export function modelText(cell: SqlCell, notebook: Notebook, values: ParameterValues): string {
  const needed = neededCells(cell, notebook);
  const own = plainSql(cell, values);
  if (needed.length === 0) return `${own}\n`;
  const ctes = needed.map(
    (one) => `${one.name?.toLowerCase() ?? ''} as (\n${indented(plainSql(one, values))}\n)`,
  );
  return `with ${ctes.join(',\n\n')},\n\nfinal as (\n${indented(own)}\n)\n\nselect * from final\n`;
}

/** The properties of a new model: its columns, to be described. */
export function modelYaml(name: string, columns: readonly ResultColumn[]): string {
  const lines = columns.map(
    (column) => `      - name: ${yamlName(column.name)}\n        description: ""`,
  );
  return [
    'version: 2',
    '',
    'models:',
    `  - name: ${name}`,
    '    description: ""',
    ...(lines.length === 0 ? [] : ['    columns:', ...lines]),
    '',
  ].join('\n');
}

/**
 * A model as a notebook: one cell a CTE, and one for what it ends with, so that each step shows its rows.
 *
 * @param sql the model's text; as compiled, where it holds blocks of Jinja that cut across its CTEs.
 */
export function modelNotebook(name: string, sql: string): string {
  const ctes = listCtes(sql);
  const title = `-- %% [md]\n-- # ${name}\n-- One cell a CTE. This is a copy: changes here do not change the model.\n`;
  const names = new Set(ctes.map((cte) => cte.name.toLowerCase()));
  const cells = ctes.map(
    (cte) => `-- %% ${cte.name.toLowerCase()}\n${readingCells(cte.bodySql.trim(), names)}\n`,
  );
  const last = ctes.at(-1);
  const rest = (last === undefined ? sql : sql.slice(last.endOffset)).trim().replace(/;+$/u, '');
  const end = rest === '' ? [] : [`-- %% ${endName(names)}\n${readingCells(rest, names)}\n`];
  return [title, ...cells, ...end].join('\n');
}

function endName(names: ReadonlySet<string>): string {
  return names.has('result') ? 'model_result' : 'result';
}

/** Cells that a cell reads and what those read, each after what it needs. */
function neededCells(cell: SqlCell, notebook: Notebook): readonly SqlCell[] {
  const found = new Map<string, SqlCell>();
  const visit = (one: SqlCell): void => {
    for (const { groups } of one.body.matchAll(CELL_CALL)) {
      const name = (groups?.['name'] ?? '').toLowerCase();
      const parent = notebook.cells.find(
        (other) => other.kind === 'sql' && other.name?.toLowerCase() === name,
      );
      if (parent?.kind !== 'sql' || parent === cell || found.has(name)) continue;
      visit(parent);
      found.set(name, parent);
    }
  };
  visit(cell);
  return [...found.values()];
}

/** The query of a cell in which other cells are CTEs. */
function plainSql(cell: SqlCell, values: ParameterValues): string {
  return cell.body
    .replaceAll(CELL_CALL, (_whole, name: string) => name.toLowerCase())
    .replaceAll(
      PARAMETER,
      (whole, name: string) => values.get(name.toLowerCase())?.literal ?? whole,
    )
    .trim()
    .replace(/;+$/u, '')
    .trimEnd();
}

function indented(text: string): string {
  return text
    .split('\n')
    .map((line) => (line === '' ? '' : `    ${line}`))
    .join('\n');
}

function yamlName(name: string): string {
  const plain = /^[A-Z_][A-Z0-9_]*$/u.test(name) ? name.toLowerCase() : name;
  return /^[a-z_]\w*$/u.test(plain) ? plain : JSON.stringify(plain);
}

/** A query in which names of CTEs, where relations stand, are cells; they keep their name as alias. */
function readingCells(sql: string, names: ReadonlySet<string>): string {
  const tokens = tokenize(sql);
  const words = tokens.filter(({ kind }) => kind !== 'space' && kind !== 'comment');
  let text = sql;
  for (const [at, token] of [...words.entries()].toReversed()) {
    const name = token.text.toLowerCase();
    if (token.kind !== 'word' || !names.has(name) || !isRead(words, at)) continue;
    const next = words[at + 1];
    const hasAlias = next?.kind === 'word' && !AFTER_RELATION.test(next.text);
    const alias = hasAlias ? '' : ` as ${token.text}`;
    const end = token.offset + token.text.length;
    text = `${text.slice(0, token.offset)}{{ cell('${name}') }}${alias}${text.slice(end)}`;
  }
  return text;
}

const AFTER_RELATION =
  /^(?:where|join|left|right|inner|outer|full|cross|natural|on|using|group|order|limit|having|qualify|union|intersect|except|window|lateral|pivot|unpivot|sample|tablesample)$/iu;

/** Whether a name stands where a relation is read, and is no part of a longer one. */
function isRead(words: readonly Token[], at: number): boolean {
  const before = words[at - 1]?.text ?? '';
  const after = words[at + 1]?.text ?? '';
  if (after === '.' || after === '(' || before === '.') return false;
  if (/^(?:from|join)$/iu.test(before)) return true;
  return before === ',' && isInFromList(words, at);
}

/** Whether a comma before a name separates relations: the nearest keyword of its level is `from`. */
function isInFromList(words: readonly Token[], at: number): boolean {
  let depth = 0;
  for (let place = at - 1; place >= 0; place -= 1) {
    const text = words[place]?.text ?? '';
    if (text === ')') depth += 1;
    if (text === '(') depth -= 1;
    if (depth < 0) return false;
    if (depth > 0) continue;
    if (/^from$/iu.test(text)) return true;
    if (/^(?:select|where|group|order|by|having|qualify|with)$/iu.test(text)) return false;
  }
  return false;
}
