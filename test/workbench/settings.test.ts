import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openSettings } from '../../src/workbench/settings.js';

let directory = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'dagbook-settings-'));
});
afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

const fileOf = (): string => join(directory, readdirSync(directory)[0] ?? '');

test('what is remembered is there again, for this project only', async () => {
  const first = await openSettings('/shop', directory);
  first.rememberNode('model.shop.a');
  first.rememberNode('model.shop.b');
  first.rememberNode('model.shop.a');
  first.rememberLine('queries', 'select 1');
  const again = await openSettings('/shop', directory);
  expect(again.recentNodes()).toEqual(['model.shop.a', 'model.shop.b']);
  expect(again.history('queries')).toEqual(['select 1']);
  expect((await openSettings('/other', directory)).recentNodes()).toEqual([]);
});

test('the theme is that of all projects', async () => {
  const first = await openSettings('/shop', directory);
  expect(first.theme()).toBeNull();
  first.rememberTheme('light');
  expect((await openSettings('/other', directory)).theme()).toBe('light');
  writeFileSync(fileOf(), '{"theme": "plaid"}');
  expect((await openSettings('/other', directory)).theme()).toBeNull();
});

test('the file is private, and holds no pasted data', async () => {
  const settings = await openSettings('/shop', directory);
  settings.rememberLine('queries', 'select 1');
  settings.rememberLine('queries', `select '${'x'.repeat(5000)}'`);
  expect(statSync(fileOf()).mode & 0o777).toBe(0o600);
  expect(readFileSync(fileOf(), 'utf8')).not.toContain('xxxx');
});

test.each(['{ not json', '[]', '{"/shop":{"recent":"x","queries":[1,"select 2"]}}'])(
  'a file that somebody else wrote does no harm: %s',
  async (text) => {
    await openSettings('/shop', directory).then((one) => one.rememberNode('model.shop.a'));
    writeFileSync(fileOf(), text);
    const settings = await openSettings('/shop', directory);
    expect(settings.recentNodes()).toEqual([]);
    expect(settings.history('queries').length).toBeLessThanOrEqual(1);
  },
);

test('where nothing can be written, the work goes on', async () => {
  writeFileSync(join(directory, 'file'), '');
  const settings = await openSettings('/shop', join(directory, 'file', 'below'));
  settings.rememberNode('model.shop.a');
  expect(settings.recentNodes()).toEqual(['model.shop.a']);
});
