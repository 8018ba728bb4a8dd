/**
 * SQL in colours: what each stretch of a text is, for terminals and pages.
 */
import type { SqlDialect } from './identifiers.js';
import { type Token, tokenize } from './tokens.js';

export type SpanKind =
  | 'keyword'
  | 'function'
  | 'name'
  | 'string'
  | 'number'
  | 'operator'
  | 'comment'
  | 'space'
  /** `{{`, `}}`, `{%`, `%}`. */
  | 'jinja';

export interface Span {
  readonly text: string;
  readonly kind: SpanKind;
}

const KEYWORDS = new Set(
  `add all alter and any as asc at begin between by case cast clone cluster column comment commit copy create cross
  current database default delete desc describe distinct drop else end escape except exclude exists explain false fetch first flatten
  following for foreign from full function grant group having if ilike in inner insert intersect interval into is join key
  last lateral left like limit materialized matched merge minus natural not null nulls of offset on or order outer over overwrite
  partition pivot preceding primary qualify range recursive references rename replace revoke right rlike rollback row rows
  sample schema select set show table temporary then to transient true truncate try_cast unbounded union unique unpivot update use
  using values view when where window with within`.split(/\s+/u),
);
/** Of Jinja's own, where a statement or expression of it stands. */
const JINJA_WORDS = new Set(
  'if elif else endif for endfor in set endset macro endmacro call endcall do not and or is none true false import from include block endblock raw endraw test endtest snapshot endsnapshot materialization endmaterialization docs enddocs'.split(
    ' ',
  ),
);
const BLOCK = /\{#[^]*?(?:#\}|$)|\{\{-?|-?\}\}|\{%-?|-?%\}/gu;

/**
 * Splits a text, SQL or a dbt template, into spans whose texts joined are the text again. Linear; never fails.
 *
 * A single line may be given: a string or comment that began on an earlier line is then not seen.
 */
export function highlightSql(text: string, dialect: SqlDialect = 'snowflake'): readonly Span[] {
  const spans: Span[] = [];
  let at = 0;
  let isInJinja = false;
  for (const block of text.matchAll(BLOCK)) {
    pushTokens(spans, text.slice(at, block.index), dialect, isInJinja);
    const isComment = block[0].startsWith('{#');
    spans.push({ text: block[0], kind: isComment ? 'comment' : 'jinja' });
    if (!isComment) isInJinja = block[0].startsWith('{');
    at = block.index + block[0].length;
  }
  pushTokens(spans, text.slice(at), dialect, isInJinja);
  return spans;
}

function pushTokens(spans: Span[], text: string, dialect: SqlDialect, isInJinja: boolean): void {
  const tokens = tokenize(text, dialect);
  tokens.forEach((token, index) => {
    spans.push({ text: token.text, kind: kindOf(token, tokens[index + 1], isInJinja) });
  });
}

function kindOf(token: Token, next: Token | undefined, isInJinja: boolean): SpanKind {
  switch (token.kind) {
    case 'word': {
      const word = token.text.toLowerCase();
      if (isInJinja ? JINJA_WORDS.has(word) : KEYWORDS.has(word)) return 'keyword';
      return next?.text === '(' ? 'function' : 'name';
    }
    case 'quoted':
      // In Jinja both quotes make strings.
      return isInJinja ? 'string' : 'name';
    case 'variable':
      return 'name';
    case 'string':
    case 'number':
    case 'operator':
    case 'comment':
    case 'space':
      return token.kind;
  }
}
