/**
 * `lineage`: where the columns of a node come from, or what a column reaches.
 */
import { DagbookError, display, type NodeId } from '../../base/index.js';
import type { Manifest } from '../../manifest/index.js';
import {
  type ColumnEdge,
  columnNamed,
  type ColumnPlace,
  type ColumnTrace,
  filterOnly,
  type Hit,
  impactOf,
  type NodeLineage,
  placeKey,
  traceDownstream,
  traceUpstream,
} from '../../session/index.js';
import { notebookHits } from '../../workbench/index.js';
import type { Io } from '../io.js';
import type { OutputFlags, ProjectFlags } from '../options.js';
import { renderTable } from '../print/table.js';
import { type CommandScope, withSession } from '../with-session.js';

export type LineageFlags = ProjectFlags &
  OutputFlags & { readonly downstream?: boolean; readonly catalog?: boolean };

export async function lineageCommand(io: Io, target: string, flags: LineageFlags): Promise<number> {
  return await withSession(io, flags, { needsCleanProject: false }, async (scope) => {
    const { session, signal } = scope;
    const { manifest } = session;
    const asked = readTarget(manifest, target);
    const options = { signal, asksWarehouse: flags.catalog === true };
    const source = { manifest, lineage: (id: NodeId) => session.lineage(id, options) };
    const lineage = await source.lineage(asked.nodeId);
    if (asked.column === null) {
      if (flags.downstream === true) throw needsColumn(target);
      printNode(lineage, flags, scope);
      return 0;
    }
    const column = columnNamed(lineage, asked.column);
    if (column === null && lineage.isComplete) throw unknownColumn(target, asked.column, lineage);
    const start = { nodeId: asked.nodeId, relation: '', column: column?.name ?? asked.column };
    const trace = await (flags.downstream === true
      ? traceDownstream(source, start)
      : traceUpstream(source, start));
    printTrace(trace, flags, scope);
    return 0;
  });
}

interface Target {
  readonly nodeId: NodeId;
  readonly column: string | null;
}

/** `model`, `model.column`, `source.table`, `source.table.column`, or a unique_id with or without a column. */
function readTarget(manifest: Manifest, text: string): Target {
  const whole = nodeNamed(manifest, text);
  if (whole !== null) return { nodeId: whole, column: null };
  const dot = text.lastIndexOf('.');
  const nodeId = dot === -1 ? null : nodeNamed(manifest, text.slice(0, dot));
  if (nodeId !== null) return { nodeId, column: text.slice(dot + 1) };
  throw new DagbookError('lineage/unknown-node', `No node of this project is called ${text}.`, {
    hint: 'Say MODEL, MODEL.COLUMN, or SOURCE.TABLE.COLUMN; `dagbook ls` says what there is.',
    exitCode: 1,
  });
}

function nodeNamed(manifest: Manifest, name: string): NodeId | null {
  for (const node of manifest.nodes.values()) {
    if (node.id === name) return node.id;
    switch (node.resourceType) {
      case 'model':
      case 'seed':
      case 'snapshot':
      case 'analysis':
        if (node.name === name) return node.id;
        break;
      case 'source':
        if (`${node.sourceName}.${node.name}` === name) return node.id;
        break;
      default:
        break;
    }
  }
  return null;
}

function needsColumn(target: string): DagbookError {
  return new DagbookError('lineage/needs-column', '--downstream needs a column.', {
    hint: `Say which: ${target}.COLUMN. What reads the whole node: dagbook ls -s ${target}+`,
    exitCode: 1,
  });
}

function unknownColumn(target: string, name: string, { columns }: NodeLineage): DagbookError {
  return new DagbookError('lineage/unknown-column', `${target}: there is no column ${name}.`, {
    hint: `It has ${columns.map((column) => column.name).join(', ')}.`,
    exitCode: 1,
  });
}

function printNode(lineage: NodeLineage, flags: LineageFlags, { session, io }: CommandScope): void {
  const filters = filterOnly(lineage);
  if (flags.output === 'json') {
    io.print(JSON.stringify({ ...lineage, filterOnly: filters }));
    return;
  }
  const { manifest } = session;
  const rows = lineage.columns.flatMap(({ name, inputs, unresolved }) => {
    const from = inputs.map((input) => [placeText(manifest, input), stepText(input)]);
    const missing = unresolved.map(({ text, reason }) => [`? ${text}`, `unresolved: ${reason}`]);
    const all = [...from, ...missing];
    if (all.length === 0) return [[name, '', '']];
    return all.map(([place = '', step = ''], at) => [at === 0 ? name : '', place, step]);
  });
  const titles = ['column', 'from', 'how'].map((title) => ({ title }));
  if (rows.length > 0) io.print(renderTable(titles, rows, io));
  for (const open of lineage.open) {
    const of = placeText(manifest, { ...open, column: '*' });
    io.print(io.style.yellow(`and all columns of ${display(of)}, which are not known by name`));
  }
  if (lineage.doubt !== null) io.print(io.style.yellow(`unresolved: ${display(lineage.doubt)}`));
  for (const use of filters) {
    const of = display(placeText(manifest, use));
    io.print(io.style.dim(`decides on rows only: ${of} (${use.clause})`));
  }
  if (lineage.open.length > 0 && flags.catalog !== true)
    io.note('--catalog asks the warehouse for the columns of sources.');
}

