/**
 * What recalling may cost, as a share of what parsing costs: seconds differ from machine to machine, ratios hardly.
 */
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { emptyFolder, type ProjectCopy } from '../../support/project-copy.js';
import { parseIn, PLAIN } from './recalled.js';

const MODELS = 600;
let project: ProjectCopy;

beforeAll(() => {
  project = emptyFolder();
  write('dbt_project.yml', 'name: many\nprofile: many\nversion: "1.0"\n');
  write(
    'profiles.yml',
    'many: {target: dev, outputs: {dev: {type: duckdb, path: ":memory:", schema: main}}}\n',
  );
  write('macros/cents.sql', '{% macro cents(x) %}({{ x }} / 100){% endmacro %}');
  const described: string[] = ['models:'];
  for (let at = 0; at < MODELS; at += 1) {
    const parent = at === 0 ? '(select 1 as id)' : `{{ ref('m${Math.floor(at / 2)}') }}`;
    write(
      `models/m${at}.sql`,
      `{{ config(materialized='table') }}\nselect id, {{ cents('id') }} as cents from ${parent}\n`,
    );
    described.push(`  - name: m${at}`, '    columns:', '      - name: id', '        data_tests:');
    described.push('          - unique', '          - not_null');
  }
  write('models/all.yml', `${described.join('\n')}\n`);
});

afterAll(() => project.remove());

function write(path: string, text: string): void {
  const file = join(project.dir, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** Milliseconds of CPU. */
function cpuMs(body: () => void): number {
  const before = process.cpuUsage();
  body();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

const least = (times: number, body: () => void): number =>
  Math.min(...Array.from({ length: times }, () => cpuMs(body)));

test('recalling costs less than a fifth of parsing, and after a changed model less than two thirds', () => {
  const kept = join(project.dir, 'kept');
  const cold = least(3, () => void parseIn(project.dir, PLAIN, null));
  parseIn(project.dir, PLAIN, kept);
  const warm = least(5, () => {
    expect(parseIn(project.dir, PLAIN, kept).isKept).toBe(true);
  });
  const changed = least(3, () => {
    appendFileSync(join(project.dir, 'models/m77.sql'), '-- more\n');
    expect(parseIn(project.dir, PLAIN, kept).isKept).toBe(true);
  });
  expect(warm / cold).toBeLessThan(1 / 5);
  expect(changed / cold).toBeLessThan(2 / 3);
});
