/**
 * Snapshots: which there are and how they are, what changed by day, their keys, and the history of one.
 */
import { Box } from 'ink';
import type { ReactElement } from 'react';
import type { Workbench } from '../../workbench/index.js';
import { TALL_ROWS, WIDE_COLUMNS } from './breakpoints.js';
import { drawSnapshotHistory, drawSnapshotKeys } from '../panes/snapshots-history.js';
import { drawSnapshotChanges } from '../panes/snapshots-changes.js';
import { drawSnapshotsList } from '../panes/snapshots-list.js';
import { Pane } from './Pane.js';

export function SnapshotsScreen({ workbench }: { readonly workbench: Workbench }): ReactElement {
  const { size, snapshots } = workbench.store.get();
  const isWide = size.columns >= WIDE_COLUMNS;
  const isTall = size.rows >= TALL_ROWS;
  const showsTop = isTall || snapshots.focus === 'list';
  const listWidth = Math.min(56, Math.floor(size.columns * (isWide ? 0.4 : 0.55)));
  const keysWidth = Math.min(40, Math.max(22, Math.floor(size.columns * 0.25)));
  return (
    <Box flexDirection="column" flexGrow={1}>
      {showsTop && (
        <Box height={isTall ? Math.floor(size.rows * 0.48) : 15}>
          <Pane width={listWidth} workbench={workbench} paint={drawSnapshotsList} />
          <Pane flexGrow={1} workbench={workbench} paint={drawSnapshotChanges} />
        </Box>
      )}
      <Box flexGrow={1}>
        <Pane width={keysWidth} workbench={workbench} paint={drawSnapshotKeys} />
        <Pane flexGrow={1} workbench={workbench} paint={drawSnapshotHistory} />
      </Box>
    </Box>
  );
}
