/**
 * The `:` line: the verbs of the registry, any command by its id, or a query.
 */
import { assertNever, DagbookError, type NodeId, nodeId } from '../../base/index.js';
import type { ManifestNode } from '../../manifest/index.js';
import { showError, showMessage, toast } from '../core.js';
import { dialectOf } from '../dialect-of.js';
import { METADATA_TABLES } from '../metadata/metadata-rows.js';
import { cteNamed } from '../node/cte-list.js';
import { readVerb, type Verb } from '../repl/verb.js';
import { goTo, patch } from '../state.js';
import { fieldOf } from '../text-field.js';
import type { Workbench } from '../workbench.js';
import { exportTo } from './export-to.js';
import { filterOf } from './filter.js';

const QUERY = /^\s*(?:(?:select|with|from|values|describe|desc|pivot)\b|\(|\{\{)/iu;

/** Whether a line is SQL rather than a command. */
export function isQuery(line: string): boolean {
  return QUERY.test(line);
}

/** Asks a query; the result is called by its first words. */
export function openQuery(workbench: Workbench, sql: string): void {
  const words = sql.replaceAll(/\s+/gu, ' ').trim();
  const title = words.length > MAX_TITLE ? `${words.slice(0, MAX_TITLE - 1)}…` : words;
  workbench.previewer.open({ kind: 'sql', sql, isTemplate: true }, title);
}

const MAX_TITLE = 40;

/** Does what a line says. @throws DagbookError repl/unknown-verb, repl/bad-verb, workbench/bad-flag. */
export function doCommandLine(workbench: Workbench, line: string): void {
  if (isQuery(line)) {
    openQuery(workbench, line);
    return;
  }
  const command = workbench.commands.find(({ id }) => id === line.trim());
  if (command === undefined) doVerb(workbench, readVerb(workbench.commands, line, 'screen'));
  else command.run(workbench);
}

/** Does what a verb says, on the screen that it is of. @throws DagbookError for a name that is not there. */
export function doVerb(workbench: Workbench, verb: Verb): void {
  switch (verb.kind) {
    case 'run':
      workbench.runner.request(verb.request);
      return;
    case 'plan':
      workbench.runner.showPlan(verb.request);
      return;
    case 'ls':
      workbench.store.update((state) =>
        patch(goTo(state, 'graph'), 'graph', {
          filter: filterOf(workbench.session, verb.select.join(' '), null),
        }),
      );
      return;
    case 'compile':
      if (verb.name !== null)
        workbench.loader.open(nodeCalled(workbench, verb.name).id, 'compiled');
      else workbench.commands.find(({ id }) => id === 'node.compiled')?.run(workbench);
      return;
    case 'columns':
      workbench.loader.open(nodeCalled(workbench, verb.name).id, 'columns');
      return;
    case 'ctes':
      openSteps(workbench, nodeCalled(workbench, verb.name).id, verb.cte);
      return;
    case 'diff':
      workbench.loader.open(nodeCalled(workbench, verb.name).id, 'diff');
      return;
    case 'tables':
      showMessage(
        workbench,
        "tables of the project's own metadata",
        METADATA_TABLES.map(({ name, title }) => `select * from dbt.${name}   ${title}`),
        false,
      );
      return;
    case 'export':
      exportTo(workbench, verb.words);
      return;
    case 'open':
      workbench.finder.open(verb.text);
      return;
    case 'notebook':
      workbench.notebooks.open(verb.file);
      return;
    case 'compare':
      compare(workbench, verb.target);
      return;
    case 'save':
      workbench.notebooks.save(verb.path ?? undefined);
      return;
    case 'reload':
      workbench.commands.find(({ id }) => id === 'reload')?.run(workbench);
      return;
    case 'help':
      workbench.store.update((state) => ({
        ...state,
        overlay: { kind: 'help', field: fieldOf(''), scroll: 0 },
      }));
      return;
    case 'quit':
      workbench.host.quit();
      return;
    case 'limit':
    case 'output':
      throw new Error(`${verb.kind} is read only in the REPL.`);
    default:
      assertNever(verb);
  }
}

/** The CTEs of a node, or the rows of one of them. */
function openSteps(workbench: Workbench, id: NodeId, cte: string | null): void {
  if (cte === null) {
    workbench.loader.open(id, 'ctes');
    return;
  }
  const { session, previewer } = workbench;
  const name = session.manifest.nodes.get(id)?.name ?? id;
  session
    .compile(id, { signal: AbortSignal.timeout(COMPILE_PATIENCE_MS) })
    .then(({ compiledSql, diagnostics }) => {
      if (compiledSql === null) {
        toast(workbench, diagnostics[0]?.message ?? 'It does not compile.', 'error');
        return;
      }
      const { sql } = cteNamed(compiledSql, dialectOf(session), cte);
      previewer.open({ kind: 'sql', sql, isTemplate: false }, `${name} · ${cte}`);
    })
    .catch((error: unknown) => showError(workbench, 'CTE', error));
}

const COMPILE_PATIENCE_MS = 60_000;

function compare(workbench: Workbench, target: string): void {
  const { request } = workbench.store.get().data;
  if (request?.kind === 'node') workbench.analyst.compareWithTarget(request.nodeId, target);
  else toast(workbench, 'Look at the rows of a node first: p shows them.', 'error');
}

/** @throws DagbookError repl/unknown-node. */
function nodeCalled({ session }: Workbench, name: string): ManifestNode {
  const { nodes } = session.manifest;
  const byId = nodes.get(nodeId(name));
  const named = [...nodes.values()].filter((node) => node.name === name);
  const node = byId ?? named.find(({ resourceType }) => resourceType === 'model') ?? named[0];
  if (node !== undefined) return node;
  throw new DagbookError('repl/unknown-node', `There is no node named ${name}.`, {
    hint: '/ finds nodes by some of their letters.',
    exitCode: 1,
  });
}
