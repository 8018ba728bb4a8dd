/**
 * The REPL on the whole screen.
 */
import type { ReactElement } from 'react';
import type { Workbench } from '../../workbench/index.js';
import { drawRepl } from '../panes/repl-transcript.js';
import { Pane } from './Pane.js';

export function ReplScreen({ workbench }: { readonly workbench: Workbench }): ReactElement {
  return <Pane flexGrow={1} workbench={workbench} paint={drawRepl} />;
}
