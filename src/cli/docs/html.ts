/**
 * Markup that is safe to stand in the page as it is, and the only ways to make it.
 */
import type { Branded } from '../../base/index.js';

/** Markup whose texts are escaped. Templates print it with `| safe`, and nothing else. */
export type Html = Branded<'Html'>;

const SPECIAL: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Escapes text for an element or a quoted attribute. */
export function escapeHtml(text: string): Html {
  return text.replace(/[&<>"']/gu, (character) => SPECIAL[character] ?? '') as Html;
}

/** Shorter names fit wherever they stand. */
const MIN_BREAKABLE = 20;

/** Escapes a name or path, and lets a long one break after its separators. */
export function breakableHtml(text: string): Html {
  if (text.length < MIN_BREAKABLE) return escapeHtml(text);
  return text
    .split(/(?<=[-_./])(?=[^-_./])/u)
    .map(escapeHtml)
    .join('<wbr>') as Html;
}

/** Marks text as markup: its caller has escaped every part that is not its own. */
export function asHtml(markup: string): Html {
  return markup as Html;
}

// `<` could end the script element or open a comment in it; the separators end a line for old readers of scripts.
const UNSAFE_IN_ISLAND = /[<\u2028\u2029]/gu;

/** JSON that can stand inside of a `<script type="application/json">` whatever texts it holds. */
export function islandJson(value: unknown): Html {
  const escaped = JSON.stringify(value).replace(
    UNSAFE_IN_ISLAND,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return escaped as Html;
}

/**
 * Markup that can stand inside of a script element as plain text, to be parsed when it is looked at.
 *
 * Escaped texts hold no `<`, and no template of a page writes a script or a comment: one that did would be a bug.
 */
export function islandMarkup(markup: Html): Html {
  if (/<(?:!--|\/?script)/iu.test(markup))
    throw new Error('A page may hold no script and no comment.');
  return markup;
}
