import { appendFileSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openSession, type ProjectSession } from '../../src/session/index.js';
import { copyFixture, type ProjectCopy } from '../support/project-copy.js';

let project: ProjectCopy;
let sessions: ProjectSession[] = [];

beforeEach(() => {
  project = copyFixture('state');
  sessions = [];
});

afterEach(async () => {
  for (const session of sessions) await session.close();
  project.remove();
});

const manifest = (): string => join(project.dir, 'target', 'manifest.json');
/** What `parse` does. @returns the file's text. */
function parse(options: { readonly invocationId?: string } = {}): string {
  const session = openSession({ projectDir: project.dir, ...options }, { env: {} });
  sessions.push(session);
  session.writeParsedManifest();
  return readFileSync(manifest(), 'utf8');
}

test('a manifest that says the same is left as it is', () => {
  const first = parse();
  const { ino } = statSync(manifest());
  expect(parse()).toBe(first);
  expect(statSync(manifest()).ino).toBe(ino);
});

test.each<{ readonly what: string; readonly change: () => void }>([
  { what: 'it is gone', change: () => rmSync(manifest()) },
  { what: 'another program wrote it', change: () => writeFileSync(manifest(), '{"nodes": {}}') },
  {
    what: 'its sibling is gone',
    change: () => rmSync(join(project.dir, 'target', 'semantic_manifest.json')),
  },
])('it is written where $what', ({ change }) => {
  const { nodes } = JSON.parse(parse());
  change();
  const again = JSON.parse(parse());
  expect(Object.keys(again.nodes)).toEqual(Object.keys(nodes));
  expect(Object.keys(nodes).length).toBeGreaterThan(3);
});

test('it is written for whoever waits for an invocation', () => {
  parse();
  const awaited = JSON.parse(parse({ invocationId: 'the-one' }));
  expect(awaited.metadata.invocation_id).toBe('the-one');
});

test('it is written after the project changed', () => {
  const before = JSON.parse(parse());
  const [path] = Object.values<{ readonly original_file_path: string }>(before.nodes)
    .map((node) => node.original_file_path)
    .filter((file) => file.startsWith('models/') && file.endsWith('.sql'));
  appendFileSync(join(project.dir, path ?? ''), '\n-- more');
  expect(parse()).toContain('-- more');
});
