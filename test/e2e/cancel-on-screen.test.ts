/** However the screen is left, what it has running in the account is ended, and the terminal is given back. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { inWireCase } from '../slow/wire/wire-case.js';
import { leftovers } from './leftovers.js';
import { TestTerminal } from './terminal.js';

const PROGRAM = join(process.cwd(), 'dist', 'dagbook.js');

/** Keys that make something hang, and what the screen shows while it does. */
const WORKS = {
  'a run': { hangs: 'table DB.DEV.other', keys: ['B', '\r'], shows: /⟳ running|⟳ 1|other/u },
  'a query': { hangs: 'slow_question', keys: ['8', 'select 1 as slow_question;\r'], shows: /⟳/u },
} as const;

/** How it is left: keys one after another, each with what is waited for before it; or a signal. */
const WAYS: readonly (readonly [name: string, leave: (terminal: TestTerminal) => Promise<void>])[] =
  [
    [
      'ctrl-c, and Q once it has ended',
      async (terminal) => {
        terminal.press('\u0003');
        await terminal.waitFor(/cancelled|Cancelled/u);
        terminal.press('\u001b');
        await terminal.idle();
        terminal.press('Q');
      },
    ],
    [
      'Q, and Q again where a run goes on',
      async (terminal) => {
        terminal.press('\u001b');
        await terminal.idle();
        terminal.press('Q');
        await terminal.idle();
        terminal.press('Q');
      },
    ],
    ...(['SIGTERM', 'SIGHUP', 'SIGINT'] as const).map(
      (signal) => [signal, async (terminal: TestTerminal) => terminal.kill(signal)] as const,
    ),
  ];

test.each(
  (['a run', 'a query'] as const).flatMap((work) =>
    WAYS.map(([way, leave]) => ({ work, way, leave })),
  ),
)(
  '$work is left by $way',
  async ({ work, leave }) => {
    const { hangs, keys, shows } = WORKS[work];
    await inWireCase({ threads: 1, hangs, holdMs: 50 }, async ({ server, project, isHanging }) => {
      const terminal = new TestTerminal({
        command: process.execPath,
        args: [PROGRAM],
        cwd: project.dir,
        columns: 110,
        rows: 32,
        env: { XDG_CONFIG_HOME: join(project.dir, 'config'), HOME: project.dir },
      });
      try {
        await terminal.waitFor('enter open');
        for (const key of keys) {
          terminal.press(key);
          await terminal.waitFor(/enter: run it|a statement ends with|⟳/u);
        }
        await isHanging;
        await terminal.waitFor(shows);
        await leave(terminal);
        await terminal.exited();
        const running = server.statements.filter(({ status }) => status === 'RUNNING');
        expect(running.map(({ sql }) => sql)).toEqual([]);
        expect(leftovers(terminal)).toEqual([]);
      } finally {
        terminal.kill('SIGKILL');
      }
    });
  },
  120_000,
);
