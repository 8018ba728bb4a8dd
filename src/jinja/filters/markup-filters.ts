/**
 * Filters for HTML, URLs and JSON, and dbt's markers.
 */
import { JinjaError, typeError } from '../error.js';
import { intArgument } from '../methods/text-search.js';
import type { Value } from '../value.js';
import { isTruthy, toRepr, toText, typeName } from '../values/describe.js';
import { PyDict } from '../values/dict.js';
import { iterable, iteratorOf, toList } from '../values/iterate.js';
import { printJson } from '../values/json.js';
import { prettyPrint } from '../values/pretty-print.js';
import { asText, escaped, escapeHtml, PyText, type TextKind } from '../values/text.js';
import { Undefined } from '../values/undefined.js';
import { type Filter, filter } from './filter.js';
import { urlize } from './urlize.js';

/** `urllib.parse.quote`: all but letters, digits and `_.-~` by their UTF-8 bytes. */
function quoteUrl(value: Value, isQuery: boolean): string {
  const quoted = encodeURIComponent(toText(value)).replaceAll(
    /[!'()*]/gu,
    (one) => `%${(one.codePointAt(0) ?? 0).toString(16).toUpperCase()}`,
  );
  return isQuery ? quoted.replaceAll('%20', '+') : quoted.replaceAll('%2F', '/');
}

function urlEncode(value: Value): string {
  if (asText(value) !== undefined || iteratorOf(value) === undefined) return quoteUrl(value, false);
  const pairs: readonly Value[][] =
    value instanceof PyDict ? [...value.entries()] : toList(value).map((pair) => toList(pair));
  return pairs
    .map(([key = null, one = null]) => `${quoteUrl(key, true)}=${quoteUrl(one, true)}`)
    .join('&');
}

function xmlAttributes(value: Value, hasSpace: boolean): string {
  if (!(value instanceof PyDict)) {
    if (value instanceof Undefined) throw value.error;
    throw new JinjaError('AttributeError', 'xmlattr wants a mapping');
  }
  const parts: string[] = [];
  for (const [key, one] of value.entries()) {
    if (one === null || one instanceof Undefined) continue;
    const name = asText(key);
    if (name === undefined) {
      throw typeError(`expected string or bytes-like object, got '${typeName(key)}'`);
    }
    if (/[\s/>=]/u.test(name)) {
      throw new JinjaError('ValueError', `Invalid character in attribute name: ${toRepr(name)}`);
    }
    parts.push(`${escapeHtml(name)}="${escaped(one).text}"`);
  }
  return (hasSpace && parts.length > 0 ? ' ' : '') + parts.join(' ');
}

function stripTags(text: string): string {
  const bare = cutBetween(cutBetween(text, '<!--', '-->'), '<', '>');
  const words = bare.split(/\s+/u).filter((part) => part !== '');
  return unescapeHtml(words.join(' '));
}

/** Cuts out everything from an opening mark to the next closing one. One pass: patterns would try every start. */
function cutBetween(text: string, open: string, close: string): string {
  let result = '';
  let at = 0;
  for (let start = text.indexOf(open); start !== -1; start = text.indexOf(open, at)) {
    const end = text.indexOf(close, start + open.length);
    if (end === -1) break;
    result += text.slice(at, start);
    at = end + close.length;
  }
  return result + text.slice(at);
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
};

function unescapeHtml(text: string): string {
  return text.replaceAll(/&(?:#(\d+)|#[xX]([\da-fA-F]+)|(\w+));/gu, (whole, decimal, hex, name) => {
    if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
    if (hex !== undefined) return String.fromCodePoint(parseInt(String(hex), 16));
    return ENTITIES[String(name)] ?? whole;
  });
}

const JSON_IN_HTML: ReadonlyMap<string, string> = new Map([
  ['<', '\\u003c'],
  ['>', '\\u003e'],
  ['&', '\\u0026'],
  ["'", '\\u0027'],
]);

const escape: Filter = filter('escape(s)', ([s = null]) => escaped(s));

/** dbt's marker filters do something in yaml only; in SQL the value passes through. */
function marker(kind: TextKind): Filter {
  return filter(`${kind}(value)`, ([value = null], scope) =>
    scope.environment.undefinedMode === 'native' ? new PyText(kind, toText(value)) : value,
  );
}

export const MARKUP_FILTERS: readonly (readonly [string, Filter])[] = [
  ['as_bool', marker('BoolMarker')],
  ['as_native', marker('NativeMarker')],
  ['as_number', marker('NumberMarker')],
  ['as_text', marker('TextMarker')],
  ['e', escape],
  ['escape', escape],
  [
    'forceescape',
    filter(
      'do_forceescape(value)',
      ([value = null]) => new PyText('Markup', escapeHtml(toText(value))),
    ),
  ],
  ['is_list', filter('is_list(value)', ([value = null]) => Array.isArray(value))],
  ['pprint', filter('do_pprint(value)', ([value = null]) => prettyPrint(value))],
  ['safe', filter('do_mark_safe(value)', ([value = null]) => new PyText('Markup', toText(value)))],
  ['striptags', filter('do_striptags(value)', ([value = null]) => stripTags(toText(value)))],
  [
    'tojson',
    filter('do_tojson(@eval_ctx, value, indent=None)', ([value = null, indent = null]) => {
      const json = printJson(value, {
        sortKeys: true,
        indent: indent === null ? undefined : (asText(indent) ?? ' '.repeat(intArgument(indent))),
      });
      return new PyText(
        'Markup',
        json.replaceAll(/[<>&']/gu, (one) => JSON_IN_HTML.get(one) ?? one),
      );
    }),
  ],
  ['urlencode', filter('do_urlencode(value)', ([value = null]) => urlEncode(value))],
  [
    'urlize',
    filter(
      'do_urlize(@eval_ctx, value, trim_url_limit=None, nofollow=False, target=None, rel=None, extra_schemes=None)',
      ([
        value = null,
        limit = null,
        noFollow = false,
        target = null,
        rel = null,
        schemes = null,
      ]) => {
        const parts = new Set(
          asText(rel)
            ?.split(/\s+/u)
            .filter((part) => part !== ''),
        );
        if (isTruthy(noFollow)) parts.add('nofollow');
        parts.add('noopener');
        return urlize(toText(value), {
          limit: limit === null ? undefined : intArgument(limit),
          rel: [...parts].sort().join(' '),
          target: asText(target),
          schemes: schemes === null ? [] : [...iterable(schemes)].map(toText),
        });
      },
    ),
  ],
  [
    'xmlattr',
    filter('do_xmlattr(@eval_ctx, d, autospace=True)', ([d = null, hasSpace = true]) =>
      xmlAttributes(d, isTruthy(hasSpace)),
    ),
  ],
];
