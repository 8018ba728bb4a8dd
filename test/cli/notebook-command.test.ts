/** `notebook run` on the built program: exit codes, forms of output, and texts of data that try to be more. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ProjectCopy } from '../support/project-copy.js';
import { copyBundledProject } from '../support/project-copy.js';
import { type Ended, runProgram, writeFiles } from '../support/run-program.js';
import { tagsOf } from './html-tags.js';
import { pondProject } from './write-project.js';

let pond: ProjectCopy;

beforeAll(async () => {
  pond = pondProject();
  writeFiles(pond.dir, {
    'notebooks/good.sql': `-- %% [md]
-- # Birds since {{ param('start') }}
-- %% [param] start: date = 2026-01-01
-- %% seen
select bird, weight from {{ ref('sightings') }} where seen_on >= {{ param('start') }} order by bird
-- %% [chart] bar(seen, x=bird, y=count(*))
-- %% [check] seen expect rows > 1
`,
    'notebooks/bad.sql': `-- %% seen
select * from {{ ref('sightings') }}
-- %% [check] seen expect weight not null
-- %%
select no_such from {{ cell('seen') }}
`,
    'notebooks/hostile.sql': `-- %% rude
select chr(27) || '[31m' || '<script>alert(1)</script> |*_[x](javascript:x)' as "a<b>|c", null as nothing
-- %% [chart] bar(rude, x=1 || '</svg><script>x</script>', y=count(*))
`,
    'notebooks/run.sql': `-- %% [run] build --select sightings
-- %% seen
select count(*) as n from {{ ref('sightings') }}
`,
  });
  await run('build', '-q');
});

afterAll(() => pond.remove());

async function run(...args: readonly string[]): Promise<Ended> {
  return await runProgram(args, { cwd: pond.dir });
}

test('cells are printed as they end; a notebook in which all is well ends with 0', async () => {
  const { exitCode, stdout, stderr } = await run('notebook', 'run', 'notebooks/good.sql');
  expect(stderr).toBe('');
  expect(exitCode).toBe(0);
  expect(stdout.replaceAll(/\d+\.\d\ds/gu, 'TIME')).toBe(`# Birds since 2026-01-01

✓ param start · start = 2026-01-01

✓ seen · 2 rows · TIME
bird   weight
duck        ∅
heron     1.5

✓ chart · bar · count(*) by bird · TIME
duck   ██████████████████████████████████████████████████████████████████████████████████████████  1
heron  ██████████████████████████████████████████████████████████████████████████████████████████  1

✓ check seen · 1 of 1 met · TIME
  ✓ rows > 1: 2 rows

5 cells · 1 check met · TIME
`);
});

test('parameters change what is asked; a check that is not met ends with 1', async () => {
  const args = ['notebook', 'run', 'notebooks/good.sql', '--param', 'start=2026-01-02'];
  const { exitCode, stdout } = await run(...args, '--output', 'json');
  expect(exitCode).toBe(1);
  const document: unknown = JSON.parse(stdout);
  expect(document).toMatchObject({
    notebook: 'notebooks/good.sql',
    status: 'failed',
    parameters: { start: '2026-01-02' },
    checks: { met: 0, unmet: 1 },
    cells: [
      { kind: 'md', text: '# Birds since 2026-01-02' },
      { kind: 'param', value: '2026-01-02' },
      { kind: 'sql', name: 'seen', rows: [['duck', null]], columns: [{ name: 'bird' }, {}] },
      { kind: 'chart', chart: { points: [{ label: 'duck', value: 1 }] } },
      { kind: 'check', status: 'failed', expectations: [{ found: '1 row' }] },
    ],
  });
});

test('what fails is told with its place, and the rest is done', async () => {
  const { exitCode, stdout } = await run('notebook', 'run', 'notebooks/bad.sql');
  expect(exitCode).toBe(1);
  expect(stdout).toContain('✗ weight not null: not so in 1 of 2 rows');
  expect(stdout).toContain('no_such');
  expect(stdout).toContain('at notebooks/bad.sql:5:1');
  expect(stdout).toContain('3 cells · 1 check not met · 2 cells failed');
});

test('a run cell runs; its progress goes to stderr', async () => {
  const { exitCode, stdout, stderr } = await run('notebook', 'run', 'notebooks/run.sql');
  expect(exitCode).toBe(0);
  expect(stdout).toContain('✓ run build --select sightings · 2 passed, 0 warned');
  expect(stderr).toContain('sightings');
});

describe('what cannot be run', () => {
  test.each([
    { args: ['notebook', 'run', 'nowhere.sql'], exitCode: 2, says: 'there is no such file' },
    {
      args: ['notebook', 'run', 'notebooks/good.sql', '--param', 'start'],
      exitCode: 1,
      says: '--param takes name=value',
    },
    {
      args: ['notebook', 'run', 'notebooks/good.sql', '--param', 'end=1'],
      exitCode: 1,
      says: 'has no parameter end',
    },
  ])('$args', async ({ args, exitCode, says }) => {
    const ended = await run(...args);
    expect(ended.stderr).toContain(says);
    expect(ended.exitCode).toBe(exitCode);
  });
});

describe('texts of data are texts', () => {
  const args = ['notebook', 'run', 'notebooks/hostile.sql'];
  const saved = async (format: string): Promise<string> => {
    const file = `out.${format}`;
    const { exitCode, stdout } = await run(...args, '--output', format, '--save', file);
    expect([exitCode, stdout]).toEqual([0, '']);
    return readFileSync(join(pond.dir, file), 'utf8');
  };

  test('on a terminal', async () => {
    expect((await run(...args)).stdout).not.toContain('\u001b');
    expect((await run(...args, '--output', 'text')).stdout).toContain('␛[31m');
  });

  test('in HTML', async () => {
    const html = await saved('html');
    const names = new Set(tagsOf(html).map(({ name }) => name));
    expect(
      [...names].filter((name) => ['script', 'iframe', 'img', 'object'].includes(name)),
    ).toEqual([]);
    expect(html).toContain('&lt;script&gt;');
    expect(html).toContain("default-src 'none'");
    expect(html).not.toContain('\u001b');
  });

  test('in Markdown', async () => {
    const markdown = await saved('md');
    expect(markdown).not.toMatch(/<script|\u001b/u);
    expect(markdown).toContain(String.raw`| a&lt;b&gt;\|c | nothing |`);
    expect(markdown).toContain(String.raw`\|\*\_\[x\](javascript:x)`);
  });
});

test('the bundled notebook runs green on the bundled project', async () => {
  const copy = copyBundledProject();
  try {
    const at = { cwd: copy.dir };
    expect((await runProgram(['demo', '-q'], at)).exitCode).toBe(0);
    const build = ['build', '-q', '--exclude-resource-type', 'test', 'unit_test'];
    const select = ['+fct_ops__incidents', '+fct_ai_telemetry__weekly_eng_ai_tokens'];
    expect((await runProgram([...build, '-s', ...select], at)).exitCode).toBe(0);
    const review = ['notebook', 'run', 'notebooks/incident_review.sql'];
    const { exitCode, stdout } = await runProgram(review, at);
    expect(stdout).not.toContain('✗');
    expect(stdout).toContain('10 checks met');
    expect(exitCode).toBe(0);
  } finally {
    copy.remove();
  }
}, 180_000);
