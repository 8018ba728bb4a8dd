import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { DagbookError } from '../../src/base/index.js';
import {
  findUp,
  isFile,
  listFiles,
  listFolders,
  readText,
  writeAtomic,
} from '../../src/platform/index.js';

const folder = (): string => mkdtempSync(join(tmpdir(), 'dagbook-disk-'));
const codeOf = (body: () => unknown): string => {
  try {
    body();
  } catch (error) {
    return error instanceof DagbookError ? error.code : `not ours: ${String(error)}`;
  }
  return 'no error';
};

describe('writeAtomic', () => {
  test('writes whole, replaces, and leaves nothing beside it', () => {
    const home = folder();
    const file = join(home, 'deep', 'a.json');
    writeAtomic(file, 'one');
    writeAtomic(file, new TextEncoder().encode('zwei ü'));
    expect(readText(file)).toBe('zwei ü');
    expect(readdirSync(join(home, 'deep'))).toEqual(['a.json']);
    expect(statSync(file).mode & 0o777).toBe(0o666 & ~process.umask());
    writeAtomic(file, 'private', { isPrivate: true });
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test('keeps the old content when it cannot write', () => {
    const home = folder();
    const file = join(home, 'taken');
    mkdirSync(file);
    writeFileSync(join(file, 'inside'), 'x');
    expect(codeOf(() => writeAtomic(file, 'y'))).toMatch(/^disk\//u);
    expect(readdirSync(home)).toEqual(['taken']);
  });

  test.skipIf(process.getuid?.() === 0)('says when a folder may not be written', () => {
    const home = folder();
    chmodSync(home, 0o500);
    expect(codeOf(() => writeAtomic(join(home, 'a'), 'y'))).toBe('disk/no-permission');
  });
});

test.each([
  { make: (home: string) => join(home, 'none'), code: 'disk/not-found' },
  { make: (home: string) => home, code: 'disk/not-a-file' },
  {
    make: (home: string) => {
      writeFileSync(join(home, 'latin'), new Uint8Array([0x66, 0xfc, 0x72]));
      return join(home, 'latin');
    },
    code: 'disk/not-utf8',
  },
])('readText: $code', ({ make, code }) => {
  const file = make(folder());
  expect(codeOf(() => readText(file))).toBe(code);
});

test('listFiles walks in order and does not follow linked folders', () => {
  const home = folder();
  mkdirSync(join(home, 'b', 'c'), { recursive: true });
  for (const name of ['z.sql', 'a.sql', 'b/x.sql', 'b/c/y.sql'])
    writeFileSync(join(home, name), '');
  symlinkSync(home, join(home, 'b', 'loop'));
  symlinkSync(join(home, 'a.sql'), join(home, 'b', 'link.sql'));
  expect(listFiles(home).map((entry) => entry.path)).toEqual([
    'a.sql',
    'z.sql',
    'b/link.sql',
    'b/x.sql',
    'b/c/y.sql',
  ]);
  expect(listFiles(join(home, 'nowhere'))).toEqual([]);
  expect(listFolders(join(home, 'b'))).toEqual(['c', 'loop']);
});

test('findUp finds the nearest folder', () => {
  const home = folder();
  mkdirSync(join(home, 'a', 'b'), { recursive: true });
  writeFileSync(join(home, 'a', 'mark'), '');
  expect(findUp('mark', join(home, 'a', 'b'))).toBe(join(home, 'a'));
  expect(findUp('no-such-mark-anywhere', home)).toBeUndefined();
  expect(isFile(join(home, 'a'))).toBe(false);
});
