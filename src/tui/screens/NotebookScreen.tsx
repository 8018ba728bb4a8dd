/**
 * The notebook on the whole screen.
 */
import type { ReactElement } from 'react';
import type { Workbench } from '../../workbench/index.js';
import { drawNotebook } from '../panes/notebook-cells.js';
import { Pane } from './Pane.js';

export function NotebookScreen({ workbench }: { readonly workbench: Workbench }): ReactElement {
  return <Pane flexGrow={1} workbench={workbench} paint={drawNotebook} />;
}
