/**
 * What a function's rule gets, and the makers of the common kinds of rules.
 */
import { quoteIdentifier } from '../identifiers.js';
import type { Call } from './called.js';
import { asNumber } from './number-macro.js';
import { type Hint, type Scope, type Written, unsupported } from './scope.js';

export type { Call, Over } from './called.js';

export type Rule = (call: Call, scope: Scope) => Written;
export type Rules = Readonly<Record<string, Rule>>;

/** The translated argument at `index`. @throws DagbookError sql/unsupported if there is none. */
export function argument(call: Call, index: number, scope: Scope): Written {
  const nodes = call.args[index];
  if (nodes === undefined || nodes.length === 0)
    throw unsupported(scope, `${call.name} with ${call.args.length} arguments`, call.node);
  return scope.expression(nodes, scope);
}

/** All arguments, translated. */
export function everyArgument(call: Call, scope: Scope): readonly Written[] {
  return call.args.map((_, index) => argument(call, index, scope));
}

/** The arguments in the order of `names`, whether given by place or by `name => value`. */
export function namedArguments(
  call: Call,
  names: readonly string[],
  scope: Scope,
): readonly (Written | undefined)[] {
  return names.map((name, index) => {
    const nodes = call.named.get(name) ?? call.args[index];
    return nodes === undefined ? undefined : scope.expression(nodes, scope);
  });
}

/** A numeric argument: DuckDB would round a VARIANT, so it becomes a DOUBLE first. */
export function numeric(value: Written): Written {
  return value.hint === 'variant'
    ? { text: `CAST(${value.text} AS DOUBLE)`, hint: 'float' }
    : value;
}

/** The window clause after a call; empty where there is none. */
export function overClause(call: Call, defaultFrame: string = ''): string {
  const { over } = call;
  if (over === undefined) return '';
  const frame = over.frame === '' && over.hasOrder ? defaultFrame : over.frame;
  if (!over.text.startsWith('(')) return ` OVER ${over.text}`;
  return ` OVER ${over.text.slice(0, -1)}${frame === '' ? '' : ` ${frame}`})`;
}

/** A function that DuckDB has under the same or another name, with the same meaning. */
export function rename(name: string, hint?: Hint): Rule {
  return (call, scope) => {
    const args = everyArgument(call, scope).map(({ text }) => text);
    return { text: `${name}(${args.join(', ')})`, hint };
  };
}

/** As `rename`, for functions of numbers. A float in makes a float out unless `hint` says otherwise. */
export function ofNumbers(name: string, hint?: Hint): Rule {
  return (call, scope) => {
    const args = everyArgument(call, scope).map((value) => numeric(value));
    const isFloat = args.some((value) => value.hint === 'float');
    return {
      text: `${name}(${args.map(({ text }) => text).join(', ')})`,
      hint: hint ?? (isFloat ? 'float' : undefined),
    };
  };
}

/**
 * A function written as a pattern, one for each number of arguments: `forms({ 1: 'nullif($1, 0)' })`.
 *
 * `$1` to `$9` stand for the arguments; what a pattern repeats must be cheap or free of effects.
 */
export function forms(patterns: Readonly<Record<number, string>>, hint?: Hint): Rule {
  return (call, scope) => {
    const pattern = patterns[call.args.length];
    if (pattern === undefined)
      throw unsupported(scope, `${call.name} with ${call.args.length} arguments`, call.node);
    const args = everyArgument(call, scope);
    return { text: fill(pattern, args), hint };
  };
}

/** Puts texts into a pattern of `forms`. */
export function fill(pattern: string, args: readonly Written[]): string {
  return pattern.replaceAll(
    /\$([1-9])/gu,
    (_, digit: string) => `(${args[Number(digit) - 1]?.text ?? 'NULL'})`,
  );
}

/** An aggregate that may be DISTINCT, ordered or a window function. */
export function aggregate(
  name: string,
  options: { readonly hint?: Hint; readonly isNumeric?: boolean } = {},
): Rule {
  return (call, scope) => {
    const args = everyArgument(call, scope).map((value) =>
      options.isNumeric === true ? asNumber(value) : value,
    );
    const order = call.order === undefined ? '' : ` ORDER BY ${call.order}`;
    const inside = `${call.isDistinct ? 'DISTINCT ' : ''}${args.map(({ text }) => text).join(', ')}${order}`;
    const isFloat = args[0]?.hint === 'float' && options.isNumeric === true;
    return {
      text: `${name}(${inside})${overClause(call)}`,
      hint: options.hint ?? (isFloat ? 'float' : undefined),
    };
  };
}

/**
 * The whole row that `*` or `t.*` stands for as an argument, as one value; undefined for any other argument.
 *
 * @throws DagbookError sql/unsupported for `*` over several relations.
 */
export function rowArgument(text: string, call: Call, scope: Scope): string | undefined {
  if (text.endsWith('.*')) return text.slice(0, -2);
  if (text !== '*') return undefined;
  const [only, ...others] = scope.relations;
  if (only === undefined || others.length > 0)
    throw unsupported(scope, `${call.name}(*) over anything but one named relation`, call.node);
  return quoteIdentifier(only);
}

/** Refuses a function, saying why in the construct's name. */
export function refused(construct: string): Rule {
  return (call, scope) => {
    throw unsupported(scope, construct, call.node);
  };
}
