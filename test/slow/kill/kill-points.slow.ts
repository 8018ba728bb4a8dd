/**
 * R1: a run killed before or after any of its statements leaves each relation old or new, never between; the next run
 * succeeds, and after `recover` nothing of the run's own is left.
 */
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Row } from '../../../src/warehouse/index.js';
import { openSession, type ProjectSession } from '../../../src/session/index.js';
import { emptyFolder, type ProjectCopy } from '../../support/project-copy.js';
import { writeFiles } from '../../support/run-program.js';
import { isTaken, PATIENCE_MS, Tally } from '../tally.js';
import type { ChildOrder } from './child.js';
import { KILL_CASES, KILL_PROJECT, type KillCase } from './kill-cases.js';

const { signal } = new AbortController();
const CHILD = join(process.cwd(), 'node_modules', '.cache', 'kill-child.mjs');
const tally = new Tally({
  promise: 'R1',
  what: 'kill -9 before and after each statement of twelve materializations, on the embedded warehouse',
});
/** All rows lie in one day, so that a batch is the whole model. */
const BATCHES = { eventTimeStart: '2026-01-01', eventTimeEnd: '2026-01-02' };
let project: ProjectCopy;

beforeAll(async () => {
  mkdirSync(join('node_modules', '.cache'), { recursive: true });
  await build({
    entryPoints: ['test/slow/kill/child.ts'],
    outfile: CHILD,
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
    external: ['@duckdb/node-api', 'snowflake-sdk'],
    banner: {
      js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);",
    },
  });
  project = emptyFolder();
  writeFiles(project.dir, KILL_PROJECT);
});

afterAll(() => {
  tally.write();
  project.remove();
});

test.each(KILL_CASES.filter((_, index) => isTaken(index)))(
  '$name',
  async (one) => {
    const base = await baseOf(one);
    const { sent, after } = await undisturbed(one, base.dir);
    expect(sent).toBeGreaterThan(0);
    const before = await contentIn(base.dir, one.node);
    const points = Array.from({ length: sent }, (_, index) => [
      { killAt: index, when: 'before' as const },
      { killAt: index, when: 'after' as const },
    ]).flat();
    // Two at a time: the machine has two cores.
    const queue = [...points];
    const work = async (): Promise<void> => {
      for (let point = queue.shift(); point !== undefined; point = queue.shift()) {
        const name = `${one.name}, ${point.when} statement ${point.killAt + 1} of ${sent}`;
        tally.add(name, await faultAt(one, base.dir, point, { before, after }));
      }
    };
    await Promise.all([work(), work()]);
    base.remove();
    expect(tally.faults).toEqual([]);
  },
  PATIENCE_MS,
);

/** A copy of the project, in the state in which the case begins. */
async function baseOf({ node, prepare }: KillCase): Promise<ProjectCopy> {
  const base = copyOf(project.dir);
  for (const vars of prepare) {
    const ended = await child({
      projectDir: base.dir,
      request: { command: 'build', select: [node], ...BATCHES },
      killAt: null,
      when: 'before',
      vars,
    });
    expect(ended.bad).toEqual([]);
  }
  return base;
}

async function undisturbed(
  one: KillCase,
  base: string,
): Promise<{ readonly sent: number; readonly after: string }> {
  const copy = copyOf(base);
  const { sent, bad } = await child(orderOf(one, copy.dir));
  expect(bad).toEqual([]);
  const after = await contentIn(copy.dir, one.node);
  copy.remove();
  return { sent, after };
}

function orderOf({ node, isFullRefresh, vars }: KillCase, projectDir: string): ChildOrder {
  return {
    projectDir,
    request: { command: 'build', select: [node], isFullRefresh, ...BATCHES },
    killAt: null,
    when: 'before',
    vars,
  };
}

