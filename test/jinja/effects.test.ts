import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import {
  callValueEffects,
  type Context,
  createEnvironment,
  type EffectGenerator,
  makeMacro,
  NO_ARGUMENTS,
  parseTemplate,
  PyFunction,
  render,
  renderEffects,
  toText,
  type Value,
} from '../../src/jinja/index.js';

/** A host function that asks its driver, and returns the answer. */
const ask = new PyFunction('ask', ({ args: [question = null] }) =>
  (function* answer(): EffectGenerator {
    return String(yield `? ${toText(question)}`);
  })(),
);
const wrap = new PyFunction('wrap', ({ args: [callee = null] }) =>
  (function* wrapped(): EffectGenerator {
    return `<${toText(yield* callValueEffects(callee, NO_ARGUMENTS))}>`;
  })(),
);
const environment = createEnvironment({ undefinedMode: 'text' });
const names = new Map<string, Value>([
  ['ask', ask],
  ['wrap', wrap],
]);
const context: Context = { lookup: (name) => names.get(name) };

/** Renders, answering every effect with its number. */
function drive(
  text: string,
  scope: Context = context,
): { readonly output: string; readonly asked: readonly unknown[] } {
  const asked: unknown[] = [];
  const rendering = renderEffects(parseTemplate(text), scope, environment);
  let step = rendering.next();
  while (step.done !== true) {
    asked.push(step.value);
    step = rendering.next(asked.length);
  }
  return { output: step.value, asked };
}

test.each([
  ["{{ ask('a') }}{{ ask('b') }}", '12', ['? a', '? b']],
  ["{% if ask('a') == '1' %}yes{% endif %}", 'yes', ['? a']],
  ["{% set x = ask('a') ~ ask('b') %}{{ x }}", '12', ['? a', '? b']],
  ["{% for i in [1, 2] if ask(i) == '1' %}{{ i }}{% endfor %}", '1', ['? 1', '? 2']],
  ["{% for i in ask('a') %}{{ i }}{{ loop.last }}{% endfor %}", '1True', ['? a']],
  [
    "{% macro m(q=ask('d')) %}{{ q }}{{ ask('m') }}{% endmacro %}{{ dbt_macro__m() }}",
    '12',
    ['? d', '? m'],
  ],
  [
    "{% macro m() %}[{{ caller() }}]{% endmacro %}{% call dbt_macro__m() %}{{ ask('c') }}{% endcall %}",
    '[1]',
    ['? c'],
  ],
  ["{% macro m() %}{{ ask('m') }}{% endmacro %}{{ wrap(dbt_macro__m) }}", '<1>', ['? m']],
  [
    '{% for n in [[1], 2] recursive %}{% if n is sequence %}({{ loop(n) }}){% else %}{{ ask(n) }}{% endif %}{% endfor %}',
    '(1)2',
    ['? 1', '? 2'],
  ],
  [
    "{% set q %}{{ ask('a') }}{% endset %}{{ q }}{% filter upper %}{{ ask('b') }}x{% endfilter %}",
    '12X',
    ['? a', '? b'],
  ],
  ["{{ {'k': ask('v')}[ask('k') ~ '' and 'k'] }}", '1', ['? v', '? k']],
])('%s', (text, output, asked) => {
  expect(drive(text)).toEqual({ output, asked });
});

test('without a driver, an effect is an error', () => {
  expect(() => render(parseTemplate("{{ ask('a') }}"), context, environment)).toThrow(
    'asked the warehouse',
  );
  expect(
    render(
      parseTemplate('{{ wrap(f) }}'),
      { lookup: (name) => (name === 'f' ? new PyFunction('f', () => 1) : names.get(name)) },
      environment,
    ),
  ).toBe('<1>');
});

test('macros of other templates yield through', () => {
  const template = parseTemplate("{% macro m(a) %}{{ a }}{{ ask('in m') }}{% endmacro %}");
  const [definition] = template.macros;
  if (definition === undefined) throw new Error('No macro');
  const macro = makeMacro(definition, template, context, environment);
  const scope: Context = { lookup: (name) => (name === 'm' ? macro : names.get(name)) };
  expect(drive('{{ m(7) }}{{ m(a=8) }}', scope)).toEqual({
    output: '7182',
    asked: ['? in m', '? in m'],
  });
});

test('a render can be stopped in the middle', () => {
  const rendering = renderEffects(
    parseTemplate('{% for i in range(9) %}{{ ask(i) }}{% endfor %}'),
    context,
    environment,
  );
  rendering.next();
  expect(rendering.return('stopped')).toEqual({ done: true, value: 'stopped' });
  expect(drive("{{ ask('again') }}").output).toBe('1');
});

test('the synchronous evaluator is what the script makes of the other', () => {
  const script = fileURLToPath(new URL('../../scripts/make-sync-evaluator.mjs', import.meta.url));
  expect(() => execFileSync(process.execPath, [script, '--check'])).not.toThrow();
});
