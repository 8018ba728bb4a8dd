/** Reads our own HTML strictly: every `<` must begin a tag that is well formed, with quoted attributes. */

export interface Tag {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
}

export interface ScriptElement {
  /** '' for one that runs. */
  readonly type: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly text: string;
}

const RAW = /<(?<name>script|style)(?<attributes>[^>]*)>(?<text>[\s\S]*?)<\/\k<name>>/gu;
const TAG =
  /<(?:!doctype html|\/[a-z][a-z0-9]*|(?<name>[a-z][a-z0-9]*)(?<attributes>(?:\s+[A-Za-z-]+(?:="[^"<]*")?)*)\s*\/?)>/gu;

/** Script elements of a document, in order. */
export function scriptsOf(html: string): readonly ScriptElement[] {
  return [...html.matchAll(RAW)]
    .filter((match) => match.groups?.['name'] === 'script')
    .map((match) => {
      const attributes = attributesOf(match.groups?.['attributes'] ?? '');
      return {
        type: attributes.get('type') ?? '',
        attributes,
        text: match.groups?.['text'] ?? '',
      };
    });
}

/** Start tags outside of scripts and styles. @throws Error at a `<` that begins none. */
export function tagsOf(html: string): readonly Tag[] {
  const outside = html.replaceAll(RAW, '');
  const rest = outside.replaceAll(TAG, '');
  const stray = rest.indexOf('<');
  if (stray !== -1) throw new Error(`No tag: ${rest.slice(stray, stray + 80)}`);
  return [...outside.matchAll(TAG)].flatMap((match) => {
    const name = match.groups?.['name'];
    return name === undefined
      ? []
      : [{ name, attributes: attributesOf(match.groups?.['attributes'] ?? '') }];
  });
}

/** The texts between tags, with escapes undone, joined by spaces. */
export function textOf(html: string): string {
  return html
    .replaceAll(RAW, '')
    .replaceAll('<wbr>', '')
    .replaceAll(TAG, ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
    .replaceAll(/\s+/gu, ' ')
    .trim();
}

function attributesOf(text: string): ReadonlyMap<string, string> {
  return new Map(
    [...text.matchAll(/(?<name>[A-Za-z-]+)(?:="(?<value>[^"]*)")?/gu)].map((match) => [
      match.groups?.['name'] ?? '',
      match.groups?.['value'] ?? '',
    ]),
  );
}
