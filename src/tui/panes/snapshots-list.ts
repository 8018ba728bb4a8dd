/**
 * The snapshots of the project, and the health of the one that is shown.
 */
import type { Workbench } from '../../workbench/index.js';
import { cellText } from '../../workbench/index.js';
import { cutEnd, padTo } from '../cells/fit.js';
import type { Surface } from '../cells/surface.js';
import { drawFrame } from './frame.js';
import { loadedRows } from './loaded-rows.js';
import { BLANK, drawRows, piece, type Row, row, wrapped } from './rows.js';
import { plural } from './words.js';

type Pending = ReturnType<Workbench['store']['get']>['snapshots']['pending'];

export function drawSnapshotsList(surface: Surface, workbench: Workbench): void {
  const { snapshots, overlay } = workbench.store.get();
  const all = workbench.snapshots.list();
  const isFocused = snapshots.focus === 'list' && overlay === null;
  const inner = drawFrame(surface, { title: 'snapshots', isFocused });
  if (all.length === 0) {
    drawRows(
      inner,
      wrapped(
        'This project has no snapshots: describe one in snapshots/*.yml.',
        inner.width,
        'muted',
      ),
      0,
    );
    return;
  }
  const names = all.map(({ id, name, config }): Row => {
    const isShown = id === snapshots.id;
    const strategy = typeof config['strategy'] === 'string' ? config['strategy'] : '';
    const room = inner.width - strategy.length - 3;
    return [
      piece(isShown ? '▌ ' : '  ', 'mark'),
      piece(padTo(cutEnd(name, room), room + 1), isShown ? 'strong' : 'text'),
      piece(strategy, 'muted'),
    ];
  });
  const at = all.findIndex(({ id }) => id === snapshots.id);
  // As many names as leave room for the health of the one that is shown.
  const room = Math.max(1, Math.min(names.length, inner.height - 7));
  const top = Math.max(0, Math.min(names.length - room, at - Math.floor(room / 2)));
  drawRows(inner.view(0, 0, inner.width, room), names, top);
  if (at >= top && at < top + room)
    inner.tint(0, at - top, inner.width, 1, isFocused ? 'selected' : 'selectedIdle');
  for (let y = 0; y < room; y += 1)
    inner.onClick(0, y, inner.width, 1, () => workbench.snapshots.select(top + y));
  drawRows(
    inner.view(0, room, inner.width, inner.height - room),
    healthRows(workbench, inner.width),
    0,
  );
}

function healthRows(workbench: Workbench, width: number): readonly Row[] {
  const { report, pending } = workbench.store.get().snapshots;
  const shape = workbench.snapshots.shape();
  if (shape === null)
    return [row('It has no unique_key: nothing can be said of its keys.', 'warn')];
  return loadedRows(workbench, report, width, 'Reading the snapshot', (value) => [
    [
      piece(`key ${shape.keyLabel}  `, 'muted'),
      piece('last change ', 'muted'),
      piece(cellText(value.lastChange).text.slice(0, 16)),
    ],
    row(
      `${plural(value.rowCount, 'row')}, ${plural(value.keyCount, 'key')}, ${value.openCount} open`,
    ),
    BLANK,
    ...value.checks.map(({ title, count, severity }): Row =>
      count === 0
        ? [piece('✓ ', 'ok'), piece(title)]
        : [
            piece(severity === 'fail' ? '✗ ' : '! ', severity),
            piece(`${title}: ${count} do not`, severity),
          ],
    ),
    ...(pending.kind === 'idle' ? [] : pendingRows(workbench, pending, width)),
  ]);
}

function pendingRows(workbench: Workbench, pending: Pending, width: number): readonly Row[] {
  const isIgnoring = workbench.snapshots.shape()?.hardDeletes === 'ignore';
  return loadedRows(workbench, pending, width, 'Comparing', ({ born, changed, gone }) => {
    const isKept = isIgnoring && gone > 0;
    const kept = `gone but open: ${plural(gone, 'key')} (hard_deletes ignore)`;
    return [
      ...(isKept ? [[piece('! ', 'warn'), piece(kept, 'warn')]] : []),
      BLANK,
      [piece('a run now: ', 'muted'), ...pendingPieces(born, changed, isKept ? 0 : gone)],
    ];
  });
}

function pendingPieces(born: number, changed: number, gone: number): Row {
  if (born + changed + gone === 0) return [piece('nothing would change', 'ok')];
  return [
    piece(`+${born} new  `, 'ok'),
    piece(`~${changed} changed  `, 'warn'),
    piece(`-${gone} gone`, 'fail'),
  ];
}
