/**
 * Rows on the whole screen.
 */
import type { ReactElement } from 'react';
import type { Workbench } from '../../workbench/index.js';
import { drawDataGrid } from '../panes/data-grid.js';
import { Pane } from './Pane.js';

export function DataScreen({ workbench }: { readonly workbench: Workbench }): ReactElement {
  return <Pane flexGrow={1} workbench={workbench} paint={drawDataGrid} />;
}
