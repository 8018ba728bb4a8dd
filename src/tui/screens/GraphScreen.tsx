/**
 * The graph: upstream, node, downstream, the lane map under them, the selector line below.
 */
import { Box } from 'ink';
import type { ReactElement } from 'react';
import type { Workbench } from '../../workbench/index.js';
import { Pane } from './Pane.js';
import { drawNeighbours } from '../panes/graph-lists.js';
import { drawLaneMap } from '../panes/lane-map.js';
import { drawNodeCard } from '../panes/node-card.js';
import { breadcrumb } from '../panes/node-links.js';
import { drawRow } from '../panes/rows.js';
import { drawSelectorLine } from '../panes/selector-line.js';
import { NARROW_COLUMNS, TALL_ROWS, WIDE_COLUMNS } from './breakpoints.js';

export function GraphScreen({ workbench }: { readonly workbench: Workbench }): ReactElement {
  const { graph, size } = workbench.store.get();
  return (
    <Box flexDirection="column" flexGrow={1}>
      {graph.isMapFull ? (
        <Pane
          flexGrow={1}
          workbench={workbench}
          paint={(surface) => drawLaneMap(surface, workbench, true)}
        />
      ) : size.columns < NARROW_COLUMNS ? (
        <OnePane workbench={workbench} />
      ) : size.columns < WIDE_COLUMNS ? (
        <Stacked workbench={workbench} />
      ) : (
        <Columns workbench={workbench} />
      )}
      <Pane height={1} workbench={workbench} paint={drawSelectorLine} />
    </Box>
  );
}

function Columns({ workbench }: { readonly workbench: Workbench }): ReactElement {
  const { size } = workbench.store.get();
  const hasMap = size.rows >= TALL_ROWS;
  const mapHeight = Math.min(24, Math.max(10, Math.floor(size.rows * 0.34)));
  return (
    <>
      <Box flexGrow={1}>
        <Pane
          flexGrow={1}
          flexBasis={0}
          workbench={workbench}
          paint={(surface) => drawNeighbours(surface, workbench, 'upstream')}
        />
        <Pane
          flexGrow={1.3}
          flexBasis={0}
          workbench={workbench}
          paint={(surface) => drawNodeCard(surface, workbench, false)}
        />
        <Pane
          flexGrow={1}
          flexBasis={0}
          workbench={workbench}
          paint={(surface) => drawNeighbours(surface, workbench, 'downstream')}
        />
      </Box>
      {hasMap && (
        <Pane
          height={mapHeight}
          workbench={workbench}
          paint={(surface) => drawLaneMap(surface, workbench, false)}
        />
      )}
    </>
  );
}

/** Upstream above downstream, the node beside them. */
function Stacked({ workbench }: { readonly workbench: Workbench }): ReactElement {
  const { columns } = workbench.store.get().size;
  return (
    <Box flexGrow={1}>
      <Box width={Math.floor(columns * 0.44)} flexDirection="column">
        <Pane
          flexGrow={1}
          flexBasis={0}
          workbench={workbench}
          paint={(surface) => drawNeighbours(surface, workbench, 'upstream')}
        />
        <Pane
          flexGrow={1}
          flexBasis={0}
          workbench={workbench}
          paint={(surface) => drawNeighbours(surface, workbench, 'downstream')}
        />
      </Box>
      <Pane
        flexGrow={1}
        workbench={workbench}
        paint={(surface) => drawNodeCard(surface, workbench, false)}
      />
    </Box>
  );
}

function OnePane({ workbench }: { readonly workbench: Workbench }): ReactElement {
  const { pane } = workbench.store.get().graph;
  return (
    <>
      <Pane
        height={1}
        workbench={workbench}
        paint={(surface) => drawRow(surface, 1, 0, breadcrumb(workbench))}
      />
      {pane === 'node' ? (
        <Pane
          flexGrow={1}
          workbench={workbench}
          paint={(surface) => drawNodeCard(surface, workbench, true)}
        />
      ) : (
        <Pane
          flexGrow={1}
          workbench={workbench}
          paint={(surface) => drawNeighbours(surface, workbench, pane)}
        />
      )}
    </>
  );
}
