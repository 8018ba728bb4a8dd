/**
 * Dialogs of one line about a result: the condition of a filter, a file to write, a target to compare with.
 */
import type { Overlay, Workbench } from '../../workbench/index.js';
import type { Surface } from '../cells/surface.js';
import { drawFrame } from './frame.js';
import { drawField } from './text-field.js';

type Line = Extract<
  Overlay,
  { readonly kind: 'condition' | 'export' | 'compare-target' | 'parameter' | 'promote' }
>;

const TEXTS: Readonly<
  Record<Line['kind'], { readonly title: string; readonly hint: string; readonly bottom: string }>
> = {
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
};

export function drawLine(surface: Surface, workbench: Workbench, overlay: Line): void {
  surface.fill(0, 0, surface.width, surface.height, ' ');
  const { title, hint, bottom } = TEXTS[overlay.kind];
  const { targetName } = workbench.session.facts;
  const inner = drawFrame(surface, {
    title: overlay.kind === 'parameter' ? `${title} ${overlay.name}` : title,
    right: overlay.kind === 'compare-target' ? `this is ${targetName}` : '',
    bottom,
    isFocused: true,
  });
  const x = inner.text(0, 0, '❯ ', 'key');
  if (overlay.field.text === '') inner.text(x + 2, 0, hint, 'muted');
  drawField(inner, x, 0, inner.width - x, overlay.field);
}