async function faultAt(
  one: KillCase,
  base: string,
  point: Pick<ChildOrder, 'killAt' | 'when'>,
  { before, after }: { readonly before: string; readonly after: string },
): Promise<string | null> {
  const copy = copyOf(base);
  try {
    const killed = await child({ ...orderOf(one, copy.dir), ...point });
    if (killed.signal !== 'SIGKILL') return `it was not killed (${killed.text})`;
    const found = await contentIn(copy.dir, one.node);
    if (found !== before && found !== after) return `neither old nor new: ${found}`;
    const session = open(copy.dir, one.vars);
    try {
      const recovered = await session.recover({ isLooking: false, signal });
      if (recovered.flatMap(({ problems }) => problems).length > 0) return 'recover had problems';
      if (recovered.length !== 1) return `recover saw ${recovered.length} runs`;
      const left = await leftIn(session);
      if (left.length > 0) return `left behind: ${left.join(', ')}`;
      const { request } = orderOf(one, copy.dir);
      const { results } = await session.run(request, { signal });
      const bad = results.filter(({ status }) => status !== 'success');
      if (bad.length > 0) return `the next run failed: ${bad[0]?.message ?? ''}`;
    } finally {
      await session.close();
    }
    const final = await contentIn(copy.dir, one.node);
    return one.isRepeatable && final !== after ? `the next run gave ${final}` : null;
  } finally {
    copy.remove();
  }
}

interface ChildEnd {
  readonly signal: NodeJS.Signals | null;
  readonly text: string;
  readonly sent: number;
  readonly bad: readonly unknown[];
}

async function child(order: ChildOrder): Promise<ChildEnd> {
  return await new Promise((resolve, reject) => {
    const process_ = spawn(process.execPath, [CHILD, JSON.stringify(order)], {
      cwd: order.projectDir,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let text = '';
    let errors = '';
    process_.stdout.setEncoding('utf8').on('data', (part: string) => (text += part));
    process_.stderr.setEncoding('utf8').on('data', (part: string) => (errors += part));
    process_.on('error', reject);
    process_.on('close', (_, ended) => {
      const told: { readonly sent: number; readonly bad: readonly unknown[] } = text.startsWith('{')
        ? JSON.parse(text)
        : { sent: 0, bad: [errors] };
      resolve({ signal: ended, text: text + errors, ...told });
    });
  });
}

function open(projectDir: string, vars: Readonly<Record<string, string>>): ProjectSession {
  return openSession({ projectDir, vars }, { env: {} });
}

function copyOf(folder: string): ProjectCopy {
  const copy = emptyFolder();
  rmSync(copy.dir, { recursive: true });
  cpSync(folder, copy.dir, { recursive: true });
  return copy;
}

/**
 * Rows of the node's relation as text, without what notes the moment and without columns that hold nothing: one that was just
 * added, and not filled yet, changes no row. `absent` if there is no relation.
 */
async function contentIn(projectDir: string, node: string): Promise<string> {
  const session = open(projectDir, {});
  const rows: Row[] = [];
  let names: readonly string[] = [];
  try {
    const sql = `select * from db.dev.${node}`;
    for await (const page of session.preview(
      { kind: 'sql', sql, isTemplate: false },
      { signal, pageRows: 1000 },
    )) {
      names = page.columns.map(({ name }) => name);
      rows.push(...page.rows);
    }
  } catch {
    return 'absent';
  } finally {
    await session.close();
  }
  const shown = names.flatMap((name, index) =>
    /^DBT_(?!VALID_TO)/u.test(name) || rows.every((row) => row[index] === null) ? [] : [index],
  );
  return rows
    .map((row) =>
      shown
        .map((index) =>
          names[index] === 'DBT_VALID_TO'
            ? row[index] === null
              ? 'open'
              : 'closed'
            : String(row[index]),
        )
        .join('|'),
    )
    .sort()
    .join('\n');
}

async function leftIn(session: ProjectSession): Promise<readonly string[]> {
  const left: string[] = [];
  const sql = 'show objects in database db';
  for await (const { columns, rows } of session.preview(
    { kind: 'sql', sql, isTemplate: false },
    { signal, pageRows: 1000 },
  )) {
    const nameAt = columns.findIndex(({ name }) => name.toLowerCase() === 'name');
    left.push(...rows.map((row) => String(row[nameAt])).filter((name) => /__DBT_/iu.test(name)));
  }
  return left;
}
