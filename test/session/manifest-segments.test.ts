/**
 * manifest.json after a few nodes changed is the one of a new parse, moments aside, though most of it was copied.
 */
import { appendFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { nodeId } from '../../src/base/index.js';
import { openSession, type ProjectSession } from '../../src/session/index.js';
import { copyBundledProject, type ProjectCopy } from '../support/project-copy.js';

const { signal } = new AbortController();
const MODEL = 'models/marts/ops/fct_ops__incidents.sql';
let copy: ProjectCopy;

beforeEach(() => {
  copy = copyBundledProject();
});

afterEach(() => copy.remove());

async function inSession(
  options: { readonly keepsNothing?: boolean; readonly targetPath?: string },
  body: (session: ProjectSession) => Promise<void> | void,
): Promise<void> {
  const session = openSession({ projectDir: copy.dir, target: 'local', ...options }, { env: {} });
  try {
    expect(session.diagnostics).toEqual([]);
    await body(session);
  } finally {
    await session.close();
  }
}

const parse = (): Promise<void> => inSession({}, (session) => session.writeParsedManifest());

/** What a parse that knows of nothing writes. */
async function anew(): Promise<unknown> {
  const targetPath = join(copy.dir, 'elsewhere');
  await inSession({ keepsNothing: true, targetPath }, (session) =>
    session.writeManifest(new Map()),
  );
  return content(join(targetPath, 'manifest.json'));
}

function content(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'), (key, value: unknown) =>
    ['created_at', 'generated_at', 'invocation_id', 'invocation_started_at'].includes(key)
      ? null
      : value,
  );
}

const written = (): unknown => content(join(copy.dir, 'target/manifest.json'));

/** When the nodes of the file were made, by how many of them. */
function moments(): readonly number[] {
  const { nodes }: { nodes: Record<string, { created_at: number }> } = JSON.parse(
    readFileSync(join(copy.dir, 'target/manifest.json'), 'utf8'),
  );
  const counts = new Map<number, number>();
  for (const { created_at: at } of Object.values(nodes)) counts.set(at, (counts.get(at) ?? 0) + 1);
  return [...counts.values()].toSorted((a, b) => a - b);
}

test('after a change of text, of edges, of both in turn', async () => {
  await parse();
  expect(moments()).toHaveLength(1);
  appendFileSync(join(copy.dir, MODEL), '\n-- changed');
  await parse();
  expect(written()).toEqual(await anew());
  // The model, its tests and what it reads; all others were copied.
  expect(moments()).toHaveLength(2);
  appendFileSync(join(copy.dir, MODEL), "\n-- depends_on: {{ ref('dim_ops__services') }}");
  // Two starts that write no manifest, then one that does.
  await inSession({}, () => {});
  const text = readFileSync(join(copy.dir, MODEL), 'utf8');
  writeFileSync(join(copy.dir, MODEL), `${text}\n-- again`);
  await parse();
  expect(written()).toEqual(await anew());
});

test('what was compiled is told, and told no more after the next parse', async () => {
  const id = nodeId('model.ops_performance.fct_ops__incidents');
  await parse();
  await inSession({}, async (session) => {
    const { compiledSql } = await session.compile(id, { signal });
    session.writeManifest(new Map([[id, compiledSql ?? '']]));
  });
  expect(readFileSync(join(copy.dir, 'target/manifest.json'), 'utf8')).toContain('"compiled":true');
  expect(written()).not.toEqual(await anew());
  await parse();
  expect(written()).toEqual(await anew());
});

test.each([
  ['another has written it', 'target/manifest.json', '{}'],
  ['what is known of it is damaged', null, '[1,'],
])('all is written anew where %s', async (_, file, text) => {
  await parse();
  appendFileSync(join(copy.dir, MODEL), '\n-- changed');
  const notes = join(copy.dir, '.dagbook/cache');
  const note = readdirSync(notes).find((name) => name.startsWith('segments-')) ?? '';
  writeFileSync(file === null ? join(notes, note) : join(copy.dir, file), text);
  await parse();
  expect(existsSync(join(copy.dir, 'target/semantic_manifest.json'))).toBe(true);
  expect(written()).toEqual(await anew());
  expect(moments()).toHaveLength(1);
});
