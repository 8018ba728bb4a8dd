/**
 * A project that nobody here wrote, its packages laid, built twice by the real driver through the protocol server: the same
 * results and the same rows as on the embedded warehouse, in both styles of plan.
 *
 * `npm run exam:wire` with WIRE_PROJECT its folder, and WIRE_TARGET the name that its macros ask of the target. Without
 * WIRE_PROJECT there is nothing to do.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { buildBothWays, toldOf } from '../../support/build-both-ways.js';

const { signal } = new AbortController();
const { WIRE_PROJECT = '', WIRE_TARGET = 'snowflake' } = process.env;

test.skipIf(WIRE_PROJECT === '').each(['fast', 'dbt'] as const)(
  'a public project, two builds, the same rows: plan style %s',
  async (planStyle) => {
    const settings = readFileSync(join(WIRE_PROJECT, 'dbt_project.yml'), 'utf8');
    const profile = /^profile:\s*['"]?([\w-]+)/mu.exec(settings)?.[1] ?? '';
    const { builds, relations, differences, moving, server } = await buildBothWays({
      projectDir: WIRE_PROJECT,
      profile,
      target: WIRE_TARGET,
      planStyle,
      work: async (session) => [
        await session.run({ command: 'build' }, { signal }),
        await session.run({ command: 'build' }, { signal }),
      ],
    });
    process.stdout.write(
      `${planStyle}: ${builds[1]?.[1].results.length} results a build, ${relations.length} relations compared by column, ` +
        `${server.statements.length} statements through the wire; not compared: ${moving.join(', ')}\n`,
    );
    for (const [embedded, wire] of builds) {
      expect(toldOf(wire)).toEqual(toldOf(embedded));
      expect(wire.results.filter(({ status }) => status === 'error')).toEqual([]);
    }
    expect(builds).toHaveLength(2);
    expect(relations.length).toBeGreaterThan(0);
    expect(differences).toEqual([]);
  },
  900_000,
);
