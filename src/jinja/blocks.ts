/**
 * dbt's own block splitter: cuts a file into its top-level blocks before Jinja sees any of it. It knows tags, strings,
 * comments and raw text, and nothing else of the language.
 */
import { JinjaError } from './error.js';
import { positionIn } from './language/position.js';

/** A tag that opens a block, or the text between blocks. `data_test` counts as `test`. */
export type BlockKind = 'data' | 'docs' | 'macro' | 'materialization' | 'snapshot' | 'test';

export interface Block {
  readonly kind: BlockKind;
  /** Empty for text between blocks. */
  readonly name: string;
  /** What follows the name in the opening tag: `(a, b=1)` or `, adapter='snowflake'`. */
  readonly args: string;
  /** From the opening tag to the closing one, as written. */
  readonly fullText: string;
  readonly contents: string;
  /** Of `fullText`, in UTF-16 units. */
  readonly offset: number;
  /** Of `fullText`, 1-based. */
  readonly line: number;
}

export interface SplitOptions {
  /** Shown in positions. */
  readonly name: string;
  /** The blocks to look for; any other tag is plain text. All of them if left out. */
  readonly kinds?: readonly Exclude<BlockKind, 'data'>[];
}

interface Tag {
  readonly word: string;
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

const TAG = /(?:\s*\{%-|\{%)\s*([A-Za-z_]\w*)(?:\s+([A-Za-z_]\w*))?/gu;
const OPENING = /((?:\s*\{%-|\{%)\s*[A-Za-z_]\w*(?:\s+[A-Za-z_]\w*)?)|(\s*\{#)|(\{\{\s*)/gu;
const STRING = /'[^'\\]*(?:\\.[^'\\]*)*'|"[^"\\]*(?:\\.[^"\\]*)*"/gsu;
const TAG_END = /["']|-%\}\s*|%\}/gu;
const EXPRESSION_END = /["']|\s*\}\}/gu;
const COMMENT_END = /\s*#\}/gu;
const RAW =
  /(?:\s*\{%-|\{%)\s*raw\s*(?:-%\}\s*|%\})[^]*?(?:\s*\{%-|\{%)\s*endraw\s*(?:-%\}\s*|%\})/gu;

const CLOSERS: ReadonlyMap<string, string> = new Map([
  ['if', 'endif'],
  ['for', 'endfor'],
]);
const OPENERS: ReadonlyMap<string, string> = new Map([
  ['endif', 'if'],
  ['endfor', 'for'],
]);

/**
 * Cuts a text into blocks and what stands between them, in order.
 *
 * @throws JinjaError CompilationError, in dbt's words: a block that is not closed, is inside another or inside `if`/`for`.
 */
export function splitBlocks(source: string, options: SplitOptions): readonly Block[] {
  const scanner = new TagScanner(source, options.name);
  const kinds = options.kinds ?? ['docs', 'macro', 'materialization', 'snapshot', 'test'];
  const words = new Set<string>(kinds);
  if (words.has('test')) words.add('data_test');
  const blocks: Block[] = [];
  const flow: string[] = [];
  let open: Tag | undefined;
  let last = 0;

  const push = (tag: Tag | undefined, end: number, contentsEnd: number): void => {
    const offset = tag?.start ?? last;
    const fullText = source.slice(offset, end);
    if (fullText === '') return;
    blocks.push({
      kind: tag === undefined ? 'data' : kindOf(tag.word),
      name: tag?.name ?? '',
      args: tag === undefined ? '' : argumentsOf(source, tag),
      fullText,
      contents: tag === undefined ? fullText : source.slice(tag.end, contentsEnd),
      offset,
      line: positionIn(scanner.text, offset + leadingBlank(fullText)).line,
    });
  };

  for (let tag = scanner.next(); tag !== undefined; tag = scanner.next()) {
    checkFlow(tag, flow, scanner);
    if (words.has(tag.word)) {
      if (flow.length > 0) {
        scanner.fail(
          `Got a block definition inside control flow at ${scanner.place(tag.start)}. All dbt block definitions must be at the top level`,
          tag.start,
        );
      }
      if (open !== undefined) {
        scanner.fail(
          `Got nested tags: ${open.word} (started at ${open.start}) did not have a matching {{% end${open.word} %}} before a subsequent ${tag.word} was found (started at ${tag.start})`,
          tag.start,
        );
      }
      push(undefined, tag.start, tag.start);
      last = tag.start;
      open = tag;
    } else if (open !== undefined && tag.word === `end${open.word}`) {
      push(open, tag.end, tag.start);
      last = tag.end;
      open = undefined;
    }
  }
  if (open !== undefined) {
    const { line } = positionIn(scanner.text, open.end);
    scanner.fail(
      `Reached EOF without finding a close tag for ${open.word} (searched from line ${line})`,
      open.start,
    );
  }
  push(undefined, source.length, source.length);
  return blocks;
}

function kindOf(word: string): BlockKind {
  switch (word) {
    case 'docs':
    case 'macro':
    case 'materialization':
    case 'snapshot':
      return word;
    default:
      return 'test';
  }
}

/** A tag that strips takes the blank before it along: the line is that of the tag itself. */
function leadingBlank(text: string): number {
  return text.startsWith('{%') ? 0 : (/^\s*(?=\{%)/u.exec(text)?.[0].length ?? 0);
}

function argumentsOf(source: string, tag: Tag): string {
  const text = source.slice(tag.start, tag.end);
  TAG.lastIndex = 0;
  const [head = ''] = TAG.exec(text) ?? [];
  return text
    .slice(head.length)
    .replace(/-?%\}\s*$/u, '')
    .trim();
}

/** Keeps count of `if` and `for`. */
function checkFlow(tag: Tag, flow: string[], scanner: TagScanner): void {
  if (CLOSERS.has(tag.word)) {
    flow.push(tag.word);
    return;
  }
  const opener = OPENERS.get(tag.word);
  if (opener === undefined) return;
  const found = flow.pop();
  if (found === undefined) {
    scanner.fail(
      `Got an unexpected control flow end tag, got ${tag.word} but never saw a preceeding ${opener} (@ ${scanner.place(tag.start)})`,
      tag.start,
    );
  }
  const expected = CLOSERS.get(found);
  if (expected !== tag.word) {
    scanner.fail(
      `Got an unexpected control flow end tag, got ${tag.word} but expected ${expected} next (@ ${scanner.place(tag.start)})`,
      tag.start,
    );
  }
}

/** Walks over the tags of a text, past expressions, comments and raw text. */
class TagScanner {
  readonly text: { readonly name: string; readonly firstLine: 1; readonly source: string };
  #at = 0;

  constructor(source: string, name: string) {
    this.text = { name, firstLine: 1, source };
  }

  next(): Tag | undefined {
    for (;;) {
      const match = this.#search(OPENING);
      if (match === null) return undefined;
      this.#at = match.index;
      const end = match.index + match[0].length;
      if (match[2] !== undefined) {
        this.#at = end;
        this.#expect('#}', COMMENT_END);
      } else if (match[3] !== undefined) {
        this.#at = end;
        this.#skipTo('}}', EXPRESSION_END);
      } else return this.#readTag();
    }
  }

  #readTag(): Tag {
    const start = this.#at;
    TAG.lastIndex = start;
    const [head = '', word = '', name = ''] = TAG.exec(this.text.source) ?? [];
    if (word === 'raw') this.#expect('{% raw %}...{% endraw %}', RAW);
    else {
      this.#at += head.length;
      this.#skipTo('tag close ("%}")', TAG_END);
    }
    return { word, name, start, end: this.#at };
  }

  /** Goes past an end mark that is in no string. */
  #skipTo(expected: string, pattern: RegExp): void {
    for (;;) {
      const match = this.#search(pattern) ?? this.#failEnd(expected);
      if (match[0] !== '"' && match[0] !== "'") {
        this.#at = match.index + match[0].length;
        return;
      }
      this.#at = match.index;
      this.#expect('string', STRING);
    }
  }

  #search(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    return pattern.exec(this.text.source);
  }

  #expect(expected: string, pattern: RegExp): void {
    const match = this.#search(pattern) ?? this.#failEnd(expected);
    this.#at = match.index + match[0].length;
  }

  #failEnd(expected: string): never {
    return this.fail(
      `unexpected EOF, expected ${expected}, got "${this.text.source.slice(this.#at)}"`,
      this.#at,
    );
  }

  /** dbt's form of a place: the line from 1, the column from 0. */
  place(at: number): string {
    const { line, column } = positionIn(this.text, at);
    return `${line}:${column - 1}`;
  }

  fail(message: string, at: number): never {
    throw new JinjaError('CompilationError', message, { position: positionIn(this.text, at) });
  }
}
