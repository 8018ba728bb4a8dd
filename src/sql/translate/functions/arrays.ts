/** ARRAY functions. An array is a list of VARIANT, or a typed list where an aggregate or a split made it; each function takes both. */
import { toArray } from '../casts.js';
import { type Rule, type Rules, argument, everyArgument } from '../rule.js';
import { type Scope, type Written, unsupported } from '../scope.js';

/** Any array as a list of VARIANT. */
export function asList(value: Written): string {
  return /^CAST\([^]* AS VARIANT\[\]\)$/u.test(value.text)
    ? value.text
    : `CAST((${value.text})::VARIANT AS VARIANT[])`;
}

/** A text as Snowflake prints an array's element: no quotes around strings. */
function elementText(name: string): string {
  return `(${name}::JSON ->> '$')`;
}

function ofList(pattern: string, hint?: Written['hint']): Rule {
  return (call, scope) => {
    const args = everyArgument(call, scope);
    const text = pattern
      .replaceAll(/\$L([1-3])/gu, (_, digit: string) =>
        asList(args[Number(digit) - 1] ?? { text: 'NULL' }),
      )
      .replaceAll(
        /\$V([1-3])/gu,
        (_, digit: string) => `(${args[Number(digit) - 1]?.text ?? 'NULL'})::VARIANT`,
      )
      .replaceAll(
        /\$([1-3])/gu,
        (_, digit: string) => `(${args[Number(digit) - 1]?.text ?? 'NULL'})`,
      );
    if (
      args.length !==
      new Set([...pattern.matchAll(/\$[LV]?([1-3])/gu)].map((match) => match[1])).size
    )
      throw unsupported(scope, `${call.name} with ${args.length} arguments`, call.node);
    return { text, hint };
  };
}

const construct: Rule = (call, scope) => {
  const items = everyArgument(call, scope).map(({ text }) => `(${text})::VARIANT`);
  return { text: `CAST([${items.join(', ')}] AS VARIANT[])` };
};

const constructCompact: Rule = (call, scope) => {
  const items = everyArgument(call, scope).map(({ text }) => `(${text})::VARIANT`);
  return { text: `list_filter(CAST([${items.join(', ')}] AS VARIANT[]), lambda x: x IS NOT NULL)` };
};

/** `FILTER(array, x -> condition)`, `TRANSFORM(array, x -> expression)`: the parameter is VARIANT unless it is given a type. */
function lambda(name: 'list_filter' | 'list_transform'): Rule {
  return (call, scope) => {
    const list = asList(argument(call, 0, scope));
    const body = call.args[1] ?? [];
    const arrow = body.findIndex((node) => node.kind === 'operator' && node.text === '->');
    const [parameter] = body;
    if (arrow < 1 || parameter?.kind !== 'word')
      throw unsupported(scope, `${call.name} of this lambda`, call.node);
    // `x int -> …` gives it a type.
    const inner: Scope = {
      ...scope,
      variants: new Set([...scope.variants, ...(arrow === 1 ? [parameter.word] : [])]),
    };
    const text = scope.expression(body.slice(arrow + 1), inner).text;
    return { text: `${name}(${list}, lambda "${parameter.word}": ${text})` };
  };
}

/** `ARRAYS_ZIP(a, b, …)`: objects with keys `$1`, `$2`, …; shorter arrays are filled with nulls. */
const zip: Rule = (call, scope) => {
  const lists = everyArgument(call, scope).map((value) => asList(value));
  const pairs = lists.map((_, index) => `'$${index + 1}': z[${index + 1}]`).join(', ');
  const length = `greatest(${lists.map((list) => `length(${list})`).join(', ')})`;
  const rows = lists.map((list) => `${list}[i]`).join(', ');
  return {
    text: `list_transform(range(1, ${length} + 1), lambda i: CAST(CAST((list_transform([row(${rows})], lambda z: {${pairs}}))[1] AS JSON) AS VARIANT))`,
  };
};

