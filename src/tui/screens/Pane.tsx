/**
 * A canvas that stands under dialogs: while one is open it is dim, so that the eye goes to the dialog.
 */
import type { ReactElement } from 'react';
import { isCovered, type Workbench } from '../../workbench/index.js';
import { Canvas, type CanvasProps } from '../canvas/Canvas.js';
import type { Surface } from '../cells/surface.js';

export interface PaneProps extends Omit<CanvasProps, 'draw'> {
  readonly workbench: Workbench;
  readonly paint: (surface: Surface, workbench: Workbench) => void;
}

export function Pane({ workbench, paint, ...box }: PaneProps): ReactElement {
  return (
    <Canvas
      {...box}
      draw={(surface) => {
        paint(surface, workbench);
        if (isCovered(workbench.store.get().overlay)) {
          surface.tint(0, 0, surface.width, surface.height, 'muted');
        }
      }}
    />
  );
}
