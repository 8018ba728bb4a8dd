/**
 * What identifies a row of a model, as its constraints or its tests say.
 */
import type { Json, JsonObject, NodeId } from '../base/index.js';
import type { Manifest, ModelNode, TestNode } from '../manifest/index.js';

/**
 * Columns of a primary key by name: of a constraint, else what is tested as unique (alone or together) and not null, else
 * what is tested as unique; empty if nothing tells.
 */
export function primaryKeyOf(
  model: ModelNode,
  manifest: Pick<Manifest, 'nodes' | 'dag'>,
): readonly string[] {
  const declared = model.constraints.find((one) => one['type'] === 'primary_key')?.['columns'];
  if (Array.isArray(declared)) return declared.map(String);
  const column = [...model.columns.values()].find((one) =>
    one.constraints.some((constraint) => constraint['type'] === 'primary_key'),
  );
  if (column !== undefined) return [column.name];
  return testedKey(testsOf(model.id, manifest));
}

function testedKey(tests: readonly TestNode[]): readonly string[] {
  const unique = new Set<string>();
  const notNull = new Set<string>();
  for (const { testMetadata } of tests) {
    if (testMetadata === null) continue;
    const into = UNIQUE.has(testMetadata.name)
      ? unique
      : testMetadata.name === 'not_null'
        ? notNull
        : undefined;
    for (const column of columnsOf(testMetadata.kwargs)) into?.add(column);
  }
  const both = [...unique].filter((name) => notNull.has(name));
  return (both.length > 0 ? both : [...unique]).toSorted();
}

const UNIQUE = new Set(['unique', 'unique_combination_of_columns']);

function columnsOf({ column_name: one, combination_of_columns: many }: JsonObject): string[] {
  if (typeof one === 'string') return [one];
  return Array.isArray(many) ? many.filter((name: Json) => typeof name === 'string') : [];
}

/** Tests of the model itself; those that only look at it as well are not its own. */
function testsOf(id: NodeId, { dag, nodes }: Pick<Manifest, 'nodes' | 'dag'>): readonly TestNode[] {
  return (dag.children.get(id) ?? [])
    .map((child) => nodes.get(child))
    .filter((node) => node?.resourceType === 'test')
    .filter((node) => node.attachedNode === id);
}
