import { cpSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { manifestJson, previousState, StateComparison } from '../../src/artifacts/index.js';
import { DagbookError, type Json, type JsonObject } from '../../src/base/index.js';
import { select } from '../../src/manifest/index.js';
import { type Parsed, parseProject } from '../manifest/parse.js';
import { emptyFolder, type ProjectCopy } from '../support/project-copy.js';

/** One way in which a project differs from its base, and what real dbt selects then: see record.py beside the file. */
interface Change {
  readonly name: string;
  readonly edits?: readonly (readonly [file: string, old: string, now: string])[];
  readonly remove?: readonly string[];
  readonly move?: readonly (readonly [from: string, to: string])[];
  readonly new?: readonly (readonly [file: string, text: string])[];
  readonly args?: readonly [flag: string, value: string];
  readonly results: Readonly<Record<string, readonly string[] | 'error'>>;
}

const changes: readonly Change[] = JSON.parse(
  readFileSync('test/golden/state/selections.json', 'utf8'),
);
const theirs: Json = JSON.parse(
  gunzipSync(readFileSync('test/golden/state/base.json.gz')).toString('utf8'),
);
const copies: ProjectCopy[] = [];
afterAll(() => {
  for (const copy of copies) copy.remove();
});

const nothing = { runResults: null, sources: null, currentSources: null };
const fromDbt = previousState({ ...nothing, manifest: theirs }, 'base');
const fromOurs = previousState({ ...nothing, manifest: written(changed()) }, 'base');

describe.each([
  { writer: 'dbt', previous: fromDbt },
  { writer: 'dagbook', previous: fromOurs },
])('compared with a manifest of $writer', ({ previous }) => {
  test.each(changes)('$name', (change) => {
    const parsed = changed(change);
    const found = Object.fromEntries(
      Object.keys(change.results).map((way) => [way, selected(parsed, way, previous)]),
    );
    expect(found).toEqual(change.results);
  });
});

test('what breaks a contract is told, and nothing else', () => {
  const told = changes.flatMap((change) => {
    const { manifest, registry } = changed(change);
    const comparison = new StateComparison(
      { manifest, registry, engine: 'duckdb', nowMs: 0 },
      fromDbt,
    );
    select(manifest, { select: ['state:modified'] }, { state: comparison });
    return comparison.warnings.map(({ message }) => `${change.name}: ${message}`);
  });
  expect(told).toMatchInlineSnapshot(`
    [
      "config of a folder: The contract of model.states.contracted was broken. Its materialization holds no constraints, and the one before did.",
      "a column less in a contract: The contract of model.states.contracted was broken. The column label is gone.",
      "a type in a contract: The contract of model.states.contracted was broken. The column id was integer and is bigint.",
      "a constraint less in a contract: The contract of model.states.contracted was broken. The constraint not_null of the column id is gone.",
      "no contract any more: The contract of model.states.contracted was broken. Its contract is no longer enforced.",
      "a contract's model removed: The contract of model.states.contracted was broken. It was removed or renamed.",
    ]
  `);
});

test('a manifest of another version is refused', () => {
  const manifest = {
    metadata: { dbt_schema_version: 'https://schemas.getdbt.com/dbt/manifest/v4.json' },
  };
  expect(() => previousState({ ...nothing, manifest }, 'old')).toThrow(/manifest\/v4\.json/u);
  expect(() => previousState({ ...nothing, manifest: [] }, 'old')).toThrow(DagbookError);
});

describe('result: and source_status:', () => {
  const { manifest, registry } = changed();
  const at = (times: JsonObject): JsonObject => ({
    results: Object.entries(times).map(([id, time]) => ({ unique_id: id, max_loaded_at: time })),
  });
  const previous = previousState(
    {
      manifest: null,
      runResults: {
        results: [
          { unique_id: 'model.states.stg_orders', status: 'error' },
          { unique_id: 'model.states.int_orders', status: 'skipped' },
        ],
      },
      sources: at({ 'source.states.raw.payments': '2026-01-01T00:00:00Z' }),
      currentSources: at({
        'source.states.raw.payments': '2026-01-01T00:00:00.5Z',
        'source.states.raw.refunds': null,
      }),
    },
    'base',
  );
  const state = new StateComparison({ manifest, registry, engine: 'duckdb', nowMs: 0 }, previous);
  const ids = (text: string): readonly string[] =>
    select(manifest, { select: [text], indirectSelection: 'empty' }, { state }).ids;

  test.each([
    { text: 'result:error', expected: ['model.states.stg_orders'] },
    { text: '1+result:skipped', expected: ['model.states.int_orders', 'model.states.stg_orders'] },
    { text: 'result:success', expected: [] },
    { text: 'source_status:fresher', expected: ['source.states.raw.payments'] },
  ])('$text', ({ text, expected }) => {
    expect([...ids(text)].toSorted()).toEqual(expected);
  });

  test.each([
    { text: 'state:modified', code: 'state/missing' },
    { text: 'source_status:older', code: 'state/bad-value' },
  ])('$text is refused as $code', ({ text, code }) => {
    expect(() => ids(text)).toThrow(expect.objectContaining({ code }));
  });
});

function selected(
  { manifest, registry }: Parsed,
  way: string,
  previous: ReturnType<typeof previousState>,
): readonly string[] | 'error' {
  const state = new StateComparison({ manifest, registry, engine: 'duckdb', nowMs: 0 }, previous);
  try {
    const { ids } = select(
      manifest,
      { select: [`state:${way}`], indirectSelection: 'empty' },
      { state },
    );
    return ids.filter((id) => !id.startsWith('operation.')).toSorted();
  } catch (error) {
    if (error instanceof DagbookError) return 'error';
    throw error;
  }
}

/** The fixture as it is, or changed. */
function changed(change?: Change): Parsed {
  const copy = emptyFolder();
  cpSync('test/fixtures/projects/state', copy.dir, { recursive: true });
  copies.push(copy);
  const at = (path: string): string => join(copy.dir, path);
  for (const [path, old, now] of change?.edits ?? []) {
    writeFileSync(
      at(path),
      readFileSync(at(path), 'utf8').replace(old, () => now),
    );
  }
  for (const path of change?.remove ?? []) rmSync(at(path));
  for (const [from, to] of change?.move ?? []) {
    mkdirSync(dirname(at(to)), { recursive: true });
    renameSync(at(from), at(to));
  }
  for (const [path, text] of change?.new ?? []) writeFileSync(at(path), text);
  const [flag, value] = change?.args ?? [];
  return parseProject(copy.dir, {
    ...(flag === '--target' && value !== undefined ? { target: value } : {}),
    ...(flag === '--vars' ? { vars: { layer: 'other', light: true, floor: 9 } } : {}),
  });
}

function written({ manifest, registry, facts }: Parsed): Json {
  return JSON.parse(
    JSON.stringify(
      manifestJson({
        manifest,
        macros: () => registry.all(),
        adapterType: 'duckdb',
        target: {},
        dbtVersion: facts.dbtVersion,
        invocationId: '',
        generatedAt: new Date(0),
        compiled: new Map(),
      }),
    ),
  );
}
