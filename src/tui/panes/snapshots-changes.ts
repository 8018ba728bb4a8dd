/**
 * What changed in a snapshot by day: how many rows of each kind, or which columns.
 */
import type { Workbench } from '../../workbench/index.js';
import { cutMiddle, padTo } from '../cells/fit.js';
import type { Surface } from '../cells/surface.js';
import { drawFrame } from './frame.js';
import { loadedRows } from './loaded-rows.js';
import { BLANK, drawRows, piece, type Row, row } from './rows.js';

const NARROW_CHANGES = 44;

/** Changes by day, and which columns move. */
export function drawSnapshotChanges(surface: Surface, workbench: Workbench): void {
  const { report, showsHeat } = workbench.store.get().snapshots;
  const inner = drawFrame(surface, {
    title: showsHeat ? 'changes by day and column' : 'changes by day',
    bottom: report.kind !== 'ready' ? '' : showsHeat ? 'H by kind' : 'H by column',
    isFocused: false,
  });
  if (report.kind === 'idle') return;
  if (showsHeat) {
    drawHeat(inner, workbench);
    return;
  }
  const rows = loadedRows(
    workbench,
    report,
    inner.width,
    'Counting',
    ({ changes, moved, rowCount, keyCount }) => {
      const most = Math.max(1, ...changes.map(({ born, changed, gone }) => born + changed + gone));
      // Where there is little room the year is left out.
      const isNarrow = inner.width < NARROW_CHANGES;
      const dayWidth = isNarrow ? 7 : 12;
      const barWidth = Math.max(2, inner.width - dayWidth - 25);
      const days = changes
        .slice(0, Math.max(1, inner.height - 4))
        .map(({ day, born, changed, gone }): Row => {
          const total = born + changed + gone;
          return [
            piece(`${isNarrow ? day.slice(5) : day}  `, 'muted'),
            piece(String(born).padStart(7)),
            piece(String(changed).padStart(9)),
            piece(String(gone).padStart(7)),
            piece(`  ${'█'.repeat(Math.max(1, Math.round((total / most) * barWidth)))}`, 'accent'),
          ];
        });
      const versions = rowCount - keyCount;
      const columns = moved
        .slice(0, 4)
        .map(
          ({ column, count }) =>
            `${column} (${Math.round((100 * count) / Math.max(1, versions))} %)`,
        );
      return [
        [
          piece(
            `${' '.repeat(dayWidth)}${'new'.padStart(7)}${'changed'.padStart(9)}${'gone'.padStart(7)}`,
            'heading',
          ),
        ],
        ...days,
        BLANK,
        columns.length === 0
          ? row('No column has changed yet.', 'muted')
          : [piece('columns that move most: ', 'muted'), piece(columns.join(', '))],
      ];
    },
  );
  drawRows(inner, rows, 0);
}

// From none to the most of all days.
const SHADES = ['·', '░', '▒', '▓', '█'] as const;
const MAX_HEADING = 14;
const MIN_HEADING = 5;

/** A row a day, a column a column: the darker, the more of its versions changed it. */
function drawHeat(surface: Surface, workbench: Workbench): void {
  const { heat } = workbench.store.get().snapshots;
  const rows = loadedRows(workbench, heat, surface.width, 'Comparing versions', (value) => {
    if (value.days.length === 0) return [row('No column has changed yet.', 'muted')];
    const room = surface.width - DAY;
    const width = Math.max(
      MIN_HEADING,
      Math.min(MAX_HEADING, Math.floor(room / value.columns.length) - 1),
    );
    const shown = value.columns.slice(0, Math.max(1, Math.floor(room / (width + 1))));
    const most = Math.max(1, ...value.days.flatMap(({ counts }) => counts));
    const left = value.columns.length - shown.length;
    return [
      [
        piece(' '.repeat(DAY)),
        ...shown.map((name) => piece(`${padTo(cutMiddle(name, width), width)} `, 'heading')),
      ],
      ...value.days.map(({ day, counts }): Row => [
        piece(padTo(day, DAY), 'muted'),
        ...shown.map((_, at) => heatPiece(counts[at] ?? 0, most, width)),
      ]),
      ...(left === 0 ? [] : [row(`… and ${left} more columns`, 'muted')]),
    ];
  });
  drawRows(surface, rows, 0);
}

const DAY = 12;

function heatPiece(count: number, most: number, width: number): Row[number] {
  const shade = count === 0 ? 0 : Math.max(1, Math.ceil((count / most) * (SHADES.length - 1)));
  const bar = (SHADES[shade] ?? '').repeat(count === 0 ? 1 : Math.max(1, width - 4));
  const text = count === 0 ? bar : `${bar}${String(count).padStart(3)}`;
  return piece(`${padTo(text, width)} `, count === 0 ? 'muted' : 'accent');
}
