/** SEARCH and SEARCH_IP: texts cut into tokens, as the named analyzer does. */
import { type NativeFunction, listAt, textAt } from '../../duckdb/native-function.js';
import { isIPv4 } from 'node:net';
import { WarehouseError } from '../../warehouse-error.js';

/** The characters at which the default analyzer parts tokens. */
const DELIMITERS = /[ [\];<>(){}|!,'"*&?+/:=@.\-$%\\_\n\r\t]/u;
/** Made when it is first asked for: it loads much. */
let words: Intl.Segmenter | undefined;

function tokens(text: string, analyzer: string): readonly string[] {
  switch (analyzer) {
    case 'DEFAULT_ANALYZER':
      return text
        .toLowerCase()
        .split(DELIMITERS)
        .filter((token) => token !== '');
    case 'UNICODE_ANALYZER':
      words ??= new Intl.Segmenter('und', { granularity: 'word' });
      return [...words.segment(text.toLowerCase())]
        .filter(({ isWordLike }) => isWordLike === true)
        .map(({ segment }) => segment);
    case 'NO_OP_ANALYZER':
      return [text];
    default:
      throw fault(`unknown analyzer '${analyzer}'`);
  }
}

function fault(reason: string): WarehouseError {
  return new WarehouseError('warehouse/failed', `SEARCH: ${reason}.`);
}

/** True if one of the texts holds what is looked for; a null text holds nothing. */
function search(texts: readonly string[], wanted: string, analyzer: string, mode: string): boolean {
  const terms = tokens(wanted, analyzer);
  switch (mode) {
    case 'OR':
      return texts.some((text) => {
        const found = new Set(tokens(text, analyzer));
        return terms.some((term) => found.has(term));
      });
    case 'AND':
      return texts.some((text) => {
        const found = new Set(tokens(text, analyzer));
        return terms.length > 0 && terms.every((term) => found.has(term));
      });
    case 'PHRASE':
      return texts.some((text) => hasRun(tokens(text, analyzer), terms));
    case 'EXACT':
      if (analyzer === 'UNICODE_ANALYZER') throw fault('EXACT with the UNICODE_ANALYZER');
      return texts.some((text) =>
        analyzer === 'NO_OP_ANALYZER' ? text === wanted : hasExact(text, wanted),
      );
    default:
      throw fault(`unknown search mode '${mode}'`);
  }
}

function hasRun(found: readonly string[], terms: readonly string[]): boolean {
  return (
    terms.length > 0 &&
    found.some((_, at) => terms.every((term, index) => found[at + index] === term))
  );
}

/** The text with its delimiters, at the edges of tokens; a delimiter at its own edge is edge enough. */
function hasExact(text: string, wanted: string): boolean {
  const [where, what] = [text.toLowerCase(), wanted.toLowerCase()];
  const isEdge = (character: string | undefined): boolean =>
    character === undefined || DELIMITERS.test(character);
  if (what === '') return false;
  for (let at = where.indexOf(what); at !== -1; at = where.indexOf(what, at + 1)) {
    const end = at + what.length;
    if ((isEdge(what[0]) || isEdge(where[at - 1])) && (isEdge(what.at(-1)) || isEdge(where[end])))
      return true;
  }
  return false;
}

/** True if a text holds an IPv4 address that is the one given, or in the net given (`192.0.2.0/24`). */
function searchIp(texts: readonly string[], wanted: string): boolean {
  const [host = '', prefix] = wanted.split('/');
  const length = prefix === undefined ? 32 : Number(prefix);
  if (!isIPv4(host) || !(length >= 0 && length <= 32))
    throw new WarehouseError(
      'warehouse/failed',
      `SEARCH_IP: '${wanted}' is no IPv4 address or net; others are not supported by the embedded warehouse.`,
    );
  const mask = length === 0 ? 0 : (0xffffffff << (32 - length)) >>> 0;
  const numberOf = (address: string): number =>
    address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  const net = (numberOf(host) & mask) >>> 0;
  return texts.some((text) =>
    [...text.matchAll(/(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w]|\.\d)/gu)].some(
      ([address]) => isIPv4(address) && (numberOf(address) & mask) >>> 0 === net,
    ),
  );
}

export const TEXT_SEARCH: readonly NativeFunction[] = [
  {
    name: '__search',
    parameters: ['VARCHAR[]', 'VARCHAR', 'VARCHAR', 'VARCHAR'],
    returns: 'BIGINT',
    call: (...values) =>
      search(
        listAt(values, 0),
        textAt(values, 1),
        textAt(values, 2).toUpperCase(),
        textAt(values, 3).toUpperCase(),
      )
        ? 1n
        : 0n,
  },
  {
    name: '__search_ip',
    parameters: ['VARCHAR[]', 'VARCHAR'],
    returns: 'BIGINT',
    call: (...values) => (searchIp(listAt(values, 0), textAt(values, 1)) ? 1n : 0n),
  },
];
