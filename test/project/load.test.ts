import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { DagbookError } from '../../src/base/index.js';
import { loadProject, type Project, targetDict, varsOf } from '../../src/project/index.js';
import { PROFILES, projectOnDisk } from './on-disk.js';

type Options = Partial<Parameters<typeof loadProject>[0]>;

function load(
  files: Readonly<Record<string, string>>,
  options: Options = {},
): ReturnType<typeof loadProject> {
  return loadProject({ projectDir: projectOnDisk(files), env: {}, now: () => 0, ...options });
}

function refusal(
  files: Readonly<Record<string, string>>,
  options: Options = {},
): Pick<DagbookError, 'code' | 'message' | 'hint' | 'position'> {
  try {
    load(files, options);
  } catch (error) {
    if (error instanceof DagbookError) return error;
    throw error;
  }
  throw new Error('the project was loaded');
}

describe('what stops a project', () => {
  test.each([
    {
      title: 'YAML that does not parse',
      files: { 'dbt_project.yml': 'name: shop\nmodels: [a, b\n' },
      error: { code: 'project/yaml', position: { file: 'dbt_project.yml', line: 2 } },
    },
    {
      title: 'no name',
      files: { 'dbt_project.yml': 'profile: shop\n' },
      error: { code: 'project/invalid', message: "'name' is missing." },
    },
    {
      title: 'a name that is none',
      files: { 'dbt_project.yml': 'profile: shop\nname: 2-shops\n' },
      error: { code: 'project/invalid', position: { line: 2, column: 1 } },
    },
    {
      title: 'a path that is no list',
      files: { 'dbt_project.yml': 'name: shop\nprofile: shop\nmodel-paths: {a: 1}\n' },
      error: {
        code: 'project/invalid',
        message: "'model-paths' must be a list of texts.",
        position: { line: 3 },
      },
    },
    {
      title: 'a template with a variable that nobody gave',
      files: {
        'dbt_project.yml': 'name: shop\nprofile: shop\nmodels:\n  +schema: "{{ var(\'team\') }}"\n',
      },
      error: { code: 'project/render', position: { line: 4, column: 3 } },
    },
    {
      title: 'a secret where none may be',
      files: {
        'dbt_project.yml':
          'name: shop\nprofile: shop\nmodels:\n  +schema: "{{ env_var(\'DBT_ENV_SECRET_X\') }}"\n',
      },
      error: { code: 'project/render' },
    },
    {
      title: 'variables in two places',
      files: {
        'dbt_project.yml': 'name: shop\nprofile: shop\nvars: {a: 1}\n',
        'vars.yml': 'vars: {b: 2}\n',
      },
      error: { code: 'project/invalid', position: { line: 3 } },
    },
    {
      title: 'a profile that is not there',
      files: { 'dbt_project.yml': 'name: shop\nprofile: store\n' },
      error: {
        code: 'profile/unknown-profile',
        hint: "It has: shop. Choose one with --profile, or add 'store'.",
      },
    },
    {
      title: 'a target that is not there',
      files: {},
      options: { target: 'qa' },
      error: {
        code: 'profile/unknown-target',
        hint: 'The targets of this profile are: dev, prod.',
      },
    },
    {
      title: 'a variable that the target needs',
      files: {},
      options: { target: 'prod' },
      error: {
        code: 'profile/render',
        message: expect.stringContaining("Env var required but not provided: 'NO_SUCH_VARIABLE'"),
      },
    },
    {
      title: 'an adapter that is not supported',
      files: { 'profiles.yml': 'shop: {outputs: {default: {type: oracle}}}\n' },
      error: { code: 'profile/invalid', message: expect.stringContaining("of type 'oracle'") },
    },
    {
      title: 'a target without a schema',
      files: { 'profiles.yml': 'shop: {outputs: {default: {type: snowflake, database: D}}}\n' },
      error: { code: 'profile/invalid', hint: 'Add `schema:` to it in profiles.yml.' },
    },
    {
      title: 'a profiles.yml that does not parse',
      files: { 'profiles.yml': 'shop:\n  outputs: {a\n' },
      error: { code: 'profile/yaml' },
    },
    {
      title: 'no profile named',
      files: { 'dbt_project.yml': 'name: shop\n' },
      error: { code: 'profile/none-named' },
    },
  ])('$title', ({ files, options, error }) => {
    expect(refusal(files, options)).toMatchObject(error);
  });

  test('no project here', () => {
    const home = projectOnDisk({});
    rmSync(join(home, 'dbt_project.yml'));
    expect(() => loadProject({ projectDir: home, env: {}, now: () => 0 })).toThrow(
      expect.objectContaining({
        code: 'project/not-found',
        hint: expect.stringContaining('dagbook demo'),
      }),
    );
  });

  test('a folder of profiles that holds none', () => {
    expect(refusal({}, { profilesDir: projectOnDisk({}) + '/nowhere' }).code).toBe(
      'profile/not-found',
    );
  });
});

