/**
 * The walls of the house: which room may import which, who owns which package, how long a file may be.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { expect, test } from 'vitest';

/** Rooms of src/, lowest first. A room may import only rooms above its own line, through their index. */
const ROOMS = [
  'base',
  'events',
  'jinja',
  'sql',
  'platform',
  'warehouse',
  'project',
  'context',
  'manifest',
  'library',
  'compile',
  'plan',
  'run',
  'artifacts',
  'session',
  'workbench',
  'tui',
  'cli',
] as const;

/** Packages and builtins that only the named rooms may touch. */
const OWNERS: Readonly<Record<string, readonly string[]>> = {
  'node:': ['platform', 'warehouse', 'tui', 'cli'],
  '@duckdb/node-api': ['warehouse'],
  'cli-table3': ['cli'],
  commander: ['cli'],
  conf: ['workbench'],
  'fuse.js': ['workbench'],
  ink: ['tui'],
  'js-yaml': ['project'],
  nunjucks: ['cli'],
  react: ['tui'],
  'smol-toml': ['warehouse'],
  'snowflake-sdk': ['warehouse'],
  'string-width': ['tui'],
  zod: ['project', 'artifacts', 'session'],
};

/** Packages that one file each may import by value; everything else reaches them through that file. */
const ONE_FILE: readonly string[] = [
  '@duckdb/node-api',
  'snowflake-sdk',
  'nunjucks',
  'conf',
  'fuse.js',
  'cli-table3',
];

const MAX_LINES = 400;
const IMPORT =
  /^\s*(?:import|export)\s+(?<type>type\s+)?(?:[^'";]*?\sfrom\s+)?['"](?<from>[^'"]+)['"]|\bimport\(\s*['"](?<dynamic>[^'"]+)['"]/gmu;

interface Import {
  readonly file: string;
  readonly target: string;
  readonly isType: boolean;
}

const files = readdirSync('src', { recursive: true })
  .map(String)
  .filter((file) => /\.tsx?$/u.test(file));
const roomOf = (file: string): string => file.split('/')[0] ?? '';
const rank = (room: string): number => ROOMS.indexOf(room as (typeof ROOMS)[number]);
const text = (file: string): string => readFileSync(join('src', file), 'utf8');

const imports: readonly Import[] = files.flatMap((file) =>
  [...text(file).matchAll(IMPORT)].map((match) => ({
    file,
    target: match.groups?.['from'] ?? match.groups?.['dynamic'] ?? '',
    isType: match.groups?.['type'] !== undefined,
  })),
);

const covers = (name: string, target: string): boolean =>
  target === name || target.startsWith(name.endsWith(':') ? name : `${name}/`);

test('every file sits in a room that is on the list', () => {
  expect(files.filter((file) => rank(roomOf(file)) === -1 && file.includes('/'))).toEqual([]);
});

test('rooms import only rooms below them, through their index', () => {
  const faults = imports
    .filter(({ target }) => target.startsWith('.'))
    .flatMap(({ file, target }) => {
      const room = roomOf(file);
      const [to = '', ...rest] = normalize(join(dirname(file), target)).split('/');
      if (to === room) return [];
      if (rank(to) >= rank(room)) return [`${file}: ${room} may not import ${to}`];
      return rest.join('/') === 'index.js' ? [] : [`${file}: reach ${to} through its index`];
    });
  expect(faults).toEqual([]);
});

test('packages stay with their owners', () => {
  const faults = imports
    .filter(({ target }) => !target.startsWith('.'))
    .flatMap(({ file, target }) => {
      const owner = Object.entries(OWNERS).find(([name]) => covers(name, target));
      if (owner === undefined) return [`${file}: nobody owns ${target}; name its room in OWNERS`];
      return owner[1].includes(roomOf(file))
        ? []
        : [`${file}: ${target} belongs to ${owner[1].join(', ')}`];
    });
  expect(faults).toEqual([]);
});

test.each(ONE_FILE)('%s is imported by one file', (name) => {
  const users = new Set(
    imports.filter((one) => !one.isType && covers(name, one.target)).map((one) => one.file),
  );
  expect(users.size).toBeLessThanOrEqual(1);
});

test('no file is longer than the limit', () => {
  const long = files.filter((file) => text(file).split('\n').length > MAX_LINES + 1);
  expect(long).toEqual([]);
});

test('an index only re-exports', () => {
  const faults = files
    .filter((file) => file.endsWith('/index.ts'))
    .filter((file) => /^(?!export|\s|\}|\/?\*|\/\/|$)/mu.test(text(file)));
  expect(faults).toEqual([]);
});

test('nodes of a manifest are copied by modelWith: a spread leaves out what is read on demand', () => {
  const faults = files
    .filter((file) => rank(roomOf(file)) > rank('manifest') && roomOf(file) !== 'workbench')
    .filter((file) => /\.\.\.(?:node|model|source|test|seed|exposure)\s*[,}]/u.test(text(file)));
  expect(faults).toEqual([]);
});
