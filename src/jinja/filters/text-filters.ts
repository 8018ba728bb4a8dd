/**
 * Filters over texts.
 */
import { JinjaError, typeError } from '../error.js';
import { capitalize, justified } from '../methods/text-methods.js';
import type { Value } from '../value.js';
import { intArgument, replaceText } from '../methods/text-search.js';
import { characters, splitLines, strip, textLength } from '../values/characters.js';
import { isTruthy, toText, typeName } from '../values/describe.js';
import { length as sizeOf } from '../values/iterate.js';
import { PyDict } from '../values/dict.js';
import { formatPercent } from '../values/percent-format.js';
import { repeatedText } from '../values/size.js';
import { asText } from '../values/text.js';
import { Undefined } from '../values/undefined.js';
import { PyTuple } from '../values/tuple.js';
import { wrapText } from './wrap-text.js';
import { type Filter, filter, softText } from './filter.js';

/** Python's `s += text` on what is no text. */
function refuseSum(value: Value): never {
  if (value instanceof Undefined) throw value.error;
  throw typeError(`unsupported operand type(s) for +=: '${typeName(value)}' and 'str'`);
}

function refuseMethod(value: Value, name: string): never {
  if (value instanceof Undefined) throw value.error;
  throw new JinjaError('AttributeError', `'${typeName(value)}' object has no attribute '${name}'`);
}

function truncate(
  text: string,
  length: number,
  isCut: boolean,
  end: string,
  leeway: number,
): string {
  const endLength = textLength(end);
  if (length < endLength) {
    throw new JinjaError('AssertionError', `expected length >= ${endLength}, got ${length}`);
  }
  if (leeway < 0) throw new JinjaError('AssertionError', `expected leeway >= 0, got ${leeway}`);
  const points = characters(text);
  if (points.length <= length + leeway) return text;
  const head = points.slice(0, length - endLength).join('');
  if (isCut) return head + end;
  const blank = head.lastIndexOf(' ');
  return (blank === -1 ? head : head.slice(0, blank)) + end;
}

function indent(text: string, indention: string, hasFirst: boolean, hasBlank: boolean): string {
  // A trailing newline keeps an empty line at the end; the join below drops the one added here.
  const lines = splitLines(`${text}\n`);
  const [first = '', ...rest] = lines;
  const body = rest.map((line) => (line === '' && !hasBlank ? line : indention + line));
  const result = [first, ...body].join('\n');
  return hasFirst ? indention + result : result;
}

export const TEXT_FILTERS: readonly (readonly [string, Filter])[] = [
  ['capitalize', filter('do_capitalize(s)', ([s = null]) => capitalize(softText(s)))],
  [
    'center',
    filter('do_center(value, width=80)', ([value = null, width = 80]) =>
      justified(softText(value), intArgument(width), 'center'),
    ),
  ],
  [
    'format',
    filter('do_format(value, *args, **kwargs)', ([value = null, args = null, kwargs = null]) => {
      const hasKeywords = kwargs instanceof PyDict && kwargs.size > 0;
      if (hasKeywords && args instanceof PyTuple && args.items.length > 0) {
        throw new JinjaError(
          'FilterArgumentError',
          "can't handle positional and keyword arguments at the same time",
        );
      }
      return formatPercent(softText(value), hasKeywords ? kwargs : args);
    }),
  ],
  [
    'indent',
    filter(
      'do_indent(s, width=4, first=False, blank=False)',
      ([s = null, width = 4, first = false, blank = false]) => {
        const indention = asText(width) ?? repeatedText(' ', intArgument(width));

        const text = asText(s) ?? refuseSum(s);
        return indent(text, indention, isTruthy(first), isTruthy(blank));
      },
    ),
  ],
  ['lower', filter('do_lower(s)', ([s = null]) => softText(s).toLowerCase())],
  [
    'replace',
    filter(
      'do_replace(@eval_ctx, s, old, new, count=None)',
      ([s = null, old = null, fresh = null, count = null]) =>
        replaceText(
          toText(s),
          toText(old),
          toText(fresh),
          count === null ? -1 : intArgument(count),
        ),
    ),
  ],
  ['string', filter('soft_str(s)', ([s = null]) => (asText(s) === undefined ? toText(s) : s))],
  [
    'title',
    filter('do_title(s)', ([s = null]) =>
      softText(s)
        .split(/([-\s({[<]+)/u)
        .map((part) => {
          const [first = '', ...rest] = characters(part);
          return first.toUpperCase() + rest.join('').toLowerCase();
        })
        .join(''),
    ),
  ],
  [
    'trim',
    filter('do_trim(value, chars=None)', ([value = null, chars = null]) => {
      const set = asText(chars);
      if (chars !== null && set === undefined) throw typeError('strip arg must be None or str');
      return strip(softText(value), set, 'both');
    }),
  ],
  [
    'truncate',
    filter(
      "do_truncate(@env, s, length=255, killwords=False, end='...', leeway=None)",
      ([s = null, length = 255, isCut = false, end = '...', leeway = null]) => {
        const slack = leeway === null ? 5 : intArgument(leeway);
        const text = asText(s);
        // Whatever has a length passes if it is short enough.
        if (text === undefined && sizeOf(s) <= intArgument(length) + slack) return s;
        return truncate(
          text ?? refuseSum(s),
          intArgument(length),
          isTruthy(isCut),
          toText(end),
          slack,
        );
      },
    ),
  ],
  ['upper', filter('do_upper(s)', ([s = null]) => softText(s).toUpperCase())],
  [
    'wordcount',
    filter(
      'do_wordcount(s)',
      ([s = null]) => (softText(s).match(/[\p{L}\p{N}\p{M}_]+/gu) ?? []).length,
    ),
  ],
  [
    'wordwrap',
    filter(
      'do_wordwrap(@environment, s, width=79, break_long_words=True, wrapstring=None, break_on_hyphens=True)',
      ([s = null, width = 79, breaksWords = true, glue = null, breaksHyphens = true]) => {
        const joint = glue === null ? '\n' : toText(glue);
        const options = {
          width: intArgument(width),
          breaksWords: isTruthy(breaksWords),
          breaksHyphens: isTruthy(breaksHyphens),
        };
        return splitLines(asText(s) ?? refuseMethod(s, 'splitlines'))
          .map((line) => wrapText(line, options).join(joint))
          .join(joint);
      },
    ),
  ],
];
