/**
 * `.dbtignore`: gitignore's patterns, from the root of a package.
 */

/** Says whether a path, relative to the package's root with `/`, is ignored. */
export type IsIgnored = (path: string) => boolean;

/** Compiles the lines of a `.dbtignore`. Later lines win; `!` takes back. */
export function ignorePatterns(text: string): IsIgnored {
  const rules = text.split(/\r?\n/u).flatMap(ruleOf);
  if (rules.length === 0) return () => false;
  return (path) => {
    let isIgnored = false;
    for (const { pattern, isTakenBack } of rules) {
      if (isIgnored === isTakenBack && pattern.test(path)) isIgnored = !isTakenBack;
    }
    return isIgnored;
  };
}

interface Rule {
  readonly pattern: RegExp;
  readonly isTakenBack: boolean;
}

function ruleOf(line: string): readonly Rule[] {
  // Trailing spaces go unless they are escaped.
  const text = line.replace(/(?<!\\)[ \t]+$/u, '');
  if (text === '' || text.startsWith('#') || text === '/') return [];
  const isTakenBack = text.startsWith('!');
  const glob = isTakenBack ? text.slice(1) : text;
  const isFolder = glob.endsWith('/');
  const body = glob.replace(/^\//u, '').replace(/\/$/u, '');
  const isAnchored = glob.startsWith('/') || body.includes('/');
  const start = isAnchored ? '^' : '^(?:.*/)?';
  // What matches a folder matches all below it; a pattern for folders alone needs something below.
  return [
    {
      pattern: new RegExp(`${start}${globSource(body)}${isFolder ? '/.*$' : '(?:/.*)?$'}`, 'su'),
      isTakenBack,
    },
  ];
}

function globSource(glob: string): string {
  const parts = glob.split('/');
  let source = '';
  parts.forEach((part, at) => {
    const isLast = at === parts.length - 1;
    if (part === '**') {
      source += isLast ? '.*' : '(?:.*/)?';
      return;
    }
    source += segmentSource(part) + (isLast ? '' : '/');
  });
  return source;
}

function segmentSource(part: string): string {
  let source = '';
  for (let at = 0; at < part.length; at += 1) {
    const character = part.charAt(at);
    const end = character === '[' ? part.indexOf(']', at + 2) : -1;
    if (character === '*') source += '[^/]*';
    else if (character === '?') source += '[^/]';
    else if (end !== -1) {
      source += `[${part
        .slice(at + 1, end)
        .replace(/^[!^]/u, '^')
        .replaceAll('\\', '\\\\')}]`;
      at = end;
    } else if (character === '\\' && at + 1 < part.length) {
      at += 1;
      source += escaped(part.charAt(at));
    } else source += escaped(character);
  }
  return source;
}

function escaped(character: string): string {
  return /[\\^$.*+?()[\]{}|/]/u.test(character) ? `\\${character}` : character;
}
