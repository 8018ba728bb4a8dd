/**
 * Makes the nodes of generic tests: one for each test that a properties file writes under a model, seed, snapshot, source
 * or column.
 */
import { isJsonObject, type Json, type JsonObject, messageOf, nodeId } from '../base/index.js';
import { type KeyPath, renderTree, type YamlPath } from '../project/index.js';
import { fromJson, PyDict, type Value } from '../jinja/index.js';
import { configure } from './apply-properties.js';
import { captureDraft, captureText } from './capture.js';
import { asList, mergeConfigCalls } from './config-merge.js';
import { type Draft, newDraft } from './draft.js';
import { staticReference } from './literal-call.js';
import { nameDraft } from './node-names.js';
import { foldersOf } from './node-files.js';
import { type ParseScope, textsOf } from './parse-scope.js';
import { positionIn, type PropertyEntry } from './property-files.js';
import { readTest, testCode, type TestDefinition } from './test-definition.js';
import { testHash, testNames } from './test-names.js';
import { unrenderedCalls } from './unrendered-calls.js';

/** What a test is written under. */
export interface TestTarget {
  readonly entry: PropertyEntry;
  readonly kind: 'node' | 'source';
  /** As it stands in the test's name: `orders`, `orders_v2`, `raw_orders`. */
  readonly nameInTest: string;
  /** A call that gives its relation: `ref('orders')`, `source('raw', 'orders')`. */
  readonly reference: string;
  /** The same, read. */
  readonly refs: Draft['refs'];
  readonly sources: Draft['sources'];
  readonly group: string | null;
}

/** One test as written, and where. */
export interface WrittenTest {
  readonly test: Json;
  readonly path: YamlPath;
  /** As the macro gets it, quoted where it must be; null for a test of the whole. */
  readonly columnName: string | null;
  /** Tags that come from the column, the table and the source. */
  readonly tags: readonly string[];
}

/** Makes the node of a test; what is wrong with it is reported and gives undefined. */
export function genericTest(
  scope: ParseScope,
  target: TestTarget,
  written: WrittenTest,
): Draft | undefined {
  const { entry } = target;
  const position = positionIn(entry, ...written.path);
  const owner = entry.source.owner;
  let definition: TestDefinition | string;
  try {
    definition = readTest(
      written.test,
      written.columnName,
      (text) => scope.renderText(text, owner, entry.source.shownFile),
      scope.project.flags['require_generic_test_arguments_property'] !== false,
    );
  } catch (error) {
    definition = messageOf(error);
  }
  if (typeof definition === 'string') {
    scope.error('manifest/test', `This test cannot be read: ${definition}`, position);
    return undefined;
  }

  const draft = testDraft(target, written, definition, position);
  const isNamed = definition.namespace === null;
  const name = `test_${definition.name}`;
  // dbt looks by the bare name first, whatever package the test is asked of.
  const known = scope.registry.findAnywhere(name, owner.name);
  const macro = isNamed ? known : scope.registry.findIn(definition.namespace ?? '', name);
  if (macro === undefined || known === undefined) {
    scope.error(
      'manifest/unknown-test',
      `There is no test '${isNamed ? '' : `${definition.namespace ?? ''}.`}${definition.name}'.`,
      position,
      {
        nodeId: draft.id,
        hint: `Define a macro test_${definition.name}, or install the package that has it.`,
      },
    );
    return undefined;
  }
  draft.macros = [known.id];
  return fill(scope, draft, target, definition, macro.id) ? draft : undefined;
}

function testDraft(
  target: TestTarget,
  written: WrittenTest,
  definition: TestDefinition,
  position: Draft['position'],
): Draft {
  const { file, owner } = target.entry.source;
  const kwargs: JsonObject = {
    ...definition.args,
    model: `{{ get_where_subquery(${target.reference}) }}`,
  };
  const prefix = definition.namespace === null ? '' : `${definition.namespace}_`;
  const test = `${prefix}${target.kind === 'source' ? 'source_' : ''}${definition.name}`;
  const names =
    definition.customName === null
      ? testNames(test, target.nameInTest, definition.args)
      : { full: definition.customName, short: definition.customName };
  const config: JsonObject =
    names.short !== names.full && !('alias' in definition.config)
      ? { ...definition.config, alias: names.short }
      : definition.config;
  const metadata = { namespace: definition.namespace, name: definition.name, kwargs };
  const draft = newDraft({
    resourceType: 'test',
    id: nodeId(`test.${owner.name}.${names.full}.${testHash(names.full, metadata)}`),
    name: names.full,
    packageName: owner.name,
    path: `${names.short}.sql`,
    originalFilePath: file.originalFilePath,
    // The folders of the properties file below its first, whatever folder the tested node is in.
    fqn: [owner.name, ...foldersOf(file.originalFilePath).slice(1), names.full],
    language: 'sql',
    rawCode: testCode(definition, config),
    checksum: '',
    position,
    file: file.file,
  });
  draft.testMetadata = metadata;
  draft.columnName = written.columnName;
  draft.description = definition.description;
  draft.calls = config;
  draft.unrenderedCalls = config;
  draft.tags = [...new Set([...written.tags, ...textsOf(config['tags'])])];
  return draft;
}

