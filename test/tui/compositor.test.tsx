/**
 * What the compositor shows, in a terminal, against what the same components show as plain Ink.
 */
import { Box, Text } from 'ink';
import { render as renderText } from 'ink-testing-library';
import * as fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import type { OutputStream } from '../../src/tui/terminal/screen-writer.js';
import { handleKey } from '../../src/workbench/index.js';
import { screenOf, type TestScreen } from './screen-of.js';
import { openShop, type OpenShop } from './shop.js';

// Read once by the library that Ink colours with, when it is loaded: see `openWorkbench`.
vi.hoisted(() => {
  process.env['FORCE_COLOR'] = '3';
});
const { App } = await import('../../src/tui/app/App.js');
const { createInkScreen } = await import('../../src/tui/app/ink-screen.js');
const { Canvas, CanvasContext } = await import('../../src/tui/canvas/Canvas.js');
const { createCompositor } = await import('../../src/tui/canvas/compositor.js');
const { createScreenWriter } = await import('../../src/tui/terminal/screen-writer.js');

type Size = { readonly columns: number; readonly rows: number };

/** A stream into a headless terminal, as `process.stdout` would be. */
function streamTo(screen: TestScreen): OutputStream & { readonly written: string[] } {
  const written: string[] = [];
  return {
    written,
    write(text) {
      written.push(text);
      void screen.write(text);
      return true;
    },
    on() {},
    off() {},
  };
}

const painted = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 25));

async function press(shop: OpenShop, keys: readonly string[]): Promise<void> {
  for (const key of keys) {
    handleKey(shop.workbench, key, key.length === 1 ? key : null);
    await shop.settle();
  }
}

/** Rows of the same state as plain Ink shows them. */
async function plainRows(shop: OpenShop): Promise<readonly string[]> {
  const app = renderText(<App workbench={shop.workbench} compositor={null} depth={null} />);
  await shop.settle();
  const rows = (app.lastFrame() ?? '').split('\n').map((row) => row.trimEnd());
  app.unmount();
  const { size } = shop.workbench.store.get();
  return Array.from({ length: size.rows }, (_, y) => rows[y] ?? '');
}

const KEYS = [
  'h',
  'j',
  'k',
  'l',
  'm',
  'tab',
  'enter',
  'esc',
  'q',
  'space',
  'c',
  'x',
  'p',
  '1',
  '3',
  '4',
  '?',
  '/',
  'i',
  'f',
  'B',
  'z',
  '>',
  's',
  'backspace',
];
const SIZES: readonly Size[] = [
  { columns: 80, rows: 24 },
  { columns: 120, rows: 36 },
  { columns: 100, rows: 30 },
];

test('after any keys and any change of size, the terminal shows what plain Ink shows', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom(...KEYS), { minLength: 1, maxLength: 10 }),
      fc.constantFrom(...SIZES),
      fc.constantFrom(...SIZES),
      async (keys, first, second) => {
        const shop = openShop(first);
        const screen = screenOf(120, 36);
        const ink = createInkScreen(first, streamTo(screen), '256');
        ink.showWorkbench(shop.workbench);
        await press(shop, keys);
        shop.workbench.store.update((state) => ({ ...state, size: second }));
        ink.resize(second);
        await press(shop, keys.slice(0, 3));
        await shop.settle();
        await painted();
        const expected = await plainRows(shop);
        expect(screen.rows().slice(0, second.rows)).toEqual(expected);
        ink.stop();
      },
    ),
    { numRuns: 25, seed: 7 },
  );
});

test('a change in one pane writes little, and one that shows nothing writes nothing', async () => {
  const shop = openShop({ columns: 120, rows: 36 });
  const stream = streamTo(screenOf(120, 36));
  const ink = createInkScreen({ columns: 120, rows: 36 }, stream, '256');
  ink.showWorkbench(shop.workbench);
  await painted();
  await press(shop, ['h']);
  await painted();
  stream.written.length = 0;
  await press(shop, ['j']);
  await painted();
  expect(stream.written).toHaveLength(1);
  expect(stream.written.join('').length).toBeLessThan(2500);
  stream.written.length = 0;
  shop.workbench.store.update((state) => ({ ...state }));
  await painted();
  expect(stream.written).toEqual([]);
  ink.stop();
});

test('a terminal that does not read gets the newest frame once it does, not all of them', async () => {
  const shop = openShop({ columns: 120, rows: 36 });
  const screen = screenOf(120, 36);
  const listeners = new Map<string, () => void>();
  const written: string[] = [];
  let isOpen = true;
  const stream: OutputStream = {
    write(text) {
      written.push(text);
      void screen.write(text);
      return isOpen;
    },
    on: (event, listener) => listeners.set(event, listener),
    off: (event) => listeners.delete(event),
  };
  const ink = createInkScreen({ columns: 120, rows: 36 }, stream, '256');
  isOpen = false;
  ink.showWorkbench(shop.workbench);
  await painted();
  const before = written.length;
  for (const key of ['h', 'j', 'j', 'j']) {
    await press(shop, [key]);
    await painted();
  }
  expect(written.length).toBe(before);
  isOpen = true;
  listeners.get('drain')?.();
  await painted();
  expect(written.length).toBe(before + 1);
  expect(screen.rows()).toEqual(await plainRows(shop));
  ink.stop();
});

/** What we assume of Ink: if one of these fails after an update, the compositor must be looked at. */
test('Ink keeps its side: whole frames, backgrounds by cell, measured places, later over earlier', async () => {
  const size = { columns: 30, rows: 8 };
  const screen = screenOf(size.columns, size.rows);
  const writer = createScreenWriter(streamTo(screen), '256', () => {});
  const compositor = createCompositor(size, writer, () => 'dark');
  const host = {
    compositor,
    depth: null,
    theme: () => 'dark' as const,
    subscribe: () => () => {},
    snapshot: () => null,
  };
  const frames: string[] = [];
  const { render } = await import('ink');
  const onFrame = compositor.sink._write.bind(compositor.sink);
  compositor.sink._write = (chunk, encoding, done) => {
    frames.push(String(chunk));
    onFrame(chunk, encoding, done);
  };
  const instance = render(
    <CanvasContext value={host}>
      <Box width={30} height={8} flexDirection="column">
        <Text>title</Text>
        <Canvas
          height={4}
          width={20}
          marginLeft={2}
          draw={(surface) => surface.fill(0, 0, 20, 4, 'x')}
        />
        <Box position="absolute" top={2} left={5} width={6} height={2}>
          <Canvas flexGrow={1} draw={(surface) => surface.text(0, 0, 'dialog')} />
        </Box>
        <Box position="absolute" top={4} left={4}>
          <Text>note</Text>
        </Box>
      </Box>
    </CanvasContext>,
    {
      stdout: compositor.sink,
      debug: true,
      patchConsole: false,
      exitOnCtrlC: false,
      interactive: true,
    },
  );
  await painted();
  expect(frames.at(-1)?.split('\n').length).toBe(8);
  expect(frames.at(-1)).toContain('48;2;1;2;1');
  expect(screen.rows()).toEqual([
    'title',
    '  xxxxxxxxxxxxxxxxxxxx',
    '  xxxdialogxxxxxxxxxxx',
    '  xxx      xxxxxxxxxxx',
    '  xxnotexxxxxxxxxxxxxx',
    '',
    '',
    '',
  ]);
  instance.unmount();
  compositor.stop();
});
