import { expect, test } from 'vitest';
import { executionOrder } from '../../src/manifest/index.js';
import { idOf, manifestOf, namesOf } from './manifest-of.js';

const shop = manifestOf(
  [
    'raw > stg',
    'stg > int',
    'int > fct',
    'stg > test_stg',
    'stg > test_pair',
    'int > test_pair',
    'fct > test_late',
    'other > test_far',
    'fct > test_far',
    'fct > dash',
    'blank > fct',
  ],
  { blank: { rawCode: '  \n' } },
);

const waits = (
  command: string,
  ...names: readonly string[]
): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries(
    [...executionOrder(shop, names.map(idOf), command)].map(([id, above]) => [
      namesOf([id])[0] ?? '',
      namesOf(above).toSorted(),
    ]),
  );

test.each([
  {
    title: 'direct parents',
    command: 'run',
    names: ['stg', 'int', 'raw'],
    expected: { raw: [], stg: ['raw'], int: ['stg'] },
  },
  {
    title: 'through what is not selected',
    command: 'run',
    names: ['raw', 'fct'],
    expected: { raw: [], fct: ['raw'] },
  },
  {
    title: 'a run does not wait for tests',
    command: 'run',
    names: ['stg', 'int', 'test_stg'],
    expected: { stg: [], int: ['stg'], test_stg: ['stg'] },
  },
  {
    title: 'in a build a test gates the children of its parent',
    command: 'build',
    names: ['stg', 'int', 'test_stg'],
    expected: { stg: [], int: ['stg', 'test_stg'], test_stg: ['stg'] },
  },
  {
    title: 'a test of two gates only what depends on both',
    command: 'build',
    names: ['stg', 'int', 'fct', 'test_pair'],
    expected: { stg: [], int: ['stg'], fct: ['int', 'test_pair'], test_pair: ['int', 'stg'] },
  },
  {
    title: 'and nothing where nothing depends on both',
    command: 'build',
    names: ['fct', 'dash', 'other', 'test_far'],
    expected: { other: [], fct: [], dash: ['fct'], test_far: ['fct', 'other'] },
  },
  {
    title: 'nodes without code are left out',
    command: 'build',
    names: ['blank', 'fct'],
    expected: { fct: [] },
  },
  {
    title: 'what is not there is left out',
    command: 'run',
    names: ['nobody', 'raw'],
    expected: { raw: [] },
  },
])('$title', ({ command, names, expected }) => {
  expect(waits(command, ...names)).toEqual(expected);
});

test('entries come in an order that can be run', () => {
  const order = [...executionOrder(shop, [...shop.nodes.keys()].toReversed(), 'build')];
  const done = new Set<string>();
  for (const [id, above] of order) {
    expect(above.filter((one) => !done.has(one))).toEqual([]);
    done.add(id);
  }
  expect(done.size).toBe(shop.nodes.size - 1);
});
