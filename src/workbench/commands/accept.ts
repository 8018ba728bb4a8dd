/**
 * What Enter does in each dialog.
 */
import { nodeId } from '../../base/index.js';
import { type Command, contextsOf } from '../command.js';
import { showError, showMessage, toast } from '../core.js';
import { columnMatches } from '../grid/column-matches.js';
import { gridView } from '../grid/grid-view.js';
import { moveCursor } from '../grid/grid.js';
import { walkTo } from '../graph-moves.js';
import { SCREEN_LIST } from '../screen-list.js';
import { goTo, patch } from '../state.js';
import type { Workbench } from '../workbench.js';
import { splitWords } from '../repl/run-flags.js';
import { doCommandLine, isQuery, openQuery } from './command-line.js';
import { exportTo } from './export-to.js';
import { filterOf } from './filter.js';

/** Opens, or marks, what the finder's cursor is on. */
export function acceptFound(workbench: Workbench, how: 'open' | 'node' | 'mark'): void {
  const { overlay } = workbench.store.get();
  if (overlay?.kind !== 'finder') return;
  const item = overlay.found[overlay.index]?.item;
  if (item === undefined) return;
  if (how !== 'mark') workbench.store.update((state) => ({ ...state, overlay: null }));
  switch (item.kind) {
    case 'node':
    case 'column':
      acceptNode(workbench, item.target, item.kind === 'column' ? 'columns' : null, how);
      return;
    case 'tag':
      applyFilter(workbench, item.target);
      return;
    case 'notebook':
      workbench.notebooks.open(item.target);
      return;
    case 'macro':
      showMacro(workbench, item.target);
      return;
    case 'recent':
      doCommandLine(workbench, item.target);
      return;
    default: {
      const command = workbench.commands.find(({ id }) => id === item.target);
      if (command === undefined) return;
      goWhereItActs(workbench, command);
      const reason = command.disabledReason?.(workbench) ?? null;
      if (reason === null) command.run(workbench);
      else toast(workbench, reason, 'error');
    }
  }
}

/** A command of another screen, found in the palette, is done there: its dialog would be lost here. */
function goWhereItActs(workbench: Workbench, command: Command): void {
  const here = contextsOf(workbench.store.get());
  if (command.when.some((context) => here.includes(context))) return;
  const screen = SCREEN_LIST.find(({ name }) => command.when.includes(name));
  if (screen !== undefined) workbench.store.update((state) => goTo(state, screen.name));
}

/** The text of a macro, with where it stands. */
function showMacro(workbench: Workbench, id: string): void {
  const macro = workbench.session.macros.find((one) => one.id === id);
  if (macro === undefined) return;
  const title = `${macro.packageName}.${macro.name} · ${macro.path}:${macro.line}`;
  showMessage(workbench, title, macro.sql.split('\n'), false);
}

function acceptNode(
  workbench: Workbench,
  target: string,
  tab: 'columns' | null,
  how: 'open' | 'node' | 'mark',
): void {
  const id = nodeId(target);
  if (how === 'mark') {
    workbench.store.update((state) => {
      const marks = new Set(state.graph.marks);
      if (!marks.delete(id)) marks.add(id);
      return patch(state, 'graph', { marks });
    });
    return;
  }
  workbench.settings.rememberNode(id);
  const isElsewhere = workbench.store.get().screen !== 'graph';
  workbench.store.update((state) => patch(state, 'graph', walkTo(state.graph, id)));
  // On the graph the finder moves the cursor; on the other screens it opens the node.
  if (tab !== null || how === 'node' || isElsewhere) {
    workbench.loader.open(id, tab ?? (how === 'node' ? 'compiled' : undefined));
  }
}

function applyFilter(workbench: Workbench, text: string): void {
  workbench.store.update((state) => {
    const filter = filterOf(workbench.session, text, state.graph.filter);
    return { ...patch(goTo(state, 'graph'), 'graph', { filter }), overlay: null };
  });
}

export function acceptCommandLine(workbench: Workbench): void {
  const { overlay } = workbench.store.get();
  if (overlay?.kind !== 'command-line') return;
  const line = overlay.field.text.trim();
  workbench.store.update((state) => ({ ...state, overlay: null }));
  if (line === '') return;
  workbench.settings.rememberLine(isQuery(line) ? 'queries' : 'commands', line);
  workbench.finder.forget();
  try {
    doCommandLine(workbench, line);
  } catch (error) {
    showError(workbench, 'command', error);
  }
}

export function acceptQuery(workbench: Workbench): void {
  const { overlay } = workbench.store.get();
  if (overlay?.kind !== 'query') return;
  const sql = overlay.field.text.trim();
  workbench.store.update((state) => ({ ...state, overlay: null }));
  if (sql === '') return;
  workbench.settings.rememberLine('queries', sql);
  openQuery(workbench, sql);
}

/** Keeps the filter and goes to its first node, if the cursor is outside of it. */
export function acceptSelector(workbench: Workbench): void {
  workbench.store.update((state) => {
    const { filter, centre } = state.graph;
    const closed = { ...state, overlay: null };
    if (filter === null) return closed;
    workbench.settings.rememberLine('selectors', filter.text);
    if (centre !== null && filter.ids.has(centre)) return closed;
    const first = [...workbench.session.manifest.nodes.keys()].find((id) => filter.ids.has(id));
    return first === undefined ? closed : patch(closed, 'graph', walkTo(state.graph, first));
  });
}

export function acceptGoToColumn(workbench: Workbench): void {
  workbench.store.update((state) => {
    const { overlay, data } = state;
    if (overlay?.kind !== 'go-to-column') return state;
    const matches = columnMatches(data.grid.columns, overlay.field.text);
    const column = matches[Math.min(overlay.index, matches.length - 1)];
    const closed = { ...state, overlay: null };
    if (column === undefined) return closed;
    return patch(closed, 'data', { grid: moveCursor(data.grid, { column }, gridView(state.size)) });
  });
}

/** Filters by what was typed. */
export function acceptCondition(workbench: Workbench): void {
  const { overlay, data } = workbench.store.get();
  if (overlay?.kind !== 'condition') return;
  workbench.previewer.reshape({ ...data.shape, condition: overlay.field.text.trim() });
}

/** Writes the file that was named, flags behind its name. */
export function acceptExport(workbench: Workbench): void {
  const text = acceptedText(workbench, 'export');
  if (text !== null) exportTo(workbench, splitWords(text));
}

export function acceptCompareTarget(workbench: Workbench): void {
  const target = acceptedText(workbench, 'compare-target');
  const { request } = workbench.store.get().data;
  if (target === null || request?.kind !== 'node') return;
  workbench.analyst.compareWithTarget(request.nodeId, target);
}

/** What was typed into a dialog of one line, which is closed; null if it was nothing. */
function acceptedText(workbench: Workbench, kind: 'export' | 'compare-target'): string | null {
  const { overlay } = workbench.store.get();
  if (overlay?.kind !== kind) return null;
  workbench.store.update((state) => ({ ...state, overlay: null }));
  const text = overlay.field.text.trim();
  return text === '' ? null : text;
}
