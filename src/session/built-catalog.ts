/**
 * The catalog of `docs generate` as dbt asks for it: one query a database, through the adapter's macro.
 */
import type { NodeId } from '../base/index.js';
import { type Compiler, drive } from '../compile/index.js';
import { type PyRelation, PyTable } from '../context/index.js';
import { toText, type Value } from '../jinja/index.js';
import type { ManifestNode } from '../manifest/index.js';
import type { CatalogColumnRow } from './api.js';
import type { Workplace } from './workplace.js';

/** With more relations than this dbt asks for whole schemas. */
const MAX_RELATIONS = 100;

export interface CatalogOptions {
  /** Nodes and sources to ask for; absent, all schemas that the project has something in. */
  readonly selected?: readonly NodeId[];
  readonly signal: AbortSignal;
}

/** One entry a column of the relations that nodes and sources of the project have in the warehouse. */
export async function readCatalog(
  workplace: Workplace,
  { selected, signal }: CatalogOptions,
): Promise<readonly CatalogColumnRow[]> {
  const compiler = workplace.compiler('generate', {});
  const nodes = [...compiler.input.manifest.nodes.values()];
  const wanted = new Set(selected);
  const asked = selected === undefined ? nodes : nodes.filter(({ id }) => wanted.has(id));
  return await workplace.withDriver(signal, async (driver) => {
    const rows: CatalogColumnRow[] = [];
    const found = catalogRelations(compiler, asked);
    const isExact = selected !== undefined && found.length <= MAX_RELATIONS;
    const relations = isExact ? found : catalogRelations(compiler, nodes);
    for (const some of byDatabase(relations))
      rows.push(...(await drive(catalogOf(compiler, some, isExact), driver, { signal })));
    return rows;
  });
}

function catalogRelations(
  compiler: Compiler,
  nodes: readonly ManifestNode[],
): readonly PyRelation[] {
  return nodes
    .flatMap((node) => {
      switch (node.resourceType) {
        case 'source':
          return [compiler.sourceRelation(node)];
        case 'model':
          return node.materialized === 'ephemeral' ? [] : [compiler.relationOf(node)];
        case 'seed':
        case 'snapshot':
          return [compiler.relationOf(node)];
        case 'test':
          return node.relationName === null ? [] : [compiler.relationOf(node)];
        default:
          return [];
      }
    })
    .filter((relation) => relation !== null);
}

function byDatabase(relations: readonly PyRelation[]): readonly (readonly PyRelation[])[] {
  const databases = new Map<string, PyRelation[]>();
  for (const relation of relations) {
    const key = relation.folded('database');
    const others = databases.get(key);
    if (others === undefined) databases.set(key, [relation]);
    else others.push(relation);
  }
  return [...databases.values()];
}

function* catalogOf(
  compiler: Compiler,
  relations: readonly PyRelation[],
  isExact: boolean,
): Generator<unknown, readonly CatalogColumnRow[], unknown> {
  const schema = relations[0]?.with({ type: null, informationSchemaView: '' });
  if (schema === undefined) return [];
  const context = compiler.operationContext(compiler.input.facts.projectName);
  const macro = context.macroNamed(isExact ? 'get_catalog_relations' : 'get_catalog');
  const names = new Set(relations.map(({ fields }) => (fields.schema ?? '').toLowerCase()));
  const wanted: Value = isExact ? [...relations] : [...names];
  const table = yield* macro.callEffects({ args: [schema, wanted], kwargs: new Map() });
  if (!(table instanceof PyTable)) throw new Error('get_catalog gave no table');
  return table.rows.map(({ values }) => {
    const read = (name: string): string => {
      const index = table.columnNames.findIndex((column) => column.toLowerCase() === name);
      return toText(values[index] ?? '');
    };
    return {
      database: read('table_database'),
      schema: read('table_schema'),
      identifier: read('table_name'),
      relationType: read('table_type'),
      column: read('column_name'),
      columnType: read('column_type'),
    };
  });
}