/** `ARRAY_SORT(a [, ascending [, nulls first]])`: nulls stand last unless the order is descending. */
const sort: Rule = (call, scope) => {
  const list = asList(argument(call, 0, scope));
  if (call.args.length === 1) return { text: `list_sort(${list})` };
  const ascending = argument(call, 1, scope).text;
  const nullsFirst = call.args.length > 2 ? argument(call, 2, scope).text : `NOT (${ascending})`;
  // DuckDB wants the order constant.
  const sorted = (order: 'ASC' | 'DESC'): string =>
    `CASE WHEN ${nullsFirst} THEN list_sort(${list}, '${order}', 'NULLS FIRST') ELSE list_sort(${list}, '${order}', 'NULLS LAST') END`;
  return { text: `CASE WHEN ${ascending} THEN ${sorted('ASC')} ELSE ${sorted('DESC')} END` };
};

export const ARRAYS: Rules = {
  ARRAYS_OVERLAP: ofList('list_has_any($L1, $L2)'),
  ARRAYS_ZIP: zip,
  ARRAYS_TO_OBJECT: ofList('CAST(CAST(map($L1::VARCHAR[], $L2) AS JSON) AS VARIANT)', 'variant'),
  ARRAY_APPEND: ofList('list_append($L1, $V2)'),
  ARRAY_CAT: ofList('list_concat($L1, $L2)'),
  ARRAY_COMPACT: ofList('list_filter($L1, lambda x: x IS NOT NULL)'),
  ARRAY_CONSTRUCT: construct,
  ARRAY_CONSTRUCT_COMPACT: constructCompact,
  ARRAY_CONTAINS: ofList('list_contains($L2, $V1)'),
  // In order of first appearance, which `list_distinct` does not keep.
  ARRAY_DISTINCT: ofList('list_filter($L1, lambda x, i: list_position($L1, x) = i)'),
  ARRAY_EXCEPT: ofList('list_filter($L1, lambda x: NOT list_contains($L2, x))'),
  ARRAY_FLATTEN: ofList('flatten(list_transform($L1, lambda x: CAST(x AS VARIANT[])))'),
  ARRAY_GENERATE_RANGE: (call, scope) => ({
    text: `range(${everyArgument(call, scope)
      .map(({ text }) => text)
      .join(', ')})`,
  }),
  ARRAY_INSERT: ofList(
    'list_concat(list_slice($L1, 1, $2), [$V3], list_slice($L1, $2 + 1, length($L1)))',
  ),
  ARRAY_INTERSECTION: ofList('list_intersect($L1, $L2)'),
  ARRAY_MAX: ofList('list_max($L1)', 'variant'),
  ARRAY_MIN: ofList('list_min($L1)', 'variant'),
  ARRAY_POSITION: ofList('(list_position($L2, $V1) - 1)', 'integer'),
  ARRAY_PREPEND: ofList('list_prepend($V2, $L1)'),
  ARRAY_REMOVE: ofList('list_filter($L1, lambda x: x <> $V2)'),
  ARRAY_REMOVE_AT: ofList('list_filter($L1, lambda x, i: i <> $2 + 1)'),
  ARRAY_REVERSE: ofList('list_reverse($L1)'),
  ARRAY_SIZE: (call, scope) => {
    const { text } = argument(call, 0, scope);
    return {
      text: `CASE WHEN starts_with(variant_typeof((${text})::VARIANT), 'ARRAY') THEN length(CAST((${text})::VARIANT AS VARIANT[])) END`,
      hint: 'integer',
    };
  },
  ARRAY_SLICE: ofList(
    'list_slice($L1, $2 + 1, CASE WHEN $3 < 0 THEN length($L1) + $3 ELSE $3 END)',
  ),
  ARRAY_SORT: sort,
  ARRAY_TO_STRING: ofList(
    `array_to_string(list_transform($L1, lambda x: coalesce(${elementText('x')}, '')), $2)`,
    'text',
  ),
  FILTER: lambda('list_filter'),
  TO_ARRAY: (call, scope) => {
    return { text: toArray(argument(call, 0, scope).text) };
  },
  TRANSFORM: lambda('list_transform'),
};
