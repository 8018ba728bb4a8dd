/**
 * LIKE and regular expressions. Snowflake's and DuckDB's engines agree on the common syntax; patterns must be known here only where they are rewritten.
 */
import { type Call, type Rule, type Rules, argument, everyArgument } from '../rule.js';
import { type Scope, type Written, unsupported } from '../scope.js';

/** Snowflake's flags in DuckDB's letters: `i`, `m`, `s`, `c`; `e` asks for a group and is read apart. */
function flags(value: Written | undefined, call: Call, scope: Scope): string {
  if (value === undefined) return '';
  const found = /^'([a-z]*)'$/u.exec(value.text);
  if (found === null)
    throw unsupported(scope, `${call.name} flags that are not a literal`, call.node);
  return (found[1] ?? '').replaceAll('e', '');
}

function option(letters: string): string {
  return letters === '' ? '' : `, '${letters}'`;
}

/** A search: where it looks, for what, and the DuckDB options for it. */
interface Search {
  readonly source: string;
  readonly pattern: string;
  /** The text before the place where the search starts; undefined if it starts at the beginning. */
  readonly before: string | undefined;
  readonly options: string;
}

function readSearch(
  call: Call,
  scope: Scope,
  at: { readonly position: number; readonly flags: number },
): Search {
  const args = everyArgument(call, scope);
  const [value, pattern] = args;
  if (value === undefined || pattern === undefined)
    throw unsupported(scope, `${call.name} with ${args.length} arguments`, call.node);
  const whole = `CAST(${value.text} AS VARCHAR)`;
  const position = args[at.position]?.text ?? '1';
  const options = option(flags(args[at.flags], call, scope));
  const isStart = position === '1';
  return {
    source: isStart ? whole : `substring(${whole}, CAST(${position} AS BIGINT))`,
    before: isStart ? undefined : `left(${whole}, CAST(${position} AS BIGINT) - 1)`,
    pattern: pattern.text,
    options,
  };
}

const regexpLike: Rule = (call, scope) => {
  const { source, pattern, options } = readSearch(call, scope, { position: 9, flags: 2 });
  return { text: `regexp_full_match(${source}, ${pattern}${options})` };
};

/** The matches of a search, and the texts between them, as lists. */
function cut({ source, pattern, options }: Search): {
  readonly matches: string;
  readonly between: string;
} {
  return {
    matches: `regexp_extract_all(${source}, ${pattern}, 0${options})`,
    between: `regexp_split_to_array(${source}, ${pattern}${options})`,
  };
}

/** `REGEXP_REPLACE(x, pattern [, replacement [, position [, occurrence [, flags]]]])`: all occurrences unless told. */
const regexpReplace: Rule = (call, scope) => {
  const search = readSearch(call, scope, { position: 3, flags: 5 });
  const { source, pattern, before } = search;
  const replacement = call.args.length > 2 ? argument(call, 2, scope).text : "''";
  const occurrence = call.args.length > 4 ? argument(call, 4, scope).text : '0';
  const letters = flags(call.args.length > 5 ? argument(call, 5, scope) : undefined, call, scope);
  const replaced = (every: boolean): string =>
    `regexp_replace(${source}, ${pattern}, ${replacement}${option(`${every ? 'g' : ''}${letters}`)})`;
  const lead = before === undefined ? '' : `${before} || `;
  if (occurrence === '0') return { text: `(${lead}${replaced(true)})`, hint: 'text' };
  if (occurrence === '1') return { text: `(${lead}${replaced(false)})`, hint: 'text' };
  const { matches, between } = cut(search);
  const one = `regexp_replace(m, ${pattern}, ${replacement}${option(letters)})`;
  const pieces = `list_transform(list_zip(${between}, ${matches}), lambda p, i: coalesce(p[1], '') || CASE WHEN p[2] IS NULL THEN '' WHEN i = CAST(${occurrence} AS BIGINT) THEN (list_transform([p[2]], lambda m: ${one}))[1] ELSE p[2] END)`;
  return {
    text: `(${lead}CASE WHEN (${occurrence}) = 0 THEN ${replaced(true)} ELSE array_to_string(${pieces}, '') END)`,
    hint: 'text',
  };
};

