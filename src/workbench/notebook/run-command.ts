/**
 * The dbt command of a run cell, read as the workbench reads one that is typed.
 */
import { DagbookError } from '../../base/index.js';
import type { RunRequest } from '../../session/index.js';
import { parseRun, splitWords } from '../repl/run-flags.js';
import type { RunCell } from './notebook.js';
import { fillText, type ParameterValues } from './parameters.js';

/** The dbt command of a run cell. @throws DagbookError notebook/bad-command; what reading flags throws. */
export function runRequestOf(cell: RunCell, values: ParameterValues): RunRequest {
  const [verb = '', ...words] = splitWords(fillText(cell.command, values));
  const commands = ['run', 'test', 'build', 'seed', 'snapshot'] as const;
  const command = commands.find((one) => one === verb);
  if (command === undefined) {
    throw new DagbookError('notebook/bad-command', `A run cell does not know ${verb}.`, {
      hint: `It knows ${commands.join(', ')}.`,
      exitCode: 1,
    });
  }
  return parseRun(command, words);
}