describe('the target', () => {
  const targetOf = (
    files: Readonly<Record<string, string>>,
    options: Options = {},
  ): Project['target'] => load(files, options).project.target;

  test('is what the profile says, and shows no password', () => {
    const target = targetOf({}, { threads: 7 });
    expect(target).toMatchObject({
      name: 'dev',
      type: 'snowflake',
      database: 'DEV',
      schema: 'me',
      threads: 7,
    });
    expect(target.fields['password']).toBe('p');
    expect(JSON.stringify(targetDict(target))).not.toContain('password');
  });

  test.each([
    {
      title: 'the command line',
      options: { target: 'prod', env: { NO_SUCH_VARIABLE: 'u' } },
      expected: 'prod',
    },
    {
      title: 'the environment',
      options: { env: { DBT_TARGET: 'prod', NO_SUCH_VARIABLE: 'u' } },
      expected: 'prod',
    },
    { title: 'the profile', options: {}, expected: 'dev' },
  ])('is chosen by $title', ({ options, expected }) => {
    expect(targetOf({}, options).name).toBe(expected);
  });

  test('a password with braces that is no template stays as it is', () => {
    const profiles =
      "shop: {outputs: {default: {type: snowflake, password: '{{ x', database: D, schema: s}}}\n";
    expect(targetOf({ 'profiles.yml': profiles }).fields['password']).toBe('{{ x');
  });

  test.each([
    { path: undefined, expected: 'memory' },
    { path: ':memory:', expected: 'memory' },
    { path: 'a/b/shop.db', expected: 'shop' },
    { path: 'my.db.duckdb', expected: 'my' },
    { path: '.hidden.duckdb', expected: 'hidden' },
    { path: 'md:cloud', expected: 'cloud' },
    { path: 'md:', expected: 'my_db' },
  ])('a DuckDB file $path is the database $expected', ({ path, expected }) => {
    const line = path === undefined ? '' : `, path: '${path}'`;
    const target = targetOf({
      'profiles.yml': `shop: {outputs: {default: {type: duckdb${line}}}}\n`,
    });
    expect(target).toMatchObject({ database: expected, schema: 'main', threads: 1 });
  });

  test('is the embedded warehouse where there are no profiles at all', () => {
    const home = projectOnDisk({ 'dbt_project.yml': 'name: shop\n' });
    rmSync(join(home, 'profiles.yml'));
    // Neither the user's own profiles nor those of the working folder must be seen here.
    const { HOME } = process.env;
    const before = process.cwd();
    process.env['HOME'] = home;
    process.chdir(home);
    try {
      const { project, diagnostics } = loadProject({ projectDir: home, env: {}, now: () => 0 });
      expect(project.target).toMatchObject({
        name: 'local',
        type: 'snowflake',
        fields: { engine: 'embedded' },
      });
      expect(diagnostics).toEqual([
        expect.objectContaining({
          message: 'Without a profile it runs on the embedded warehouse.',
        }),
      ]);
    } finally {
      process.env['HOME'] = HOME;
      process.chdir(before);
    }
  });
});

test('settings of either spelling, with their defaults', () => {
  const { project } = load({
    'dbt_project.yml': [
      'name: shop',
      'profile: shop',
      'model_paths: [sql]',
      'test-paths: [checks/]',
      'on-run-start: select 1',
      'query-comment: {comment: hi, append: true}',
      'tests: {+severity: warn}',
      'flags: {Send_Anonymous_Usage_Stats: false}',
      'quoting: {identifier: true}',
      '',
    ].join('\n'),
    'sql/a.sql': 'select 1',
    'checks/generic/g.sql': '',
    'checks/one.sql': '',
    'checks/fixtures/f.csv': '',
    'seeds/s.csv': '',
  });
  const [root] = project.packages;
  expect(root?.config).toMatchObject({
    paths: {
      model: ['sql'],
      seed: ['seeds'],
      docs: ['sql', 'seeds', 'snapshots', 'analyses', 'macros', 'checks', 'functions'],
    },
    onRunStart: ['select 1'],
    cleanTargets: ['target'],
    queryComment: { comment: 'hi', append: true, jobLabel: false },
    flags: { send_anonymous_usage_stats: false },
  });
  expect(root?.trees.data_tests).toEqual({ '+severity': 'warn' });
  expect(project.quoting).toEqual({ database: false, schema: false, identifier: true });
  expect(root?.files.map((file) => `${file.kind} ${file.originalFilePath}`)).toEqual([
    'generic_test checks/generic/g.sql',
    'model sql/a.sql',
    'singular_test checks/one.sql',
    'seed seeds/s.csv',
    'fixture checks/fixtures/f.csv',
  ]);
});

