/**
 * Unit tests: the tested model compiled over given rows, which stand in as CTEs.
 */
import {
  DagbookError,
  isJsonObject,
  type Json,
  type JsonObject,
  type NodeId,
} from '../base/index.js';
import {
  columnFromDescription,
  createRelation,
  ephemeralName,
  type PyRelation,
} from '../context/index.js';
import {
  fromJson,
  parseTemplate,
  PyDict,
  renderEffects,
  toText,
  type Value,
} from '../jinja/index.js';
import {
  type ManifestNode,
  type ModelNode,
  resolveRef,
  resolveSource,
  type UnitTestNode,
  type UnitTestRows,
} from '../manifest/index.js';
import { injectCtes } from '../sql/index.js';
import type { Compiler } from './compiler.js';
import { ResultsStore } from './results-store.js';
import { runtimeEnvironment } from './runtime-context.js';

export interface CompiledUnitTest {
  /** The model's query over the given rows. */
  readonly sql: string;
  readonly expectedRows: readonly JsonObject[];
  /** Set instead of rows where the expectation is a query. */
  readonly expectedSql: string | null;
  readonly model: ModelNode;
}

/** A given input: the CTE that stands for it, and what makes it. */
interface Input {
  readonly id: NodeId;
  readonly name: string;
  readonly node: ManifestNode;
  readonly given: UnitTestRows;
}

/** Compiles a unit test. Asks the warehouse for the columns of its inputs, as dbt does. */
export function* compileUnitTest(
  compiler: Compiler,
  test: UnitTestNode,
): Generator<unknown, CompiledUnitTest, unknown> {
  const model = compiler.node(test.testedNode);
  if (model.resourceType !== 'model') {
    throw new DagbookError(
      'compile/unit-test',
      `${test.name} tests ${test.testedNode}, which is not a model.`,
      { exitCode: 1 },
    );
  }
  const inputs: Input[] = [];
  let self: Input | null = null;
  for (const given of test.given) {
    const input = givenInput(compiler, test, model, given);
    inputs.push(input);
    if (input.id === model.id) self = input;
  }

  const known = new Map(inputs.map((input) => [input.id, input]));
  const used: Input[] = [];
  const answer = (id: NodeId): Value | undefined => {
    const input = known.get(id);
    if (input === undefined) return undefined;
    if (!used.includes(input)) used.push(input);
    return cteRelation(compiler, input.name);
  };
  const ephemeral: NodeId[] = [];
  const context = compiler.contextOf(model, new ResultsStore(), {
    references: { ref: answer, source: answer },
    onEphemeral: (id) => ephemeral.push(id),
    overrides: {
      macros: overrideMacros(test.overrides['macros']),
      vars: objectOf(test.overrides['vars']),
      envVars: objectOf(test.overrides['env_vars']),
      ...(self === null ? {} : { self: cteRelation(compiler, self.name) }),
    },
  });
  const own = yield* renderEffects(
    parseTemplate(model.rawCode, { name: model.originalFilePath }),
    context,
    runtimeEnvironment,
  );
  const { ctes } = yield* compiler.withCtes('', ephemeral);
  const fixtures: { readonly name: string; readonly sql: string }[] = [];
  // As dbt does it: the model's own rows first, then the inputs in the order of their use; those not used are not asked for.
  const ordered = self === null ? used : [self, ...used.filter((one) => one !== self)];
  for (const input of ordered) {
    fixtures.push({ name: input.name, sql: yield* givenSql(compiler, model, input) });
  }
  const all = [...fixtures, ...ctes];
  const sql = all.length === 0 ? own : injectCtes(own, all);
  const { rows } = test.expect;
  return typeof rows === 'string'
    ? { sql, expectedRows: [], expectedSql: rows, model }
    : { sql, expectedRows: rows, expectedSql: null, model };
}

function givenInput(
  compiler: Compiler,
  test: UnitTestNode,
  model: ModelNode,
  given: UnitTestRows,
): Input {
  const node = inputNode(compiler, test, model, given.input ?? '');
  const name =
    node.resourceType === 'source'
      ? ephemeralName(`${node.sourceName}__${node.name}`)
      : ephemeralName('alias' in node ? node.alias : node.name);
  return { id: node.id, name, node, given };
}

