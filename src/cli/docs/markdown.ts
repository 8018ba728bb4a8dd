/**
 * Descriptions: the subset of Markdown that people write in dbt projects, rendered so that nothing in it can act.
 *
 * Paragraphs, headings, lists, quotes, tables, fenced code, rules; inline as in `markdown-inline.ts`. HTML is text, images are links.
 */
import { asHtml, escapeHtml, type Html } from './html.js';
import { type MarkdownOptions, renderInline } from './markdown-inline.js';

/** Quotes and lists deeper than this are text. */
const MAX_DEPTH = 6;

const FENCE = /^\s{0,3}(?<mark>`{3,}|~{3,})\s*[\w+-]*\s*$/u;
const HEADING = /^\s{0,3}(?<marks>#{1,6})\s+(?<text>.*?)(?:\s+#+)?\s*$/u;
const RULE = /^\s{0,3}(?:(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,})$/u;
const QUOTE = /^\s{0,3}>\s?/u;
const ITEM = /^(?<indent>\s*)(?<mark>[-*+]|\d{1,9}[.)])\s+(?<text>.*)$/u;
const TABLE_RULE = /^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$/u;

interface Block {
  readonly html: string;
  /** Lines that it took, >= 1. */
  readonly lineCount: number;
}

/** Renders a description. Linear in its length; never fails. */
export function renderMarkdown(text: string, options: MarkdownOptions = {}): Html {
  return blocks(text.replaceAll(/\r\n?/gu, '\n').replaceAll('\t', '    ').split('\n'), options, 0);
}

/** The first paragraph's words without markup, for one-line summaries. */
export function plainSummary(text: string, maxLength: number): string {
  const paragraph = text.trim().split(/\n\s*\n/u)[0] ?? '';
  const plain = paragraph
    .replaceAll(/!?\[([^[\]]{0,500})\]\([^()\s]{0,2000}\)/gu, '$1')
    .replaceAll(/^\s*#+\s+/gmu, '')
    .replaceAll(/[`*]/gu, '')
    .replaceAll(/\s+/gu, ' ')
    .trim();
  if (plain.length <= maxLength) return plain;
  return `${plain.slice(0, maxLength - 1).replace(/\s+\S*$/u, '')}…`;
}

function blocks(lines: readonly string[], options: MarkdownOptions, depth: number): Html {
  const rendered: string[] = [];
  for (let at = 0; at < lines.length;) {
    const line = lines[at] ?? '';
    if (line.trim() === '') {
      at += 1;
      continue;
    }
    const block =
      fence(lines, at) ??
      heading(line, options) ??
      table(lines, at, options) ??
      (depth < MAX_DEPTH ? quote(lines, at, options, depth) : null) ??
      (RULE.test(line) ? { html: '<hr>', lineCount: 1 } : null) ??
      (depth < MAX_DEPTH ? list(lines, at, options, depth) : null) ??
      paragraph(lines, at, options);
    rendered.push(block.html);
    at += block.lineCount;
  }
  return asHtml(rendered.join('\n'));
}

function fence(lines: readonly string[], at: number): Block | null {
  const mark = FENCE.exec(lines[at] ?? '')?.groups?.['mark'];
  if (mark === undefined) return null;
  let end = at + 1;
  while (end < lines.length && (lines[end] ?? '').trim() !== mark) end += 1;
  const body = lines.slice(at + 1, end).join('\n');
  return {
    html: `<pre class="prose-code"><code>${escapeHtml(body)}</code></pre>`,
    lineCount: end + 1 - at,
  };
}

/** The page's own headings come first: one of a description starts two levels below. */
function heading(line: string, options: MarkdownOptions): Block | null {
  const groups = HEADING.exec(line)?.groups;
  if (groups === undefined) return null;
  const level = Math.min(6, (groups['marks'] ?? '').length + 2);
  const html = `<h${level}>${renderInline(groups['text'] ?? '', options)}</h${level}>`;
  return { html, lineCount: 1 };
}

function table(lines: readonly string[], at: number, options: MarkdownOptions): Block | null {
  const header = lines[at] ?? '';
  const rule = lines[at + 1] ?? '';
  if (!header.includes('|') || !rule.includes('-') || !TABLE_RULE.test(rule)) return null;
  const titles = cellsOf(header);
  if (titles.length !== cellsOf(rule).length) return null;
  let end = at + 2;
  while (end < lines.length && (lines[end] ?? '').includes('|')) end += 1;
  const row = (cells: readonly string[], tag: 'td' | 'th'): string =>
    `<tr>${titles.map((_, index) => `<${tag}>${renderInline(cells[index] ?? '', options)}</${tag}>`).join('')}</tr>`;
  const body = lines.slice(at + 2, end).map((line) => row(cellsOf(line), 'td'));
  const html = `<div class="scroll"><table><thead>${row(titles, 'th')}</thead><tbody>${body.join('')}</tbody></table></div>`;
  return { html, lineCount: end - at };
}