/** The group that a search asks for: what is in the first brackets if the flags have `e`. DuckDB wants it constant. */
function groupOf(call: Call, scope: Scope, flagsAt: number): string {
  const args = everyArgument(call, scope);
  const group = args[flagsAt + 1]?.text;
  if (group === undefined) return /e/u.test(args[flagsAt]?.text ?? '') ? '1' : '0';
  if (!/^\d+$/u.test(group))
    throw unsupported(scope, `${call.name} of a group that is not a literal`, call.node);
  return group;
}

/** `REGEXP_SUBSTR(x, pattern [, position [, occurrence [, flags [, group]]]])`: null where nothing matches. */
const regexpSubstring: Rule = (call, scope) => {
  const { source, pattern, options } = readSearch(call, scope, { position: 2, flags: 4 });
  const occurrence = call.args.length > 3 ? argument(call, 3, scope).text : '1';
  return {
    text: `regexp_extract_all(${source}, ${pattern}, ${groupOf(call, scope, 4)}${options})[${occurrence}]`,
    hint: 'text',
  };
};

/** As REGEXP_SUBSTR, all matches from the occurrence on; null where there is none. */
const regexpSubstringAll: Rule = (call, scope) => {
  const { source, pattern, options } = readSearch(call, scope, { position: 2, flags: 4 });
  const all = `regexp_extract_all(${source}, ${pattern}, ${groupOf(call, scope, 4)}${options})`;
  const occurrence = call.args.length > 3 ? argument(call, 3, scope).text : '1';
  return { text: occurrence === '1' ? all : `${all}[${occurrence}:]` };
};

const regexpCount: Rule = (call, scope) => {
  const search = readSearch(call, scope, { position: 2, flags: 3 });
  return { text: `length(${cut(search).matches})`, hint: 'integer' };
};

/** `REGEXP_INSTR(x, pattern [, position [, occurrence [, end [, flags]]]])`: where a match starts, or ends; 0 if there is none. */
const regexpPosition: Rule = (call, scope) => {
  const search = readSearch(call, scope, { position: 2, flags: 5 });
  const occurrence = call.args.length > 3 ? argument(call, 3, scope).text : '1';
  const end = call.args.length > 4 ? argument(call, 4, scope).text : '0';
  if (groupOf(call, scope, 5) !== '0')
    throw unsupported(scope, `${call.name} of a group`, call.node);
  const { matches, between } = cut(search);
  const lengths = (list: string, upTo: string): string =>
    `coalesce(list_sum(list_transform(list_slice(${list}, 1, CAST(${upTo} AS BIGINT)), lambda p: length(p))), 0)`;
  const start = `${lengths(between, occurrence)} + ${lengths(matches, `${occurrence} - 1`)}`;
  const lead = search.before === undefined ? '' : ` + length(${search.before})`;
  return {
    text: `CAST(CASE WHEN length(${matches}) < (${occurrence}) THEN 0 ELSE ${start} + 1${lead} + CASE WHEN (${end}) = 1 THEN length(${matches}[${occurrence}]) ELSE 0 END END AS BIGINT)`,
    hint: 'integer',
  };
};

const like =
  (operator: 'LIKE' | 'ILIKE'): Rule =>
  (call, scope) => {
    const escape = call.args.length > 2 ? ` ESCAPE ${argument(call, 2, scope).text}` : '';
    return {
      text: `((${argument(call, 0, scope).text}) ${operator} (${argument(call, 1, scope).text})${escape})`,
    };
  };

export const PATTERNS: Rules = {
  ILIKE: like('ILIKE'),
  LIKE: like('LIKE'),
  REGEXP: regexpLike,
  REGEXP_COUNT: regexpCount,
  REGEXP_EXTRACT_ALL: regexpSubstringAll,
  REGEXP_INSTR: regexpPosition,
  REGEXP_LIKE: regexpLike,
  REGEXP_REPLACE: regexpReplace,
  REGEXP_SUBSTR: regexpSubstring,
  REGEXP_SUBSTR_ALL: regexpSubstringAll,
  RLIKE: regexpLike,
};
