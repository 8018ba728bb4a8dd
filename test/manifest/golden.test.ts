import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '../../src/base/index.js';
import { DagbookError } from '../../src/base/index.js';
import { type Manifest, select } from '../../src/manifest/index.js';
import type { SelectorDefinition } from '../../src/project/index.js';
import { factsOf } from './facts.js';
import { parseProject } from './parse.js';

/** What real dbt recorded of a fixture: see record.py beside the files. */
interface Golden {
  readonly nodes: Readonly<Record<string, JsonObject>>;
  readonly disabled: Readonly<Record<string, number>>;
  readonly docs: Readonly<Record<string, string>>;
  readonly groups: Readonly<Record<string, Json>>;
  readonly selections: readonly {
    readonly args: readonly string[];
    readonly result: readonly string[] | 'error';
  }[];
}

const FACTS = [
  'resource_type',
  'name',
  'package_name',
  'path',
  'original_file_path',
  'fqn',
  'database',
  'schema',
  'alias',
  'relation_name',
  'tags',
  'meta',
  'description',
  'config',
  'unrendered_config',
  'refs',
  'sources',
  'depends_on',
  'columns',
  'checksum',
  'raw_code',
  'language',
  'patch_path',
  'access',
  'version',
  'latest_version',
  'test_metadata',
  'column_name',
  'attached_node',
  'group',
  'identifier',
  'source_name',
  'source_description',
  'loader',
  'loaded_at_field',
  'loaded_at_query',
  'type',
  'owner',
  'label',
  'maturity',
  'url',
  'model',
  'given',
  'expect',
] as const;

describe.each(['rules', 'ducks'])('the project %s is read as dbt reads it', (name) => {
  const golden: Golden = JSON.parse(readFileSync(`test/golden/manifest/${name}.json`, 'utf8'));
  const { manifest, project, diagnostics } = parseProject(`test/fixtures/projects/${name}`);

  test('without an error', () => {
    expect(diagnostics.filter((one) => one.severity === 'error')).toEqual([]);
  });

  test('the same nodes', () => {
    expect([...manifest.nodes.keys()].toSorted()).toEqual(namesOf(golden, true).toSorted());
  });

  test('the same disabled nodes', () => {
    const ours = [...manifest.disabled].map(([id, nodes]) => [id, nodes.length]);
    // dbt leaves tests of disabled nodes among the enabled ones, with a config that says otherwise.
    const theirs = namesOf(golden, false).map((id) => [id, 1]);
    expect(Object.fromEntries(ours)).toEqual({ ...golden.disabled, ...Object.fromEntries(theirs) });
  });

  test('the same docs and groups', () => {
    expect(Object.fromEntries([...manifest.docs].map(([id, doc]) => [id, doc.contents]))).toEqual(
      golden.docs,
    );
    expect([...manifest.groups.keys()]).toEqual(Object.keys(golden.groups));
  });

  test.each(FACTS)('%s', (fact) => {
    const ours: Record<string, unknown> = {};
    const theirs: Record<string, unknown> = {};
    for (const [id, node] of manifest.nodes) {
      const recorded = golden.nodes[id];
      const own = factsOf(node);
      if (recorded === undefined || !(fact in recorded) || !(fact in own)) continue;
      // As the artifact has it: the golden was read as JSON.
      ours[id] = comparable(fact, JSON.parse(JSON.stringify(own[fact])));
      theirs[id] = comparable(fact, recorded[fact]);
    }
    expect(ours).toEqual(theirs);
  });

  test.each(golden.selections)('ls $args', ({ args, result }) => {
    expect(selected(manifest, project.selectors, args)).toEqual(result);
  });
});

function namesOf(golden: Golden, isEnabled: boolean): readonly string[] {
  return Object.entries(golden.nodes)
    .filter(
      ([, node]) =>
        ((node['config'] as JsonObject | undefined)?.['enabled'] !== false) === isEnabled,
    )
    .map(([id]) => id);
}

/** dbt's own order of tags and of dependencies is that of sets, and files it makes carry keys that we keep elsewhere. */
function comparable(fact: string, value: Json | undefined): unknown {
  if (fact === 'tags' && Array.isArray(value)) return value.map(String).toSorted();
  if (fact === 'columns') {
    return JSON.parse(JSON.stringify(value ?? {}), (key, inner: unknown) =>
      key === 'tags' && Array.isArray(inner) ? inner.map(String).toSorted() : inner,
    );
  }
  if (fact === 'given' && Array.isArray(value)) return value.map((one) => rowsOnly(one));
  return fact === 'expect' ? rowsOnly(value) : (value ?? null);
}

function rowsOnly(value: Json | undefined): unknown {
  const { input, rows, format } = value as JsonObject; // recorded so
  return { input: input ?? null, rows, format };
}

const LISTED = new Set([
  'model',
  'seed',
  'snapshot',
  'test',
  'unit_test',
  'source',
  'exposure',
  'metric',
  'semantic_model',
  'saved_query',
  'function',
]);

function selected(
  manifest: Manifest,
  selectors: readonly SelectorDefinition[],
  args: readonly string[],
): readonly string[] | 'error' {
  const flag = (name: string): string | undefined => {
    const at = args.indexOf(name);
    return at === -1 ? undefined : args[at + 1];
  };
  const type = flag('--resource-type');
  const resourceTypes =
    type === undefined ? [...LISTED] : type === 'all' ? [...LISTED, 'analysis'] : [type];
  const [chosen, exclude, selector, dropped] = [
    '--select',
    '--exclude',
    '--selector',
    '--exclude-resource-type',
  ].map(flag);
  const mode = flag('--indirect-selection');
  try {
    const { ids } = select(
      manifest,
      {
        resourceTypes,
        ...(chosen === undefined ? {} : { select: [chosen] }),
        ...(exclude === undefined ? {} : { exclude: [exclude] }),
        ...(selector === undefined ? {} : { selector }),
        ...(dropped === undefined ? {} : { excludeResourceTypes: [dropped] }),
        ...(mode === 'cautious' || mode === 'buildable' || mode === 'empty'
          ? { indirectSelection: mode }
          : {}),
      },
      { selectors },
    );
    return [...ids].toSorted();
  } catch (error) {
    if (error instanceof DagbookError) return 'error';
    throw error;
  }
}
