/**
 * SQL with Jinja as coloured pieces, line by line. Colours only: what a text means is the parsers' business.
 */
import type { Token } from './theme.js';

export interface Piece {
  readonly text: string;
  readonly token: Token;
}

// One pattern, tried in order: Jinja comments and tags first, because quotes inside them are not SQL's.
const PIECE =
  /(?<jinjaComment>\{#[\s\S]*?(?:#\}|$))|(?<jinja>\{[{%][\s\S]*?(?:[%}]\}|$))|(?<comment>--[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$))|(?<string>'(?:[^'\\]|''|\\.)*'?|\$\$[\s\S]*?(?:\$\$|$))|(?<quoted>"[^"]*"?)|(?<number>\b\d+(?:\.\d+)?\b)|(?<word>[A-Za-z_][\w$]*)|(?<space>\s+)|(?<other>[\s\S])/gu;

const KEYWORDS = new Set(
  `all alter and any as asc between by case cast cluster commit copy create cross current_date current_timestamp
   delete desc describe distinct drop else end except exists false fetch first following for from full grant group
   having if ilike in inner insert intersect into is join last lateral left like limit matched merge minus natural
   not null nulls offset on or order outer over partition pivot preceding qualify range recursive rename replace
   returning right rollback row rows sample schema select set swap table temp temporary then transient true
   truncate union unbounded unique unpivot update using values view when where window with within without`
    .trim()
    .split(/\s+/u),
);

/** The lines of a text, each as pieces that together are the line. */
export function paintSql(text: string): readonly (readonly Piece[])[] {
  const lines: Piece[][] = [[]];
  for (const match of text.matchAll(PIECE)) {
    const token = tokenOf(match, text);
    match[0].split('\n').forEach((part, index) => {
      if (index > 0) lines.push([]);
      if (part !== '') lines.at(-1)?.push({ text: part.replaceAll('\t', '    '), token });
    });
  }
  return lines;
}

function tokenOf(match: RegExpMatchArray, text: string): Token {
  const { groups = {} } = match;
  if (groups['jinjaComment'] !== undefined || groups['comment'] !== undefined) return 'comment';
  if (groups['jinja'] !== undefined) return 'jinja';
  if (groups['string'] !== undefined) return 'string';
  if (groups['number'] !== undefined) return 'number';
  const { word } = groups;
  if (word === undefined) return 'text';
  if (KEYWORDS.has(word.toLowerCase())) return 'keyword';
  return text[(match.index ?? 0) + word.length] === '(' ? 'function' : 'text';
}
