/** The runner's own counting: what is equal, what is not, and how it is printed. */
import { expect, test } from 'vitest';
import { factsOf } from './facts.js';
import { measure } from './measure.js';
import { printAspect, readGolden, score } from './score.js';

const manifest = (code: string, id = 'abc'): Parameters<typeof factsOf>[0] => ({
  metadata: { invocation_id: id },
  nodes: { 'model.shop.a': { resource_type: 'model', tags: ['b', 'a'], compiled_code: code } },
  disabled: {},
});

test.each([
  { ours: 'select  1', exact: 1, folded: 0 },
  { ours: 'select 1', exact: 0, folded: 0 },
  { ours: 'select 2', exact: 1, folded: 1 },
])('$ours against select 1', ({ ours, exact, folded }) => {
  const golden = { ...factsOf(manifest('select 1')), selections: [] };
  const aspects = score(golden, { ...factsOf(manifest(ours)), selections: [] });
  const wrong = (name: string): number | undefined =>
    aspects.find((one) => one.name === name)?.wrong.length;
  expect([wrong('compiled.exact'), wrong('compiled.folded'), wrong('tags')]).toEqual([
    exact,
    folded,
    0,
  ]);
});

test('ids of the run are no difference', () => {
  const [one, two] = [manifest('-- x1', 'x1'), manifest('-- y2', 'y2')].map(factsOf);
  expect(one?.nodes).toEqual(two?.nodes);
});

test('a recording is read line by line', () => {
  const golden = readGolden([
    '{"unique_id": "model.shop.a", "tags": []}',
    '{"disabled": ["model.shop.b"], "selections": [{"args": ["--select", "a"], "result": ["model.shop.a"]}]}',
    '',
  ]);
  expect([...golden.nodes.keys()]).toEqual(['model.shop.a']);
  expect(golden.disabled).toEqual(['model.shop.b']);
  expect(printAspect({ name: 'ids', compared: 4, wrong: ['x'] }, 1)).toBe(
    'ids                         3/4        75.00% x',
  );
});

test('a project is compiled and its selections are resolved', async () => {
  const { compiled, failures, facts } = await measure(
    { projectDir: 'test/fixtures/projects/answers', env: { DAGBOOK_NOW: '2026-01-15T12:00:00Z' } },
    [
      ['--select', 'eph2', '--indirect-selection', 'empty'],
      ['--select', 'nonsense:x'],
    ],
  );
  expect(failures.size).toBe(0);
  expect(compiled.get('model.answers.eph')).toBe('\nselect 1 as id -- from eph');
  expect(facts.selections.map((one) => one.result)).toEqual([['model.answers.eph2'], 'error']);
});
