/**
 * The first row: project, screens, what is going on, where statements go.
 */
import { countsOf, SCREEN_LIST, type Workbench } from '../../workbench/index.js';
import { cutMiddle } from '../cells/fit.js';
import type { Surface } from '../cells/surface.js';
import { cellWidth } from '../cells/width.js';
import { drawRow, piece, type Row } from './rows.js';
import { clockText } from './words.js';

export function drawHeader(surface: Surface, workbench: Workbench): void {
  const { screen } = workbench.store.get();
  const { projectName } = workbench.session.facts;
  const isNarrow = surface.width < 90;
  let x = surface.text(1, 0, cutMiddle(projectName, isNarrow ? 16 : 28), 'strong');
  x = surface.text(x, 0, ' │', 'border');
  const status = statusOf(workbench, isNarrow);
  const width = status.reduce((sum, { text }) => sum + cellWidth(text), 0);
  // Where there is no room for all names, the other screens are their numbers.
  const names = SCREEN_LIST.reduce((sum, { title }) => sum + title.length + 4, 0);
  const isCrowded = x + names + width + 2 > surface.width;
  SCREEN_LIST.forEach(({ name, title }) => {
    const command = workbench.commands.find(({ id }) => id === `screen.${name}`);
    const key = command?.keys[0] ?? '';
    const text = isCrowded && name !== screen ? ` ${key} ` : ` ${key} ${title} `;
    const width = cellWidth(text);
    surface.text(x, 0, text, name === screen ? 'tabActive' : 'tab');
    surface.onClick(x, 0, width, 1, () => {
      command?.run(workbench);
    });
    x += width;
  });
  if (x + width + 2 <= surface.width) drawRow(surface, surface.width - width - 1, 0, status);
}

function statusOf(workbench: Workbench, isNarrow: boolean): Row {
  const { run, nowMs } = workbench.store.get();
  const { targetName, engine, isMetered } = workbench.session.facts;
  const target = piece(`${targetName} · ${engine}`, isMetered ? 'warn' : 'muted');
  const errors = workbench.session.diagnostics.filter(({ severity }) => severity === 'error');
  const problems =
    errors.length === 0 ? [] : [piece(`✗ ${errors.length}${isNarrow ? '' : ' (!)'}  `, 'fail')];
  if (run.view === null || run.view.summary !== null) return [...problems, target];
  const counts = countsOf(run.view);
  const done = run.view.nodes.size - counts.waiting - counts.running;
  const clock = clockText(nowMs - run.view.startedAtMs);
  const progress = piece(`⟳ ${clock} ${done}/${run.view.nodes.size}  `, 'running');
  return isNarrow ? [progress] : [progress, target];
}
