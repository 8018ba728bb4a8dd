/**
 * Stages and file formats: CREATE, LIST, REMOVE, PUT, GET, and COPY in both directions.
 */
import type { SqlNode } from '../tree.js';
import {
  isGroup,
  isName,
  isOperator,
  isQuery,
  isWord,
  readName,
  splitCommas,
  stringValue,
} from './nodes.js';
import type { CreateHead } from './relation-options.js';
import { type Scope, unsupported } from './scope.js';
import {
  type FileChoice,
  type StageOptions,
  readStage,
  readStageOptions,
  stageOf,
} from './stage-options.js';
import type { Translation } from './translation.js';

export function writeCreateStage(
  nodes: readonly SqlNode[],
  head: CreateHead,
  scope: Scope,
): Translation {
  const { options, format, next } = readStageOptions(nodes, head.next, scope);
  const rest = nodes[next];
  if (rest !== undefined) throw unsupported(scope, 'This CREATE STAGE', rest);
  return {
    kind: 'create_stage',
    ...headOf(head),
    options,
    ...(format === undefined ? {} : { format }),
  };
}

export function writeCreateFileFormat(
  nodes: readonly SqlNode[],
  head: CreateHead,
  scope: Scope,
): Translation {
  const { options, next } = readStageOptions(nodes, head.next, scope);
  const rest = nodes[next];
  if (rest !== undefined) throw unsupported(scope, 'This CREATE FILE FORMAT', rest);
  return { kind: 'create_file_format', ...headOf(head), options };
}

function headOf(
  head: CreateHead,
): Pick<CreateHead, 'name' | 'orReplace' | 'ifNotExists' | 'isTemporary'> {
  const { name, orReplace, ifNotExists, isTemporary } = head;
  return { name, orReplace, ifNotExists, isTemporary };
}

/** `list @stage [pattern = '…']`, `remove @stage [pattern = '…']`. */
export function writeListStage(nodes: readonly SqlNode[], scope: Scope): Translation {
  const read = readStage(nodes, 1, scope);
  if (read === undefined) throw unsupported(scope, 'A list of anything but a stage', nodes[0]);
  const { options, next } = readStageOptions(nodes, read.next, scope);
  const rest = nodes[next];
  if (rest !== undefined) throw unsupported(scope, 'This list of a stage', rest);
  const [pattern] = options['PATTERN'] ?? [];
  return {
    kind: 'files',
    verb: isWord(nodes[0], 'RM', 'REMOVE') ? 'remove' : 'list',
    stage: read.stage,
    ...(pattern === undefined ? {} : { pattern }),
  };
}

