/**
 * Renders the bundled project's models again and again from compiled templates: the part of `bench/render.mjs` that is ours.
 */
import {
  createEnvironment,
  parseTemplate,
  PyFunction,
  render,
  toText,
  type Value,
} from '../src/jinja/index.js';

const values: ReadonlyMap<string, Value> = new Map<string, Value>([
  ['ref', new PyFunction('ref', ({ args }) => `REF_${args.map(toText).join('_')}`)],
  ['source', new PyFunction('source', ({ args }) => `SRC_${args.map(toText).join('_')}`)],
  ['var', new PyFunction('var', ({ args }) => args[1] ?? 'v')],
  ['config', new PyFunction('config', () => '')],
  ['is_incremental', new PyFunction('is_incremental', () => true)],
  ['this', 'db.schema.this'],
  ['execute', true],
]);

/** Microseconds of CPU per render of each text, `rounds` times each, after as many to warm up; and what it rendered to. */
export function timed(
  texts: readonly string[],
  rounds: number,
): readonly { readonly text: string; readonly microseconds: number }[] {
  const environment = createEnvironment({ undefinedMode: 'capture' });
  return texts.map((source) => {
    const template = parseTemplate(source, { name: 'model' });
    const once = (): string =>
      render(template, { lookup: (name) => values.get(name) }, environment);
    for (let round = 0; round < rounds; round += 1) once();
    const started = process.cpuUsage();
    for (let round = 0; round < rounds; round += 1) once();
    const { user, system } = process.cpuUsage(started);
    return { text: once(), microseconds: (user + system) / rounds };
  });
}
