/**
 * Dialogs and messages, over whatever screen is shown.
 */
import { Box } from 'ink';
import type { ReactElement } from 'react';
import { isCovered, type Overlay, type Workbench } from '../../workbench/index.js';
import { Canvas } from '../canvas/Canvas.js';
import type { Draw } from '../canvas/compositor.js';
import { cutEnd } from '../cells/fit.js';
import { cellWidth } from '../cells/width.js';
import { drawFinder } from '../panes/overlay-finder.js';
import { drawHelp } from '../panes/overlay-help.js';
import { drawHistory } from '../panes/overlay-history.js';
import { drawLine } from '../panes/overlay-line.js';
import { drawProfile } from '../panes/overlay-profile.js';
import {
  drawCommandLine,
  drawGoToColumn,
  drawMessage,
  drawPlan,
  drawQuery,
  messageHeight,
} from '../panes/overlay-texts.js';

// The list of words that are offered, with its hint.
const OFFERED_ROWS = 8;

interface Place {
  readonly width: number;
  readonly height: number;
  readonly top: number;
  readonly left: number;
}

export function Overlays({ workbench }: { readonly workbench: Workbench }): ReactElement {
  const { overlay } = workbench.store.get();
  return (
    <>
      {overlay !== null && isCovered(overlay) && <Dialog workbench={workbench} overlay={overlay} />}
      <Toasts workbench={workbench} />
    </>
  );
}

function Dialog({
  workbench,
  overlay,
}: {
  readonly workbench: Workbench;
  readonly overlay: Overlay;
}): ReactElement {
  const place = placeOf(workbench, overlay);
  return (
    <Box
      position="absolute"
      top={place.top}
      left={place.left}
      width={place.width}
      height={place.height}
    >
      <Canvas flexGrow={1} draw={drawOf(workbench, overlay.kind)} />
    </Box>
  );
}

/** Draws the dialog as it is at the time of drawing: it changes at every letter, without React. */
function drawOf(workbench: Workbench, kind: Overlay['kind']): Draw {
  return (surface) => {
    const { overlay } = workbench.store.get();
    if (overlay?.kind !== kind) return;
    switch (overlay.kind) {
      case 'finder':
        drawFinder(surface, workbench, overlay);
        break;
      case 'help':
        drawHelp(surface, workbench, overlay);
        break;
      case 'message':
        drawMessage(surface, workbench, overlay);
        break;
      case 'plan':
        drawPlan(surface, workbench, overlay);
        break;
      case 'command-line':
        drawCommandLine(surface, overlay);
        break;
      case 'query':
        drawQuery(surface, overlay);
        break;
      case 'parameter':
      case 'promote':
      case 'condition':
      case 'export':
      case 'compare-target':
      case 'confirm':
      case 'snapshot-line':
        drawLine(surface, workbench, overlay);
        break;
      case 'profile':
        drawProfile(surface, workbench, overlay);
        break;
      case 'history':
        drawHistory(surface, overlay);
        break;
      case 'go-to-column':
        drawGoToColumn(surface, workbench, overlay);
        break;
      default:
        // The selector and cells are typed in their own place, not in a dialog.
        break;
    }
  };
}

function placeOf(workbench: Workbench, overlay: Overlay): Place {
  const { columns, rows } = workbench.store.get().size;
  const centred = (width: number, height: number, top: number): Place => ({
    width: Math.min(width, columns),
    height: Math.min(height, rows - 2),
    top: Math.max(1, Math.min(top, rows - 1 - height)),
    left: Math.max(0, Math.floor((columns - Math.min(width, columns)) / 2)),
  });
  switch (overlay.kind) {
    case 'finder':
      return centred(Math.min(104, columns - 4), Math.min(26, rows - 4), 2);
    case 'help':
      return centred(Math.min(96, columns - 4), rows - 4, 2);
    case 'plan':
      return centred(Math.min(110, columns - 4), rows - 4, 2);
    case 'profile':
      return centred(Math.min(96, columns - 4), Math.min(28, rows - 4), 2);
    case 'history':
      return centred(Math.min(100, columns - 4), Math.min(20, rows - 4), 3);
    case 'go-to-column':
      return centred(Math.min(60, columns - 4), Math.min(16, rows - 4), 3);
    case 'message': {
      const width = Math.min(100, columns - 4);
      const height = Math.min(rows - 4, messageHeight(overlay, width));
      return centred(width, height, Math.floor((rows - height) / 3));
    }
    default: {
      const lines = overlay.kind === 'query' ? overlay.field.text.split('\n').length : 1;
      const isOffered = overlay.kind === 'query' && overlay.completion !== null;
      const wanted = Math.max(
        overlay.kind === 'query' ? 4 : overlay.kind === 'confirm' ? 2 : 1,
        lines + (isOffered ? OFFERED_ROWS : 0),
      );
      const height = Math.min(rows - 4, wanted + 2);
      return { width: columns, height, left: 0, top: rows - height - 1 };
    }
  }
}

function Toasts({ workbench }: { readonly workbench: Workbench }): ReactElement | null {
  const { toasts, size } = workbench.store.get();
  if (toasts.length === 0) return null;
  const width = Math.min(
    size.columns - 2,
    Math.max(...toasts.map(({ text }) => cellWidth(text))) + 4,
  );
  return (
    <Box
      position="absolute"
      top={size.rows - 1 - toasts.length}
      left={Math.max(0, size.columns - width - 1)}
      width={width}
      height={toasts.length}
    >
      <Canvas
        flexGrow={1}
        draw={(surface) => {
          workbench.store.get().toasts.forEach(({ kind, text }, y) => {
            const token = kind === 'error' ? 'toastError' : 'toastInfo';
            surface.fill(0, y, surface.width, 1, ' ', token);
            surface.text(2, y, cutEnd(text, surface.width - 4), token);
          });
        }}
      />
    </Box>
  );
}
