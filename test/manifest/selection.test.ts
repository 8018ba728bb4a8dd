import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DagbookError } from '../../src/base/index.js';
import { type Manifest, select, selectorOf } from '../../src/manifest/index.js';
import { idOf, manifestOf, namesOf } from './manifest-of.js';

const shop = manifestOf(
  [
    'stg > int',
    'raw > stg',
    'int > fct',
    'stg > fct',
    'fct > dash',
    'stg > test_stg',
    'fct > test_both',
    'stg > test_both',
    'lone',
  ],
  {
    stg: { tags: ['nightly'], folder: 'staging' },
    raw: { folder: 'staging' },
    fct: { tags: ['nightly', 'core'], folder: 'marts/core' },
  },
);

const names = (
  manifest: Manifest,
  text: string,
  mode?: 'cautious' | 'buildable' | 'empty',
): readonly string[] =>
  namesOf(
    select(manifest, { select: [text], ...(mode === undefined ? {} : { indirectSelection: mode }) })
      .ids,
  ).toSorted();

test.each([
  { text: 'fct', expected: ['fct', 'test_both'] },
  { text: '+fct', expected: ['fct', 'int', 'raw', 'stg', 'test_both', 'test_stg'] },
  { text: '1+fct', expected: ['fct', 'int', 'stg', 'test_both', 'test_stg'] },
  { text: 'stg+1', expected: ['fct', 'int', 'stg', 'test_both', 'test_stg'] },
  { text: '@int', expected: ['dash', 'fct', 'int', 'raw', 'stg', 'test_both', 'test_stg'] },
  { text: 'tag:nightly,tag:core', expected: ['fct', 'test_both'] },
  { text: 'staging.*', expected: ['raw', 'stg', 'test_both', 'test_stg'] },
  { text: 'path:models/marts', expected: ['fct', 'test_both'] },
  { text: 'raw.sql lone', expected: ['lone', 'raw'] },
  { text: '  raw   lone ', expected: ['lone', 'raw'] },
])('$text', ({ text, expected }) => {
  expect(names(shop, text)).toEqual(expected);
});

test.each([
  { mode: 'cautious', text: 'stg', expected: ['stg', 'test_stg'] },
  { mode: 'cautious', text: 'stg fct', expected: ['fct', 'stg', 'test_both', 'test_stg'] },
  { mode: 'buildable', text: 'fct', expected: ['fct', 'test_both'] },
  { mode: 'buildable', text: 'stg', expected: ['stg', 'test_stg'] },
  { mode: 'empty', text: 'stg', expected: ['stg'] },
] as const)('$mode $text', ({ mode, text, expected }) => {
  expect(names(shop, text, mode)).toEqual(expected);
});

test.each([
  { criteria: { select: ['state:modified'] }, code: 'select/needs-state' },
  { criteria: { select: ['result:error'] }, code: 'select/needs-state' },
  { criteria: { select: ['foo:bar'] }, code: 'select/unknown-method' },
  { criteria: { select: ['@a+'] }, code: 'select/bad-spec' },
  { criteria: { select: ['source:a.b.c.d'] }, code: 'select/bad-value' },
  { criteria: { selector: 'none' }, code: 'select/unknown-selector' },
])('$criteria is refused as $code', ({ criteria, code }) => {
  const codeOf = (): string => {
    try {
      select(shop, criteria);
      return 'nothing thrown';
    } catch (error) {
      return error instanceof DagbookError ? error.code : String(error);
    }
  };
  expect(codeOf()).toBe(code);
});

test('what matches nothing is warned of, with the likeliest name', () => {
  expect(select(shop, { select: ['+fcts'] })).toEqual({
    ids: [],
    warnings: [
      expect.objectContaining({
        severity: 'warning',
        message: "The selection criterion '+fcts' does not match any enabled nodes.",
        hint: "Did you mean '+fct'?",
      }),
    ],
  });
});

