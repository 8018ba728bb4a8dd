/**
 * `KEY = value` lists of stages, file formats and COPY, and the names of stages.
 */
import { storedName } from '../identifiers.js';
import type { SqlNode } from '../tree.js';
import {
  endOf,
  isGroup,
  isName,
  isOperator,
  isWord,
  readName,
  splitCommas,
  stringValue,
} from './nodes.js';
import { type Scope, unsupported } from './scope.js';

/** Where files are: `@db.schema.stage/path`, `@%table`, `@~`. */
export interface StageReference {
  readonly kind: 'named' | 'table' | 'user';
  /** One to three parts in stored case; empty for the user's own stage. */
  readonly name: readonly string[];
  /** After the stage's name, without a slash in front; empty for all of it. */
  readonly path: string;
}

/** Options by upper-case name; a value alone is a list of one. */
export type StageOptions = Readonly<Record<string, readonly string[]>>;

/** How files are to be read or written: a format by name, or its options. */
export interface FileFormat {
  readonly name?: readonly string[];
  readonly options: StageOptions;
}

/** Which files of a stage, and how. */
export interface FileChoice {
  readonly format: FileFormat | undefined;
  readonly pattern: string | undefined;
  readonly files: readonly string[] | undefined;
}

const REFERENCE = /@(?:"[^"]*"|[^\s(),;'"])+/uy;

/** The stage named at a node, which is `@` or a text that starts with it; `next` is the index after it. Undefined for anything else. */
export function readStage(
  nodes: readonly SqlNode[],
  at: number,
  scope: Scope,
): { readonly stage: StageReference; readonly next: number } | undefined {
  const node = nodes[at];
  if (node === undefined) return undefined;
  if (node.kind === 'string') {
    const text = stringValue(node.text);
    return text.startsWith('@') ? { stage: stageOf(text), next: at + 1 } : undefined;
  }
  if (!isOperator(node, '@')) return undefined;
  REFERENCE.lastIndex = node.offset;
  const [text] = REFERENCE.exec(scope.sql) ?? [];
  if (text === undefined) throw unsupported(scope, 'This stage', node);
  const end = node.offset + text.length;
  let next = at + 1;
  for (let one = nodes[next]; one !== undefined && one.offset < end; one = nodes[next]) {
    if (endOf(one) > end) throw unsupported(scope, 'This stage', one);
    next += 1;
  }
  return { stage: stageOf(text), next };
}

/** Reads `@name/path` as text. */
export function stageOf(text: string): StageReference {
  const parts: string[] = [];
  let rest = text.slice(1);
  if (rest.startsWith('~'))
    return { kind: 'user', name: [], path: rest.slice(1).replace(/^\//u, '') };
  let isTable = false;
  for (;;) {
    if (rest.startsWith('%')) {
      isTable = true;
      rest = rest.slice(1);
    }
    const [part = ''] = /^(?:"(?:[^"]|"")*"|[^./"]*)/u.exec(rest) ?? [];
    parts.push(storedName(part, 'snowflake'));
    rest = rest.slice(part.length);
    if (!rest.startsWith('.')) break;
    rest = rest.slice(1);
  }
  return { kind: isTable ? 'table' : 'named', name: parts, path: rest.replace(/^\//u, '') };
}

/** Reads `KEY = value` pairs from `at`, commas between them or not, as far as they go. `=>` is taken as `=`. */
export function readStageOptions(
  nodes: readonly SqlNode[],
  at: number,
  scope: Scope,
): {
  readonly options: StageOptions;
  readonly format: FileFormat | undefined;
  readonly next: number;
} {
  const options: Record<string, readonly string[]> = {};
  let format: FileFormat | undefined;
  let next = at;
  for (;;) {
    if (isOperator(nodes[next], ',')) next += 1;
    const key = nodes[next];
    if (!isName(key) || !isEquals(nodes[next + 1])) return { options, format, next };
    const value = nodes[next + 2];
    const name = key.word.toUpperCase();
    if (value === undefined) throw unsupported(scope, `${name} without a value`, key);
    if (name === 'FILE_FORMAT') {
      const read = readFormat(nodes, next + 2, scope);
      format = read.format;
      next = read.next;
    } else if (isGroup(value)) {
      options[name] = listOf(value.children);
      next += 3;
    } else {
      const negative = isOperator(value, '-') ? nodes[next + 3] : undefined;
      options[name] = negative?.kind === 'number' ? [`-${negative.text}`] : [textOf(value)];
      next += negative === undefined ? 3 : 4;
    }
  }
}

function isEquals(node: SqlNode | undefined): boolean {
  return isOperator(node, '=') || isOperator(node, '=>');
}

/** Items of a list; options inside of brackets, as CREDENTIALS has them, are not read. */
function listOf(nodes: readonly SqlNode[]): readonly string[] {
  return splitCommas(nodes).map((part) => (part[0] === undefined ? '' : textOf(part[0])));
}

function textOf(node: SqlNode): string {
  if (node.kind === 'group') return '';
  return node.kind === 'string' ? stringValue(node.text) : node.word;
}

/** `(type = csv …)`, `(format_name = x)`, `'x'` or `x`. */
function readFormat(
  nodes: readonly SqlNode[],
  at: number,
  scope: Scope,
): { readonly format: FileFormat; readonly next: number } {
  const value = nodes[at];
  if (isGroup(value)) {
    const name = value.children.findIndex((node) => isWord(node, 'FORMAT_NAME'));
    if (name !== -1) return { ...nameFormat(value.children, name + 2, scope), next: at + 1 };
    const { options, next } = readStageOptions(value.children, 0, scope);
    const rest = value.children[next];
    if (rest !== undefined) throw unsupported(scope, 'This file format', rest);
    return { format: { options }, next: at + 1 };
  }
  return nameFormat(nodes, at, scope);
}

function nameFormat(
  nodes: readonly SqlNode[],
  at: number,
  scope: Scope,
): { readonly format: FileFormat; readonly next: number } {
  const value = nodes[at];
  if (value?.kind === 'string')
    return { format: { name: nameParts(stringValue(value.text)), options: {} }, next: at + 1 };
  const name = readName(nodes, at);
  if (name === undefined) throw unsupported(scope, 'This file format', value ?? nodes.at(-1));
  return { format: { name: name.parts, options: {} }, next: name.next };
}

/** `a."b".c` in a text as parts in stored case. */
export function nameParts(text: string): readonly string[] {
  return (text.match(/"(?:[^"]|"")*"|[^.\s]+/gu) ?? []).map((part) =>
    storedName(part, 'snowflake'),
  );
}