/** Cells of a table's line; `\|` is a bar that is meant. */
function cellsOf(line: string): readonly string[] {
  const inner = line
    .trim()
    .replace(/^\|/u, '')
    .replace(/(?<!\\)\|$/u, '');
  return inner.split(/(?<!\\)\|/u).map((cell) => cell.trim().replaceAll('\\|', '|'));
}

function quote(
  lines: readonly string[],
  at: number,
  options: MarkdownOptions,
  depth: number,
): Block | null {
  let end = at;
  while (end < lines.length && QUOTE.test(lines[end] ?? '')) end += 1;
  if (end === at) return null;
  const inner = lines.slice(at, end).map((line) => line.replace(QUOTE, ''));
  return {
    html: `<blockquote>${blocks(inner, options, depth + 1)}</blockquote>`,
    lineCount: end - at,
  };
}

function list(
  lines: readonly string[],
  at: number,
  options: MarkdownOptions,
  depth: number,
): Block | null {
  const first = ITEM.exec(lines[at] ?? '')?.groups;
  if (first === undefined) return null;
  const indent = (first['indent'] ?? '').length;
  const isOrdered = /\d/u.test(first['mark'] ?? '');
  const items: string[] = [];
  let end = at;
  while (end < lines.length) {
    const item = ITEM.exec(lines[end] ?? '')?.groups;
    if (item === undefined || /\d/u.test(item['mark'] ?? '') !== isOrdered) break;
    if (Math.abs((item['indent'] ?? '').length - indent) > 1) break;
    const body = itemLines(lines, end, indent);
    end += body.length;
    const content = body.map((line, index) =>
      index === 0 ? (item['text'] ?? '') : line.slice(Math.min(indentOf(line), indent + 2)),
    );
    items.push(itemHtml(content, options, depth));
    while ((lines[end] ?? 'end').trim() === '' && ITEM.test(lines[end + 1] ?? '')) end += 1;
  }
  const tag = isOrdered ? 'ol' : 'ul';
  return { html: `<${tag}>${items.join('')}</${tag}>`, lineCount: end - at };
}

/** The lines of one item: its first, what is indented under it, and lines that go on with its paragraph. */
function itemLines(lines: readonly string[], at: number, indent: number): readonly string[] {
  let end = at + 1;
  while (end < lines.length) {
    const line = lines[end] ?? '';
    const isBlank = line.trim() === '';
    const isNested = isBlank
      ? indentOf(lines[end + 1] ?? '') > indent + 1
      : indentOf(line) > indent + 1;
    const goesOn =
      !isBlank && !isNested && !startsBlock(line) && (lines[end - 1] ?? '').trim() !== '';
    if (!isNested && !goesOn) break;
    end += 1;
  }
  return lines.slice(at, end);
}

/** An item of one paragraph needs no paragraph around it. */
function itemHtml(content: readonly string[], options: MarkdownOptions, depth: number): string {
  const firstBlock = content.findIndex((line, index) => index > 0 && startsBlock(line));
  const head = firstBlock === -1 ? content : content.slice(0, firstBlock);
  if (head.some((line) => line.trim() === '')) {
    return `<li>${blocks(content, options, depth + 1)}</li>`;
  }
  const rest = firstBlock === -1 ? '' : blocks(content.slice(firstBlock), options, depth + 1);
  return `<li>${renderInline(head.join('\n').trim(), options)}${rest}</li>`;
}

function paragraph(lines: readonly string[], at: number, options: MarkdownOptions): Block {
  let end = at + 1;
  while (end < lines.length && (lines[end] ?? '').trim() !== '' && !startsBlock(lines[end] ?? '')) {
    end += 1;
  }
  const text = lines
    .slice(at, end)
    .map((line) => line.trimStart())
    .join('\n')
    .trimEnd();
  return { html: `<p>${renderInline(text, options)}</p>`, lineCount: end - at };
}

function startsBlock(line: string): boolean {
  return (
    FENCE.test(line) || HEADING.test(line) || QUOTE.test(line) || ITEM.test(line) || RULE.test(line)
  );
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}
