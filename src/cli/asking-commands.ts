/**
 * Commands that ask questions: `notebook run`, `lineage` and `repl`.
 */
import { type Command, Option } from 'commander';
import type { Io } from './io.js';
import { outputOption, projectOptions } from './options.js';

type Choose = (action: (io: Io) => Promise<number>) => void;

/** Adds them to the program; each is imported when it is asked for. */
export function addAskingCommands(program: Command, choose: Choose): void {
  const notebook = program.command('notebook').description('about notebooks');
  outputOption(
    projectOptions(
      notebook
        .command('run')
        .description('run the cells of a notebook; checks decide the exit code'),
    ),
    ['text', 'json', 'html', 'md'],
    'text',
  )
    .argument('<file>', 'a .sql file with cells that start with `-- %%`')
    .option('--param <name=value...>', "values of the notebook's parameters")
    .option('--save <file>', 'write the result there instead of printing it')
    .action((file: string, _, command: Command) =>
      choose(async (io) =>
        (await import('./commands/notebook.js')).notebookRunCommand(
          io,
          file,
          command.optsWithGlobals(),
        ),
      ),
    );
  outputOption(
    projectOptions(
      program
        .command('lineage')
        .description('say where the columns of a node come from, or what a column reaches'),
    ),
    ['text', 'json'],
    'text',
  )
    .argument('<target>', 'MODEL for all its columns, MODEL.COLUMN, or SOURCE.TABLE.COLUMN')
    .option('--downstream', 'what is made of the column, and who is hit if it changes')
    .option('--catalog', 'ask the warehouse for the columns of sources')
    .action((target: string, _, command: Command) =>
      choose(async (io) =>
        (await import('./commands/lineage.js')).lineageCommand(
          io,
          target,
          command.optsWithGlobals(),
        ),
      ),
    );
  projectOptions(
    program
      .command('repl')
      .description('ask questions line by line: SQL with ref(), verbs with `:`, `:help` for more'),
  )
    .addOption(
      new Option(
        '--output <format>',
        'form of rows (default: table on a terminal, else csv)',
      ).choices(['table', 'csv', 'json']),
    )
    .option('--limit <n>', 'rows to read of a query', '1000')
    .action((_, command: Command) =>
      choose(async (io) =>
        (await import('./commands/repl.js')).replCommand(io, command.optsWithGlobals()),
      ),
    );
}
