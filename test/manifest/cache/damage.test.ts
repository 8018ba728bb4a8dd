/** Whatever happens to what was kept, the next parse says the same as ever. */
import {
  appendFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { copyFixture, type ProjectCopy } from '../../support/project-copy.js';
import { parseIn, PLAIN, told } from './recalled.js';

let project: ProjectCopy;
let folder: string;
let cold: string;

beforeEach(() => {
  project = copyFixture('rules');
  folder = join(project.dir, '.dagbook', 'cache');
  cold = told(parseIn(project.dir, PLAIN, folder));
});

afterEach(() => project.remove());

const kept = (ending: string): string => {
  const name = readdirSync(folder).find((one) => one.endsWith(ending));
  if (name === undefined) throw new Error(`nothing kept ends in ${ending}`);
  return join(folder, name);
};
const flip = (file: string, at: number): void => {
  const bytes = readFileSync(file);
  bytes.writeUInt8((bytes.readUInt8(at) ^ 0x55) & 0xff, at);
  writeFileSync(file, bytes);
};

test('what was kept is recalled, readable by its owner alone', () => {
  const parsed = parseIn(project.dir, PLAIN, folder);
  expect(parsed.isKept).toBe(true);
  expect(told(parsed)).toBe(cold);
  expect(statSync(kept('.json')).mode & 0o077).toBe(0);
  expect(statSync(kept('.records')).mode & 0o077).toBe(0);
});

const index = (): string => kept('.json');
const records = (): string => kept('.records');

test.each<{ readonly what: string; readonly damage: () => void }>([
  { what: 'the index is cut', damage: () => truncateSync(index(), 1000) },
  { what: 'the index is empty', damage: () => truncateSync(index(), 0) },
  { what: 'the index has another bit', damage: () => flip(index(), 5000) },
  {
    what: 'the index is of another program',
    damage: () => writeFileSync(index(), 'dagbook 9\n{}'),
  },
  { what: 'the records are cut', damage: () => truncateSync(records(), 100) },
  { what: 'the records are empty', damage: () => truncateSync(records(), 0) },
  { what: 'a record has another bit', damage: () => flip(records(), 3000) },
  {
    what: 'all records have other bits',
    damage: () => {
      const file = records();
      writeFileSync(
        file,
        readFileSync(file).map((byte) => byte ^ 1),
      );
    },
  },
  { what: 'the records have more', damage: () => appendFileSync(records(), 'more') },
])('$what', ({ damage }) => {
  damage();
  expect(told(parseIn(project.dir, PLAIN, folder))).toBe(cold);
  // What was damaged is made again.
  expect(told(parseIn(project.dir, PLAIN, folder))).toBe(cold);
  const last = parseIn(project.dir, PLAIN, folder);
  expect(last.isKept).toBe(true);
  expect(told(last)).toBe(cold);
});

test('a record found damaged in the middle of reading', () => {
  const parsed = parseIn(project.dir, PLAIN, folder);
  const file = records();
  writeFileSync(file, readFileSync(file).fill(0));
  expect(told(parsed)).toBe(cold);
});

test('another process took the records away after they were opened', () => {
  const first = parseIn(project.dir, PLAIN, folder);
  appendFileSync(join(project.dir, 'models/staging/stg_orders.sql'), '\n-- more');
  parseIn(project.dir, PLAIN, folder);
  expect(told(first)).toBe(cold);
});

test('a file with the same size and time, but other content', () => {
  const file = join(project.dir, 'models/staging/stg_orders.sql');
  const { atime, mtime } = statSync(file);
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, text.replace('greeting', 'greetinG'));
  utimesSync(file, atime, mtime);
  const warm = told(parseIn(project.dir, PLAIN, folder));
  expect(warm).toBe(told(parseIn(project.dir, PLAIN, null)));
  expect(warm).not.toBe(cold);
});

test('files with other times, but the same content, are recalled', () => {
  for (const path of readdirSync(project.dir, { recursive: true }).map(String)) {
    if (path.endsWith('.sql')) utimesSync(join(project.dir, path), 1, 1);
  }
  const parsed = parseIn(project.dir, PLAIN, folder);
  expect(parsed.isKept).toBe(true);
  expect(told(parsed)).toBe(cold);
});

test('targets and variables have their own, and the oldest of many goes', () => {
  for (const cut of [1, 2, 3, 4, 5, 6]) parseIn(project.dir, { ...PLAIN, vars: { cut } }, folder);
  expect(parseIn(project.dir, { ...PLAIN, vars: { cut: 6 } }, folder).isKept).toBe(true);
  expect(parseIn(project.dir, { ...PLAIN, vars: { cut: 5 } }, folder).isKept).toBe(true);
  expect(readdirSync(folder).filter((name) => name.endsWith('.json')).length).toBe(4);
});

test('nothing that can be written to keeps nothing, and nobody is told', () => {
  const blocked = join(project.dir, 'blocked');
  writeFileSync(blocked, '');
  expect(told(parseIn(project.dir, PLAIN, blocked))).toBe(cold);
  mkdirSync(join(project.dir, 'other'));
  expect(told(parseIn(project.dir, PLAIN, join(project.dir, 'other')))).toBe(cold);
});

test.each([
  ['in a config', "\n-- {{ config(meta={'at': run_started_at | string}) }}", false],
  ['in a text', '\n-- {{ run_started_at }}', true],
])(
  'templates that read the clock %s are read anew every time, and no others',
  (_, text, isSame) => {
    appendFileSync(join(project.dir, 'models/staging/stg_orders.sql'), text);
    const first = parseIn(project.dir, PLAIN, folder);
    for (const day of [1, 2]) {
      const later = { ...PLAIN, nowMs: Date.parse('2026-01-15T12:00:00Z') + day * 86_400_000 };
      const recalled = parseIn(project.dir, later, folder);
      expect(recalled.isKept).toBe(true);
      expect(recalled.keptAs === first.keptAs).toBe(isSame);
      expect(told(recalled)).toBe(told(parseIn(project.dir, later, null)));
    }
  },
);

test('where a yaml file reads the clock, all is read anew', () => {
  writeFileSync(
    join(project.dir, 'models/clock.yml'),
    "exposures: [{name: clock, type: dashboard, owner: {name: x}, label: '{{ run_started_at }}'}]",
  );
  parseIn(project.dir, PLAIN, folder);
  const later = { ...PLAIN, nowMs: Date.parse('2026-02-15T12:00:00Z') };
  const recalled = parseIn(project.dir, later, folder);
  expect(recalled.isKept).toBe(false);
  expect(told(recalled)).toBe(told(parseIn(project.dir, later, null)));
});

test('no value of an environment variable is kept in the open', () => {
  appendFileSync(
    join(project.dir, 'models/staging/stg_orders.sql'),
    "\n{% if env_var('PLACE') == 'x' %}{% endif %}",
  );
  const around = { ...PLAIN, env: { PLACE: 'a-secret-place' } };
  parseIn(project.dir, around, folder);
  expect(parseIn(project.dir, around, folder).isKept).toBe(true);
  for (const name of readdirSync(folder))
    expect(readFileSync(join(folder, name), 'utf8')).not.toContain('a-secret-place');
  expect(parseIn(project.dir, { ...PLAIN, env: { PLACE: 'elsewhere' } }, folder).isKept).toBe(
    false,
  );
});
