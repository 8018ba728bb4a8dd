export { toast } from './core.js';
export { availableCommands, type Command, keyLabel } from './command.js';
export { csvLines, jsonCell, rowObjects } from './data/rows-text.js';
export { sparkline } from './data/sparkline.js';
export { columnMatches } from './grid/column-matches.js';
export { cellText, isRightAligned, kindGlyph, typeText } from './grid/cell-text.js';
export { shownColumns, windowOf } from './grid/grid.js';
export type { ResultShape } from './data/result-shape.js';
export {
  ARROW,
  cellsOfEdges,
  DOWN,
  LEFT,
  type MapLayout,
  RIGHT,
  type RoutedEdge,
  UP,
} from './graph/map-layout.js';
export { layersOf } from './graph/map-layers.js';
export { pathThrough } from './graph/map-walk.js';
export { isInGraph, labelOf, type Neighbour } from './graph/neighbours.js';
export { handleKey, handlePaste, handleWheel } from './handle-key.js';
export type { ShownMap } from './effects/map-box.js';
export { kindWord, lookOfNode, lookOfRun, lookOfState } from './node-look.js';
export { paintSql, type Piece } from './paint-sql.js';
export type { ColumnProfile } from './data/profile.js';
export { isShaped } from './commands/data-commands.js';
export { Desk } from './metadata/ask.js';
export { complete } from './repl/complete.js';
export { completionFacts } from './repl/completion-facts.js';
export { type Entry, readLine, statementsOf } from './repl/entry-reader.js';
export { linesFound } from './commands/history.js';
export { type ReplAnswer, ReplEngine } from './repl/repl-engine.js';
export type { ReplTurn } from './repl/repl-screen.js';
export { allCommands } from './commands/all.js';
export { type OutputForm, verbsOf } from './repl/verb.js';
export {
  countsOf,
  culpritOf,
  type RunNode,
  type RunView,
  timelineIndex,
  timelineOf,
} from './run-view.js';
export { columnUnderCursor, isPinned, tracedColumn } from './lineage/columns-state.js';
export { hitsInOrder, howOf, impactCounts, kindOf } from './lineage/impact-lines.js';
export { notebookHits } from './lineage/notebook-hits.js';
export { shownKey, sliderMoment } from './snapshots/snapshots-state.js';
export { versionChanges } from './snapshots/version-changes.js';
export { stepOf } from './lineage/trace-map.js';
export type { Loadable } from './loadable.js';
export { type CellOutcome, isAllWell, type NotebookOutcome } from './notebook/cell-outcome.js';
export { type ChartData, groupsOf, numberText } from './notebook/chart-data.js';
export { chartTitle, drawChart } from './notebook/draw-chart.js';
export { type Cell as NotebookCell, labelOf as cellLabel } from './notebook/notebook.js';
export {
  type CellView,
  isDirty,
  type OpenNotebook,
  staleCount,
  viewOf,
} from './notebook/notebook-state.js';
export { cellText as textOfCell } from './notebook/edit-notebook.js';
export { parseNotebook } from './notebook/parse-notebook.js';
export { runNotebook } from './notebook/run-notebook.js';
export { memorySettings, openSettings } from './settings.js';
export { editorCommand } from './editor/editor-command.js';
export { dialectOf } from './dialect-of.js';
export { cteNamed, type QueryStep, queryStepsOf } from './node/cte-list.js';
export { type DiffLine, diffLines, type SkippedLines, withContext } from './node/line-diff.js';
export { NODE_TABS, type StepCount } from './node/node-screen.js';
export type { Overlay } from './overlay.js';
export { SCREEN_LIST, type ScreenName } from './screen-list.js';
export type { WorkbenchState } from './state.js';
export { isCovered } from './dialog-list.js';
export { fileRecords, memoryRecords } from './run-records.js';
export { criticalPath } from './critical-path.js';
export { commandText } from './repl/run-flags.js';
export { createStore, type Store } from './store.js';
export { neighbourLists, selectorOf, subjectOf } from './subject.js';
export type { Style, Token } from './theme.js';
export { styleOf, type ThemeName, themeOfTerminal } from './themes.js';
export { createWorkbench, type Workbench } from './workbench.js';
