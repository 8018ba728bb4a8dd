/**
 * The bundled project on the embedded warehouse: first load, build, second load, build. Counts are those that the raw
 * data, which is made by arithmetic, must give.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunSummary } from '../../src/events/index.js';
import { openSession, type ProjectSession } from '../../src/session/index.js';
import { copyBundledProject, type ProjectCopy } from '../support/project-copy.js';

const { signal } = new AbortController();
let copy: ProjectCopy;
let session: ProjectSession;

beforeAll(() => {
  copy = copyBundledProject();
  session = openSession({ projectDir: copy.dir, target: 'local' }, { env: {} });
});

afterAll(async () => {
  await session.close();
  copy.remove();
});

/** How many nodes ended how: `{ success: 34, pass: 187, warn: 2 }`. */
function tally(summary: RunSummary): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { status } of summary.results) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

function failures(summary: RunSummary): readonly string[] {
  return summary.results
    .filter(({ status }) => status === 'error' || status === 'fail')
    .map(({ nodeId, message }) => `${nodeId}: ${message ?? ''}`);
}

function rowsOf(summary: RunSummary, name: string): number | null {
  return summary.results.find(({ nodeId }) => nodeId.endsWith(`.${name}`))?.rowsAffected ?? null;
}

async function numbers(sql: string): Promise<readonly number[]> {
  for await (const page of session.preview(
    { kind: 'sql', sql, isTemplate: true },
    { signal, pageRows: 1 },
  )) {
    return (page.rows[0] ?? []).map(Number);
  }
  return [];
}

const count = async (name: string): Promise<number> =>
  (await numbers(`select count(*) from {{ ref('${name}') }}`))[0] ?? -1;

test('the project has nothing wrong with it', () => {
  expect(session.diagnostics).toEqual([]);
  expect(session.facts).toMatchObject({
    engine: 'embedded',
    targetName: 'local',
    isMetered: false,
  });
});

describe('the first load', () => {
  let summary: RunSummary;

  beforeAll(async () => {
    await session.runOperation('load_sample_data', { load: 1 }, { signal });
    summary = await session.run({ command: 'build' }, { signal });
  }, 180_000);

  test('builds, and warns where it is meant to', () => {
    expect(failures(summary)).toEqual([]);
    expect(tally(summary)).toMatchObject({ warn: 2 });
    expect(
      summary.results
        .filter(({ status }) => status === 'warn')
        .map(({ nodeId }) => nodeId.split('.')[2]),
    ).toEqual(expect.arrayContaining(['assert_incident_times_are_in_order']));
  });

  test.each([
    { name: 'fct_ops__incidents', rows: 5854 },
    { name: 'fct_ops__incident_events', rows: 33_281 },
    { name: 'int_ops__slo_daily', rows: 30_584 },
    { name: 'int_ai_telemetry__tool_daily_metrics', rows: 361_932 },
    { name: 'snp_ecommerce__products', rows: 600 },
    { name: 'snp_service_catalog__service_ownership', rows: 24 },
  ])('$name has $rows rows', async ({ name, rows }) => {
    expect(await count(name)).toBe(rows);
  });

  test('sources are as fresh as the load that made them, but for the one that is meant to lag', async () => {
    const results = await session.freshness({}, { signal });
    const late = results.filter(({ status }) => status !== 'pass');
    expect(late.map(({ nodeId, status }) => `${nodeId} ${status}`)).toEqual([
      'source.ops_performance.ai_telemetry.chat_assistant_weekly warn',
    ]);
  });

  test('the plan of an incremental model that exists is a merge of what is new', async () => {
    const node = [...session.manifest.nodes.values()].find(
      ({ name }) => name === 'fct_ai_telemetry__tool_daily_metrics',
    );
    if (node === undefined) throw new Error('the mart is gone');
    const plan = await session.planNode(node.id, {}, { signal });
    expect(plan.action).toBe('incremental · merge');
    expect(plan.warehouse).toBe('OPS_SMALL');
    expect(plan.replaces).toEqual([]);
    expect(plan.steps.some(({ sql }) => sql.startsWith('merge into'))).toBe(true);
    const refresh = await session.planNode(node.id, { isFullRefresh: true }, { signal });
    expect(refresh.action).toBe('incremental · full refresh');
    expect(refresh.warehouse).toBe('OPS_LARGE');
    expect(refresh.replaces.length).toBe(1);
  });
});

describe('the second load', () => {
  let summary: RunSummary;

  beforeAll(async () => {
    await session.runOperation('load_sample_data', { load: 2 }, { signal });
    summary = await session.run({ command: 'build' }, { signal });
  }, 180_000);

  test('builds again', () => {
    expect(failures(summary)).toEqual([]);
  });

  test('incremental models touch only what is new or changed', async () => {
    expect(await count('fct_ops__incident_events')).toBe(33_739);
    expect(rowsOf(summary, 'fct_ops__incident_events')).toBe(33_739 - 33_281);
    expect(await count('int_ai_telemetry__tool_daily_metrics')).toBe(368_181);
    expect(rowsOf(summary, 'int_ai_telemetry__tool_daily_metrics')).toBeLessThan(40_000);
    expect(await count('bridge_ops__incident_service')).toBe(8693);
    expect(rowsOf(summary, 'bridge_ops__incident_service')).toBeLessThan(2000);
    expect(await count('int_ops__slo_daily')).toBe(30_974);
  });

  test('the snapshots close versions and open new ones', async () => {
    expect(
      await numbers(
        "select count(*), count(dbt_valid_to), count_if(dbt_valid_to is null) from {{ ref('snp_ecommerce__products') }}",
      ),
    ).toEqual([721, 94, 627]);
    expect(await count('snp_service_catalog__service_ownership')).toBe(27);
  });

  test('a third build changes no count', async () => {
    const again = await session.run(
      { command: 'run', select: ['fct_ops__incident_events', 'bridge_ops__incident_service'] },
      { signal },
    );
    expect(failures(again)).toEqual([]);
    expect(await count('fct_ops__incident_events')).toBe(33_739);
    expect(await count('bridge_ops__incident_service')).toBe(8693);
  });
});

test('a node knows that it is built, and what it was built of', () => {
  const mart = [...session.manifest.nodes.values()].find(
    ({ name }) => name === 'fct_ops__incidents',
  );
  expect(mart === undefined ? null : session.stateOf(mart.id).state).toBe('built');
});
