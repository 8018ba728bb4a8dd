/**
 * The keys of a snapshot, and the versions of one: a table, and a line of time below it.
 */
import {
  cellText,
  shownKey,
  sliderMoment,
  versionChanges,
  type Workbench,
} from '../../workbench/index.js';
import type { ResultPage } from '../../warehouse/index.js';
import { cutEnd, padTo } from '../cells/fit.js';
import type { Surface } from '../cells/surface.js';
import { drawFrame } from './frame.js';
import { loadedRows } from './loaded-rows.js';
import { drawRow, drawRows, piece, type Row, row } from './rows.js';
import { plural } from './words.js';

export function drawSnapshotKeys(surface: Surface, workbench: Workbench): void {
  const { snapshots, overlay } = workbench.store.get();
  const { keys, keyIndex, keyText, focus } = snapshots;
  const isFocused = focus === 'keys' && overlay === null;
  const inner = drawFrame(surface, {
    title: keyText === '' ? 'keys' : `keys with ${keyText}`,
    bottom: keys.kind === 'ready' && keys.value.length === 200 ? 'first 200: f finds' : '',
    isFocused,
  });
  const rows = loadedRows(workbench, keys, inner.width, 'Listing', (value) =>
    value.length === 0
      ? [row('No key.', 'muted')]
      : value.map(({ key, versions, isOpen }): Row => {
          const count = String(versions);
          const room = inner.width - count.length - 4;
          return [
            piece(isOpen ? '● ' : '○ ', isOpen ? 'ok' : 'muted'),
            piece(padTo(cutEnd(key, room), room + 1)),
            piece(count, versions > 1 ? 'accent' : 'muted'),
          ];
        }),
  );
  const top = Math.max(
    0,
    Math.min(rows.length - inner.height, keyIndex - Math.floor(inner.height / 2)),
  );
  drawRows(inner, rows, top);
  if (keys.kind !== 'ready') return;
  inner.tint(0, keyIndex - top, inner.width, 1, isFocused ? 'selected' : 'selectedIdle');
  for (let y = 0; y < inner.height; y += 1)
    inner.onClick(0, y, inner.width, 1, () => workbench.snapshots.selectKey(top + y));
}

export function drawSnapshotHistory(surface: Surface, workbench: Workbench): void {
  const { snapshots, overlay } = workbench.store.get();
  const { history, version, marked, focus } = snapshots;
  const key = shownKey(snapshots);
  const isFocused = focus === 'history' && overlay === null;
  const count = history.kind === 'ready' ? history.value.rows.length : 0;
  const inner = drawFrame(surface, {
    title: key === null ? 'history' : `history of ${key.key}`,
    bottom: count === 0 ? '' : `${plural(count, 'version')} · space marks, = compares`,
    isFocused,
  });
  if (history.kind !== 'ready') {
    const rows =
      history.kind === 'idle'
        ? []
        : loadedRows(workbench, history, inner.width, 'Reading', () => []);
    drawRows(inner, rows, 0);
    return;
  }
  const line = [
    ...timeline(workbench, history.value, version, inner.width),
    ...(inner.height < ROOM_FOR_SLIDER ? [] : [sliderRow(workbench, inner.width)]),
  ];
  const height = Math.max(1, inner.height - 1 - line.length);
  const top = Math.max(0, Math.min(count - height, version - Math.floor(height / 2)));
  drawRow(inner, 0, 0, [
    piece(`  ${padTo('valid from', 18)}${padTo('valid to', 18)}what changed`, 'heading'),
  ]);
  for (let y = 0; y < height && top + y < count; y += 1) {
    const at = top + y;
    drawRow(inner, 0, 1 + y, versionRow(workbench, history.value, at, marked === at), inner.width);
    if (at === version)
      inner.tint(0, 1 + y, inner.width, 1, isFocused ? 'selected' : 'selectedIdle');
  }
  line.forEach((text, at) => drawRow(inner, 0, inner.height - line.length + at, text, inner.width));
}

// Below it the versions need every row.
const ROOM_FOR_SLIDER = 5;

