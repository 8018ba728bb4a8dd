/**
 * One node: its text, plan, columns and tests, and beside them what it is.
 */
import { Box } from 'ink';
import type { ReactElement } from 'react';
import type { Workbench } from '../../workbench/index.js';
import { SIDE_COLUMNS, SPREAD_COLUMNS } from './breakpoints.js';
import { Pane } from './Pane.js';
import { drawNodeSide } from '../panes/node-side.js';
import { drawNodeSource, drawNodeText } from '../panes/node-text.js';

export function NodeScreen({ workbench }: { readonly workbench: Workbench }): ReactElement {
  const { columns } = workbench.store.get().size;
  const isSpread = columns >= SPREAD_COLUMNS;
  const sideWidth = Math.min(isSpread ? 46 : 60, Math.floor(columns * 0.36));
  return (
    <Box flexGrow={1}>
      {isSpread && <Pane flexGrow={1} flexBasis={0} workbench={workbench} paint={drawNodeSource} />}
      <Pane flexGrow={1} flexBasis={0} workbench={workbench} paint={drawNodeText} />
      {columns >= SIDE_COLUMNS && (
        <Pane width={sideWidth} workbench={workbench} paint={drawNodeSide} />
      )}
    </Box>
  );
}
