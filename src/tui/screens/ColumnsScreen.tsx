/**
 * Column lineage: the node's columns, the trace of one, how it is made, and what it reaches.
 */
import { Box } from 'ink';
import type { ReactElement } from 'react';
import type { Workbench } from '../../workbench/index.js';
import { TALL_ROWS, WIDE_COLUMNS } from './breakpoints.js';
import { drawColumnExpression, drawColumnImpact } from '../panes/columns-detail.js';
import { drawColumnsList } from '../panes/columns-list.js';
import { drawColumnsTrace } from '../panes/columns-trace.js';
import { Pane } from './Pane.js';

export function ColumnsScreen({ workbench }: { readonly workbench: Workbench }): ReactElement {
  const { size, columns } = workbench.store.get();
  const isWide = size.columns >= WIDE_COLUMNS;
  const showsList = isWide || columns.focus === 'list';
  const detailHeight = Math.min(14, Math.max(6, Math.floor(size.rows * 0.3)));
  const listWidth = Math.min(40, Math.max(30, Math.floor(size.columns * 0.26)));
  return (
    <Box flexDirection="column" flexGrow={1}>
      <Box flexGrow={1}>
        {showsList && <Pane width={listWidth} workbench={workbench} paint={drawColumnsList} />}
        <Pane flexGrow={1} workbench={workbench} paint={drawColumnsTrace} />
      </Box>
      <Box height={detailHeight}>
        <Pane flexGrow={1} flexBasis={0} workbench={workbench} paint={drawColumnExpression} />
        {(isWide || size.rows >= TALL_ROWS || columns.focus === 'list') && (
          <Pane flexGrow={1} flexBasis={0} workbench={workbench} paint={drawColumnImpact} />
        )}
      </Box>
    </Box>
  );
}