/** `as of 2026-11-20 ◂ ───●── ▸ 9,702 rows held`: the days with changes, oldest on the left, now on the right. */
function sliderRow(workbench: Workbench, width: number): Row {
  const { snapshots } = workbench.store.get();
  const { report, momentIndex, held } = snapshots;
  const days = report.kind === 'ready' ? report.value.changes.length : 0;
  const moment = sliderMoment(snapshots);
  const head = `as of ${moment === null ? 'now' : moment.slice(0, 10)}`.padEnd(17);
  const tail = moment === null ? '< earlier · a rows' : heldText(workbench, held);
  const room = Math.max(2, Math.min(40, width - head.length - tail.length - 6));
  const at =
    momentIndex === null ? room - 1 : Math.round(((days - 1 - momentIndex) / days) * (room - 1));
  return [
    piece(head, 'heading'),
    piece('◂ ', 'muted'),
    piece('─'.repeat(at), 'edge'),
    piece('●', 'path'),
    piece('─'.repeat(room - 1 - at), 'edge'),
    piece(' ▸ ', 'muted'),
    piece(tail, 'muted'),
  ];
}

function heldText(
  workbench: Workbench,
  held: ReturnType<Workbench['store']['get']>['snapshots']['held'],
): string {
  if (held.kind === 'ready') return `${plural(held.value, 'row')} held`;
  if (held.kind === 'failed') return cutEnd(held.error.message, 40);
  const waitedMs = held.kind === 'loading' ? workbench.store.get().nowMs - held.sinceMs : 0;
  return `⟳ counting${waitedMs > 1000 ? ` ${Math.floor(waitedMs / 1000)} s` : ''}`;
}

function versionRow(workbench: Workbench, page: ResultPage, at: number, isMarked: boolean): Row {
  const { from, to } = moments(workbench, page, at);
  const shape = workbench.snapshots.shape();
  const isFirst = at === page.rows.length - 1;
  const changes =
    shape === null || isFirst ? [] : versionChanges(page, at + 1, at, shape.ownColumns);
  const said = isFirst
    ? 'first seen'
    : changes.length === 0
      ? 'no value changed'
      : changes.map(({ column, before, after }) => `${column} ${before} → ${after}`).join(', ');
  return [
    piece(isMarked ? '▌ ' : '  ', 'mark'),
    piece(padTo(from, 18)),
    piece(padTo(to ?? 'now (open)', 18), to === null ? 'ok' : 'text'),
    piece(said, isFirst ? 'muted' : 'text'),
  ];
}

interface Moments {
  readonly from: string;
  /** Null while the version is current. */
  readonly to: string | null;
}

function moments(workbench: Workbench, { columns, rows }: ResultPage, at: number): Moments {
  const shape = workbench.snapshots.shape();
  const place = (name: string | undefined): number =>
    columns.findIndex((column) => column.name.toLowerCase() === name?.toLowerCase());
  const cells = rows[at] ?? [];
  const from = cellText(cells[place(shape?.validFrom)]).text.slice(0, 16);
  const to = cells[place(shape?.validTo)] ?? null;
  return { from, to: to === null ? null : cellText(to).text.slice(0, 16) };
}

/** Versions as stretches of time, oldest on the left, each at least wide enough to be seen. */
function timeline(
  workbench: Workbench,
  page: ResultPage,
  version: number,
  width: number,
): readonly Row[] {
  const count = page.rows.length;
  const starts = page.rows.map((_, at) =>
    Date.parse(`${moments(workbench, page, at).from.replace(' ', 'T')}Z`),
  );
  const first = starts.at(-1) ?? Number.NaN;
  if (count === 0 || !Number.isFinite(first)) return [];
  const { from } = moments(workbench, page, count - 1);
  const { to } = moments(workbench, page, 0);
  const end = to === null ? workbench.store.get().nowMs : Date.parse(`${to.replace(' ', 'T')}Z`);
  const head = `${from.slice(0, 10)} `;
  const tail = to === null ? '▶ now' : `┤ ${to.slice(0, 10)}`;
  const room = width - head.length - tail.length;
  const MIN = 2;
  if (room < count * MIN) return [];
  const total = Math.max(1, Math.max(end, ...starts) - first);
  const spare = room - count * MIN;
  const pieces = page.rows
    .map((_, at) => {
      const until = at === 0 ? Math.max(end, starts[0] ?? first) : (starts[at - 1] ?? first);
      const share = Math.max(0, until - (starts[at] ?? first)) / total;
      const cells = MIN + Math.floor(share * spare);
      return piece(`├${'─'.repeat(Math.max(0, cells - 1))}`, at === version ? 'path' : 'edge');
    })
    .toReversed();
  return [[piece(head, 'muted'), ...pieces, piece(tail, to === null ? 'ok' : 'muted')]];
}