function printTrace(trace: ColumnTrace, flags: LineageFlags, { session, io }: CommandScope): void {
  const { manifest } = session;
  const isDown = trace.direction === 'downstream';
  const impact = isDown ? impactOf(manifest, trace) : null;
  const notebooks = impact === null ? [] : notebookHits(session, trace, impact);
  if (flags.output === 'json') {
    io.print(JSON.stringify(impact === null ? trace : { ...trace, ...impact, notebooks }));
    return;
  }
  io.print(io.style.bold(display(placeText(manifest, trace.start))));
  for (const line of treeOf(manifest, trace)) io.print(display(line));
  for (const { from, to, clause } of trace.filters) {
    const text = `${placeText(manifest, from)} decides on rows of ${labelOf(manifest, to)} (${clause})`;
    io.print(io.style.dim(display(text)));
  }
  for (const { nodeId, column, text, reason } of trace.unresolved) {
    const where =
      column === null ? labelOf(manifest, nodeId) : `${labelOf(manifest, nodeId)}.${column}`;
    io.print(io.style.yellow(display(`unresolved in ${where}: ${text}: ${reason}`)));
  }
  if (impact === null) return;
  const others = impact.hits.filter((hit) => !hasEdge(trace, hit));
  for (const { nodeId, resourceType, severity } of others) {
    const kind = resourceType.replaceAll('_', ' ');
    io.print(display(`${kind} ${labelOf(manifest, nodeId)}: ${SEVERITY[severity]}`));
  }
  for (const { file, cells } of notebooks)
    io.print(display(`notebook ${file}: ${cells.join(', ')}`));
  io.note(`${impact.hits.length} are hit, ${impact.spared.length} downstream are not.`);
}

const SEVERITY: Readonly<Record<Hit['severity'], string>> = {
  values: 'takes its values',
  rows: 'has rows that it decides on',
  unknown: 'could not be traced',
};

function hasEdge({ edges }: ColumnTrace, { nodeId }: Hit): boolean {
  return edges.some(({ to }) => to.nodeId === nodeId);
}

/** The edges as a tree from the start; what was shown before is not repeated. */
function treeOf(manifest: Manifest, trace: ColumnTrace): readonly string[] {
  const isDown = trace.direction === 'downstream';
  const byPlace = new Map<string, ColumnEdge[]>();
  for (const edge of trace.edges) {
    const key = placeKey(isDown ? edge.from : edge.to);
    byPlace.set(key, [...(byPlace.get(key) ?? []), edge]);
  }
  const lines: string[] = [];
  const shown = new Set<string>();
  const waiting = [{ place: trace.start, depth: 0, step: '' }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const key = placeKey(next.place);
    const edges = byPlace.get(key) ?? [];
    const isAgain = shown.has(key) && edges.length > 0;
    if (next.depth > 0) {
      const again = isAgain ? '  (see above)' : '';
      lines.push(
        `${'  '.repeat(next.depth)}${isDown ? '→' : '←'} ${placeText(manifest, next.place)}  ${next.step}${again}`,
      );
    }
    if (isAgain) continue;
    shown.add(key);
    for (const edge of edges.toReversed())
      waiting.push({
        place: isDown ? edge.to : edge.from,
        depth: next.depth + 1,
        step: stepText(edge),
      });
  }
  return lines;
}

function stepText({ kind, label }: Pick<ColumnEdge, 'kind' | 'label'>): string {
  return label === null || label === kind ? kind : `${kind}: ${label}`;
}

function placeText(manifest: Manifest, { nodeId, relation, column }: ColumnPlace): string {
  return `${nodeId === null ? relation : labelOf(manifest, nodeId)}.${column}`;
}

function labelOf(manifest: Manifest, id: NodeId): string {
  const node = manifest.nodes.get(id);
  if (node?.resourceType === 'source') return `${node.sourceName}.${node.name}`;
  return node?.name ?? id;
}