test('templates of dbt_project.yml see the target and the command line, hooks and variables wait', () => {
  const { project } = load(
    {
      'dbt_project.yml': `
name: shop
profile: shop
vars: {late: "{{ 1 + 1 }}"}
on-run-start: ["{{ late }}"]
models:
  +enabled: "{{ target.name == 'dev' and var('on', 'yes') == 'no' }}"
  +schema: "{{ env_var('TEAM', 'none') }}\\n"
  +post-hook: "{{ this }}"
`,
    },
    { vars: { on: 'no' }, env: { TEAM: 'blue' } },
  );
  const [root] = project.packages;
  expect(root?.trees.models).toEqual({
    '+enabled': true,
    '+schema': 'blue',
    '+post-hook': '{{ this }}',
  });
  expect(root?.unrenderedTrees.models['+enabled']).toContain('target.name');
  expect(root?.config.onRunStart).toEqual(['{{ late }}']);
  expect(varsOf(project, 'shop')).toEqual({ late: '{{ 1 + 1 }}', on: 'no' });
});

describe('packages', () => {
  const inner = {
    'dbt_packages/one/dbt_project.yml': 'name: one\nvars: {a: own, b: own, one: {c: own}}\n',
    'dbt_packages/one/models/x.sql': 'select 1',
  };

  test('are read with their own files, and the root says the last word on variables', () => {
    const { project, diagnostics } = load(
      {
        ...inner,
        'packages.yml': 'packages:\n  - local: dbt_packages/one\n',
        'dbt_project.yml': 'name: shop\nprofile: shop\nvars: {b: root, d: root, one: {c: root}}\n',
      },
      { vars: { d: 'cli' } },
    );
    expect(diagnostics).toEqual([]);
    expect(project.packages.map((one) => [one.name, one.shownPath, one.files.length])).toEqual([
      ['shop', '', 0],
      ['one', 'dbt_packages/one', 1],
    ]);
    expect(varsOf(project, 'one')).toMatchObject({ a: 'own', b: 'root', c: 'root', d: 'cli' });
  });

  test.each([
    {
      title: 'fewer than asked for',
      files: { 'packages.yml': 'packages: [{local: a}, {local: b}]\n' },
      code: 'project/packages-mismatch',
    },
    {
      title: 'broken',
      files: { 'dbt_packages/two/dbt_project.yml': 'name: [' },
      code: 'project/yaml',
    },
    {
      title: 'two of one name',
      files: { 'dbt_packages/two/dbt_project.yml': 'name: one\n' },
      code: 'project/duplicate-package',
    },
    { title: 'no project', files: { 'dbt_packages/two/readme.md': '' }, code: 'project/not-found' },
    {
      title: 'for another dbt',
      files: { 'dbt_project.yml': 'name: shop\nprofile: shop\nrequire-dbt-version: ">=9.0.0"\n' },
      code: 'project/dbt-version',
    },
  ])('$title', ({ files, code }) => {
    const { project, diagnostics } = load({ ...inner, ...files });
    expect(diagnostics.map((one) => one.code)).toEqual([code]);
    expect(project.packages.map((one) => one.name)).toEqual(['shop', 'one']);
  });
});

test('selectors that are wrong are left out and told of', () => {
  const { project, diagnostics } = load({
    'selectors.yml': `
selectors:
  - name: a
    default: "{{ target.name == 'dev' }}"
    definition: "tag:x"
  - name: b
  - name: c
    default: true
    definition: {union: [a]}
`,
  });
  expect(project.selectors.map((one) => [one.name, one.isDefault])).toEqual([
    ['a', true],
    ['c', false],
  ]);
  expect(diagnostics.map((one) => [one.position?.line, one.message])).toEqual([
    [6, 'A selector needs a name and a definition.'],
    [8, "Both 'a' and 'c' are the default selector."],
  ]);
});

test('profiles are rendered with the variables of the environment', () => {
  const profiles = PROFILES.replace('target: dev', "target: \"{{ env_var('WHERE', 'dev') }}\"");
  const options = { env: { WHERE: 'prod', NO_SUCH_VARIABLE: 'robot' } };
  expect(load({ 'profiles.yml': profiles }, options).project.target).toMatchObject({
    name: 'prod',
    fields: { user: 'robot' },
  });
});
