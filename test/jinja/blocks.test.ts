import { expect, test } from 'vitest';
import { JinjaError, splitBlocks } from '../../src/jinja/index.js';

const split = (text: string): readonly unknown[] =>
  splitBlocks(text, { name: 'f.sql' }).map(({ kind, name, args, contents }) => [
    kind,
    name,
    args,
    contents,
  ]);

test.each([
  ['a macro', '{% macro m(a, b=1) %}x{% endmacro %}', [['macro', 'm', '(a, b=1)', 'x']]],
  [
    'text around blocks',
    'a {% macro m() %}x{% endmacro %} b',
    [
      ['data', '', '', 'a '],
      ['macro', 'm', '()', 'x'],
      ['data', '', '', ' b'],
    ],
  ],
  [
    'every kind',
    "{% test t(model) %}1{% endtest %}{% data_test u(model) %}2{% enddata_test %}{% docs d %}3{% enddocs %}{% snapshot s %}4{% endsnapshot %}{% materialization m, adapter='sf' %}5{% endmaterialization %}",
    [
      ['test', 't', '(model)', '1'],
      ['test', 'u', '(model)', '2'],
      ['docs', 'd', '', '3'],
      ['snapshot', 's', '', '4'],
      ['materialization', 'm', ", adapter='sf'", '5'],
    ],
  ],
  [
    'a closing tag in a string, a comment and raw text',
    "{% macro m() %}{{ '{% endmacro %}' }}{# {% endmacro %} #}{% raw %}{% endmacro %}{% endraw %}{% endmacro %}",
    [
      [
        'macro',
        'm',
        '()',
        "{{ '{% endmacro %}' }}{# {% endmacro %} #}{% raw %}{% endmacro %}{% endraw %}",
      ],
    ],
  ],
  ['a tag that strips', ' \n{%- macro m() -%} x {%- endmacro -%}\n', [['macro', 'm', '()', 'x']]],
  [
    'control flow inside',
    '{% macro m() %}{% if a %}{% for b in c %}{% endfor %}{% endif %}{% endmacro %}',
    [['macro', 'm', '()', '{% if a %}{% for b in c %}{% endfor %}{% endif %}']],
  ],
  ['no blocks', 'select 1', [['data', '', '', 'select 1']]],
  ['nothing', '', []],
])('%s', (_, text, expected) => {
  expect(split(text)).toEqual(expected);
});

test('offset, line and full text', () => {
  const [, block] = splitBlocks('-- one\n\n{% macro m() %}\nx\n{% endmacro %}', { name: 'f.sql' });
  expect(block).toMatchObject({
    offset: 8,
    line: 3,
    fullText: '{% macro m() %}\nx\n{% endmacro %}',
  });
});

test('only the kinds asked for', () => {
  const text = '{% docs d %}{% macro m() %}{% enddocs %}';
  expect(splitBlocks(text, { name: 'd.md', kinds: ['docs'] })).toMatchObject([
    { kind: 'docs', contents: '{% macro m() %}' },
  ]);
});

test.each([
  [
    '{% macro m() %}',
    'Reached EOF without finding a close tag for macro (searched from line 1)',
    1,
  ],
  [
    '{% macro a() %}{% macro b() %}{% endmacro %}',
    'Got nested tags: macro (started at 0) did not have a matching {{% endmacro %}} before a subsequent macro was found (started at 15)',
    1,
  ],
  [
    '{% if x %}\n{% macro m() %}{% endmacro %}{% endif %}',
    'Got a block definition inside control flow at 2:0. All dbt block definitions must be at the top level',
    2,
  ],
  [
    '{% endif %}',
    'Got an unexpected control flow end tag, got endif but never saw a preceeding if (@ 1:0)',
    1,
  ],
  [
    '{% if x %}{% endfor %}',
    'Got an unexpected control flow end tag, got endfor but expected endif next (@ 1:10)',
    1,
  ],
  ['{# x', 'unexpected EOF, expected #}, got " x"', 1],
  ['{{ x', 'unexpected EOF, expected }}, got "x"', 1],
])('%s', (text, message, line) => {
  const run = (): unknown => splitBlocks(text, { name: 'f.sql' });
  expect(run).toThrow(JinjaError);
  expect(run).toThrow(expect.objectContaining({ message, pythonClass: 'CompilationError' }));
  expect(run).toThrow(
    expect.objectContaining({ position: expect.objectContaining({ file: 'f.sql', line }) }),
  );
});
