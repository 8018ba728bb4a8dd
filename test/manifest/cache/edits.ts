/** Random edits of a project on the disk, as people and tools make them. */
import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Surroundings } from './recalled.js';

/** A repeatable source of numbers in [0, 1): mulberry32. */
export function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const TEXTS = /\.(?:sql|yml|yaml|md|csv|py)$/u;

/** Project files, relative, sorted. */
function filesOf(dir: string): readonly string[] {
  return readdirSync(dir, { recursive: true })
    .map(String)
    .filter((path) => TEXTS.test(path) && !/^(?:\.dagbook|kept|target)\b/u.test(path))
    .toSorted();
}

const ALL_KINDS = Array.from({ length: 17 }, (_, kind) => kind);

/** Edits of single models, which leave most of a project as it was. */
export const GENTLE_KINDS: readonly number[] = [0, 1, 2];

/** Makes one edit. @returns what was done, and the surroundings after it. */
export function editProject(
  dir: string,
  around: Surroundings,
  random: () => number,
  kinds: readonly number[] = ALL_KINDS,
): { readonly did: string; readonly around: Surroundings } {
  const pick = <Item>(items: readonly Item[]): Item => {
    const item = items[Math.floor(random() * items.length)];
    if (item === undefined) throw new Error('nothing to pick from');
    return item;
  };
  const files = filesOf(dir);
  /** Without them there is nothing to parse. */
  const movable = files.filter((one) => !/^(?:dbt_project|profiles)\.yml$/u.test(one));
  const change = (
    path: string,
    how: string,
    body: (text: string) => string,
  ): { readonly did: string; readonly around: Surroundings } => {
    writeFileSync(join(dir, path), body(readFileSync(join(dir, path), 'utf8')));
    return { did: `${how} ${path}`, around };
  };
  const of = (ending: RegExp): readonly string[] => {
    const found = files.filter((path) => ending.test(path));
    return found.length === 0 ? files : found;
  };
  const aLine = (text: string, body: (line: string) => readonly string[]): string => {
    const lines = text.split('\n');
    const at = Math.floor(random() * lines.length);
    return lines.flatMap((line, index) => (index === at ? body(line) : [line])).join('\n');
  };
  const models = of(/(?:^|\/)models\/.*\.sql$/u);
  switch (pick(kinds)) {
    case 0:
      return change(pick(models), 'comment in', (text) => `${text}\n-- ${random()}`);
    case 1: {
      const other = pick(models).replace(/^.*\/|\.sql$/gu, '');
      return change(
        pick(models),
        `ref to ${other} in`,
        (text) => `${text}\n-- {{ ref('${other}') }}`,
      );
    }
    case 2:
      return change(
        pick(models),
        'config in',
        (text) =>
          `{{ config(${pick(["tags=['x']", "alias='other'", 'enabled=false', "group='nobody'", "materialized='ephemeral'", "meta={'a': 1.0, 'b': var('cut', 2), '10': -0.0, '9': 1}", "unique_key='id', meta={'n': target.name}", 'pre_hook=\'select {{ var("cut", 1) }}\'', "meta={'e': env_var('EDITED', 'no')}"])}) }}\n${text}`,
      );
    case 3:
      return change(pick(models), 'broken', (text) => `${text}\n{{ ref( }}`);
    case 4: {
      const path = pick(models);
      writeFileSync(join(dir, path.replace(/\.sql$/u, `_${files.length}.sql`)), 'select 1 as id');
      return { did: `a file beside ${path}`, around };
    }
    case 5: {
      const path = pick(movable);
      renameSync(join(dir, path), join(dir, path.replace(/(?<end>\.\w+)$/u, '_b$<end>')));
      return { did: `renamed ${path}`, around };
    }
    case 6: {
      const path = pick(movable);
      rmSync(join(dir, path));
      return { did: `removed ${path}`, around };
    }
    case 7:
      return change(pick(of(/macros\/.*\.sql$/u)), 'line twice in', (text) =>
        aLine(text, (line) => [line, line]),
      );
    case 8:
      return change(pick(of(/macros\/.*\.sql$/u)), 'word in', (text) =>
        text.replace(/\b(?<word>[a-z]{3,})\b/u, '$<word>x'),
      );
    case 9:
    case 10:
      return change(pick(of(/\.ya?ml$/u)), 'line taken from', (text) => aLine(text, () => []));
    case 11:
      return change(pick(of(/\.ya?ml$/u)), 'line twice in', (text) =>
        aLine(text, (line) => [line, line]),
      );
    case 12:
      return change(pick(of(/\.ya?ml$/u)), 'description in', (text) =>
        text.replace(/description:.*$/mu, `description: said ${random()}`),
      );
    case 13:
      return change('dbt_project.yml', 'variable in', (text) =>
        /^vars:$/mu.test(text)
          ? text.replace(
              /^vars:$/mu,
              `vars:\n  cut: ${pick(['1', '1.0', 'x', '[1]', '{10: a, 2: .inf}', '12345678901234567890'])}`,
            )
          : `${text}\nvars:\n  cut: 1\n`,
      );
    case 14:
      return change('profiles.yml', 'schema in', (text) =>
        text.replace(/schema:.*$/mu, `schema: s${Math.floor(random() * 3)}`),
      );
    case 15: {
      const vars = pick([{}, { cut: 1 }, { cut: 'late' }, { other: true }]);
      return { did: `--vars ${JSON.stringify(vars)}`, around: { ...around, vars } };
    }
    default: {
      const names = files.flatMap((path) =>
        [
          ...readFileSync(join(dir, path), 'utf8').matchAll(/env_var\(\s*['"](?<name>\w+)['"]/gu),
        ].map((match) => match.groups?.['name'] ?? ''),
      );
      const name = pick([...names, 'EDITED', 'UNUSED']);
      const env = { ...around.env, [name]: pick(['a', 'b', 'true']) };
      return { did: `${name}=${env[name] ?? ''}`, around: { ...around, env } };
    }
  }
}
