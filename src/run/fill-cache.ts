/**
 * The relation cache as dbt fills it at the start of every command: all schemas of the project, listed by macros.
 */
import {
  cachedSchemas,
  type Compiler,
  drive,
  listSchemaRelations,
  type RelationCache,
} from '../compile/index.js';
import { createRelation } from '../context/index.js';
import type { RunDriver } from './run-driver.js';

/** Forgets what is cached, and lists every schema that an enabled node has; one not among them is listed when asked for. */
export async function fillAsDbt(
  compiler: Compiler,
  cache: RelationCache,
  driver: RunDriver,
  options: { readonly signal: AbortSignal },
): Promise<void> {
  const { dialect, quoting } = compiler.input.facts;
  const known = cachedSchemas(compiler, compiler.input.manifest.nodes.values());
  cache.listThrough(async ({ database, schema }, { signal }) => {
    const relation =
      known.find(({ fields }) => fields.database === database && fields.schema === schema) ??
      createRelation({ dialect, database, schema, identifier: null, quote: quoting });
    const listed = await drive(listSchemaRelations(compiler, relation), driver, { signal });
    // What is listed counts where it says it is.
    return listed.filter(
      (one) =>
        one.folded('database') === relation.folded('database') &&
        one.folded('schema') === relation.folded('schema'),
    );
  });
  for (const { fields } of known) {
    await cache.list({ database: fields.database ?? '', schema: fields.schema ?? '' }, options);
  }
}
