/**
 * Rows to look at: of a relation, of a node's query, or of what was typed.
 */
import { DagbookError } from '../base/index.js';
import { drive } from '../compile/index.js';
import { classifyStatement, tokenize } from '../sql/index.js';
import type { Connection, ResultPage } from '../warehouse/index.js';
import type { CompiledNode, PreviewRequest, Signal } from './api.js';
import { compiledNode, compileFailure } from './compiled-node.js';
import type { Workplace } from './workplace.js';

/** Streams rows page by page; leaving the loop ends the query and lets go of the warehouse. */
export async function* streamRows(
  workplace: Workplace,
  request: PreviewRequest,
  options: Signal & { readonly pageRows: number; readonly maxRows?: number },
): AsyncIterable<ResultPage> {
  const sql = await previewSql(workplace, request, options);
  const isMeant = request.kind === 'sql' && request.isMeant === true;
  if (!isMeant) await workplace.guard.checkStatement(sql);
  const limited =
    options.maxRows === undefined || !takesLimit(sql) ? sql : `${sql}\nlimit ${options.maxRows}`;
  const { warehouse, release } = workplace.lease.acquire();
  let connection: Connection | null = null;
  try {
    connection = await warehouse.connect({ name: 'preview', signal: options.signal });
    yield* connection.stream(limited, { signal: options.signal, pageRows: options.pageRows });
  } finally {
    await connection?.close();
    if (classifyStatement(sql).kind !== 'query') workplace.forgetRelations();
    release();
  }
}

/** Whether `limit` may be put behind a statement: it is a query, and none that limits its own rows. */
function takesLimit(sql: string): boolean {
  if (classifyStatement(sql).kind !== 'query') return false;
  let depth = 0;
  return !tokenize(sql).some((token) => {
    if (token.text === '(') depth += 1;
    if (token.text === ')') depth -= 1;
    return depth === 0 && token.kind === 'word' && /^(?:limit|fetch)$/iu.test(token.text);
  });
}

/** The statement that a preview sends. @throws DagbookError preview/no-relation; what compiling says. */
export async function previewSql(
  workplace: Workplace,
  request: PreviewRequest,
  options: Signal,
): Promise<string> {
  if (request.kind === 'sql') {
    if (!request.isTemplate) return request.sql;
    return sqlOf(await compileText(workplace, request.sql.trim().replace(/;+\s*$/u, ''), options));
  }
  const node = workplace.node(request.nodeId);
  if (request.from === 'query' && 'rawCode' in node)
    return sqlOf(await compileOne(workplace, node.id, options));
  const compiler = workplace.compiler('show', {});
  const relation =
    node.resourceType === 'source' ? compiler.sourceRelation(node) : compiler.relationOf(node);
  if (relation === null) {
    throw new DagbookError('preview/no-relation', `${node.name} makes no relation to look at.`, {
      exitCode: 1,
    });
  }
  return `select * from ${relation.render()}`;
}

/** Compiles a node; what goes wrong is in its diagnostics. */
export async function compileOne(
  workplace: Workplace,
  id: CompiledNode['nodeId'],
  { signal, selected = [id] }: Signal & { readonly selected?: readonly CompiledNode['nodeId'][] },
): Promise<CompiledNode> {
  const node = workplace.node(id);
  if (!('rawCode' in node)) return { nodeId: id, compiledSql: null, diagnostics: [] };
  const deferred = await workplace.deferred({
    nodes: [id],
    selected,
    buildsSelected: false,
    signal,
  });
  const compiler =
    deferred.size === 0
      ? workplace.standingCompiler(selected)
      : workplace.compiler('compile', {}, selected, { deferred });
  return await workplace.withDriver(signal, async (driver) => {
    await workplace.listAsDbt(compiler, driver, { signal });
    try {
      const { sql } = await drive(compiler.compile(node), driver, { signal });
      return compiledNode(id, sql);
    } catch (error) {
      signal.throwIfAborted();
      return compileFailure(error, node);
    }
  });
}

/** Compiles SQL that was typed. */
export async function compileText(
  workplace: Workplace,
  sql: string,
  { signal }: Signal,
): Promise<CompiledNode> {
  const deferred = await workplace.deferred({
    nodes: null,
    selected: [],
    buildsSelected: false,
    signal,
  });
  const compiler = workplace.compiler('compile', {}, [], { deferred });
  return await workplace.withDriver(signal, async (driver) => {
    await workplace.listAsDbt(compiler, driver, { signal });
    try {
      const compiled = await drive(compiler.compileInline(sql), driver, { signal });
      return compiledNode(null, compiled.sql);
    } catch (error) {
      signal.throwIfAborted();
      return compileFailure(error, null);
    }
  });
}

function sqlOf(compiled: CompiledNode): string {
  if (compiled.compiledSql !== null) return compiled.compiledSql;
  const [first] = compiled.diagnostics;
  throw new DagbookError(
    first?.code ?? 'compile/failed',
    first?.message ?? 'It does not compile.',
    {
      exitCode: 1,
      ...(first?.hint === undefined ? {} : { hint: first.hint }),
      ...(first?.position === undefined ? {} : { position: first.position }),
    },
  );
}
