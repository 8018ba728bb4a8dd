/**
 * Dialogs of one line about a result: the condition of a filter, a file to write, a target to compare with.
 */
import type { Overlay, Workbench } from '../../workbench/index.js';
import type { Surface } from '../cells/surface.js';
import { cutEnd } from '../cells/fit.js';
import { drawFrame } from './frame.js';
import { drawField } from './text-field.js';

type Line = Extract<
  Overlay,
  {
    readonly kind:
      | 'condition'
      | 'export'
      | 'compare-target'
      | 'confirm'
      | 'parameter'
      | 'promote'
      | 'snapshot-line';
  }
>;

interface Texts {
  readonly title: string;
  readonly hint: string;
  readonly bottom: string;
}

type Asks =
  | Exclude<Line['kind'], 'snapshot-line'>
  | Extract<Line, { readonly kind: 'snapshot-line' }>['purpose'];

const TEXTS: Readonly<Record<Asks, Texts>> = {
  condition: {
    title: 'filter: rows where',
    hint: "severity > 3 and service in ('auth', 'search')",
    bottom: 'enter filter · empty shows all rows · esc close',
  },
  export: {
    title: 'write all rows to',
    hint: 'rows.csv, .json, .ndjson, .md or .parquet',
    bottom: '.csv .json .ndjson .md .parquet · --csv-safe · --replace · enter write · esc close',
  },
  parameter: {
    title: 'value of the parameter',
    hint: 'as in the file',
    bottom: 'for this session; I changes the file · enter set · esc close',
  },
  promote: {
    title: 'write the cell as a model to',
    hint: 'models/marts/name.sql',
    bottom: 'with a .yml of its columns beside it · enter write · esc close',
  },
  'compare-target': {
    title: 'compare with the same node in target',
    hint: 'prod',
    bottom: 'a target of the profile · enter compare · esc close',
  },
  confirm: {
    title: 'this target is protected',
    hint: 'type the name of the target to go on',
    bottom: 'enter go on · esc leave it',
  },
  key: {
    title: 'keys with this in them',
    hint: 'a part of a key',
    bottom: 'enter find · empty lists all · esc close',
  },
  'as-of': {
    title: 'rows as of',
    hint: '2026-11-20 12:00',
    bottom: 'enter look at the rows that held then · esc close',
  },
  rebuild: {
    title: 'begin this snapshot anew: its history is kept in a backup table, and no longer here',
    hint: 'type the name of the snapshot to do it',
    bottom: 'enter back up, drop, run · esc close',
  },
};

export function drawLine(surface: Surface, workbench: Workbench, overlay: Line): void {
  surface.fill(0, 0, surface.width, surface.height, ' ');
  const { title, hint, bottom } =
    TEXTS[overlay.kind === 'snapshot-line' ? overlay.purpose : overlay.kind];
  const { targetName } = workbench.session.facts;
  const inner = drawFrame(surface, {
    title: overlay.kind === 'parameter' ? `${title} ${overlay.name}` : title,
    right: ['compare-target', 'confirm'].includes(overlay.kind) ? `this is ${targetName}` : '',
    bottom,
    isFocused: true,
  });
  const y = overlay.kind === 'confirm' ? 1 : 0;
  if (overlay.kind === 'confirm') inner.text(0, 0, cutEnd(overlay.what, inner.width), 'warn');
  const x = inner.text(0, y, '❯ ', 'key');
  if (overlay.field.text === '') inner.text(x + 2, y, hint, 'muted');
  drawField(inner, x, y, inner.width - x, overlay.field);
}
