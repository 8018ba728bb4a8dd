/**
 * Projects with random damage: no crash, no hang, and every error says where it is.
 *
 * A few hundred by default; `DAGBOOK_FUZZ=10000 npx vitest run test/manifest/mutated-projects.test.ts` for more.
 * The same seed (`DAGBOOK_FUZZ_SEED`) gives the same damage.
 */
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { DagbookError, type Diagnostic } from '../../src/base/index.js';
import { emptyFolder } from '../support/project-copy.js';
import { parseProject } from './parse.js';

const ROUNDS = Number(process.env['DAGBOOK_FUZZ'] ?? '500');
const SEED = Number(process.env['DAGBOOK_FUZZ_SEED'] ?? '20260115');
const LIMIT_MS = 1000;
const DAMAGED = /\.(?:sql|ya?ml|md|csv|py)$/u;

/** Pieces that mean something to YAML, Jinja or dbt. */
const PIECES: readonly string[] = [
  ['{{', '}}', '{%', '%}', '{#', '#}', '-%}', '{{-', '{', '}', '[', ']', '(', ')', '|', '~', '*'],
  [
    ':',
    ': ',
    '- ',
    '&a ',
    '*a',
    '<<: *a',
    '!!int ',
    '? ',
    '"',
    "'",
    '\\',
    '\n',
    '\t',
    '\r\n',
    '  ',
  ],
  ['{% if x %}', '{% endif %}', '{% for i in range(9) %}', '{% endfor %}', '{% macro m(a) %}'],
  ['{% endmacro %}', '{% snapshot s %}', '{% endsnapshot %}', '{% raw %}', '{% docs d %}'],
  ["{{ ref('x') }}", "{{ source('a') }}", '{{ config(1) }}', '{{ config(a=b) }}', '{{ 1/0 }}'],
  ["{{ var('none') }}", "{{ env_var('NONE') }}", '{{ none.x.y }}', "{{ 'a' * 99999999 }}"],
  [
    'null',
    '~',
    'true',
    '0',
    '-1',
    '1e999',
    '0x1F',
    '1:30',
    '2026-13-45',
    '[]',
    '{}',
    '""',
    '\u0000',
  ],
  ['\ufeff', '\u2028', '\ud800', '😀', 'models:', 'version: 2', 'config:', 'name:', 'columns: 1'],
  ['data_tests: x', 'enabled: "{{ true }}"', '+enabled: maybe', 'versions: [{v: 1}, {v: 1}]'],
].flat();

interface Dice {
  readonly below: (limit: number) => number;
  readonly pick: <Item>(items: readonly Item[]) => Item;
}

/** mulberry32: small, and the same everywhere. */
function diceOf(seed: number): Dice {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  const pick = <Item>(items: readonly Item[]): Item => {
    const item = items[below(items.length)];
    if (item === undefined) throw new Error('nothing to pick from');
    return item;
  };
  return { below, pick };
}

function damaged(text: string, dice: Dice): string {
  let result = text;
  for (let count = 1 + dice.below(3); count > 0; count -= 1) {
    const at = dice.below(result.length + 1);
    const length = dice.below(12);
    const lines = result.split('\n');
    const line = dice.below(lines.length);
    switch (dice.below(7)) {
      case 0:
        result = result.slice(0, at) + dice.pick(PIECES) + result.slice(at);
        break;
      case 1:
        result = result.slice(0, at) + result.slice(at + length);
        break;
      case 2:
        result = result.slice(0, at) + dice.pick(PIECES) + result.slice(at + length);
        break;
      case 3:
        result = lines.toSpliced(line, 1).join('\n');
        break;
      case 4:
        result = lines.toSpliced(line, 0, lines[dice.below(lines.length)] ?? '').join('\n');
        break;
      case 5:
        result = lines.with(line, `${' '.repeat(dice.below(5))}${lines[line]?.trim()}`).join('\n');
        break;
      default:
        result = result.slice(0, at);
    }
  }
  return result;
}

const copies = ['rules', 'ducks', 'state'].map((name) => {
  const copy = emptyFolder();
  cpSync(join('test/fixtures/projects', name), copy.dir, { recursive: true });
  const files = readdirSync(copy.dir, { recursive: true })
    .map(String)
    .filter((file) => DAMAGED.test(file) && file !== 'profiles.yml');
  return { ...copy, files: files.toSorted() };
});
afterAll(() => {
  for (const copy of copies) copy.remove();
});

interface Fault {
  readonly file: string;
  readonly round: number;
  readonly what: string;
}

function hasPlace({ severity, position }: Diagnostic): boolean {
  return severity !== 'error' || (position !== undefined && position.line >= 1);
}

test(`${ROUNDS} projects with damage`, { timeout: ROUNDS * LIMIT_MS }, () => {
  const faults: Fault[] = [];
  let told = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const dice = diceOf(SEED + round);
    const copy = dice.pick(copies);
    const file = dice.pick(copy.files);
    const path = join(copy.dir, file);
    const sound = readFileSync(path);
    const text = damaged(sound.toString('utf8'), dice);
    writeFileSync(path, text);
    const fault = (what: string): void => void faults.push({ file, round, what });
    const started = process.cpuUsage();
    try {
      const { diagnostics } = parseProject(copy.dir);
      told += diagnostics.some((one) => one.severity === 'error') ? 1 : 0;
      const lost = diagnostics.find((one) => !hasPlace(one));
      if (lost !== undefined) fault(`no place: ${lost.code} ${lost.message}`);
    } catch (error) {
      told += 1;
      if (!(error instanceof DagbookError)) fault(`crash: ${String(error)}`);
      else if (error.position === undefined) fault(`no place: ${error.code} ${error.message}`);
    } finally {
      // Time of the processor: others may have the machine, too.
      const { user, system } = process.cpuUsage(started);
      const tookMs = (user + system) / 1000;
      if (tookMs > LIMIT_MS) fault(`took ${Math.round(tookMs)} ms`);
      writeFileSync(path, sound);
    }
  }
  expect(faults).toEqual([]);
  // The damage is real: much of it is told of.
  expect(told).toBeGreaterThan(ROUNDS / 4);
});
