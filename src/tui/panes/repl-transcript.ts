/**
 * The REPL: what was asked and what came of it, the prompt below, as in a shell.
 */
import { paintSql, type ReplTurn, type Workbench } from '../../workbench/index.js';
import type { Surface } from '../cells/surface.js';
import { drawFrame } from './frame.js';
import { errorRows } from './loaded-rows.js';
import { drawOfferedWords } from './offered-words.js';
import { answerRows } from './repl-answer.js';
import { BLANK, drawRow, drawRows, piece, type Row, row, scrollLabel } from './rows.js';
import { drawTextArea, fieldHeight } from './text-field.js';
import { durationText, plural } from './words.js';

const PROMPT = '❯ ';
// The prompt may take so much of the pane before it scrolls within itself.
const MAX_PROMPT = 0.6;
// What is done sooner has no need of a clock.
const QUICK_MS = 500;

export function drawRepl(surface: Surface, workbench: Workbench): void {
  const { repl, overlay } = workbench.store.get();
  const { facts } = workbench.session;
  const isTyping = overlay?.kind === 'entry';
  const blocks = repl.turns.map((turn) => turnRows(workbench, turn, surface.width - 4));
  const inner = drawFrame(surface, {
    title: 'repl',
    right: `${facts.projectName} · ${facts.targetName}`,
    bottom: isTyping ? 'a statement ends with ; or an empty line · :help lists verbs' : 'i types',
    isFocused: overlay === null || isTyping,
  });
  const wanted = isTyping ? fieldHeight(overlay.field) : 1;
  const promptHeight = Math.min(wanted, Math.max(1, Math.floor(inner.height * MAX_PROMPT)));
  const height = Math.max(0, inner.height - promptHeight);
  const area = inner.part(0, 0, inner.width, height);
  const end = drawTurns(area, workbench, blocks);
  const top = Math.min(height, end);
  inner.text(0, top, PROMPT, isTyping ? 'key' : 'muted');
  const field = inner.part(2, top, inner.width - 2, promptHeight);
  if (!isTyping) {
    const draft = repl.draft.text.replaceAll(/\s+/gu, ' ');
    drawRow(field, 0, 0, row(draft === '' ? 'i types a question or a verb' : draft, 'muted'));
    return;
  }
  if (overlay.field.text === '' && repl.turns.length === 0) {
    field.text(2, 0, "select * from {{ ref('a_model') }};   or :help", 'muted');
  }
  drawTextArea(field, overlay.field);
  if (overlay.completion !== null) {
    drawOfferedWords(inner, { x: 2, y: top }, overlay.field, overlay.completion);
  }
}

/** Draws what was asked, its end at the bottom. @returns the row after the last. */
function drawTurns(
  surface: Surface,
  workbench: Workbench,
  blocks: readonly (readonly Row[])[],
): number {
  const { repl, overlay } = workbench.store.get();
  const rows = blocks.flat();
  const limit = Math.max(0, rows.length - surface.height);
  workbench.limits.set('repl', limit);
  const isBrowsing = overlay?.kind !== 'entry';
  const index = repl.index ?? blocks.length - 1;
  const start = blocks.slice(0, index).reduce((sum, block) => sum + block.length, 0);
  const size = blocks[index]?.length ?? 0;
  // The turn under the cursor is in sight; at the prompt it is the end.
  const top = isBrowsing
    ? Math.max(0, Math.min(limit, start - Math.max(0, Math.floor((surface.height - size) / 2))))
    : Math.max(0, limit - repl.scroll);
  drawRows(surface, rows, top);
  if (isBrowsing && size > 0) {
    surface.tint(0, start - top, surface.width, 1, 'selected');
  }
  let at = -top;
  for (const [turn, block] of blocks.entries()) {
    surface.onClick(0, at, surface.width, block.length, () =>
      workbench.store.update((state) => ({ ...state, repl: { ...state.repl, index: turn } })),
    );
    at += block.length;
  }
  const label = scrollLabel(top, surface.height, rows.length);
  if (label !== '' && top < limit) {
    surface.text(Math.max(0, surface.width - label.length), surface.height - 1, label, 'muted');
  }
  return Math.min(surface.height, rows.length - top);
}

const drawn = new WeakMap<ReplTurn, { readonly width: number; readonly rows: readonly Row[] }>();

/** A turn that has ended is laid out once. */
function turnRows(workbench: Workbench, turn: ReplTurn, width: number): readonly Row[] {
  const known = drawn.get(turn);
  if (known?.width === width) return known.rows;
  const rows: readonly Row[] = [
    ...paintSql(turn.text).map((line, index): Row => [
      piece(index === 0 ? PROMPT : '  ', 'key'),
      ...line,
    ]),
    ...turn.answers.flatMap((answer) => answerRows(answer, width)),
    ...(turn.error === null ? [] : errorRows(turn.error, width)),
    ...endRows(workbench, turn),
    BLANK,
  ];
  if (turn.durationMs !== null) drawn.set(turn, { width, rows });
  return rows;
}

/** How it goes, or how it ended; nothing of what was done at once. */
function endRows(workbench: Workbench, turn: ReplTurn): readonly Row[] {
  if (turn.durationMs === null) {
    const waited = durationText(workbench.store.get().nowMs - turn.startedAtMs);
    return [row(`⟳ ${waited} · ctrl-c cancels`, 'running')];
  }
  if (turn.isCancelled) return [row('cancelled', 'warn')];
  const rows = turn.answers.findLast((answer) => answer.kind === 'rows');
  const time = durationText(turn.durationMs);
  if (rows?.kind !== 'rows') return turn.durationMs < QUICK_MS ? [] : [row(time, 'muted')];
  const { isCut, rows: list } = rows.page;
  const count = `${isCut ? 'first ' : ''}${plural(list.length, 'row')}`;
  return [row(`${count} · ${time}${isCut ? ' · :limit reads more' : ''}`, 'muted')];
}
