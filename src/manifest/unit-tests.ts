/**
 * Makes the nodes of unit tests, their rows read from yaml, fixture files or seeds.
 */
import { DagbookError, isJsonObject, type Json, type JsonObject, nodeId } from '../base/index.js';
import { readText } from '../platform/index.js';
import { pythonStrip } from '../project/index.js';
import { csvRows } from './csv-rows.js';
import { type Draft, isEnabled } from './draft.js';
import { unitTestChecksum } from './dbt-checksums.js';
import { staticReference } from './literal-call.js';
import type { UnitTestNode, UnitTestRows } from './node.js';
import { foldersOf, stem } from './node-files.js';
import { listOf, objectOf, type ParseScope, textOf, textsOf } from './parse-scope.js';
import { positionIn, type PropertyEntry } from './property-files.js';

/** Models of a package by name, every version among them, and seeds. */
export interface TestedModels {
  /** Enabled models of a name in a package, all versions. */
  modelsNamed(packageName: string, name: string): readonly Draft[];
  /** True if there is such a model but it is disabled. */
  isDisabled(packageName: string, name: string): boolean;
  seedNamed(packageName: string, name: string): Draft | undefined;
}

/** The nodes of one entry: one for each version it is for; none if its model is disabled or it cannot be read. */
export function readUnitTest(
  scope: ParseScope,
  entry: PropertyEntry,
  models: TestedModels,
): readonly UnitTestNode[] {
  const packageName = entry.source.owner.name;
  const [model = '', version] = (textOf(entry.data['model']) ?? '').split(/\s+/u);
  const named = models
    .modelsNamed(packageName, model)
    .filter(
      (draft) =>
        version === undefined ||
        `v${draft.version}` === version ||
        String(draft.version) === version,
    );
  if (named.length === 0) {
    if (models.isDisabled(packageName, model)) return [];
    scope.error(
      'manifest/unit-test',
      `Unit test '${entry.name}' is for a model '${model}', which package '${packageName}' does not have.`,
      positionIn(entry, 'model'),
    );
    return [];
  }
  try {
    const given = listOf(entry.data['given']).map((written) =>
      rowsOf(scope, entry, objectOf(written), textOf(objectOf(written)['input']) ?? '', models),
    );
    const expect = rowsOf(scope, entry, objectOf(entry.data['expect']), null, models);
    return testedVersions(entry, named).map((tested) =>
      unitTestNode(scope, entry, tested, given, expect),
    );
  } catch (error) {
    scope.caught(error, 'manifest/unit-test', positionIn(entry));
    return [];
  }
}

function unitTestNode(
  scope: ParseScope,
  entry: PropertyEntry,
  tested: Draft,
  given: readonly UnitTestRows[],
  expect: UnitTestRows,
): UnitTestNode {
  const { owner, file } = entry.source;
  const model = textOf(entry.data['model']) ?? '';
  const folders = foldersOf(file.originalFilePath).slice(1);
  const fqn = [owner.name, ...folders, model, entry.name];
  const { config, unrendered } = scope.configs.resolve({
    resourceType: 'unit_test',
    packageName: owner.name,
    fqn,
    properties: objectOf(entry.data['config']),
  });
  const overrides = objectOf(entry.data['overrides']);
  checkIncremental(entry, tested, overrides, given);
  const suffix = tested.version === null ? '' : `_v${tested.version}`;
  return {
    resourceType: 'unit_test',
    id: nodeId(`unit_test.${owner.name}.${model}.${entry.name}${suffix}`),
    name: entry.name,
    packageName: owner.name,
    path: file.path,
    originalFilePath: file.originalFilePath,
    fqn,
    description: textOf(entry.data['description']) ?? '',
    tags: textsOf(config['tags']),
    meta: objectOf(config['meta']),
    config,
    unrenderedConfig: unrendered,
    dependsOn: [tested.id],
    refs: [],
    sources: [],
    testedNode: tested.id,
    model,
    given,
    expect,
    overrides,
    checksum: unitTestChecksum({
      model,
      versions: isJsonObject(entry.data['versions']) ? entry.data['versions'] : null,
      given,
      expect,
      overrides: isJsonObject(entry.data['overrides']) ? overrides : null,
      fixtures: [...listOf(entry.data['given']), entry.data['expect'] ?? null].map((one) =>
        textOf(objectOf(one)['fixture']),
      ),
    }),
  };
}

/** Which versions a test is for: all, those included, or all but those excluded. */
function testedVersions(entry: PropertyEntry, named: readonly Draft[]): readonly Draft[] {
  const versions = objectOf(entry.data['versions']);
  const include = listOf(versions['include']).map(String);
  const exclude = listOf(versions['exclude']).map(String);
  const isVersioned = named.some((draft) => draft.version !== null);
  if (!isVersioned && include.length + exclude.length > 0) {
    throw fault(`Unit test '${entry.name}' names versions, but its model has none.`);
  }
  const tested = named.filter((draft) => {
    const version = String(draft.version);
    if (exclude.length > 0) return !exclude.includes(version);
    return include.length === 0 || include.includes(version);
  });
  if (tested.length === 0) {
    throw fault(`Unit test '${entry.name}' names versions that its model does not have.`);
  }
  return tested;
}

