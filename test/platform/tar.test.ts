import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { gunzip, readTar, unpack } from '../../src/platform/index.js';
import { emptyFolder } from '../support/project-copy.js';
import { tarOf } from '../support/tar-of.js';

const copy = emptyFolder();
afterAll(() => copy.remove());

const refuse = { name: 'a.tar', links: 'refuse' } as const;
const FILES: Readonly<Record<string, string>> = {
  'short.txt': 'short',
  'empty.txt': '',
  [`${'long/'.repeat(30)}${'name'.repeat(30)}é.txt`]: 'x'.repeat(1500),
};

describe('what the system’s tar makes', () => {
  test.each(['ustar', 'pax', 'gnu'])('%s', (format) => {
    const from = join(copy.dir, format);
    // ustar has no room for the long name.
    const files = Object.entries(FILES).filter(([path]) => format !== 'ustar' || path.length < 100);
    for (const [path, text] of files) {
      mkdirSync(dirname(join(from, path)), { recursive: true });
      writeFileSync(join(from, path), text);
    }
    const bytes = execFileSync('tar', [`--format=${format}`, '-C', from, '-cf', '-', '.'], {
      maxBuffer: 1e8,
    });
    const found = readTar(gunzip(gzipSync(bytes), 'a.tar'), refuse);
    const texts = found.map(({ path, bytes: body }) => [path, Buffer.from(body).toString()]);
    expect(Object.fromEntries(texts)).toEqual(Object.fromEntries(files));
    const to = join(copy.dir, `${format}-out`);
    unpack(found, to);
    for (const [path, text] of files) expect(readFileSync(join(to, path), 'utf8')).toBe(text);
  });
});

test.each([
  { path: '/etc/x', code: 'archive/unsafe-path' },
  { path: 'a/../../x', code: 'archive/unsafe-path' },
  { path: 'a\\..\\x', code: 'archive/unsafe-path' },
  { path: 'C:x', code: 'archive/unsafe-path' },
])('$path is refused', ({ path, code }) => {
  expect(() => readTar(tarOf([[path, 'x']]), refuse)).toThrow(expect.objectContaining({ code }));
});

test('links are refused, or left out of an archive of one’s own', () => {
  const bytes = tarOf([
    ['a', 'x'],
    ['b', { link: '/etc/passwd' }],
  ]);
  expect(() => readTar(bytes, refuse)).toThrow(expect.objectContaining({ code: 'archive/link' }));
  const kept = readTar(bytes, { name: 'a.tar', links: 'skip' });
  expect(kept.map((file) => file.path)).toEqual(['a']);
});

test('what is damaged is told', () => {
  const bytes = tarOf([['a', 'x'.repeat(600)]]);
  expect(() => readTar(bytes.subarray(0, 900), refuse)).toThrow(/ends within a file/u);
  expect(() => readTar(bytes.with(0, 0x62), refuse)).toThrow(/does not add up/u);
  expect(() => gunzip(Uint8Array.of(0x1f, 0x8b, 1, 2), 'a.gz')).toThrow(/cannot be unpacked/u);
});
