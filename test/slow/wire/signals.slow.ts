/**
 * R3: Ctrl-C and the other signals end what runs in the account before the program leaves, with dbt's exit code 2.
 */
import { afterAll, expect, test } from 'vitest';
import { TestTerminal } from '../../e2e/terminal.js';
import { startProgram } from '../../support/wire-project.js';
import { isTaken, PATIENCE_MS, Tally } from '../tally.js';
import { inWireCase, WIRE_FILES, type WireCase, type WireCaseOptions } from './wire-case.js';

const tally = new Tally({
  promise: 'R3',
  what: 'SIGINT, SIGTERM, SIGHUP in six states of a run, a stdout that is closed, ctrl-c and quitting on the screen; 1 and 8 threads',
});

afterAll(() => tally.write());

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const STATES: readonly (readonly [string, Partial<WireCaseOptions>])[] = [
  ['submitted, its query id not yet told', { hangs: 'table DB.DEV.other', holdMs: 45_000 }],
  ['running', { hangs: 'table DB.DEV.other', holdMs: 50 }],
  ['in a transaction', { hangs: 'merge into', holdMs: 50 }],
  ['making the schema', { hangs: 'create schema', holdMs: 50 }],
  ['asking the catalog', { hangs: 'show ', holdMs: 50 }],
  ['in a test', { hangs: 'dbt_internal_test', holdMs: 50 }],
];

const FILES = {
  ...WIRE_FILES,
  'models/merged.sql':
    "{{ config(materialized='incremental', unique_key='id', incremental_strategy='merge', pre_hook='merge into db.dev.log using (select 1 as id) s on log.id = s.id when not matched then insert (id) values (1)') }}\nselect 1 as id",
  'models/m.yml':
    'models:\n  - name: other\n    columns:\n      - name: id\n        data_tests: [not_null]\n',
};

test.each(SIGNALS)(
  '%s',
  async (signal) => {
    for (const threads of [1, 8]) {
      for (const [state, options] of STATES.filter((_, at) => isTaken(at + threads - 1))) {
        const name = `${signal}, ${state}, ${threads} threads`;
        const fault = await inWireCase(
          { threads, hangs: null, files: FILES, ...options },
          async ({ server, project, isHanging }) => {
            const run = startProgram(['build'], project.dir);
            if (!(await Promise.race([isHanging.then(() => true), run.ended.then(() => false)])))
              return `it came to its end: ${(await run.ended).stderr}`;
            run.child.kill(signal);
            const { exitCode, stderr } = await run.ended;
            if (exitCode !== 2) return `exit code ${exitCode}: ${stderr}`;
            if (!stderr.includes('Cancelling what is running')) return 'it did not say so';
            const left = server.statements.filter(({ status }) => status === 'RUNNING');
            return left.length === 0 ? null : `left running: ${left[0]?.sql ?? ''}`;
          },
        );
        tally.add(name, fault);
      }
    }
    expect(tally.faults).toEqual([]);
  },
  PATIENCE_MS,
);

/** What the server still runs once the program has gone. */
function leftOn({ server }: WireCase): string | null {
  const left = server.statements.filter(({ status }) => status === 'RUNNING');
  return left.length === 0 ? null : `left running: ${left[0]?.sql ?? ''}`;
}

test.each(['text', 'json'])(
  'a closed stdout, %s',
  async (output) => {
    for (const threads of [1, 8].filter((_, at) => isTaken(at))) {
      for (const hangs of ['table DB.DEV.other', 'merge into', 'dbt_internal_test']) {
        const fault = await inWireCase(
          { threads, hangs, holdMs: 50, files: FILES },
          async (wire) => {
            const run = startProgram(['build', '--output', output], wire.project.dir);
            // Nobody reads from here on: the next line that is printed finds out.
            run.child.stdout?.destroy();
            const { exitCode } = await run.ended;
            return exitCode === 2 ? leftOn(wire) : `exit code ${exitCode}`;
          },
        );
        tally.add(`stdout closed, ${output}, ${hangs}, ${threads} threads`, fault);
      }
    }
    expect(tally.faults).toEqual([]);
  },
  PATIENCE_MS,
);

const CTRL_C = '\u0003';
const WAYS_OUT: readonly (readonly [string, (screen: TestTerminal) => Promise<void> | void])[] = [
  [
    'ctrl-c, then Q',
    async (screen) => {
      screen.press(CTRL_C);
      await screen.waitFor(/cancelled/iu);
      screen.press('Q');
    },
  ],
  ['Q twice', (screen) => screen.press('QQ')],
  ['ctrl-c twice', (screen) => screen.press(CTRL_C + CTRL_C)],
  ['SIGTERM', (screen) => screen.kill('SIGTERM')],
  ['SIGHUP', (screen) => screen.kill('SIGHUP')],
];

test.each(WAYS_OUT)(
  'on the screen, %s',
  async (way, leave) => {
    for (const threads of [1, 8].filter((_, at) => isTaken(at))) {
      const options = { threads, hangs: 'table DB.DEV.other', holdMs: 50, files: FILES };
      const fault = await inWireCase(options, async (wire) => {
        const screen = new TestTerminal({
          command: process.execPath,
          args: ['dist/dagbook.js', '--project-dir', wire.project.dir],
          cwd: process.cwd(),
          columns: 100,
          rows: 30,
          env: { HOME: wire.project.dir, XDG_CONFIG_HOME: wire.project.dir },
        });
        try {
          await screen.waitFor('/ find', 60_000);
          screen.press(':');
          await screen.idle();
          screen.press('run -s other\r');
          await screen.waitFor('enter run it', 60_000);
          screen.press('\r');
          await wire.isHanging;
          await leave(screen);
          await screen.exited();
          const { raw } = screen;
          const isHidden = raw.lastIndexOf('\u001b[?25l') > raw.lastIndexOf('\u001b[?25h');
          if (screen.bufferType !== 'normal' || isHidden) return 'the terminal is not as it was';
          return leftOn(wire);
        } finally {
          screen.kill('SIGKILL');
        }
      });
      tally.add(`screen, ${way}, ${threads} threads`, fault);
    }
    expect(tally.faults).toEqual([]);
  },
  PATIENCE_MS,
);
