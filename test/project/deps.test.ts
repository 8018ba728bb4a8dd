import { execFileSync } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { existsSync, lstatSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DagbookError } from '../../src/base/index.js';
import { type DepsOptions, type DepsResult, installDeps } from '../../src/project/index.js';
import { packagesHash } from '../../src/project/deps/lock-file.js';
import { packageSpec } from '../../src/project/deps/package-spec.js';
import { highestWithin } from '../../src/project/deps/version-range.js';
import { emptyFolder, type ProjectCopy } from '../support/project-copy.js';
import { type Entry, tarOf } from '../support/tar-of.js';

/** What the loopback hub serves, by path. */
const served = new Map<string, Uint8Array>();
const copies: ProjectCopy[] = [];
let server: Server;
let hub = '';

beforeAll(async () => {
  server = createServer((request, response) => {
    const body = served.get(request.url ?? '');
    response.writeHead(body === undefined ? 404 : 200).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  hub = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`; // a TCP server has such an address
  serve('acme/base', 'base', { '1.0.0': {}, '1.1.0': {}, '1.2.0-rc1': {}, '2.0.0': {} });
  serve('acme/tools', 'tools', {
    '0.9.0': { packages: [{ package: 'acme/base', version: '1.0.0' }] },
    '1.0.0': { packages: [{ package: 'acme/base', version: ['>=1.0.0', '<2.0.0'] }] },
    '3.0.0': { require_dbt_version: ['>=3.0.0'] },
  });
  archive('evil/link', [
    ['p/dbt_project.yml', 'name: p'],
    ['p/a', { link: '/etc/passwd' }],
  ]);
  archive('evil/climb', [
    ['p/dbt_project.yml', 'name: p'],
    ['p/../../x', 'x'],
  ]);
  archive('evil/loose', [['dbt_project.yml', 'name: p']]);
  archive('good', [
    ['good-1.0/dbt_project.yml', 'name: good'],
    ['good-1.0/macros/m.sql', '{% macro m() %}{% endmacro %}'],
  ]);
});
afterAll(() => {
  server.close();
  for (const copy of copies) copy.remove();
});

/** Versions of a package, each with an archive of its project. */
function serve(name: string, project: string, versions: Record<string, object>): void {
  const entries = Object.entries(versions).map(([version, more]) => {
    const path = `${name}-${version}`;
    archive(path, [
      [`${project}-${version}/dbt_project.yml`, `name: ${project}\nversion: ${version}`],
    ]);
    const tarball = `${hub}archives/${path}.tar.gz`;
    return [version, { name: project, packages: [], downloads: { tarball }, ...more }];
  });
  const answer = { name, versions: Object.fromEntries(entries) };
  served.set(`/api/v1/${name}.json`, Buffer.from(JSON.stringify(answer)));
}

function archive(name: string, entries: readonly Entry[]): void {
  served.set(`/archives/${name}.tar.gz`, gzipSync(tarOf(entries)));
}

function project(files: Readonly<Record<string, string>>): string {
  const copy = emptyFolder();
  copies.push(copy);
  for (const [path, text] of Object.entries({ 'dbt_project.yml': 'name: root', ...files })) {
    mkdirSync(dirname(join(copy.dir, path)), { recursive: true });
    writeFileSync(join(copy.dir, path), text);
  }
  return copy.dir;
}

async function deps(projectDir: string, more: Partial<DepsOptions> = {}): Promise<DepsResult> {
  return await installDeps({
    projectDir,
    cliVars: {},
    env: { ...process.env, DBT_PACKAGE_HUB_URL: hub },
    now: () => 0,
    isUpgrade: false,
    isLockOnly: false,
    checksDbtVersion: true,
    signal: new AbortController().signal,
    ...more,
  });
}

const read = (folder: string, path: string): string => readFileSync(join(folder, path), 'utf8');

describe('the hub', () => {
  test('the highest versions that all agree on, those of packages of packages too', async () => {
    const dir = project({
      'packages.yml': 'packages:\n  - {package: acme/tools, version: [">=0.9.0", "<9.0.0"]}\n',
    });
    const { packages, warnings } = await deps(dir);
    expect(packages.map((one) => `${one.projectName} ${one.shownVersion}`)).toEqual([
      'tools version 1.0.0',
      'base version 1.1.0',
    ]);
    expect(read(dir, 'dbt_packages/base/dbt_project.yml')).toContain('1.1.0');
    expect(read(dir, 'package-lock.yml')).toBe(
      [
        'packages:',
        '  - name: tools',
        '    package: acme/tools',
        '    version: 1.0.0',
        '  - name: base',
        '    package: acme/base',
        '    version: 1.1.0',
        `sha1_hash: ${/sha1_hash: (?<hash>.*)/u.exec(read(dir, 'package-lock.yml'))?.groups?.['hash']}`,
        '',
      ].join('\n'),
    );
    expect(warnings.map((one) => one.message)).toEqual(['base could be had in version 2.0.0.']);
  });

  test('a lock that fits is kept to; --upgrade and another packages.yml are not', async () => {
    const dir = project({
      'packages.yml': 'packages: [{package: acme/base, version: ">=1.0.0,<3.0.0"}]',
    });
    await deps(dir, { isLockOnly: true });
    expect(existsSync(join(dir, 'dbt_packages'))).toBe(false);
    const lock = read(dir, 'package-lock.yml');
    writeFileSync(join(dir, 'package-lock.yml'), lock.replace('2.0.0', '1.0.0'));
    expect(await deps(dir)).toMatchObject({
      hasLocked: false,
      packages: [{ shownVersion: 'version 1.0.0' }],
    });
    expect(await deps(dir, { isUpgrade: true })).toMatchObject({
      hasLocked: true,
      packages: [{ shownVersion: 'version 2.0.0' }],
    });
    writeFileSync(join(dir, 'packages.yml'), 'packages: [{package: acme/base, version: 1.1.0}]');
    expect(await deps(dir)).toMatchObject({
      hasLocked: true,
      packages: [{ shownVersion: 'version 1.1.0' }],
    });
  });

  test.each([
    { packages: '[{package: acme/nothing, version: 1.0.0}]', code: 'deps/unknown-package' },
    { packages: '[{package: acme/base, version: 7.0.0}]', code: 'deps/no-version' },
    { packages: '[{package: acme/tools, version: 3.0.0}]', code: 'deps/no-version' },
    { packages: '[{package: acme/base, version: "1"}]', code: 'deps/bad-version' },
    { packages: '[{package: acme, version: 1.0.0}]', code: 'deps/bad-package' },
    { packages: '[{package: acme/base}]', code: 'deps/bad-package' },
    { packages: '[{private: acme/base}]', code: 'deps/bad-package' },
    { packages: '[1]', code: 'deps/bad-package' },
    { packages: '{a: 1}', code: 'deps/bad-file' },
    { packages: '[', code: 'deps/bad-file' },
    { packages: '[{local: nowhere}]', code: 'deps/not-found' },
    { packages: '[{git: "ext::sh -c id"}]', code: 'program/failed' },
    { packages: '[{git: "--upload-pack=id"}]', code: 'deps/bad-package' },
    { packages: '[{git: "https://x", subdirectory: ../y}]', code: 'deps/bad-package' },
    { packages: '[{tarball: "file:///etc/passwd", name: a}]', code: 'download/refused' },
    {
      packages:
        '[{package: acme/base, version: 1.0.0}, {package: acme/tools, version: 0.9.0}, {package: acme/base, version: 2.0.0}]',
      code: 'deps/no-version',
    },
  ])('$packages is refused as $code, and nothing is changed', async ({ packages, code }) => {
    const dir = project({
      'packages.yml': `packages: ${packages}`,
      'dbt_packages/old/dbt_project.yml': 'name: old',
    });
    await expect(deps(dir)).rejects.toMatchObject({ code });
    expect(existsSync(join(dir, 'package-lock.yml'))).toBe(false);
    expect(existsSync(join(dir, 'dbt_packages/old/dbt_project.yml'))).toBe(true);
  });

  test('no network: said plainly, and what is installed stays', async () => {
    const dir = project({
      'packages.yml': 'packages: [{package: acme/base, version: 1.0.0}]',
      'dbt_packages/base/dbt_project.yml': 'name: base',
    });
    const env = { ...process.env, DBT_PACKAGE_HUB_URL: 'http://127.0.0.1:9/' };
    await expect(deps(dir, { env })).rejects.toMatchObject({
      code: 'download/unreachable',
      message: expect.stringContaining('http://127.0.0.1:9/api/v1/acme/base.json'),
    });
    expect(existsSync(join(dir, 'dbt_packages/base/dbt_project.yml'))).toBe(true);
  });
});

describe('tarballs', () => {
  const tarball = (name: string): string =>
    `packages: [{tarball: "${hub}archives/${name}.tar.gz", name: good}]`;

  test('are unpacked without their outer folder', async () => {
    const dir = project({ 'packages.yml': tarball('good') });
    await deps(dir);
    expect(read(dir, 'dbt_packages/good/macros/m.sql')).toContain('macro m()');
  });

  test.each([
    { name: 'evil/link', code: 'archive/link' },
    { name: 'evil/climb', code: 'archive/unsafe-path' },
    { name: 'evil/loose', code: 'deps/bad-archive' },
  ])('$name is refused as $code', async ({ name, code }) => {
    await expect(deps(project({ 'packages.yml': tarball(name) }))).rejects.toMatchObject({ code });
  });
});

test('local packages are linked, what they need comes with them', async () => {
  const dir = project({
    'dependencies.yml': 'packages: [{local: sub/near}]',
    'sub/near/dbt_project.yml': 'name: near',
    'sub/near/packages.yml': 'packages: [{local: sub/far}]',
    'sub/far/dbt_project.yml': 'name: far',
  });
  await deps(dir);
  expect(lstatSync(join(dir, 'dbt_packages/near')).isSymbolicLink()).toBe(true);
  expect(read(dir, 'dbt_packages/far/dbt_project.yml')).toBe('name: far');
});

test('git packages: a branch, a tag, a commit, a folder of the repository', async () => {
  const repository = project({
    'dbt_project.yml': 'name: one',
    'inner/dbt_project.yml': 'name: two',
  });
  const git = (...args: readonly string[]): string =>
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], {
      cwd: repository,
      encoding: 'utf8',
    }).trim();
  git('init', '-q', '-b', 'main');
  git('add', '.');
  git('commit', '-qm', 'first');
  git('tag', 'v1');
  const first = git('rev-parse', 'HEAD');
  writeFileSync(join(repository, 'later.txt'), '');
  git('add', '.');
  git('commit', '-qm', 'second');

  const dir = project({
    'packages.yml': `packages:\n  - {git: "${repository}", revision: v1}\n  - {git: "${repository}", subdirectory: inner}\n`,
  });
  const { packages, warnings } = await deps(dir);
  expect(packages.map((one) => one.projectName)).toEqual(['one', 'two']);
  expect(packages[0]?.entry).toEqual({ git: repository, revision: first });
  expect(existsSync(join(dir, 'dbt_packages/one/later.txt'))).toBe(false);
  expect(warnings.map((one) => one.code)).toEqual(['deps/unpinned']);
  // Once locked, the commits are installed.
  expect((await deps(dir)).hasLocked).toBe(false);
});

test('the hash of a lock file is dbt 1.12.6’s', () => {
  const specs = [
    { local: '../x' },
    { git: 'https://a/b.git', revision: '1.0' },
    { git: 'https://a/c.git', 'warn-unpinned': false, subdirectory: 's' },
    { git: 'https://a/d.git', revision: 1.5 },
    { package: 'dbt-labs/dbt_utils', version: '1.0.0' },
    { package: 'dbt-labs/u', version: ['>=1.0.0', '<2.0.0'], install_prerelease: true },
    { tarball: 'https://x/é.tar.gz', name: 'y' },
  ].map((one) => packageSpec(one, one, undefined));
  expect(packagesHash(specs)).toBe('84dd4762a24090c4628a4238fc6bbcdab0e90f23');
});

test.each([
  { ranges: ['>=1.0.0', '<2.0.0'], expected: '1.10.0' },
  { ranges: [], expected: '2.0.0' },
  { ranges: ['<=2.0.0-rc2'], expected: '2.0.0-rc2' },
  { ranges: ['>1.10.0', '<2.0.0-rc3'], expected: '2.0.0-rc2' },
  { ranges: ['=1.9.1'], expected: '1.9.1' },
  { ranges: ['>2.0.0'], expected: undefined },
])('the highest within $ranges is $expected', ({ ranges, expected }) => {
  const versions = ['1.9.1', '1.10.0', '2.0.0-rc.1', '2.0.0-rc2', '2.0.0', 'latest'];
  expect(highestWithin(versions, ranges, false)).toBe(expected);
  expect(() => highestWithin(versions, ['1.x'], false)).toThrow(DagbookError);
});