function* givenSql(
  compiler: Compiler,
  model: ModelNode,
  { node, given }: Input,
): Generator<unknown, string, unknown> {
  if (typeof given.rows === 'string') return given.rows;
  const relation =
    node.resourceType === 'source' ? compiler.sourceRelation(node) : compiler.relationOf(node);
  if (relation === null) throw new Error(`${node.id} has no relation`);
  return yield* fixtureSql(compiler, model, node, relation, given.rows);
}

/** The select that makes the given rows, typed as the input's columns are. */
function* fixtureSql(
  compiler: Compiler,
  model: ModelNode,
  input: ManifestNode,
  relation: PyRelation,
  rows: readonly JsonObject[],
): Generator<unknown, string, unknown> {
  const context = compiler.contextOf(model, new ResultsStore());
  // The macro asks for the columns of `this`, which is the input's relation here.
  context.set('this', relation);
  context.set(
    'model',
    fromJson({ name: input.name, unique_id: input.id, resource_type: input.resourceType }),
  );
  const types = declaredTypes(input, compiler);
  const macro = context.macroNamed('get_fixture_sql');
  const text = yield* macro.callEffects({ args: [fromJson([...rows]), types], kwargs: new Map() });
  return toText(text).trim();
}

/** Columns of an ephemeral input, which no warehouse can be asked for: as its yaml declares them. */
function declaredTypes(input: ManifestNode, compiler: Compiler): Value {
  if (input.resourceType !== 'model' || input.materialized !== 'ephemeral') return null;
  const typed = [...input.columns.values()].filter((column) => column.dataType !== null);
  if (typed.length === 0) return null;
  return PyDict.fromEntries(
    typed.map((column): [Value, Value] => [
      column.name,
      columnFromDescription(compiler.input.facts.dialect, column.name, column.dataType ?? '')
        .dataType,
    ]),
  );
}

function inputNode(
  compiler: Compiler,
  test: UnitTestNode,
  model: ModelNode,
  input: string,
): ManifestNode {
  const { manifest } = compiler.input;
  const text = input.trim();
  if (text === 'this') return model;
  const call = /^(?<kind>ref|source)\s*\((?<args>.*)\)$/su.exec(text);
  const args = (call?.groups?.['args'] ?? '').split(',').map((arg) => arg.trim());
  const names = args.filter((arg) => /^['"]/u.test(arg)).map((arg) => arg.slice(1, -1));
  const versioned = args
    .map((arg) => /^(?:v|version)\s*=\s*['"]?(?<value>[^'"]+)['"]?$/u.exec(arg)?.groups?.['value'])
    .find((value) => value !== undefined);
  const [first = '', second] = names;
  const id =
    call?.groups?.['kind'] === 'source'
      ? resolveSource(manifest, first, second ?? '', test.packageName)
      : resolveRef(
          manifest,
          {
            name: second ?? first,
            packageName: second === undefined ? null : first,
            version: versioned ?? null,
          },
          test.packageName,
        );
  if (id === undefined) {
    throw new DagbookError(
      'compile/unit-test-input',
      `Unit test '${test.name}' is given ${input}, which was not found.`,
      {
        exitCode: 1,
        hint: "Write it as the model does: ref('model') or source('source', 'table').",
        position: { file: test.originalFilePath, line: 1, column: 1 },
      },
    );
  }
  return compiler.node(id);
}

function cteRelation(compiler: Compiler, name: string): PyRelation {
  return createRelation({
    dialect: compiler.input.facts.dialect,
    database: null,
    schema: null,
    identifier: name,
    type: 'cte',
  });
}

function overrideMacros(json: Json | undefined): ReadonlyMap<string, Value> {
  return new Map(Object.entries(objectOf(json)).map(([name, value]) => [name, fromJson(value)]));
}

function objectOf(json: Json | undefined): JsonObject {
  return isJsonObject(json) ? json : {};
}