/** A test of an incremental model must say which of its two ways is tested. */
function checkIncremental(
  entry: PropertyEntry,
  tested: Draft,
  overrides: JsonObject,
  given: readonly UnitTestRows[],
): void {
  if (!tested.macros.includes('macro.dbt.is_incremental')) return;
  const override = objectOf(overrides['macros'])['is_incremental'];
  if (typeof override !== 'boolean') {
    throw fault(
      `Unit test '${entry.name}' must override 'is_incremental' with true or false, because model '${tested.name}' asks for it.`,
    );
  }
  if (override && !given.some((input) => input.input === 'this')) {
    throw fault(
      `Unit test '${entry.name}' of the incremental model '${tested.name}' must have an input 'this'.`,
    );
  }
}

function rowsOf(
  scope: ParseScope,
  entry: PropertyEntry,
  written: JsonObject,
  input: string | null,
  models: TestedModels,
): UnitTestRows {
  const format = textOf(written['format']) ?? 'dict';
  const { rows, fixture } = written;
  const side = input === null ? 'expected' : 'input';
  switch (format) {
    case 'dict': {
      const dicts =
        rows === undefined && fixture === undefined ? seedRows(entry, input, models) : rows;
      if (!Array.isArray(dicts) || !dicts.every(isJsonObject)) {
        throw fault(`Unit test '${entry.name}' has ${side} rows that are not a list of mappings.`);
      }
      return { input, format, rows: fullRowFirst(dicts) };
    }
    case 'csv': {
      const text = typeof fixture === 'string' ? fixtureText(scope, entry, fixture) : rows;
      if (typeof text !== 'string')
        throw fault(`Unit test '${entry.name}' has ${side} rows that are not CSV text.`);
      return { input, format, rows: fullRowFirst(csvRows(text)) };
    }
    case 'sql': {
      const text = typeof fixture === 'string' ? fixtureText(scope, entry, fixture) : rows;
      if (typeof text !== 'string')
        throw fault(`Unit test '${entry.name}' has ${side} rows that are not SQL text.`);
      return { input, format, rows: text };
    }
    default:
      throw fault(
        `Unit test '${entry.name}' has ${side} rows of the format '${format}'; it is dict, csv or sql.`,
      );
  }
}

/** The first row without a null changes places with the first, so that types can be seen from it. */
function fullRowFirst(rows: readonly JsonObject[]): readonly JsonObject[] {
  const at = rows.findIndex((row) => Object.values(row).every((value) => value !== null));
  const [first] = rows;
  const full = rows[at];
  if (at <= 0 || first === undefined || full === undefined) return rows;
  return rows.with(0, full).with(at, first);
}

function fixtureText(scope: ParseScope, entry: PropertyEntry, name: string): string {
  const { owner } = entry.source;
  const file = owner.files.find((one) => one.kind === 'fixture' && stem(one.path) === name);
  if (file === undefined) {
    throw fault(
      `There is no fixture file '${name}' for unit test '${entry.name}' in ${scope.shownFile(owner, 'tests')}.`,
    );
  }
  return pythonStrip(readText(file.file));
}

/** An input without rows is a seed: its file gives them. */
function seedRows(
  entry: PropertyEntry,
  input: string | null,
  models: TestedModels,
): Json | undefined {
  const reference = input === null ? undefined : staticReference(input);
  if (reference?.kind !== 'ref') return undefined;
  const packageName = reference.ref.packageName ?? entry.source.owner.name;
  const seed = models.seedNamed(packageName, reference.ref.name);
  if (seed === undefined) {
    throw fault(
      `Unit test '${entry.name}' has no rows for ${input ?? ''}, and there is no such seed.`,
    );
  }
  return csvRows(readText(seed.file));
}

function fault(message: string): DagbookError {
  return new DagbookError('manifest/unit-test', message, { exitCode: 1 });
}

/** Looks models and seeds up among drafts. */
export function testedModels(drafts: Iterable<Draft>): TestedModels {
  const models = new Map<string, Draft[]>();
  const disabled = new Set<string>();
  const seeds = new Map<string, Draft>();
  for (const draft of drafts) {
    const key = `${draft.packageName}.${draft.name}`;
    if (draft.resourceType === 'seed') seeds.set(key, draft);
    if (draft.resourceType !== 'model') continue;
    if (isEnabled(draft)) models.set(key, [...(models.get(key) ?? []), draft]);
    else disabled.add(key);
  }
  return {
    modelsNamed: (packageName, name) => models.get(`${packageName}.${name}`) ?? [],
    isDisabled: (packageName, name) => disabled.has(`${packageName}.${name}`),
    seedNamed: (packageName, name) => seeds.get(`${packageName}.${name}`),
  };
}
