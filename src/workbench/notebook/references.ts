/**
 * What a cell reads: other cells, parameters, and nodes of the project.
 */
import { type NodeId, type Position, positionAt } from '../../base/index.js';
import { type CallNode, JinjaError, parseTemplate } from '../../jinja/index.js';
import { type Manifest, resolveRef, resolveSource } from '../../manifest/index.js';
import { bodyLineOf, type Cell } from './notebook.js';
import { PARAMETER_CALL } from './parameters.js';

export interface Reference {
  readonly kind: 'cell' | 'param';
  /** As written; empty if it is no name in quotes. */
  readonly name: string;
  readonly position: Position;
}

/** What was found in one cell. */
export interface CellReads {
  readonly references: readonly Reference[];
  /** Nodes that its `ref()` and `source()` mean; what means nothing is told when it compiles. */
  readonly nodes: readonly NodeId[];
}

const NOTHING: CellReads = { references: [], nodes: [] };

/** Finds what a cell reads. A template that cannot be parsed reads nothing: compiling it says why. */
export function readsOf(cell: Cell, file: string, manifest: Manifest): CellReads {
  const position = { file, line: cell.line, column: 1 };
  switch (cell.kind) {
    case 'sql':
      return inTemplate(cell, file, manifest);
    case 'chart':
    case 'check':
      return {
        references: [
          { kind: 'cell', name: cell.of, position },
          ...inText(cell.header + cell.body, position),
        ],
        nodes: [],
      };
    case 'run':
      return { references: inText(cell.command, position), nodes: [] };
    case 'md':
      return { references: inText(cell.text, position), nodes: [] };
    case 'param':
    case 'unreadable':
      return NOTHING;
  }
}

function inText(text: string, position: Position): readonly Reference[] {
  return [...text.matchAll(PARAMETER_CALL)].map((match) => ({
    kind: 'param',
    name: match[1] ?? '',
    position,
  }));
}

function inTemplate(cell: Cell, file: string, manifest: Manifest): CellReads {
  const firstLine = bodyLineOf(cell);
  let template;
  try {
    template = parseTemplate(cell.body, { name: file, firstLine });
  } catch (error) {
    if (error instanceof JinjaError) return NOTHING;
    throw error;
  }
  const references: Reference[] = [];
  const nodes: NodeId[] = [];
  for (const call of callsIn(template.body)) {
    if (call.callee.kind !== 'name') continue;
    const words = literalsOf(call);
    const [first, second] = words;
    const { line, column } = positionAt(file, template.source, call.callee.at);
    const { name } = call.callee;
    if (name === 'cell' || name === 'param') {
      const position = { file, line: line + firstLine - 1, column };
      references.push({ kind: name, name: first ?? '', position });
    } else if (first === undefined) {
      continue;
    } else if (name === 'ref') {
      nodes.push(...nodeOf(resolveRef(manifest, refOf(words, call), manifest.projectName)));
    } else if (name === 'source' && second !== undefined) {
      nodes.push(...nodeOf(resolveSource(manifest, first, second, manifest.projectName)));
    }
  }
  return { references, nodes };
}

/** Every call of a tree, outer ones first. The tree is plain data whose members stand in the order of the text. */
function* callsIn(tree: unknown): Generator<CallNode, void, undefined> {
  if (typeof tree !== 'object' || tree === null) return;
  if (isCall(tree)) yield tree;
  for (const part of Object.values(tree)) yield* callsIn(part);
}

function isCall(tree: object): tree is CallNode {
  return 'kind' in tree && tree.kind === 'call' && 'callee' in tree;
}

function literalsOf(call: CallNode): readonly string[] {
  return call.arguments.positional.flatMap((one) =>
    one.kind === 'const' && typeof one.value === 'string' ? [one.value] : [],
  );
}

function refOf(words: readonly string[], call: CallNode): Parameters<typeof resolveRef>[1] {
  const [first = '', second] = words;
  const version = call.arguments.keywords.find(({ name }) => name === 'v' || name === 'version');
  const value = version?.value.kind === 'const' ? version.value.value : null;
  return {
    name: second ?? first,
    packageName: second === undefined ? null : first,
    version: typeof value === 'string' || typeof value === 'number' ? value : null,
  };
}

function nodeOf(id: NodeId | undefined): readonly NodeId[] {
  return id === undefined ? [] : [id];
}
