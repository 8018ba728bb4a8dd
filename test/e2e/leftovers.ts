import type { TestTerminal } from './terminal.js';

/**
 * What is left of a full-screen program after its end: `alternate screen`, `hidden cursor`, or modes that stay on.
 * Empty if the terminal is as it was.
 */
export function leftovers(terminal: TestTerminal): readonly string[] {
  const isOn = (mode: string): boolean =>
    terminal.raw.lastIndexOf(`\u001b[${mode}h`) > terminal.raw.lastIndexOf(`\u001b[${mode}l`);
  const wasHidden = terminal.raw.includes('\u001b[?25l');
  return [
    ...(terminal.bufferType === 'normal' ? [] : ['alternate screen']),
    ...(wasHidden && !isOn('?25') ? ['hidden cursor'] : []),
    ...['?1000', '?1002', '?1003', '?1004', '?1006', '?2004', '?1049'].filter(isOn),
  ];
}