describe('selectors.yml', () => {
  const selectors = [
    {
      name: 'a',
      isDefault: true,
      description: '',
      definition: { union: ['stg', { exclude: ['test_stg'] }] },
    },
    {
      name: 'b',
      isDefault: false,
      description: '',
      definition: { method: 'selector', value: 'c' },
    },
    {
      name: 'c',
      isDefault: false,
      description: '',
      definition: { method: 'selector', value: 'b' },
    },
  ];

  test('the default one counts when nothing is asked for', () => {
    expect(namesOf(select(shop, {}, { selectors }).ids)).toEqual(['stg', 'test_both']);
    expect(namesOf(select(shop, { select: ['lone'] }, { selectors }).ids)).toEqual(['lone']);
  });

  test('circles are found', () => {
    expect(() => select(shop, { selector: 'b' }, { selectors })).toThrow('circle: c --> b --> c');
  });
});

/** A graph of up to twelve models, edges from lower to higher numbers, with a few tags. */
const graphs = fc
  .record({
    size: fc.integer({ min: 1, max: 12 }),
    edges: fc.array(fc.tuple(fc.nat(11), fc.nat(11)), { maxLength: 25 }),
    tags: fc.array(fc.constantFrom('x', 'y'), { minLength: 12, maxLength: 12 }),
  })
  .map(({ size, edges, tags }) =>
    manifestOf(
      [
        ...Array.from({ length: size }, (_, at) => `m${at}`),
        ...edges
          .filter(([from, to]) => from < to && to < size)
          .map(([from, to]) => `m${from} > m${to}`),
      ],
      Object.fromEntries(
        tags.map((tag, at) => [`m${at}`, { tags: [tag], folder: at % 3 === 0 ? 'even' : 'odd' }]),
      ),
    ),
  );
const criteria = fc.constantFrom(
  'tag:x',
  'tag:y',
  'm1',
  '+m3',
  'm2+',
  '1+m4',
  '@m2',
  'path:models/even',
  'm*',
);

describe('the algebra', () => {
  test('a space unites, a comma intersects, an exclusion takes away', () => {
    fc.assert(
      fc.property(graphs, criteria, criteria, (manifest, left, right) => {
        const [a, b] = [new Set(names(manifest, left)), new Set(names(manifest, right))];
        expect(names(manifest, `${left} ${right}`)).toEqual([...new Set([...a, ...b])].toSorted());
        expect(names(manifest, `${left},${right}`)).toEqual(
          [...a].filter((one) => b.has(one)).toSorted(),
        );
        const without = select(manifest, { select: [left], exclude: [right] }).ids;
        expect(namesOf(without).toSorted()).toEqual([...a].filter((one) => !b.has(one)).toSorted());
      }),
    );
  });

  test('what is above is what has it below', () => {
    fc.assert(
      fc.property(graphs, fc.nat(11), fc.nat(11), (manifest, one, other) => {
        const isAbove = names(manifest, `+m${one}`).includes(`m${other}`);
        const isBelow = names(manifest, `m${other}+`).includes(`m${one}`);
        const exist = manifest.nodes.has(idOf(`m${one}`)) && manifest.nodes.has(idOf(`m${other}`));
        expect(isAbove && exist).toBe(isBelow && exist);
      }),
    );
  });

  test('a selector of a set means that set', () => {
    fc.assert(
      fc.property(graphs, fc.array(fc.nat(11)), (manifest, marks) => {
        const ids = marks.map((mark) => idOf(`m${mark}`)).filter((id) => manifest.nodes.has(id));
        const text = selectorOf(manifest, ids);
        const found = text === '' ? [] : select(manifest, { select: [text] }).ids;
        expect([...found].toSorted()).toEqual([...new Set(ids)].toSorted());
      }),
    );
  });
});

test.each([
  { marked: ['fct'], expected: 'fct' },
  { marked: ['raw', 'stg', 'int', 'fct'], expected: '+fct' },
  { marked: ['raw', 'stg'], expected: '+stg' },
  { marked: ['stg', 'fct'], expected: 'stg fct' },
  { marked: ['lone', 'raw'], expected: 'lone raw' },
  { marked: [], expected: '' },
])('$marked is said as $expected', ({ marked, expected }) => {
  expect(selectorOf(shop, marked.map(idOf))).toBe(expected);
});
