/**
 * Markdown inside of a line: code, emphasis, links. What is not understood stays text.
 */
import { asHtml, breakableHtml, escapeHtml, type Html } from './html.js';

export interface MarkdownOptions {
  /** Where code that is exactly a node's name leads, so that prose links itself; null if it names none. */
  readonly linkOf?: (name: string) => string | null;
}

interface Delimiter {
  readonly marker: string;
  /** Index of its piece, replaced by an opening tag once it is closed. */
  readonly piece: number;
}

const TAGS: Readonly<Record<string, string>> = {
  '*': 'em',
  _: 'em',
  '**': 'strong',
  __: 'strong',
  '~~': 's',
};

// Bounded, so that no text can make the match slow.
const LINK =
  /!?\[(?<label>[^[\]\n]{0,500})\]\((?<url>[^\s<>()]{1,2000}(?:\([^\s<>()]{0,200}\)[^\s<>()]{0,200})?)(?:\s{1,9}"[^"\n]{0,300}")?\)/y;
const AUTOLINK = /<(?<url>(?:https?:\/\/|mailto:)[^\s<>"]{1,2000})>/y;
const BARE_URL = /https?:\/\/[^\s<>"'`]{1,2000}/y;
const CODE_MARK = /`{1,20}/y;
const EMPHASIS = /\*\*|\*|__|_|~~/y;
const PLAIN = /[^\\`*_~[!<h\n]+/y;
const SAFE_URL = /^(?:https?:\/\/|mailto:)/iu;
const PAGE_LINK = /^#(?:!\/\w{1,40}\/)?(?<id>[\w.-]{1,500})$/u;

/** Renders one run of text; a line break inside of it is a space, two blanks or a backslash before it break the line. */
export function renderInline(text: string, options: MarkdownOptions, isInLink = false): Html {
  const pieces: string[] = [];
  const open: Delimiter[] = [];
  let at = 0;
  while (at < text.length) {
    const character = text.charAt(at);
    const plain = matchAt(PLAIN, text, at);
    if (plain !== null) {
      pieces.push(escapeHtml(plain[0]));
      at += plain[0].length;
    } else if (character === '\\' && /[!-/:-@[-`{-~]/u.test(text.charAt(at + 1))) {
      pieces.push(escapeHtml(text.charAt(at + 1)));
      at += 2;
    } else if (character === '\n' || (character === '\\' && text.charAt(at + 1) === '\n')) {
      const isBreak = character === '\\' || text.endsWith('  ', at);
      pieces.push(isBreak ? '<br>' : '\n');
      at += character === '\\' ? 2 : 1;
    } else {
      at = renderSpecial(text, at, { pieces, open, options, isInLink });
    }
  }
  return asHtml(pieces.join(''));
}

interface InlineState {
  readonly pieces: string[];
  readonly open: Delimiter[];
  readonly options: MarkdownOptions;
  readonly isInLink: boolean;
}

/** Renders what starts at a marker. @returns where the text goes on. */
function renderSpecial(text: string, at: number, state: InlineState): number {
  const { pieces, options, isInLink } = state;
  const code = codeAt(text, at);
  if (code !== null) {
    const href = isInLink ? null : (options.linkOf?.(code.body) ?? null);
    const markup = `<code>${breakableHtml(code.body)}</code>`;
    pieces.push(href === null ? markup : `<a href="${escapeHtml(href)}">${markup}</a>`);
    return code.end;
  }
  if (!isInLink) {
    const link = matchAt(LINK, text, at);
    if (link !== null) {
      const label = link.groups?.['label'] ?? '';
      pieces.push(anchor(link.groups?.['url'] ?? '', renderInline(label, options, true)));
      return at + link[0].length;
    }
    const auto = matchAt(AUTOLINK, text, at);
    if (auto !== null) {
      const url = auto.groups?.['url'] ?? '';
      pieces.push(anchor(url, escapeHtml(url)));
      return at + auto[0].length;
    }
    const bare = matchAt(BARE_URL, text, at);
    if (bare !== null) {
      const url = bare[0].replace(/[.,;:!?)\]}*_~]+$/u, '');
      pieces.push(anchor(url, escapeHtml(url)));
      return at + url.length;
    }
  }
  const emphasis = matchAt(EMPHASIS, text, at);
  if (emphasis !== null) {
    pushEmphasis(text, at, emphasis[0], state);
    return at + emphasis[0].length;
  }
  pieces.push(escapeHtml(text.charAt(at)));
  return at + 1;
}

/** Opens or closes emphasis; a marker that nothing closes stays as written. */
function pushEmphasis(
  text: string,
  at: number,
  marker: string,
  { pieces, open }: InlineState,
): void {
  const before = text.charAt(at - 1);
  const after = text.charAt(at + marker.length);
  // Names are full of underscores: inside of a word they mean nothing.
  const isInWord = marker.startsWith('_') && /\w/u.test(before) && /\w/u.test(after);
  const canClose = !isInWord && before !== '' && !/\s/u.test(before);
  const canOpen = !isInWord && after !== '' && !/\s/u.test(after);
  const tag = TAGS[marker] ?? 'em';
  const opener = canClose ? open.findLastIndex((one) => one.marker === marker) : -1;
  const opened = open[opener];
  if (opened !== undefined && opened.piece < pieces.length - 1) {
    pieces[opened.piece] = `<${tag}>`;
    pieces.push(`</${tag}>`);
    // What opened inside of it and never closed stays text.
    open.length = opener;
    return;
  }
  if (canOpen) open.push({ marker, piece: pieces.length });
  pieces.push(escapeHtml(marker));
}

/** Code between two runs of as many backticks. */
function codeAt(text: string, at: number): { readonly body: string; readonly end: number } | null {
  const mark = matchAt(CODE_MARK, text, at)?.[0];
  if (mark === undefined) return null;
  const start = at + mark.length;
  for (let end = text.indexOf(mark, start); end !== -1 && end - start < 5000;) {
    const run = matchAt(CODE_MARK, text, end)?.[0] ?? mark;
    if (run.length === mark.length) {
      const body = text.slice(start, end).replaceAll('\n', ' ');
      const isPadded = /^ .*\S.* $/u.test(body);
      return { body: isPadded ? body.slice(1, -1) : body, end: end + mark.length };
    }
    end = text.indexOf(mark, end + run.length);
  }
  return { body: mark, end: start };
}

/** A link, if it leads where a reader may be sent: web, mail, or a page of this document. Else its label. */
function anchor(url: string, label: Html): Html {
  if (SAFE_URL.test(url)) {
    return asHtml(`<a href="${escapeHtml(url)}" rel="noopener noreferrer">${label}</a>`);
  }
  const id = PAGE_LINK.exec(url)?.groups?.['id'];
  return id === undefined ? label : asHtml(`<a href="#${escapeHtml(id)}">${label}</a>`);
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** True for urls that a reader may be sent to. */
export function isSafeUrl(url: string): boolean {
  return SAFE_URL.test(url);
}