/** dbt reads these two without rendering. */
const BARE = new Set(['macro.dbt.test_not_null', 'macro.dbt.test_unique']);

function fill(
  scope: ParseScope,
  draft: Draft,
  target: TestTarget,
  definition: TestDefinition,
  macroId: string,
): boolean {
  const config = draft.calls;
  draft.group = target.group;
  const [known = macroId] = draft.macros;
  if (BARE.has(known)) {
    draft.refs = target.refs;
    draft.sources = target.sources;
  } else if (known === macroId && isOwnMacro(scope, draft, macroId)) {
    if (!captureArguments(scope, draft, definition.args)) return false;
    draft.refs = [...draft.refs, ...target.refs];
    draft.sources = [...draft.sources, ...target.sources];
    draft.calls = mergeConfigCalls([config, config]);
    draft.unrenderedCalls = unrenderedCalls(draft.rawCode, config, false);
  } else {
    return renderWhole(scope, draft, config, target.group);
  }
  configure(scope, draft);
  draft.group = target.group;
  return nameDraft(scope, draft);
}

/** dbt's own tests refer to nothing but their arguments, so that their macros need not be run. */
function isOwnMacro(scope: ParseScope, draft: Draft, macroId: string): boolean {
  const where = scope.registry.find('get_where_subquery', draft.packageName);
  if (!macroId.startsWith('macro.dbt.') || where?.packageName !== 'dbt') return false;
  draft.macros = [macroId, where.id];
  return true;
}

const LOOKS_LIKE_CALL = /^\s*(?:env_var|ref|var|source|doc)\s*\(.+\)\s*$/su;

/** Collects what the arguments refer to: `to: ref('customers')`. */
function captureArguments(scope: ParseScope, draft: Draft, args: JsonObject): boolean {
  let isSound = true;
  const capture = (text: string): Json => {
    const code = LOOKS_LIKE_CALL.test(text) ? `{{ ${text} }}` : text;
    if (!/\{[{%#]/u.test(code)) return text;
    const literal = staticReference(text);
    if (literal?.kind === 'ref') draft.refs = [...draft.refs, literal.ref];
    else if (literal?.kind === 'source') draft.sources = [...draft.sources, literal.source];
    else {
      const captured = captureText(scope, draft, code);
      isSound &&= captured !== undefined;
      draft.refs = [...draft.refs, ...(captured?.refs ?? [])];
      draft.sources = [...draft.sources, ...(captured?.sources ?? [])];
      draft.macros = [...new Set([...draft.macros, ...(captured?.macros ?? [])])];
    }
    return text;
  };
  renderTree(args, capture, isColumnName);
  return isSound;
}

/** Runs the test's macro as the parser runs any text: it may call `ref()` and `config()` itself. */
function renderWhole(
  scope: ParseScope,
  draft: Draft,
  config: JsonObject,
  group: string | null,
): boolean {
  const kwargs = draft.testMetadata?.kwargs ?? {};
  let isSound = true;
  const found = { refs: draft.refs, sources: draft.sources, macros: draft.macros };
  const rendered = renderTree(
    kwargs,
    (text) => {
      const code = LOOKS_LIKE_CALL.test(text) ? `{{ ${text} }}` : text;
      const captured = captureText(scope, draft, code);
      isSound &&= captured !== undefined;
      found.refs = [...found.refs, ...(captured?.refs ?? [])];
      found.sources = [...found.sources, ...(captured?.sources ?? [])];
      found.macros = [...new Set([...found.macros, ...(captured?.macros ?? [])])];
      return captured?.text ?? text;
    },
    isColumnName,
  );
  if (!isSound) return false;
  const value = fromJson(rendered);
  const extra = new Map<string, Value>([
    ['_dbt_generic_test_kwargs', value instanceof PyDict ? value : new PyDict()],
  ]);
  const ownMacros = draft.macros;
  if (!captureDraft(scope, draft, extra)) return false;
  draft.refs = [...found.refs, ...draft.refs];
  draft.sources = [...found.sources, ...draft.sources];
  draft.macros = [...new Set([...ownMacros, ...found.macros, ...draft.macros])];
  // dbt hears of the config once from the test's definition and once more from the rendered text.
  draft.calls = mergeConfigCalls([config, draft.calls]);
  draft.unrenderedCalls = unrenderedCalls(draft.rawCode, draft.calls, false);
  configure(scope, draft);
  draft.group = group;
  return nameDraft(scope, draft);
}

function isColumnName(path: KeyPath): boolean {
  return path.length === 1 && path[0] === 'column_name';
}

/** Tags of a column: its own and those of its config. */
export function columnTags(column: Json | undefined): readonly string[] {
  if (!isJsonObject(column)) return [];
  const config = column['config'];
  return [
    ...textsOf(column['tags']),
    ...(isJsonObject(config)
      ? asList(config['tags'] ?? []).filter((tag) => typeof tag === 'string')
      : []),
  ];
}
