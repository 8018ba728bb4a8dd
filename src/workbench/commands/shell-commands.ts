/**
 * Commands that have no key: said in a line, or found by their words.
 */
import type { Command } from '../command.js';
import { toast } from '../core.js';
import { OUTPUT_FORMS, plainVerb, runVerb } from '../repl/verb.js';
import type { Workbench } from '../workbench.js';
import { doCommandLine } from './command-line.js';

const inGrid = (workbench: Workbench): void =>
  toast(workbench, 'This is for `dagbook repl`: on the screen the grid has all rows.');

export const shellCommands: readonly Command[] = [
  {
    id: 'project.seed',
    title: 'Load all seeds (dbt seed)',
    label: 'seed',
    keys: [],
    when: ['everywhere'],
    verb: runVerb('seed', ':seed', 'load seeds'),
    run: (workbench) => workbench.runner.request({ command: 'seed' }),
  },
  {
    id: 'project.snapshot',
    title: 'Run all snapshots (dbt snapshot)',
    label: 'snapshot',
    keys: [],
    when: ['everywhere'],
    verb: runVerb('snapshot', ':snapshot', 'run snapshots'),
    run: (workbench) => workbench.runner.request({ command: 'snapshot' }),
  },
  {
    id: 'metadata.tables',
    title: "Show the tables of the project's own metadata",
    label: 'metadata',
    keys: [],
    when: ['everywhere'],
    verb: plainVerb('tables', "tables of the project's own metadata"),
    run: (workbench) => doCommandLine(workbench, 'tables'),
  },
  {
    id: 'repl.limit',
    title: 'Set how many rows of a query the REPL reads at most',
    label: 'limit',
    keys: [],
    when: ['shell'],
    isKeyOnly: true,
    verb: {
      name: 'limit',
      usage: ':limit 1000',
      title: 'rows to read at most',
      places: ['shell'],
      read([first]) {
        const rows = Number(first);
        return Number.isInteger(rows) && rows > 0 ? { kind: 'limit', rows } : null;
      },
    },
    run: inGrid,
  },
  {
    id: 'repl.output',
    title: 'Set the form in which the REPL prints rows',
    label: 'output',
    keys: [],
    when: ['shell'],
    isKeyOnly: true,
    verb: {
      name: 'output',
      usage: ':output csv',
      title: 'form of rows: table, csv or json',
      places: ['shell'],
      read([first]) {
        const form = OUTPUT_FORMS.find((one) => one === first);
        return form === undefined ? null : { kind: 'output', form };
      },
    },
    run: inGrid,
  },
];
