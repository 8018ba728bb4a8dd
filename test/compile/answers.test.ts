/**
 * What the context answers, against what dbt printed for the same templates with an empty Snowflake and a frozen clock.
 */
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { nodeId } from '../../src/base/index.js';
import { openSession, type ProjectSession } from '../../src/session/index.js';
import { emptyFolder, type ProjectCopy } from '../support/project-copy.js';

interface Golden {
  readonly now: string;
  /** Compiled SQL of the fixture's own nodes by unique_id. */
  readonly nodes: Readonly<Record<string, string>>;
  readonly templates: readonly {
    readonly name: string;
    readonly template: string;
    readonly expected: string;
  }[];
}

const golden: Golden = JSON.parse(readFileSync('test/golden/compile/answers.json', 'utf8'));
const { signal } = new AbortController();
let copy: ProjectCopy;
let session: ProjectSession;

beforeAll(() => {
  copy = emptyFolder();
  cpSync('test/fixtures/projects/answers', copy.dir, { recursive: true });
  mkdirSync(join(copy.dir, 'analyses'));
  for (const { name, template } of golden.templates)
    writeFileSync(join(copy.dir, 'analyses', `${name}.sql`), template);
  session = openSession(
    { projectDir: copy.dir, engine: 'none' },
    { env: { DAGBOOK_NOW: golden.now } },
  );
});

afterAll(async () => {
  await session.close();
  copy.remove();
});

async function compiled(id: string): Promise<string | null> {
  const { compiledSql, diagnostics } = await session.compile(nodeId(id), { signal });
  return compiledSql ?? diagnostics[0]?.message ?? null;
}

describe('templates', () => {
  test.each(golden.templates)('$name: $template', async ({ name, expected }) => {
    expect(await compiled(`analysis.answers.${name}`)).toBe(expected);
  });
});

describe('nodes', () => {
  test.each(Object.entries(golden.nodes))('%s', async (id, expected) => {
    expect(await compiled(id)).toBe(expected);
  });
});
