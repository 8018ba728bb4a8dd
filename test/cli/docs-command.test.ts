/**
 * `docs generate` on real projects: what it writes, that nothing in it can act, that a missing warehouse is no failure.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { openSession } from '../../src/session/index.js';
import { copyBundledProject, type ProjectCopy } from '../support/project-copy.js';
import { generate, pagesOf, read } from './generate-docs.js';
import { ATTACK, hostileProject } from './hostile-project.js';
import { scriptsOf, tagsOf, textOf } from './html-tags.js';
import { pondProject } from './write-project.js';

const copies: ProjectCopy[] = [];
afterEach(() => {
  for (const copy of copies.splice(0)) copy.remove();
});

function keep(copy: ProjectCopy): string {
  copies.push(copy);
  return copy.dir;
}

const ATTRIBUTES =
  /^(?:aria-[a-z]+|data-[a-z-]+|autocomplete|charset|class|content|cx|cy|d|for|height|hidden|href|http-equiv|id|lang|max|name|open|placeholder|r|rel|role|rx|scope|spellcheck|tabindex|title|transform|type|value|viewBox|width|x|y)$/u;

/** Everything in it is one of our elements, with attributes that neither run nor fetch. */
function expectInert(html: string): void {
  for (const { name, attributes } of tagsOf(html)) {
    expect([
      'base',
      'embed',
      'form-action',
      'iframe',
      'img',
      'link-',
      'object',
      'template',
    ]).not.toContain(name);
    for (const [attribute, value] of attributes) {
      expect(attribute).toMatch(ATTRIBUTES);
      if (attribute === 'href')
        expect(value).toMatch(name === 'a' ? /^(?:#|https?:\/\/|mailto:)/u : /^data:,$/u);
    }
  }
}

describe('a hostile project', () => {
  test('is inert on every page', async () => {
    const dir = keep(hostileProject());
    const outcome = await generate(dir);
    expect(outcome.exitCode).toBe(0);
    const html = read(dir, 'target/index.html');
    const scripts = scriptsOf(html);
    expectInert(html);
    expect(scripts.filter(({ type }) => type === '')).toHaveLength(1);
    for (const page of pagesOf(html).values()) {
      expect(page).not.toMatch(/<(?:script|!--)/iu);
      expectInert(page);
    }
    const search = scripts.find(({ type }) => type === 'application/json')?.text ?? '';
    expect(search).not.toMatch(/[<\u2028\u2029]/u);
    expect(JSON.stringify(JSON.parse(search))).toContain('<img src=x onerror=alert(2)>');
  });

  test('shows its texts as they are', async () => {
    const dir = keep(hostileProject());
    await generate(dir);
    const pages = pagesOf(read(dir, 'target/index.html'));
    const victim = textOf(pages.get('model.hostile.victim') ?? '');
    for (const text of [
      ATTACK.replace('\u2028', ' '),
      '"><img onerror=alert(3)>',
      '"><svg onload=alert(4)>',
      '</code></pre><script>alert(5)</script>',
    ])
      expect(victim).toContain(text);
    expect(textOf(pages.get('seed.hostile.birds') ?? '')).toContain(
      '<script>alert(10)</script> </td>',
    );
    expect(textOf(pages.get('model.hostile.broken') ?? '')).toContain(
      'Not compiled: <script>alert(6)</script>',
    );
    expect(textOf(pages.get('exposure.hostile.board') ?? '')).toContain('javascript:alert(8)');
  });
});

describe('the document', () => {
  test('runs its own script and style only, and asks for nothing', async () => {
    const dir = keep(pondProject());
    await generate(dir, { engine: 'none' });
    const html = read(dir, 'target/index.html');
    const policy = tagsOf(html)
      .find(({ attributes }) => attributes.has('http-equiv'))
      ?.attributes.get('content');
    const script = scriptsOf(html).find(({ type }) => type === '')?.text ?? '';
    const style = /<style>(?<text>[\s\S]*?)<\/style>/u.exec(html)?.groups?.['text'] ?? '';
    const hashOf = (text: string): string =>
      `&#39;sha256-${createHash('sha256').update(text).digest('base64')}&#39;`;
    expect(policy).toContain('default-src &#39;none&#39;');
    expect(policy).toContain(`script-src ${hashOf(script)};`);
    expect(policy).toContain(`style-src ${hashOf(style)};`);
    expect(`${style}${script}`).not.toMatch(/https?:|url\(|@import|fetch\(|XMLHttp/u);
  });

  test('holds a page for every node, and every link leads to one', async () => {
    const dir = keep(copyBundledProject());
    expect((await generate(dir, { emptyCatalog: true, compile: false })).exitCode).toBe(0);
    const html = read(dir, 'target/index.html');
    const pages = pagesOf(html);
    const { nodes } = JSON.parse(read(dir, 'target/manifest.json'));
    for (const id of Object.keys(nodes)) expect(pages.has(id)).toBe(true);
    const hrefs = [html, ...pages.values()].flatMap((part) =>
      tagsOf(part).flatMap(({ attributes }) => attributes.get('href') ?? []),
    );
    const targets = hrefs
      .filter((href) => href.startsWith('#'))
      .map((href) =>
        decodeURIComponent(
          href
            .slice(1)
            .replace(/^lineage\//u, '')
            .split('/')[0] ?? '',
        ),
      );
    const missing = new Set(
      targets.filter((id) => !['', 'main', 'lineage'].includes(id) && !pages.has(id)),
    );
    expect([...missing]).toEqual([]);
  });

  test('says of a model what the project says', async () => {
    const dir = keep(copyBundledProject());
    await generate(dir, { emptyCatalog: true });
    const pages = pagesOf(read(dir, 'target/index.html'));
    const text = textOf(pages.get('model.ops_performance.fct_ops__incidents') ?? '');
    for (const part of [
      'contract enforced',
      'Reliability analytics',
      'cluster_by',
      'dynamic_warehouse',
      'int_ops__incidents_unioned',
      'incident_review',
      'accepted_values values: Hot, Cold',
      'grain: one row per incident',
    ])
      expect(text).toContain(part);
    const unitTest = textOf(
      pages.get(
        'unit_test.ops_performance.int_ops__incidents_unioned.incidents_are_hot_up_to_the_limit',
      ) ?? '',
    );
    expect(unitTest).toContain('stg_incident_io__companya__incidents');
    expect(unitTest).toContain('2026-03-01 11:59:59');
    expect(textOf(pages.get('macro.ops_performance.hash_pii') ?? '')).toContain(
      'Pseudonym of a person',
    );
  });
});

describe('the warehouse', () => {
  test('gives columns, types and last results of what is built', async () => {
    const dir = keep(pondProject());
    const { signal } = new AbortController();
    const session = openSession({ projectDir: dir }, { env: {} });
    await session.run({ command: 'build' }, { signal });
    await session.close();
    const outcome = await generate(dir);
    expect(outcome).toMatchObject({ exitCode: 0, printed: ['target/index.html'] });
    const catalog = JSON.parse(read(dir, 'target/catalog.json'));
    expect(catalog).toMatchObject({
      metadata: { dbt_schema_version: 'https://schemas.getdbt.com/dbt/catalog/v1.json' },
      errors: null,
    });
    expect(catalog.nodes['model.pond.latest'].metadata.type).toBe('VIEW');
    expect(catalog.nodes['model.pond.sightings']).toMatchObject({
      unique_id: 'model.pond.sightings',
      metadata: { type: 'BASE TABLE', schema: 'main', name: 'sightings', database: 'pond' },
      columns: {
        bird: { type: 'VARCHAR', index: 1, name: 'bird' },
        seen_on: { type: 'DATE', index: 2, name: 'seen_on' },
        weight: { type: 'DOUBLE', index: 3, name: 'weight' },
      },
    });
    const page = textOf(pagesOf(read(dir, 'target/index.html')).get('model.pond.sightings') ?? '');
    for (const part of [
      'bird VARCHAR not_null pass',
      'seen_on DATE not described',
      'weight DOUBLE described as varchar',
      'gone It was here once. not built',
    ])
      expect(page).toContain(part);
  });

  test('that another process holds leaves a gap, said once', async () => {
    const dir = keep(pondProject());
    const { signal } = new AbortController();
    const session = openSession({ projectDir: dir }, { env: {} });
    await session.run({ command: 'seed' }, { signal });
    await session.close();
    const holder = spawn(
      process.execPath,
      [
        '--input-type=module',
        '-e',
        `import { DuckDBInstance } from '@duckdb/node-api';
         globalThis.held = await DuckDBInstance.create(process.argv[1]);
         console.log('held'); setInterval(() => held, 1000);`,
        join(dir, 'pond.duckdb'),
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    try {
      await once(holder.stdout, 'data');
      const outcome = await generate(dir);
      expect(outcome.exitCode).toBe(0);
      const isGap = (note: string): boolean => note.includes('not all is known of what is built');
      expect(outcome.notes.filter(isGap)).toHaveLength(1);
      expect(JSON.parse(read(dir, 'target/catalog.json')).nodes).toEqual({});
      expect(pagesOf(read(dir, 'target/index.html')).size).toBeGreaterThan(2);
    } finally {
      holder.kill();
      await once(holder, 'exit');
    }
  });
});

test('a project with errors is told of them, and nothing is written', async () => {
  const dir = keep(pondProject());
  writeFileSync(join(dir, 'models', 'latest.sql'), "select * from {{ ref('nowhere') }}");
  const outcome = await generate(dir, { engine: 'none' });
  expect(outcome.exitCode).toBe(1);
  expect(existsSync(join(dir, 'target'))).toBe(false);
});

test('--output chooses the file', async () => {
  const dir = keep(pondProject());
  const outcome = await generate(dir, { engine: 'none', output: 'site/docs.html', quiet: true });
  expect(outcome).toEqual({ exitCode: 0, printed: ['site/docs.html'], notes: [] });
  expect(read(dir, 'site/docs.html')).toContain('<!doctype html>');
});

test('a model that is not to be shown is listed nowhere, and keeps its page', async () => {
  const dir = keep(pondProject());
  writeFileSync(
    join(dir, 'models', 'latest.sql'),
    "{{ config(docs={'show': false}) }} select 1 as x from {{ ref('sightings') }}",
  );
  await generate(dir, { engine: 'none' });
  const html = read(dir, 'target/index.html');
  const search = scriptsOf(html).find(({ type }) => type === 'application/json')?.text ?? '[]';
  const entries: readonly { readonly i: string }[] = JSON.parse(search);
  expect(entries.map(({ i }) => i)).not.toContain('model.pond.latest');
  expect(pagesOf(html).has('model.pond.latest')).toBe(true);
});
