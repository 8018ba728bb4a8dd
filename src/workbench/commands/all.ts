/** The registry: every command there is, in the order of help and of `docs/keys.md`. */
import type { Command } from '../command.js';
import { cellEditor } from './cell-editor.js';
import { columnsCommands } from './columns-commands.js';
import { dataCommands } from './data-commands.js';
import { dataCopy } from './data-copy.js';
import { dataMoves } from './data-moves.js';
import { dialogCommands } from './dialog-commands.js';
import { editorCommands } from './editor-commands.js';
import { globalCommands } from './global-commands.js';
import { graphCommands } from './graph-commands.js';
import { historyCommands } from './history.js';
import { lineCommands } from './line-commands.js';
import { mapCommands } from './map-commands.js';
import { nodeActions } from './node-actions.js';
import { nodeCommands } from './node-commands.js';
import { notebookCommands } from './notebook-commands.js';
import { notebookFiles } from './notebook-files.js';
import { notebookMoves } from './notebook-moves.js';
import { notebookRuns } from './notebook-runs.js';
import { profileCommands } from './profile-commands.js';
import { replCommands } from './repl-commands.js';
import { runCommands } from './run-commands.js';
import { screenCommands } from './screen-commands.js';
import { shellCommands } from './shell-commands.js';
import { snapshotsCommands } from './snapshots-commands.js';
import { stepCommands } from './step-commands.js';
import { themeCommands } from './theme-commands.js';
import { traceCommand } from './trace-command.js';

export function allCommands(): readonly Command[] {
  return [
    ...nodeActions,
    ...graphCommands,
    traceCommand,
    ...mapCommands,
    ...nodeCommands,
    ...stepCommands,
    ...runCommands,
    ...dataCommands,
    ...snapshotsCommands,
    ...columnsCommands,
    ...dataMoves,
    ...dataCopy,
    ...profileCommands,
    ...notebookCommands,
    ...notebookRuns,
    ...notebookFiles,
    ...notebookMoves,
    ...cellEditor,
    ...historyCommands,
    ...replCommands,
    ...screenCommands,
    ...globalCommands,
    ...editorCommands,
    ...themeCommands,
    ...shellCommands,
    ...dialogCommands,
    ...lineCommands,
  ];
}
