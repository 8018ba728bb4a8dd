/**
 * Lines that are typed: what Enter does in each, and lines typed before.
 */
import type { Command } from '../command.js';
import type { Overlay } from '../overlay.js';
import type { Workbench } from '../workbench.js';
import {
  acceptCommandLine,
  acceptCompareTarget,
  acceptCondition,
  acceptExport,
  acceptGoToColumn,
  acceptQuery,
  acceptSelector,
} from './accept.js';
import { acceptParameter, acceptPromotion } from './accept-notebook.js';
import { newLine } from './cell-editor.js';
import { goThroughHistory } from './history.js';

const ACCEPTED: readonly (readonly [
  kind: Overlay['kind'],
  label: string,
  title: string,
  accept: (workbench: Workbench) => void,
])[] = [
  ['command-line', 'do it', 'Do what the line says', acceptCommandLine],
  ['query', 'ask', 'Ask the query', acceptQuery],
  ['selector', 'keep', 'Keep the filter', acceptSelector],
  ['condition', 'filter', 'Filter by the condition; an empty one shows all rows', acceptCondition],
  ['export', 'write', 'Write the file', acceptExport],
  ['compare-target', 'compare', 'Compare with that target', acceptCompareTarget],
  [
    'confirm',
    'go on',
    'Go on, if this is the name of the target',
    (workbench) => workbench.consent.accept(),
  ],
  [
    'parameter',
    'set',
    'Give the parameter this value; an empty one is the value in the file',
    acceptParameter,
  ],
  ['promote', 'write', 'Write the model and its properties', acceptPromotion],
  ['go-to-column', 'go', 'Go to the column', acceptGoToColumn],
];

export const lineCommands: readonly Command[] = [
  ...ACCEPTED.map(([kind, label, title, accept]): Command => ({
    id: `${kind}.accept`,
    title,
    label,
    keys: ['enter'],
    when: [kind],
    footer: 1,
    isKeyOnly: true,
    run: accept,
  })),
  {
    id: 'query.line',
    title: 'Start another line',
    label: 'new line',
    keys: ['alt-enter', 'shift-enter', 'ctrl-j'],
    when: ['query'],
    footer: 3,
    isKeyOnly: true,
    run: newLine,
  },
  {
    id: 'history.earlier',
    title: 'Take the line typed before',
    label: 'earlier',
    keys: ['up'],
    when: ['command-line'],
    isKeyOnly: true,
    run: (workbench) => goThroughHistory(workbench, 1),
  },
  {
    id: 'history.later',
    title: 'Take the line typed after',
    label: 'later',
    keys: ['down'],
    when: ['command-line'],
    isKeyOnly: true,
    run: (workbench) => goThroughHistory(workbench, -1),
  },
  {
    id: 'selector.cancel',
    title: 'Take the filter back',
    label: 'undo',
    keys: ['esc'],
    when: ['selector'],
    footer: 2,
    isKeyOnly: true,
    run: (workbench) =>
      workbench.store.update((state) =>
        state.overlay?.kind === 'selector'
          ? { ...state, overlay: null, graph: { ...state.graph, filter: state.overlay.before } }
          : state,
      ),
  },
];
