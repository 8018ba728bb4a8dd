/**
 * Reads a `ref(...)` or `source(...)` whose arguments are literals, as yaml holds them: `to: ref('orders')`.
 */
import type { RefCall } from '../context/index.js';

/** What a literal call points at. */
export type StaticReference =
  | { readonly kind: 'ref'; readonly ref: RefCall }
  | { readonly kind: 'source'; readonly source: readonly [string, string] };

const CALL = /^\s*(?<name>ref|source)\s*\((?<args>.*)\)\s*$/su;
const ARGUMENT =
  /\s*(?:(?<key>[a-z_]+)\s*=\s*)?(?:'(?<single>[^'\\]*)'|"(?<double>[^"\\]*)"|(?<number>\d+(?:\.\d+)?))\s*(?:,|$)/suy;

/** @returns undefined if the text is not such a call. */
export function staticReference(text: string): StaticReference | undefined {
  const groups = CALL.exec(text)?.groups;
  const args = groups === undefined ? undefined : literals(groups['args'] ?? '');
  if (groups === undefined || args === undefined) return undefined;
  const { positional, version } = args;
  const [first, second] = positional;
  if (first === undefined || positional.length > 2) return undefined;
  if (groups['name'] === 'source') {
    return second === undefined || version !== null
      ? undefined
      : { kind: 'source', source: [first, second] };
  }
  return {
    kind: 'ref',
    ref: {
      name: second ?? first,
      packageName: second === undefined ? null : first,
      version,
    },
  };
}

function literals(
  text: string,
):
  | { readonly positional: readonly string[]; readonly version: string | number | null }
  | undefined {
  const positional: string[] = [];
  let version: string | number | null = null;
  ARGUMENT.lastIndex = 0;
  while (ARGUMENT.lastIndex < text.length) {
    const groups = ARGUMENT.exec(text)?.groups;
    if (groups === undefined) return undefined;
    const { key, single, double, number } = groups;
    const value = single ?? double;
    if (key === 'v' || key === 'version') version = value ?? Number(number);
    else if (key === undefined && value !== undefined) positional.push(value);
    else return undefined;
  }
  return { positional, version };
}
