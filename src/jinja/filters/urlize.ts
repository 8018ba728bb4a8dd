/**
 * `urlize`: links around the addresses in a text.
 */
import { JinjaError } from '../error.js';
import { toRepr } from '../values/describe.js';
import { escapeHtml } from '../values/text.js';

export interface UrlizeOptions {
  /** Longest address to show in full, in characters. */
  readonly limit: number | undefined;
  readonly rel: string;
  readonly target: string | undefined;
  /** More schemes to recognize: `tel:`, `ftp://`. */
  readonly schemes: readonly string[];
}

const WEB =
  /^(?:https?:\/\/|www\.)(?:(?:[\w%-]+\.)+)?(?:[a-z]{2,63}|xn--[\w%]{2,59})(?::\d+)?(?:[/?#]\S*)?$|^(?:https?:\/\/(?:(?:\d{1,3}(?:\.\d{1,3}){3})|(?:\[[\da-f]*:[\da-f:.]+\])|(?:[\w%-]+\.)*[\w%-]+))(?::\d+)?(?:[/?#]\S*)?$|^(?:[\w%-]+\.)+(?:com|net|int|edu|gov|org|info|mil)(?::\d+)?(?:[/?#]\S*)?$/iu;
const MAIL = /^\S+@\w[\w.-]*\.\w+$/u;

/** The text as HTML, with links. */
export function urlize(text: string, options: UrlizeOptions): string {
  for (const scheme of options.schemes) {
    if (!/^[\w.+-]{2,}:\/{0,2}$/u.test(scheme)) {
      throw new JinjaError(
        'FilterArgumentError',
        `${toRepr(scheme)} is not a valid URI scheme prefix.`,
      );
    }
  }
  return escapeHtml(text)
    .split(/(\s+)/u)
    .map((word) => (word.trim() === '' ? word : linkWord(word, options)))
    .join('');
}

function linkWord(word: string, options: UrlizeOptions): string {
  const [, head = '', rest = ''] = /^((?:[(<]|&lt;)*)(.*)$/su.exec(word) ?? [];
  const [, body = '', end = ''] = /^(.*?)((?:[)>.,\n]|&gt;)*)$/su.exec(rest) ?? [];
  const [middle, tail] = balance(body, end);
  return head + link(middle, options) + tail;
}

/** A closing bracket whose opening one is inside the address belongs to it. */
function balance(body: string, end: string): readonly [string, string] {
  let [middle, tail] = [body, end];
  for (const [open, close] of [
    ['(', ')'],
    ['<', '>'],
    ['&lt;', '&gt;'],
  ] as const) {
    const opened = middle.split(open).length - 1;
    let missing = Math.min(opened - (middle.split(close).length - 1), tail.split(close).length - 1);
    for (; missing > 0; missing -= 1) {
      const at = tail.indexOf(close) + close.length;
      middle += tail.slice(0, at);
      tail = tail.slice(at);
    }
  }
  return [middle, tail];
}

function link(word: string, options: UrlizeOptions): string {
  const attributes =
    (options.rel === '' ? '' : ` rel="${escapeHtml(options.rel)}"`) +
    (options.target === undefined ? '' : ` target="${escapeHtml(options.target)}"`);
  const shown =
    options.limit !== undefined && word.length > options.limit
      ? `${word.slice(0, options.limit)}...`
      : word;
  if (WEB.test(word)) {
    const href = /^https?:\/\//iu.test(word) ? word : `https://${word}`;
    return `<a href="${href}"${attributes}>${shown}</a>`;
  }
  if (word.startsWith('mailto:') && MAIL.test(word.slice(7))) {
    return `<a href="${word}">${word.slice(7)}</a>`;
  }
  if (MAIL.test(word) && !word.includes(':') && !word.startsWith('@')) {
    return `<a href="mailto:${word}">${word}</a>`;
  }
  if (options.schemes.some((scheme) => word !== scheme && word.startsWith(scheme))) {
    return `<a href="${word}"${attributes}>${word}</a>`;
  }
  return word;
}
