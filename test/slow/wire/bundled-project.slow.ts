/**
 * The whole bundled project, two loads, by the real driver through the protocol server: the same rows as on the embedded
 * warehouse.
 */
import { expect, test } from 'vitest';
import type { RunSummary } from '../../../src/events/index.js';
import type { ProjectSession } from '../../../src/session/index.js';
import { buildBothWays, toldOf } from '../../support/build-both-ways.js';
import { copyBundledProject } from '../../support/project-copy.js';

const { signal } = new AbortController();

async function buildTwice(session: ProjectSession): Promise<readonly RunSummary[]> {
  const summaries: RunSummary[] = [];
  for (const load of [1, 2]) {
    await session.runOperation('load_sample_data', { load }, { signal });
    summaries.push(await session.run({ command: 'build' }, { signal }));
  }
  return summaries;
}

test('two builds, the same results and the same rows', async () => {
  const copy = copyBundledProject();
  try {
    const { builds, relations, differences, server } = await buildBothWays({
      projectDir: copy.dir,
      profile: 'dagbook',
      work: buildTwice,
    });
    for (const [embedded, wire] of builds) {
      expect(toldOf(wire)).toEqual(toldOf(embedded));
      expect(wire.results.filter(({ status }) => status === 'error')).toEqual([]);
    }
    expect(relations.length).toBeGreaterThan(45);
    expect(differences).toEqual([]);
    expect(new Set(server.statements.map(({ requestId }) => requestId)).size).toBe(
      server.statements.length,
    );
  } finally {
    copy.remove();
  }
}, 400_000);
