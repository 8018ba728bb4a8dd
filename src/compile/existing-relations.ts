/**
 * What exists, asked as dbt asks it: through the macros that an adapter lists schemas and relations with.
 */
import { messageOf } from '../base/index.js';
import { createRelation, PyRelation, PyRow, PyTable, type RelationType } from '../context/index.js';
import { iterable, toText, type Value } from '../jinja/index.js';
import type { ManifestNode } from '../manifest/index.js';
import type { Compiler } from './compiler.js';

/** What Snowflake says of a schema that is not there. */
const ABSENT = '002043 (02000)';

/** The schemas of nodes that have relations, each once, in the order of the nodes. */
export function cachedSchemas(
  compiler: Compiler,
  nodes: Iterable<ManifestNode>,
): readonly PyRelation[] {
  const schemas = new Map<string, PyRelation>();
  for (const node of nodes) {
    if (!isRelational(compiler, node)) continue;
    const relation = compiler.relationOf(node);
    if (relation === null) continue;
    const schema = relation.with({
      identifier: null,
      type: null,
      include: { database: true, schema: true, identifier: false },
    });
    if (!schemas.has(schema.render())) schemas.set(schema.render(), schema);
  }
  return [...schemas.values()];
}

function isRelational(compiler: Compiler, node: ManifestNode): boolean {
  switch (node.resourceType) {
    case 'model':
      return node.materialized !== 'ephemeral';
    case 'seed':
    case 'snapshot':
      return true;
    case 'test':
      return node.relationName !== null || compiler.input.facts.flags['STORE_FAILURES'] === true;
    default:
      return false;
  }
}

/** Makes the schemas that are missing. dbt asks for the schemas of a database once for each schema it wants there. */
export function* createSchemas(
  compiler: Compiler,
  schemas: readonly PyRelation[],
): Generator<unknown, void, unknown> {
  const { projectName } = compiler.input.facts;
  const existing = new Set<string>();
  for (const wanted of schemas) {
    const database = wanted.with({
      include: { database: true, schema: false, identifier: false },
    });
    const listed = yield* call(compiler, projectName, 'list_schemas', [database.render()]);
    for (const row of iterable(listed)) {
      existing.add(keyOf(wanted.fields.database, toText(cell(row, 'name'))));
    }
  }
  for (const schema of schemas) {
    const key = keyOf(schema.fields.database, schema.fields.schema ?? '');
    if (existing.has(key)) continue;
    existing.add(key);
    yield* call(compiler, projectName, 'create_schema', [schema]);
  }
}

/** Lists the relations of a schema, functions not among them. An absent schema has none. */
export function* listSchemaRelations(
  compiler: Compiler,
  schema: PyRelation,
): Generator<unknown, readonly PyRelation[], unknown> {
  const { projectName } = compiler.input.facts;
  try {
    const objects = yield* call(compiler, projectName, 'list_relations_without_caching', [schema]);
    yield* call(compiler, projectName, 'list_function_relations_without_caching', [schema]);
    return objects instanceof PyTable
      ? objects.rows.map((row) => listedRelation(compiler, row))
      : [...iterable(objects)].filter((one) => one instanceof PyRelation);
  } catch (error) {
    if (messageOf(error).includes(ABSENT)) return [];
    throw error;
  }
}

function listedRelation(compiler: Compiler, row: Value): PyRelation {
  const isSet = (name: string): boolean => /^y(?:es)?$/iu.test(toText(cell(row, name)));
  return createRelation({
    dialect: compiler.input.facts.dialect,
    database: toText(cell(row, 'database_name')),
    schema: toText(cell(row, 'schema_name')),
    identifier: toText(cell(row, 'name')),
    type: listedType(toText(cell(row, 'kind')).toLowerCase(), isSet('is_dynamic')),
    quote: { database: true, schema: true, identifier: true },
    ...(isSet('is_iceberg') ? { isIceberg: true } : {}),
  });
}

function listedType(kind: string, isDynamic: boolean): RelationType {
  if (kind === 'table') return isDynamic ? 'dynamic_table' : 'table';
  return kind === 'view' ? 'view' : 'external';
}

/** A cell by its column's name, whatever the case the warehouse gave it. */
function cell(row: Value, name: string): Value {
  if (!(row instanceof PyRow)) return null;
  const index = row.names.findIndex((column) => column.toLowerCase() === name);
  return index === -1 ? null : (row.values[index] ?? null);
}

function keyOf(database: string | null, schema: string): string {
  return `${database ?? ''}.${schema}`.toLowerCase();
}

function* call(
  compiler: Compiler,
  packageName: string,
  name: string,
  args: readonly Value[],
): Generator<unknown, Value, unknown> {
  const macro = compiler.operationContext(packageName).macroNamed(name);
  return yield* macro.callEffects({ args, kwargs: new Map() });
}
