/**
 * A run: how far it is, its nodes over time, and the one under the cursor.
 */
import { Box } from 'ink';
import type { ReactElement } from 'react';
import type { Workbench } from '../../workbench/index.js';
import { SPREAD_COLUMNS, TALL_ROWS } from './breakpoints.js';
import { Pane } from './Pane.js';
import { drawRunDetail } from '../panes/run-detail.js';
import { drawRunLog } from '../panes/run-log.js';
import { drawRunSummary } from '../panes/run-summary.js';
import { drawRunTimeline } from '../panes/run-timeline.js';

export function RunScreen({ workbench }: { readonly workbench: Workbench }): ReactElement {
  const { run, size } = workbench.store.get();
  const isSpread = size.columns >= SPREAD_COLUMNS;
  const detailHeight = Math.min(14, Math.max(6, Math.floor(size.rows * 0.3)));
  return (
    <Box flexDirection="column" flexGrow={1}>
      <Pane height={size.rows >= TALL_ROWS ? 4 : 3} workbench={workbench} paint={drawRunSummary} />
      <Box flexGrow={1}>
        {(isSpread || !run.showsLog) && (
          <Pane flexGrow={3} flexBasis={0} workbench={workbench} paint={drawRunTimeline} />
        )}
        {(isSpread || run.showsLog) && (
          <Pane flexGrow={2} flexBasis={0} workbench={workbench} paint={drawRunLog} />
        )}
      </Box>
      <Pane height={detailHeight} workbench={workbench} paint={drawRunDetail} />
    </Box>
  );
}
