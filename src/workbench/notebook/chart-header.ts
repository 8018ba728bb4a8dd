/**
 * The header of a chart cell: `p90 = bar(cell('slow'), x=service, y=p90(minutes))`.
 */
import { DagbookError } from '../../base/index.js';
import { tokenize } from '../../sql/index.js';
import type { ChartCell, ChartShape } from './notebook.js';

const CHART = /^(?:(?<name>[A-Za-z_]\w*)\s*=\s*)?(?<shape>[a-z]+)\s*\((?<args>.*)\)\s*$/iu;
const CELL =
  /^\s*(?:cell\(\s*(?:'(?<single>\w+)'|"(?<double>\w+)")\s*\)|(?<bare>[A-Za-z_]\w*))\s*$/u;
const EXAMPLE = "-- %% [chart] p90 = bar(cell('slow'), x=service, y=p90(minutes))";

/** Which words each shape needs, and which it may have. */
const SHAPES: Readonly<
  Record<ChartShape, { readonly needs: readonly string[]; readonly may: readonly string[] }>
> = {
  bar: { needs: ['x', 'y'], may: ['limit'] },
  line: { needs: ['x', 'y'], may: ['limit'] },
  histogram: { needs: ['x'], may: ['bins'] },
  sparkline: { needs: ['x', 'y'], may: ['by', 'limit'] },
};

/** @throws DagbookError notebook/bad-cell. */
export function readChart(text: string): Omit<ChartCell, 'index' | 'header' | 'body' | 'line'> {
  const groups = CHART.exec(text)?.groups;
  const shape = shapeOf(groups?.['shape'] ?? '');
  if (groups === undefined || shape === undefined)
    throw bad(`A chart is one of ${Object.keys(SHAPES).join(', ')}, of a cell.`);
  const [first = '', ...rest] = splitAtCommas(groups['args'] ?? '');
  const cell = CELL.exec(first)?.groups;
  const of = cell?.['single'] ?? cell?.['double'] ?? cell?.['bare'];
  if (of === undefined) throw bad('A chart names the cell that it draws first.');
  const words = new Map(rest.map(keyAndValue));
  const { needs, may } = SHAPES[shape];
  const unknown = [...words.keys()].find((key) => !needs.includes(key) && !may.includes(key));
  if (unknown !== undefined)
    throw bad(`A ${shape} has no ${unknown}: it has ${[...needs, ...may].join(', ')}.`);
  const missing = needs.find((key) => !words.has(key));
  if (missing !== undefined) throw bad(`A ${shape} needs ${missing}.`);
  return {
    kind: 'chart',
    name: groups['name'] ?? null,
    shape,
    of,
    x: words.get('x') ?? '',
    y: words.get('y') ?? null,
    by: words.get('by') ?? null,
    limit: countOf(words, 'limit'),
    bins: countOf(words, 'bins'),
  };
}

function shapeOf(word: string): ChartShape | undefined {
  const shapes = ['bar', 'line', 'histogram', 'sparkline'] as const;
  return shapes.find((one) => one === word.toLowerCase());
}

function keyAndValue(text: string): readonly [string, string] {
  const at = text.indexOf('=');
  const key = text.slice(0, at).trim().toLowerCase();
  const value = text.slice(at + 1).trim();
  if (at === -1 || value === '') throw bad(`${text.trim()} is not of the form key=value.`);
  return [key, value];
}

function countOf(words: ReadonlyMap<string, string>, key: string): number | null {
  const text = words.get(key);
  if (text === undefined) return null;
  if (!/^[1-9]\d{0,3}$/u.test(text)) throw bad(`${key} is a whole number from 1 to 9999.`);
  return Number(text);
}

/** Pieces between the commas that stand in no bracket and no string. */
function splitAtCommas(text: string): readonly string[] {
  const pieces: string[] = [];
  let piece = '';
  let depth = 0;
  for (const token of tokenize(text)) {
    if (token.kind === 'operator' && '([{'.includes(token.text)) depth += 1;
    if (token.kind === 'operator' && ')]}'.includes(token.text)) depth -= 1;
    if (token.text === ',' && depth === 0) {
      pieces.push(piece);
      piece = '';
    } else {
      piece += token.text;
    }
  }
  return [...pieces, piece];
}

function bad(message: string): DagbookError {
  return new DagbookError('notebook/bad-cell', message, {
    hint: `Write it like this: ${EXAMPLE}`,
    exitCode: 1,
  });
}
