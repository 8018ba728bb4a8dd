/**
 * Python's `fnmatch` and `Path.glob` patterns.
 */

const cache = new Map<string, RegExp>();

/** `fnmatch(name, pattern)`: `*`, `?`, `[seq]` and `[!seq]` over the whole name; `*` crosses any character. */
export function fnmatch(name: string, pattern: string): boolean {
  let compiled = cache.get(pattern);
  if (compiled === undefined) {
    compiled = new RegExp(`^(?:${source(pattern, '[^]*', '[^]')})$`, 'u');
    cache.set(pattern, compiled);
  }
  return compiled.test(name);
}

/** True if a pattern has a wildcard at all. */
export function hasWildcard(pattern: string): boolean {
  return /[*?[\]]/u.test(pattern);
}

/** A matcher of paths with `/`: `*` and `?` stay within a part, `**` stands for any number of folders, none among them. */
export function globMatcher(pattern: string): (path: string) => boolean {
  const parts = pattern.split('/').filter((part) => part !== '' && part !== '.');
  const isOpen = parts.at(-1) === '**';
  const body = (isOpen ? parts.slice(0, -1) : parts)
    .map((part) => (part === '**' ? '(?:[^/]+/)*' : `${source(part, '[^/]*', '[^/]')}/`))
    .join('');
  // Every path is read with a slash at its end, so that each part may end with one.
  const compiled = new RegExp(`^${body}${isOpen ? '(?:[^/]+/)*' : ''}$`, 'u');
  return (path) => compiled.test(`${path}/`);
}

function source(pattern: string, star: string, question: string): string {
  let result = '';
  for (let at = 0; at < pattern.length; at += 1) {
    const character = pattern.charAt(at);
    if (character === '*') result += star;
    else if (character === '?') result += question;
    else if (character === '[') {
      const end = setEnd(pattern, at);
      if (end === -1) result += '\\[';
      else {
        result += setSource(pattern.slice(at + 1, end));
        at = end;
      }
    } else result += escaped(character);
  }
  return result;
}

/** A set ends at the first `]` that is not its first character. */
function setEnd(pattern: string, start: number): number {
  const first = pattern.charAt(start + 1) === '!' ? start + 2 : start + 1;
  return pattern.indexOf(']', first + 1);
}

function setSource(body: string): string {
  const isNegated = body.startsWith('!');
  // A dash keeps its meaning of a range; nothing else does.
  const members = (isNegated ? body.slice(1) : body).replaceAll(/[\\^$.*+?()[\]{}|/]/gu, '\\$&');
  return `[${isNegated ? '^' : ''}${members}]`;
}

function escaped(character: string): string {
  return /[\\^$.*+?()[\]{}|/]/u.test(character) ? `\\${character}` : character;
}