const TRANSFER =
  /^\s*(put|get)\s+('(?:[^'\\]|\\[^]|'')*'|@(?:"[^"]*"|[^\s'"])+|\S+)\s+('(?:[^'\\]|\\[^]|'')*'|@(?:"[^"]*"|[^\s'";])+|[^\s;]+)([^;]*);?\s*$/iu;

/**
 * PUT and GET, from the text: `file:///x` has no quotes and would be half a comment.
 *
 * Undefined if the statement is neither.
 */
export function writeTransfer(sql: string, scope: Scope): Translation | undefined {
  const found = TRANSFER.exec(sql);
  if (found === null) return undefined;
  const [, verb = '', first = '', second = '', rest = ''] = found;
  const [from, to] = [first, second].map((text) =>
    text.startsWith("'") ? stringValue(text) : text,
  );
  const isPut = verb.toUpperCase() === 'PUT';
  const file = isPut ? from : to;
  const stage = isPut ? to : from;
  if (file?.startsWith('file://') !== true || stage?.startsWith('@') !== true)
    throw unsupported(scope, `This ${verb.toUpperCase()}`, 0);
  const options: Record<string, readonly string[]> = {};
  for (const [, key = '', value = ''] of rest.matchAll(/(\w+)\s*=\s*('[^']*'|[^\s,]+)/gu))
    options[key.toUpperCase()] = [value.replaceAll(/^'|'$/gu, '')];
  return {
    kind: 'transfer',
    verb: isPut ? 'put' : 'get',
    file: file.slice('file://'.length),
    stage: stageOf(stage),
    options,
  };
}

/** `copy into t …` loads, `copy into @stage …` unloads. */
export function writeCopy(nodes: readonly SqlNode[], scope: Scope): Translation {
  if (!isWord(nodes[1], 'INTO')) throw unsupported(scope, 'This COPY', nodes[1] ?? nodes[0]);
  const into = nodes[2];
  if (into?.kind === 'string' && !stringValue(into.text).startsWith('@'))
    throw unsupported(scope, 'COPY to a place outside of stages', into);
  const stage = readStage(nodes, 2, scope);
  if (stage !== undefined) return unload(nodes, stage.stage, stage.next, scope);
  const target = readName(nodes, 2);
  if (target === undefined) throw unsupported(scope, 'This COPY', into ?? nodes[0]);
  return load(nodes, target.parts, target.next, scope);
}

function unload(
  nodes: readonly SqlNode[],
  stage: ReturnType<typeof stageOf>,
  at: number,
  scope: Scope,
): Translation {
  const source = nodes[at + 1];
  if (!isWord(nodes[at], 'FROM') || source === undefined)
    throw unsupported(scope, 'COPY into a stage without FROM', nodes[at] ?? nodes[0]);
  let next = at + 2;
  let sql: string;
  if (isGroup(source) && isQuery(source.children)) sql = scope.query(source.children, scope);
  else {
    const name = readName(nodes, at + 1);
    if (name === undefined) throw unsupported(scope, 'This COPY', source);
    sql = `SELECT * FROM ${scope.options.resolve(name.parts).text}`;
    next = name.next;
  }
  const { options, format } = readRest(nodes, next, scope);
  return { kind: 'copy_unload', stage, sql, options, ...(format === undefined ? {} : { format }) };
}

function load(
  nodes: readonly SqlNode[],
  target: readonly string[],
  at: number,
  scope: Scope,
): Translation {
  const group = nodes[at];
  const columns = isGroup(group) ? columnNames(group.children) : undefined;
  let next = isGroup(group) ? at + 1 : at;
  const source = nodes[next + 1];
  const base = {
    kind: 'copy_load',
    target,
    ...(columns === undefined ? {} : { columns }),
  } as const;
  // Without FROM the files are those of the table's own stage.
  if (!isWord(nodes[next], 'FROM')) {
    const { options, format } = readRest(nodes, next, scope);
    return {
      ...base,
      stage: { kind: 'table', name: target, path: '' },
      choice: choiceOf(options, format),
      options,
    };
  }
  if (source?.kind === 'string' && !stringValue(source.text).startsWith('@'))
    throw unsupported(scope, 'COPY from a place outside of stages', source);
  const stage = readStage(nodes, next + 1, scope);
  if (stage !== undefined) {
    const { options, format } = readRest(nodes, stage.next, scope);
    return { ...base, stage: stage.stage, choice: choiceOf(options, format), options };
  }
  if (!isGroup(source) || !isQuery(source.children))
    throw unsupported(scope, 'This COPY', source ?? nodes[0]);
  next += 2;
  const { options, format } = readRest(nodes, next, scope);
  const choice = choiceOf(options, format);
  const inner: Scope = {
    ...scope,
    options: {
      ...scope.options,
      staged: (reference, own, width) =>
        scope.options.staged(
          reference,
          {
            format: own.format ?? choice.format,
            pattern: own.pattern ?? choice.pattern,
            files: choice.files,
          },
          width,
        ),
    },
  };
  return { ...base, sql: scope.query(source.children, inner), options };
}

function columnNames(nodes: readonly SqlNode[]): readonly string[] {
  return splitCommas(nodes).map(
    ([name]) =>
      readName(
        [name ?? nodes[0]].flatMap((one) => one ?? []),
        0,
      )?.parts[0] ?? '',
  );
}

function readRest(
  nodes: readonly SqlNode[],
  at: number,
  scope: Scope,
): { readonly options: StageOptions; readonly format: FileChoice['format'] } {
  const { options, format, next } = readStageOptions(nodes, at, scope);
  const rest = nodes[next];
  if (rest !== undefined) throw unsupported(scope, 'This option of COPY', rest);
  return { options, format };
}

function choiceOf(options: StageOptions, format: FileChoice['format']): FileChoice {
  return { format, pattern: options['PATTERN']?.[0], files: options['FILES'] };
}

/** Files of a stage in FROM: `@stage/path (file_format => 'f', pattern => '…')`. */
export function readStaged(
  nodes: readonly SqlNode[],
  at: number,
  scope: Scope,
): { readonly text: string; readonly next: number; readonly isVariant: boolean } | undefined {
  const read = readStage(nodes, at, scope);
  if (read === undefined) return undefined;
  const group = nodes[read.next];
  const hasOptions =
    isGroup(group) && isName(group.children[0]) && isOperator(group.children[1], '=>');
  const { options, format } = hasOptions
    ? readStageOptions(group.children, 0, scope)
    : { options: {}, format: undefined };
  const width = Math.max(
    1,
    ...[...scope.sql.matchAll(/\$(\d+)/gu)].map((match) => Number(match[1])),
  );
  const files = scope.options.staged(read.stage, choiceOf(options, format), width);
  return { ...files, next: hasOptions ? read.next + 1 : read.next };
}
