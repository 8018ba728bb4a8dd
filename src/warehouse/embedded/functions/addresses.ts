/** PARSE_URL and PARSE_IP: an address as an object of its parts. */
import { isIPv4, isIPv6 } from 'node:net';
import { type NativeFunction, numberAt, textAt } from '../../duckdb/native-function.js';
import { WarehouseError } from '../../warehouse-error.js';

type Parsed = { readonly [key: string]: unknown } | { readonly error: string };

/** `scheme://host:port/path?query#fragment`; what is missing is null, the path begins after its slash. */
function parseUrl(url: string): Parsed {
  const found = /^([a-z][a-z0-9+.-]*):(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/isu.exec(
    url,
  );
  if (found === null) return { error: 'scheme not specified' };
  const [, scheme, authority = '', path = '', query, fragment] = found;
  const port = /:(\d*)$/u.exec(authority);
  const parameters =
    query === undefined || query === ''
      ? null
      : Object.fromEntries(
          query.split('&').map((part) => {
            const equals = part.indexOf('=');
            return equals === -1 ? [part, null] : [part.slice(0, equals), part.slice(equals + 1)];
          }),
        );
  return {
    fragment: fragment ?? null,
    host: authority.slice(0, port?.index) || null,
    parameters,
    path: path.replace(/^\//u, ''),
    port: port?.[1] || null,
    query: query ?? null,
    scheme: scheme ?? null,
  };
}

/** An IPv4 or IPv6 address, with the range of its net where a prefix length stands behind it. */
function parseIp(text: string, type: string): Parsed {
  if (type.toUpperCase() !== 'INET') return { error: `unknown type ${type}` };
  const [host = '', prefix, ...more] = text.trim().split('/');
  const length = prefix === undefined ? null : Number(prefix);
  const family = isIPv4(host) ? 4 : isIPv6(host) ? 6 : undefined;
  const bits = family === 4 ? 32 : 128;
  if (
    family === undefined ||
    more.length > 0 ||
    (prefix !== undefined && !/^\d{1,3}$/u.test(prefix)) ||
    (length !== null && length > bits)
  )
    return { error: 'parse error' };
  const number = family === 4 ? ipv4Number(host) : ipv6Number(host);
  const shared = {
    family,
    host,
    ip_type: 'inet',
    netmask_prefix_length: length,
    snowflake$type: 'ip_address',
  };
  const size = length === null ? undefined : 1n << BigInt(bits - length);
  const start = size === undefined ? undefined : (number / size) * size;
  const end = size === undefined || start === undefined ? undefined : start + size - 1n;
  if (family === 4)
    return {
      ...shared,
      ip_fields: [Number(number), 0, 0, 0],
      ipv4: Number(number),
      ...(start === undefined || end === undefined
        ? {}
        : { ipv4_range_start: Number(start), ipv4_range_end: Number(end) }),
    };
  return {
    ...shared,
    ip_fields: [96n, 64n, 32n, 0n].map((shift) => Number((number >> shift) & 0xffffffffn)),
    hex_ipv6: hexadecimal(number),
    ...(start === undefined || end === undefined
      ? {}
      : { hex_ipv6_range_start: hexadecimal(start), hex_ipv6_range_end: hexadecimal(end) }),
  };
}

function ipv4Number(host: string): bigint {
  return host.split('.').reduce((sum, part) => sum * 256n + BigInt(part), 0n);
}

function ipv6Number(host: string): bigint {
  const plain = host.replace(/(\d+\.\d+\.\d+\.\d+)$/u, (dotted) => {
    const number = ipv4Number(dotted);
    return `${(number >> 16n).toString(16)}:${(number & 0xffffn).toString(16)}`;
  });
  const [head = '', tail] = plain.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : 8 - left.length - right.length;
  const groups = [...left, ...Array.from({ length: zeros }, () => '0'), ...right];
  return groups.reduce((sum, group) => sum * 65_536n + BigInt(`0x${group}`), 0n);
}

function hexadecimal(number: bigint): string {
  return number.toString(16).toUpperCase().padStart(32, '0');
}

/** The object as JSON; a fault is an error, or, if it is permitted, an object that says so. */
function answer(parsed: Parsed, name: string, text: string, isPermissive: boolean): string {
  if ('error' in parsed && !isPermissive)
    throw new WarehouseError(
      'warehouse/failed',
      `Error parsing ${name} '${text}': ${String(parsed.error)}`,
    );
  return JSON.stringify(parsed);
}

export const ADDRESSES: readonly NativeFunction[] = [
  {
    name: '__parse_url',
    parameters: ['VARCHAR', 'BIGINT'],
    returns: 'VARCHAR',
    call: (...values) =>
      answer(parseUrl(textAt(values, 0)), 'URL', textAt(values, 0), numberAt(values, 1) !== 0),
  },
  {
    name: '__parse_ip',
    parameters: ['VARCHAR', 'VARCHAR', 'BIGINT'],
    returns: 'VARCHAR',
    call: (...values) =>
      answer(
        parseIp(textAt(values, 0), textAt(values, 1)),
        'IP',
        textAt(values, 0),
        numberAt(values, 2) !== 0,
      ),
  },
];
