/**
 * A pane that is drawn cell by cell.
 *
 * Under a compositor it is an empty box that the compositor paints; without one (tests, dumb terminals) the same drawing becomes
 * rows of text, so that `lastFrame()` sees the same screen.
 */
import { Box, type BoxProps, type DOMElement, measureElement, Text } from 'ink';
import {
  type Context,
  createContext,
  type ReactElement,
  useContext,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import type { ThemeName } from '../../workbench/index.js';
import { ansiRows } from '../cells/ansi-rows.js';
import { createCells } from '../cells/cells.js';
import type { ColorDepth } from '../cells/style-table.js';
import { surfaceOf } from '../cells/surface.js';
import type { Compositor, Draw, Rect } from './compositor.js';

/** Who paints canvases, and how a canvas that paints itself hears of changes. */
export interface CanvasHost {
  readonly compositor: Compositor | null;
  /** Of the rows of text; null for none. */
  readonly depth: ColorDepth | null;
  readonly theme: () => ThemeName;
  readonly subscribe: (listener: () => void) => () => void;
  /** Changes whenever a canvas must be drawn again. */
  readonly snapshot: () => unknown;
}

export const CanvasContext: Context<CanvasHost> = createContext<CanvasHost>({
  compositor: null,
  depth: null,
  theme: () => 'dark',
  subscribe: () => () => {},
  snapshot: () => null,
});

export interface CanvasProps extends BoxProps {
  /** Called whenever the state has changed: it must read the state itself, not close over a part of it. */
  readonly draw: Draw;
}

export function Canvas({ draw, ...box }: CanvasProps): ReactElement {
  const { compositor } = useContext(CanvasContext);
  return compositor === null ? (
    <TextCanvas draw={draw} {...box} />
  ) : (
    <PaintedCanvas compositor={compositor} draw={draw} {...box} />
  );
}

function PaintedCanvas({
  compositor,
  draw,
  ...box
}: CanvasProps & { readonly compositor: Compositor }): ReactElement {
  const ref = useRef<DOMElement>(null);
  const [slot] = useState(() => compositor.addCanvas());
  useLayoutEffect(() => {
    slot.update(draw, () => rectOf(ref.current));
  });
  useEffect(() => () => slot.remove(), [slot]);
  return <Box {...box} ref={ref} backgroundColor={slot.color} />;
}

function TextCanvas({ draw, ...box }: CanvasProps): ReactElement {
  const { depth, theme, subscribe, snapshot } = useContext(CanvasContext);
  useSyncExternalStore(subscribe, snapshot);
  const ref = useRef<DOMElement>(null);
  const [{ width, height }, setSize] = useState({ width: 0, height: 0 });
  // oxlint-disable-next-line react-hooks/exhaustive-deps -- any layout can move it; it ends once the size is the same.
  useLayoutEffect(() => {
    const rect = rectOf(ref.current);
    if (rect.width !== width || rect.height !== height) {
      setSize({ width: rect.width, height: rect.height });
    }
  });
  const cells = createCells(width, height);
  if (width > 0 && height > 0) draw(surfaceOf(cells, { theme: theme() }));
  // The text must not have a say in the layout: it follows the box, never holds it.
  return (
    <Box {...box} ref={ref}>
      <Box position="absolute" width={width} height={height}>
        <Text wrap="truncate">{ansiRows(cells, depth).join('\n')}</Text>
      </Box>
    </Box>
  );
}

function rectOf(node: DOMElement | null): Rect {
  if (node === null) return { x: 0, y: 0, width: 0, height: 0 };
  const { x, y, width, height } = measureElement(node);
  return {
    x: Math.round(x),
    y: Math.round(y),
    width: Math.round(width),
    height: Math.round(height),
  };
}
