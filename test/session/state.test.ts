import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { nodeId } from '../../src/base/index.js';
import { openSession, type SessionOptions } from '../../src/session/index.js';
import { emptyFolder } from '../support/project-copy.js';

const copy = emptyFolder();
const { dir } = copy;
const { signal } = new AbortController();
const state = join(dir, 'base');
const stgOrders = join(dir, 'models/stg_orders.sql');

function open(options: Partial<SessionOptions>): ReturnType<typeof openSession> {
  return openSession({ projectDir: dir, ...options }, { env: {} });
}

beforeAll(() => {
  cpSync('test/fixtures/projects/state', dir, { recursive: true });
  const git = (...args: readonly string[]): void =>
    void execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], {
      cwd: dir,
    });
  git('init', '-q', '-b', 'main');
  git('add', '.');
  git('commit', '-qm', 'base');
  open({}).writeManifest(new Map());
  cpSync(join(dir, 'target'), state, { recursive: true });
  writeFileSync(stgOrders, readFileSync(stgOrders, 'utf8').replace('12.5', '13.5'));
});
afterAll(() => copy.remove());

describe('state:modified', () => {
  const select = (options: Partial<SessionOptions>): readonly string[] =>
    open(options).select({
      command: 'ls',
      select: ['state:modified'],
      indirectSelection: 'empty',
    }).ids;

  test.each([{ state: 'git:main' }, { state: 'git:HEAD' }, { state }])('of $state', (options) => {
    expect(select(options)).toEqual(['model.states.stg_orders']);
  });

  test.each([
    { state: 'git:nowhere', code: 'state/git' },
    { state: 'git:--output=x', code: 'state/git' },
    { state: join(dir, 'models'), code: 'state/missing' },
  ])('$state is refused as $code', ({ state: origin, code }) => {
    expect(() => select({ state: origin })).toThrow(expect.objectContaining({ code }));
  });

  test('without a state it says what is missing', () => {
    expect(() => select({})).toThrow(expect.objectContaining({ code: 'select/needs-state' }));
  });
});

describe('--defer', () => {
  const fct = nodeId('model.states.fct_orders');
  const reads = async (
    options: Partial<SessionOptions>,
    selected: readonly string[] = ['model.states.fct_orders'],
  ): Promise<readonly string[]> => {
    const session = open({ target: 'prod', isDeferred: true, ...options });
    try {
      const { compiledSql, diagnostics } = await session.compile(fct, {
        signal,
        selected: selected.map(nodeId),
      });
      expect(diagnostics).toEqual([]);
      return [...(compiledSql ?? '').matchAll(/"states"\.("\w+"\."\w+")/gu)].map(
        (match) => match[1] ?? '',
      );
    } finally {
      await session.close();
    }
  };

  test('reads from the state what is not built here', async () => {
    expect(await reads({ state })).toEqual(['"main_core"."int_orders"', '"main"."countries"']);
    expect(await reads({ deferState: state, state: 'git:main' })).toEqual(
      await reads({ state: 'git:main', target: 'prod', deferState: state }),
    );
  });

  test('reads from here what is, unless the state is favoured', async () => {
    const session = open({ target: 'prod' });
    await session.run({ command: 'seed' }, { signal });
    await session.close();
    expect(await reads({ state })).toEqual(['"main_core"."int_orders"', '"prod"."countries"']);
    expect(await reads({ state, favorsState: true })).toEqual([
      '"main_core"."int_orders"',
      '"main"."countries"',
    ]);
    expect(await reads({ state, favorsState: true }, ['seed.states.countries'])).toEqual([
      '"main_core"."int_orders"',
      '"prod"."countries"',
    ]);
  });

  test('a run builds on what the state has', async () => {
    const dev = open({});
    await dev.run({ command: 'build', select: ['+int_orders'] }, { signal });
    await dev.close();
    rmSync(join(dir, 'target'), { recursive: true });
    const session = open({ target: 'prod', isDeferred: true, state });
    const { results } = await session.run({ command: 'run', select: ['fct_orders'] }, { signal });
    await session.close();
    expect(results.map((result) => [result.nodeId, result.status])).toEqual([[fct, 'success']]);
  });

  test('without a state it says what is missing', async () => {
    await expect(reads({})).rejects.toMatchObject({ code: 'select/needs-state' });
  });
});
