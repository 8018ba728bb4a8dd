/**
 * The finder: what was typed, what it finds, and more of what the cursor is on.
 */
import { nodeId } from '../../base/index.js';
import type { Overlay, Workbench } from '../../workbench/index.js';
import { cutEnd, cutMiddle } from '../cells/fit.js';
import type { Surface } from '../cells/surface.js';
import { cellWidth, graphemes, isPlain } from '../cells/width.js';
import { drawFrame } from './frame.js';
import { cardRows } from './node-card.js';
import { drawRows } from './rows.js';
import { drawField } from './text-field.js';
import { countText, plural } from './words.js';

type Finder = Extract<Overlay, { readonly kind: 'finder' }>;
type Found = Finder['found'][number];

const DETAIL_ROWS = 6;
const KIND_MARKS: Readonly<Record<Found['item']['kind'], string>> = {
  node: '◆',
  column: '│',
  command: '❯',
  tag: '#',
  macro: 'ƒ',
  notebook: '▤',
  recent: '↺',
};

export function drawFinder(surface: Surface, workbench: Workbench, overlay: Finder): void {
  surface.fill(0, 0, surface.width, surface.height, ' ');
  const inner = drawFrame(surface, {
    title: 'find',
    right: foundText(overlay),
    bottom: '> commands  @ columns  # tags  % macros  & notebooks',
    isFocused: true,
  });
  const x = inner.text(0, 0, '❯ ', 'key');
  drawField(inner, x, 0, inner.width - x, overlay.field);
  if (overlay.field.text === '') {
    inner.text(x + 2, 0, 'a few letters of a node, column or command', 'muted');
  }
  const kind = overlay.found[overlay.index]?.item.kind;
  const hasDetail = inner.height >= 14 && (kind === 'node' || kind === 'column');
  const listHeight = inner.height - 1 - (hasDetail ? DETAIL_ROWS + 1 : 0);
  const list = inner.view(0, 1, inner.width, listHeight);
  drawList(list, workbench, overlay);
  if (!hasDetail) return;
  inner.fill(0, 1 + listHeight, inner.width, 1, '─', 'border');
  const detail = inner.view(0, 2 + listHeight, inner.width, DETAIL_ROWS);
  drawDetail(detail, workbench, overlay.found[overlay.index]);
}

function foundText(overlay: Finder): string {
  const guesses = overlay.found.filter(({ isGuess }) => isGuess).length;
  const found = `${countText(overlay.total)} found`;
  return guesses === 0 ? found : `${found}, ${plural(guesses, 'guess', 'guesses')}`;
}

function drawList(surface: Surface, workbench: Workbench, overlay: Finder): void {
  if (overlay.found.length === 0) {
    surface.text(0, 0, 'Nothing is called so. Fewer letters find more.', 'muted');
    return;
  }
  const { height } = surface;
  const top = Math.max(0, Math.min(overlay.found.length - height, overlay.index - height + 2));
  const firstGuess = overlay.found.findIndex(({ isGuess }) => isGuess);
  for (let y = 0; y < height; y += 1) {
    const at = top + y;
    const found = overlay.found[at];
    if (found === undefined) break;
    drawFound(surface, y, found, at === firstGuess, workbench);
    if (at === overlay.index) surface.tint(0, y, surface.width, 1, 'selected');
    surface.onClick(0, y, surface.width, 1, () => {
      workbench.store.update((state) =>
        state.overlay?.kind === 'finder'
          ? { ...state, overlay: { ...state.overlay, index: at } }
          : state,
      );
      workbench.commands.find(({ id }) => id === 'finder.open')?.run(workbench);
    });
  }
}

function drawFound(
  surface: Surface,
  y: number,
  found: Found,
  isFirstGuess: boolean,
  workbench: Workbench,
): void {
  const { item } = found;
  const isMarked =
    item.kind === 'node' && workbench.store.get().graph.marks.has(nodeId(item.target));
  const detail = isFirstGuess ? `did you mean · ${item.detail}` : item.detail;
  const shownDetail = cutEnd(detail, Math.max(10, Math.floor(surface.width * 0.42)));
  const room = surface.width - cellWidth(shownDetail) - 5;
  surface.text(0, y, isMarked ? '▌' : KIND_MARKS[item.kind], isMarked ? 'mark' : 'muted');
  drawMatched(surface, 2, y, found, room);
  surface.text(
    surface.width - cellWidth(shownDetail),
    y,
    shownDetail,
    isFirstGuess ? 'warn' : 'muted',
  );
}

/** The text with its matched letters bright; one that is cut shows no letters, rather than wrong ones. */
function drawMatched(surface: Surface, x: number, y: number, found: Found, room: number): void {
  const { text } = found.item;
  if (cellWidth(text) > room || !isPlain(text)) {
    surface.text(x, y, cutMiddle(text, room));
    return;
  }
  const matched = new Set(found.positions);
  let column = x;
  graphemes(text).forEach((grapheme, index) => {
    column = surface.text(column, y, grapheme.text, matched.has(index) ? 'match' : 'text');
  });
}

function drawDetail(surface: Surface, workbench: Workbench, found: Found | undefined): void {
  if (found === undefined) return;
  const { item } = found;
  const node = workbench.session.manifest.nodes.get(nodeId(item.target));
  if (node !== undefined) drawRows(surface, cardRows(workbench, node, surface.width), 0);
}
