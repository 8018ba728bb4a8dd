/**
 * Which cell needs which, and the order in which they run.
 *
 * A cell needs the cells and parameters that it names, and every run cell above it that builds a node which it reads:
 * so a query below `[run] build` sees what was built.
 */
import type { Diagnostic, NodeId, Position } from '../../base/index.js';
import { type Cell, labelOf, type Notebook } from './notebook.js';
import type { CellReads, Reference } from './references.js';

export interface CellGraph {
  /** Indexes of the cells that each cell needs, ascending; by index. */
  readonly parents: readonly (readonly number[])[];
  /** Indexes in the order to run: what is needed first, then as in the file. Cells of a cycle are left out. */
  readonly order: readonly number[];
  /** Names that mean nothing, and cycles. */
  readonly diagnostics: readonly Diagnostic[];
}

interface Edge {
  readonly parent: number;
  readonly position: Position;
}

/**
 * @param reads what each cell reads, by index.
 * @param builds nodes that each run cell builds, by index; other cells build nothing.
 */
export function cellGraph(
  notebook: Notebook,
  reads: readonly CellReads[],
  builds: ReadonlyMap<number, ReadonlySet<NodeId>>,
): CellGraph {
  const { cells, file } = notebook;
  const byName = new Map<string, Cell>();
  for (const cell of cells) {
    const key = cell.name?.toLowerCase();
    if (key !== undefined && !byName.has(key)) byName.set(key, cell);
  }
  const diagnostics: Diagnostic[] = [];
  const edges = cells.map((cell): readonly Edge[] => {
    const { references, nodes } = reads[cell.index] ?? { references: [], nodes: [] };
    const named = references.flatMap((reference): readonly Edge[] => {
      const target = byName.get(reference.name.toLowerCase());
      if (target !== undefined && fits(reference, target))
        return [{ parent: target.index, position: reference.position }];
      diagnostics.push(unknownName(reference, target, cells));
      return [];
    });
    const built = [...builds].flatMap(([index, ids]): readonly Edge[] =>
      index < cell.index && nodes.some((id) => ids.has(id))
        ? [{ parent: index, position: { file, line: cell.line, column: 1 } }]
        : [],
    );
    return [...named, ...built];
  });
  const parents = edges.map((list) =>
    [...new Set(list.map(({ parent }) => parent))].toSorted((left, right) => left - right),
  );
  const order = runOrder(parents);
  if (order.length < cells.length) diagnostics.push(...cycles(cells, edges, new Set(order)));
  return { parents, order, diagnostics };
}

function fits({ kind }: Reference, target: Cell): boolean {
  return kind === 'param' ? target.kind === 'param' : target.kind === 'sql';
}

function unknownName(
  { kind, name, position }: Reference,
  target: Cell | undefined,
  cells: readonly Cell[],
): Diagnostic {
  const wanted = kind === 'param' ? 'param' : 'sql';
  const names = cells.flatMap((one) =>
    one.kind === wanted && one.name !== null ? [one.name] : [],
  );
  const what = kind === 'param' ? 'parameter' : 'query';
  return {
    severity: 'error',
    code: 'notebook/unknown-name',
    message:
      name === ''
        ? `${kind}() takes a name in quotes.`
        : target === undefined
          ? `There is no ${what} called ${name}.`
          : `${name} is a ${target.kind} cell, and no ${what}.`,
    hint:
      names.length === 0
        ? `The notebook has no ${what} with a name.`
        : `There are ${names.join(', ')}.`,
    position,
  };
}

function runOrder(parents: readonly (readonly number[])[]): readonly number[] {
  const order: number[] = [];
  const done = new Set<number>();
  for (;;) {
    const next = parents.findIndex(
      (needed, index) => !done.has(index) && needed.every((parent) => done.has(parent)),
    );
    if (next === -1) return order;
    done.add(next);
    order.push(next);
  }
}

/** Each cycle once, told at the reference by which its first cell enters it. */
function cycles(
  cells: readonly Cell[],
  edges: readonly (readonly Edge[])[],
  done: ReadonlySet<number>,
): readonly Diagnostic[] {
  const seen = new Set(done);
  return cells.flatMap((cell): readonly Diagnostic[] => {
    if (seen.has(cell.index)) return [];
    const path = pathTo(cell.index, cell.index, edges, new Set());
    if (path === null) return [];
    for (const index of path) seen.add(index);
    const position = edges[cell.index]?.find(({ parent }) => parent === (path[0] ?? -1))?.position;
    const names = [cell.index, ...path].map((index) => {
      const one = cells[index];
      return one === undefined ? '' : labelOf(one);
    });
    return [
      {
        severity: 'error',
        code: 'notebook/cycle',
        message: `Cells need each other: ${names.join(' → ')}.`,
        hint: 'Move what they share into a cell of its own.',
        ...(position === undefined ? {} : { position }),
      },
    ];
  });
}

/** Cells from the first step after `from` to `to`, along what is needed; null if there is no way. */
function pathTo(
  from: number,
  to: number,
  edges: readonly (readonly Edge[])[],
  visited: Set<number>,
): readonly number[] | null {
  for (const { parent } of edges[from] ?? []) {
    if (parent === to) return [to];
    if (visited.has(parent)) continue;
    visited.add(parent);
    const rest = pathTo(parent, to, edges, visited);
    if (rest !== null) return [parent, ...rest];
  }
  return null;
}
