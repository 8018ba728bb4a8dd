/**
 * LIKE and regular expressions. Snowflake's and DuckDB's engines agree on the common syntax; patterns must be known here only where they are rewritten.
 */
import { type Call, type Rule, type Rules, argument, everyArgument, forms } from '../rule.js';
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

const regexpLike: Rule = (call, scope) => {
  const [value, pattern, parameters] = everyArgument(call, scope);
  const letters = flags(parameters, call, scope);
  return {
    text: `regexp_full_match(CAST(${value?.text} AS VARCHAR), ${pattern?.text}${option(letters)})`,
  };
};

/** `REGEXP_REPLACE(x, pattern [, replacement [, position [, occurrence [, flags]]]])`: all occurrences unless told. */
const regexpReplace: Rule = (call, scope) => {
  const [value, pattern, replacement, position, occurrence, parameters] = everyArgument(
    call,
    scope,
  );
  if (
    (position !== undefined && position.text !== '1') ||
    (occurrence !== undefined && !/^[01]$/u.test(occurrence.text))
  )
    throw unsupported(scope, 'REGEXP_REPLACE from a later position or occurrence', call.node);
  const letters = `${occurrence?.text === '1' ? '' : 'g'}${flags(parameters, call, scope)}`;
  return {
    text: `regexp_replace(CAST(${value?.text} AS VARCHAR), ${pattern?.text}, ${replacement?.text ?? "''"}${option(letters)})`,
    hint: 'text',
  };
};

/** `REGEXP_SUBSTR(x, pattern [, position [, occurrence [, flags [, group]]]])`: null where nothing matches. */
const regexpSubstring: Rule = (call, scope) => {
  const [value, pattern, position, occurrence, parameters, group] = everyArgument(call, scope);
  const letters = flags(parameters, call, scope);
  const asksGroup = /e/u.test(parameters?.text ?? '');
  const index = group?.text ?? (asksGroup ? '1' : '0');
  const whole = `CAST(${value?.text} AS VARCHAR)`;
  const source =
    position === undefined || position.text === '1'
      ? whole
      : `substring(${whole}, ${position.text})`;
  return {
    text: `regexp_extract_all(${source}, ${pattern?.text}, ${index}${option(letters)})[${occurrence?.text ?? '1'}]`,
    hint: 'text',
  };
};

const regexpCount: Rule = (call, scope) => {
  const [value, pattern, position, parameters] = everyArgument(call, scope);
  const letters = flags(parameters, call, scope);
  const whole = `CAST(${value?.text} AS VARCHAR)`;
  const source =
    position === undefined || position.text === '1'
      ? whole
      : `substring(${whole}, ${position.text})`;
  return {
    text: `length(regexp_extract_all(${source}, ${pattern?.text}, 0${option(letters)}))`,
    hint: 'integer',
  };
};

/** `REGEXP_INSTR(x, pattern [, 1, 1, 0 [, flags]])`: the position of the first match, 0 if none. */
const regexpPosition: Rule = (call, scope) => {
  const [value, pattern, position, occurrence, end, parameters] = everyArgument(call, scope);
  const isFirst = (position?.text ?? '1') === '1' && (occurrence?.text ?? '1') === '1';
  if (value === undefined || pattern === undefined || !isFirst || (end?.text ?? '0') !== '0')
    throw unsupported(scope, 'REGEXP_INSTR beyond the start of the first match', call.node);
  const letters = option(flags(parameters, call, scope));
  const text = `CAST(${value.text} AS VARCHAR)`;
  const before = `regexp_extract(${text}, '^((?s:.*?))(?:' || ${pattern.text} || ')', 1${letters})`;
  return {
    text: `CASE WHEN regexp_matches(${text}, ${pattern.text}${letters}) THEN length(${before}) + 1 ELSE 0 END`,
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
  REGEXP_INSTR: regexpPosition,
  REGEXP_LIKE: regexpLike,
  REGEXP_REPLACE: regexpReplace,
  REGEXP_SUBSTR: regexpSubstring,
  REGEXP_SUBSTR_ALL: forms({ 2: 'regexp_extract_all(CAST($1 AS VARCHAR), $2)' }),
  RLIKE: regexpLike,
};
