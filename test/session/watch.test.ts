import { appendFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { nodeId } from '../../src/base/index.js';
import { openSession, type ProjectSession } from '../../src/session/index.js';
import { copyFixture, type ProjectCopy } from '../support/project-copy.js';

const PATIENCE = { timeout: 60_000, interval: 400 };

let project: ProjectCopy;
let session: ProjectSession;
let stop: () => void;
let heard: string[];

beforeEach(() => {
  project = copyFixture('state');
  session = openSession({ projectDir: project.dir }, { env: {} });
  heard = [];
  session.subscribe((event) => void heard.push(event.type));
  stop = session.watch();
});

afterEach(async () => {
  stop();
  await session.close();
  project.remove();
});

const names = (): readonly string[] =>
  [...session.manifest.nodes.values()].map((node) => node.name);

test('a new model is there, and is gone again with its file', async () => {
  const file = join(project.dir, 'models', 'just_made.sql');
  await vi.waitFor(() => {
    // Watching begins a moment after it was asked for.
    writeFileSync(file, 'select 1 as id');
    expect(names()).toContain('just_made');
  }, PATIENCE);
  await vi.waitFor(() => {
    rmSync(file, { force: true });
    expect(names()).not.toContain('just_made');
  }, PATIENCE);
  expect(heard).toContain('manifest_changed');
});

test('a project that cannot be read leaves the last one, and says why', async () => {
  const before = names();
  await vi.waitFor(() => {
    appendFileSync(join(project.dir, 'dbt_project.yml'), '\n{ not: [yaml');
    expect(heard).toContain('log');
  }, PATIENCE);
  expect(names()).toEqual(before);
});

test('what a command writes is nothing new', async () => {
  const file = join(project.dir, 'models', 'last.sql');
  mkdirSync(join(project.dir, 'target', 'compiled'), { recursive: true });
  await vi.waitFor(() => {
    writeFileSync(join(project.dir, 'target', 'compiled', 'x.sql'), 'select 1');
    writeFileSync(file, 'select 1 as id');
    expect(names()).toContain('last');
  }, PATIENCE);
  const { manifest } = session;
  const count = heard.filter((type) => type === 'manifest_changed').length;
  expect(count).toBe(1);
  expect(manifest.nodes.get(nodeId([...manifest.nodes.keys()].at(0) ?? ''))).toBeDefined();
});

test('a folder that was just made is watched, and so is one in it', async () => {
  const folder = join(project.dir, 'models', 'made', 'inside');
  const file = join(folder, 'deep.sql');
  mkdirSync(folder, { recursive: true });
  await vi.waitFor(() => {
    writeFileSync(file, 'select 1 as id');
    expect(names()).toContain('deep');
  }, PATIENCE);
  await vi.waitFor(() => {
    writeFileSync(join(folder, 'deeper.sql'), 'select 2 as id');
    expect(names()).toContain('deeper');
  }, PATIENCE);
  rmSync(join(project.dir, 'models', 'made'), { recursive: true });
  await vi.waitFor(() => expect(names()).not.toContain('deep'), PATIENCE);
});
