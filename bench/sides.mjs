/**
 * The programs that are compared, and how each is told to do the same thing.
 */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const program = join(dirname(fileURLToPath(import.meta.url)), '..', 'dist', 'dagbook.js');

/**
 * One side: a command for each task, and whether what was kept from before is taken away first.
 *
 * Fusion keeps nothing between parses, so that its cold and its warm runs are the same command.
 */
export function sidesOf({ node, dbt, fusion }) {
  const ours = [node, program];
  const sides = [
    {
      name: 'dagbook',
      tasks: {
        'cold parse': { command: [...ours, 'parse', '--quiet'], isCold: true },
        'warm parse': { command: [...ours, 'parse', '--quiet'] },
        'one file changed, parse': { command: [...ours, 'parse', '--quiet'], touches: true },
        'one file changed, ls': {
          command: [...ours, 'ls', '--quiet'],
          touches: true,
          isList: true,
        },
        ls: { command: [...ours, 'ls', '--quiet'], isList: true },
      },
    },
  ];
  if (dbt !== undefined) {
    const parse = [dbt, '--quiet', 'parse', '--profiles-dir', '.'];
    const list = [dbt, '--quiet', 'ls', '--profiles-dir', '.'];
    sides.push({
      name: 'dbt-core',
      tasks: {
        'cold parse': { command: [...parse, '--no-partial-parse'], isCold: true },
        'warm parse': { command: parse },
        'one file changed, parse': { command: parse, touches: true },
        'one file changed, ls': { command: list, touches: true },
        ls: { command: list, isList: true },
      },
    });
  }
  if (fusion !== undefined) {
    const parse = [fusion, 'parse', '--profiles-dir', '.', '--quiet'];
    const list = [fusion, 'ls', '--profiles-dir', '.', '--quiet'];
    sides.push({
      name: 'fusion',
      tasks: {
        'cold parse': { command: parse, isCold: true },
        'warm parse': { command: parse },
        'one file changed, parse': { command: parse, touches: true },
        'one file changed, ls': { command: list, touches: true },
        ls: { command: list, isList: true },
      },
    });
  }
  return sides;
}

/** Names of all tasks, in the order in which they are run. */
export const TASKS = [
  'cold parse',
  'warm parse',
  'one file changed, parse',
  'one file changed, ls',
  'ls',
];
