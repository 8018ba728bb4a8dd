import { expect, test } from 'vitest';
import { guardTerminal } from '../../src/tui/terminal/terminal-guard.js';
import { enterModes, LEAVE_MODES } from '../../src/tui/terminal/terminal-modes.js';

function guarded(): { log: string[]; leave: () => void } {
  const log: string[] = [];
  const guard = guardTerminal({
    stdout: {
      write(text) {
        log.push(text);
        return true;
      },
      on() {},
      off() {},
    },
    hasMouse: true,
    onLeave: () => log.push('left'),
    onSignal: (exitCode) => log.push(`signal ${exitCode}`),
    onCrash: (error) => log.push(`crash ${String(error)}`),
  });
  return { log, leave: () => guard.leave() };
}

const ENTER = enterModes({ hasMouse: true });

test('the terminal is given back once, and nobody listens any more', () => {
  const before = process.listenerCount('SIGTERM');
  const { log, leave } = guarded();
  leave();
  leave();
  expect(log).toEqual([ENTER, 'left', LEAVE_MODES]);
  expect(process.listenerCount('SIGTERM')).toBe(before);
});

test.each([
  ['SIGTERM', 143],
  ['SIGHUP', 129],
  ['SIGINT', 130],
] as const)('%s gives the terminal back, then says so', (signal, exitCode) => {
  const mine = process.listeners(signal);
  const { log } = guarded();
  for (const listener of process.listeners(signal)) {
    if (!mine.includes(listener)) listener(signal);
  }
  expect(log).toEqual([ENTER, 'left', LEAVE_MODES, `signal ${exitCode}`]);
  for (const listener of process.listeners(signal)) {
    if (!mine.includes(listener)) process.off(signal, listener);
  }
});

test('every mode that is switched on is switched off', () => {
  const on = [...ENTER.matchAll(/\u001b\[\?(\d+)h/gu)].map((match) => match[1]);
  for (const mode of on) expect(LEAVE_MODES).toContain(`\u001b[?${mode}l`);
  expect(LEAVE_MODES).toContain('\u001b[?25h');
  expect(LEAVE_MODES).toContain('\u001b[?7h');
  expect(ENTER).toContain('\u001b[>1u');
  expect(LEAVE_MODES).toContain('\u001b[<u');
});
