import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { findingOf, type InputKind, inputOf, layOut, randomOf } from './mutated-inputs.js';

const folder = mkdtempSync(join(tmpdir(), 'dagbook-fuzz-'));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

// `npm run fuzz` tries ten thousand.
test.each<readonly [InputKind, number]>([
  ['yaml', 400],
  ['jinja', 400],
  ['project', 60],
])('%s: %i broken inputs are read or refused', (kind, count) => {
  const random = randomOf(20_261_124);
  for (let at = 0; at < count; at += 1) {
    if (kind === 'project') layOut(folder);
    expect(findingOf(kind, inputOf(kind, random), folder)).toBeUndefined();
  }
});
