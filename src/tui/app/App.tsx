/**
 * The whole screen: header, the screen of the moment, footer, dialogs over it.
 */
import { Box } from 'ink';
import { type ReactElement, useMemo, useSyncExternalStore } from 'react';
import type { Workbench } from '../../workbench/index.js';
import { Canvas, CanvasContext, type CanvasHost } from '../canvas/Canvas.js';
import type { Compositor } from '../canvas/compositor.js';
import type { ColorDepth } from '../cells/style-table.js';
import { drawFooter } from '../panes/footer.js';
import { drawHeader } from '../panes/header.js';
import { Overlays } from '../screens/Overlays.js';
import { Pane } from '../screens/Pane.js';
import { SCREEN_VIEWS } from '../screens/screen-views.js';
import { structureKey } from './structure.js';

export interface AppProps {
  readonly workbench: Workbench;
  /** Null paints canvases as rows of text. */
  readonly compositor: Compositor | null;
  readonly depth: ColorDepth | null;
}

export function App({ workbench, compositor, depth }: AppProps): ReactElement {
  const { store } = workbench;
  useSyncExternalStore(store.subscribe, () => structureKey(store.get()));
  const host = useMemo<CanvasHost>(
    () => ({
      compositor,
      depth,
      theme: () => store.get().theme,
      subscribe: store.subscribe,
      snapshot: store.get,
    }),
    [compositor, depth, store],
  );
  const { size, screen } = store.get();
  const { columns, rows } = size;
  const { View } = SCREEN_VIEWS[screen];
  return (
    <CanvasContext value={host}>
      <Box width={columns} height={rows} flexDirection="column" overflow="hidden">
        <Pane height={1} workbench={workbench} paint={drawHeader} />
        <View workbench={workbench} />
        <Canvas height={1} draw={(surface) => drawFooter(surface, workbench)} />
        <Overlays workbench={workbench} />
      </Box>
    </CanvasContext>
  );
}
