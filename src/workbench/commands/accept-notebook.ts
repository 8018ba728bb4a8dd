/**
 * What Enter does in the notebook's dialogs, and opening a model as cells.
 */
import { DagbookError, type NodeId } from '../../base/index.js';
import { absolutePath, isFile, writeAtomic } from '../../platform/index.js';
import { showError, toast } from '../core.js';
import { liveGraph } from '../notebook/live-graph.js';
import { modelNotebook, modelText, modelYaml } from '../notebook/model-cells.js';
import { viewOf } from '../notebook/notebook-state.js';
import type { Workbench } from '../workbench.js';

export function acceptParameter(workbench: Workbench): void {
  const { overlay, notebook } = workbench.store.get();
  if (overlay?.kind !== 'parameter') return;
  workbench.store.update((state) => ({ ...state, overlay: null }));
  const cell = notebook.open?.notebook.cells.find(
    (one) => one.kind === 'param' && one.name === overlay.name,
  );
  const own = cell?.kind === 'param' ? cell.fallback : null;
  const text = overlay.field.text.trim();
  workbench.notebooks.give(overlay.name, text === '' && own !== null ? own : text);
}

/** Writes a model and its properties; what is there already stays. */
export function acceptPromotion(workbench: Workbench): void {
  const { overlay, notebook } = workbench.store.get();
  const { open, index } = notebook;
  const cell = open?.notebook.cells[index];
  if (overlay?.kind !== 'promote' || open === null || cell?.kind !== 'sql') return;
  workbench.store.update((state) => ({ ...state, overlay: null }));
  try {
    const path = overlay.field.text.trim().replace(/(?:\.sql)?$/u, '.sql');
    const name = /(?<name>\w+)\.sql$/u.exec(path)?.groups?.['name'] ?? '';
    const { session } = workbench;
    const file = absolutePath(path, session.facts.projectDir);
    const properties = file.replace(/\.sql$/u, '.yml');
    refuse(workbench, name, [file, properties]);
    const { values } = liveGraph(open.notebook, open.given, session);
    const result = viewOf(open, index).outcome?.result;
    const columns = result?.kind === 'rows' ? result.answer.columns : [];
    writeAtomic(file, modelText(cell, open.notebook, values));
    writeAtomic(properties, modelYaml(name, columns));
    session.reload();
    toast(workbench, `Wrote ${path} and its properties: / finds ${name}.`);
  } catch (error) {
    showError(workbench, 'model', error);
  }
}

function refuse(workbench: Workbench, name: string, files: readonly string[]): void {
  const taken = files.find((file) => isFile(file));
  const { nodes } = workbench.session.manifest;
  const isKnown = [...nodes.values()].some((node) => node.name === name);
  if (name !== '' && taken === undefined && !isKnown) return;
  const what = name === '' ? 'A model needs a name' : `${taken ?? name} is there already`;
  throw new DagbookError('notebook/model-exists', `${what}.`, { hint: 'Choose another name.' });
}

/** Opens a model as a notebook of one cell a CTE. */
export function openAsNotebook(workbench: Workbench, id: NodeId): void {
  const { session } = workbench;
  const node = session.manifest.nodes.get(id);
  const source = session.sourceText(id);
  if (node === undefined || source === null) return;
  const file = `notebooks/${node.name}_cells.sql`;
  const open = (sql: string): void => {
    workbench.notebooks.create(file, modelNotebook(node.name, sql));
  };
  // Blocks of Jinja may stand across CTEs; and `this` and `config` mean nothing in a notebook.
  if (!/\{%|\bconfig\(|\bthis\b|is_incremental/u.test(source)) {
    open(source);
    return;
  }
  session.compile(id, { signal: AbortSignal.timeout(COMPILE_PATIENCE_MS) }).then(
    ({ compiledSql, diagnostics }) => {
      if (compiledSql !== null) open(compiledSql);
      else toast(workbench, diagnostics[0]?.message ?? 'It does not compile.', 'error');
    },
    (error: unknown) => showError(workbench, 'notebook', error),
  );
}

const COMPILE_PATIENCE_MS = 60_000;
