/**
 * The command line's commands: dbt's, with its flags, and the workbench where none is given.
 *
 * Every command is imported when it is asked for, so that `--version` and `ls` load neither Ink nor a driver.
 */
import { Command, CommanderError } from 'commander';
import { DagbookError, displayLines, formatPosition, messageOf } from '../base/index.js';
import { addAskingCommands } from './asking-commands.js';
import type { Io } from './io.js';
import {
  foreignParserOptions,
  outputOption,
  projectOptions,
  runOptions,
  selectionOptions,
} from './options.js';
import { VERSION } from './version.js';

type Action = (io: Io) => Promise<number>;

/** Reads the arguments, runs what they ask for. @returns the exit code. */
export async function runProgram(argv: readonly string[], io: Io): Promise<number> {
  let action: Action | undefined;
  const program = buildProgram(io, (chosen) => {
    action = chosen;
  });
  try {
    program.parse([...argv], { from: 'user' });
    return action === undefined ? 0 : await action(io);
  } catch (error) {
    // Whoever has read enough is not told that the rest was not read.
    if (io.unread?.aborted === true) return 0;
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    return report(error, io);
  }
}

function report(error: unknown, io: Io): number {
  const isOurs = error instanceof DagbookError;
  const { red, dim } = io.errorStyle;
  io.note(red(`error: ${displayLines(messageOf(error))}`));
  if (isOurs && error.position !== undefined)
    io.note(`  at ${displayLines(formatPosition(error.position))}`);
  if (isOurs && error.hint !== undefined) io.note(`  hint: ${displayLines(error.hint)}`);
  if (!isOurs) {
    io.note(dim('This is a bug in dagbook. Set DAGBOOK_DEBUG=1 to see where.'));
  }
  if (io.env['DAGBOOK_DEBUG'] === '1' && error instanceof Error) io.note(dim(error.stack ?? ''));
  return isOurs ? error.exitCode : 2;
}

function buildProgram(io: Io, choose: (action: Action) => void): Command {
  const program = new Command('dagbook')
    .description(
      'The terminal workbench for dbt projects. Without a command it opens the workbench on the project here.',
    )
    .version(VERSION, '-v, --version', 'print the version')
    .showSuggestionAfterError(true)
    .enablePositionalOptions(false)
    // Before any subcommand is made: they take these over from here.
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void io.stdout.write(text),
      writeErr: (text) => void io.stderr.write(text),
    });
  projectOptions(program).allowExcessArguments();
  program.action((_, command: Command) => {
    const [unknown] = command.args;
    if (unknown !== undefined) throw unknownCommand(unknown, program);
    choose(async (io) =>
      (await import('./commands/workbench.js')).workbenchCommand(io, command.opts()),
    );
  });
  const add = (name: string, description: string): Command =>
    projectOptions(program.command(name).description(description));

  add('start', 'open the workbench on the bundled project, made ready at the first start').action(
    (_, command: Command) =>
      choose(async (io) =>
        (await import('./commands/start.js')).startCommand(io, command.optsWithGlobals()),
      ),
  );
  add('demo', 'unpack the bundled project and make its data')
    .argument(
      '[folder]',
      'where to (default: this folder if it has a project, else ./dagbook-demo)',
    )
    .option(
      '--load <n>',
      'which load of raw data to make: 1, then 2 for later rows and changes',
      '1',
    )
    .action((folder: string | undefined, _, command: Command) =>
      choose(async (io) =>
        (await import('./commands/demo.js')).demoCommand(io, folder, command.optsWithGlobals()),
      ),
    );
  foreignParserOptions(
    add('parse', 'read the project, say what is wrong, write manifest.json'),
  ).action((_, command: Command) =>
    choose(async (io) =>
      (await import('./commands/compile.js')).parseCommand(io, command.optsWithGlobals()),
    ),
  );
  outputOption(
    selectionOptions(add('ls', 'list nodes').alias('list')),
    ['selector', 'name', 'path', 'json'],
    'selector',
  )
    .option('--output-keys <keys...>', 'keys to print with --output json')
    .action((_, command: Command) =>
      choose(async (io) =>
        (await import('./commands/ls.js')).lsCommand(io, command.optsWithGlobals()),
      ),
    );
  outputOption(
    selectionOptions(add('compile', 'render SQL without running it')),
    ['text', 'json'],
    'text',
  )
    .option('--inline <sql>', 'compile this instead of nodes')
    .action((_, command: Command) =>
      choose(async (io) =>
        (await import('./commands/compile.js')).compileCommand(io, command.optsWithGlobals()),
      ),
    );
  outputOption(
    runOptions(selectionOptions(add('plan', 'show the statements that a run would send, and why'))),
    ['text', 'json'],
    'text',
  )
    .option('--command <name>', 'plan for this command: run, test, build, seed, snapshot', 'build')
    .action((_, command: Command) =>
      choose(async (io) =>
        (await import('./commands/plan.js')).planCommand(io, command.optsWithGlobals()),
      ),
    );
  outputOption(
    runOptions(
      selectionOptions(
        add('why', 'say what `build --reuse` would build and why, and what it would leave'),
      ),
    ),
    ['text', 'json'],
    'text',
  )
    .argument('[specs...]', "nodes, in dbt's selection syntax (default: all)")
    .action((specs: readonly string[], _, command: Command) =>
      choose(async (io) =>
        (await import('./commands/why.js')).whyCommand(io, specs, command.optsWithGlobals()),
      ),
    );
  outputOption(
    selectionOptions(add('show', "print rows of a node's query, or of SQL")),
    ['text', 'json', 'csv'],
    'text',
  )
    .option('--inline <sql>', 'SQL with ref() and source() to run')
    .option('--limit <n>', 'rows to print, -1 for all', '5')
    .option('--relation', 'read what is built instead of running the query')
    .option('--cte <name>', "rows of one CTE of the node's query")
    .action((_, command: Command) =>
      choose(async (io) =>
        (await import('./commands/show.js')).showCommand(io, command.optsWithGlobals()),
      ),
    );
  addRunCommands(add, choose);
  addSourceAndDocs(program, choose);
  addAskingCommands(program, choose);
  add('run-operation', 'call a macro')
    .argument('<macro>', 'name, or package.name')
    .option('--args <yaml>', "arguments, as YAML: '{load: 1}'")
    .action((macro: string, _, command: Command) =>
      choose(async (io) =>
        (await import('./commands/small-commands.js')).runOperationCommand(
          io,
          macro,
          command.optsWithGlobals(),
        ),
      ),
    );
  outputOption(
    add('retry', 'do again what failed or was skipped in the last run'),
    ['text', 'json'],
    'text',
  )
    .option('--state <dir>', 'folder of the run_results.json to go by (default: the target folder)')
    .action((_, command: Command) =>
      choose(async (io) =>
        (await import('./commands/retry.js')).retryCommand(io, command.optsWithGlobals()),
      ),
    );
  add('deps', 'install the packages that the project asks for')
    .option('--upgrade', 'choose versions anew, whatever package-lock.yml says')
    .option('--lock', 'write package-lock.yml and install nothing')
    .option('--no-version-check', 'take versions that ask for another dbt, too')
    .action((_, command: Command) =>
      choose(async (io) =>
        (await import('./commands/deps.js')).depsCommand(io, command.optsWithGlobals()),
      ),
    );
  outputOption(
    add('recover', 'see to runs that were cut off: end what still runs, drop what was left'),
    ['text', 'json'],
    'text',
  )
    .option('--list', 'say what there is, and change nothing')
    .action((_, command: Command) =>
      choose(async (io) =>
        (await import('./commands/recover.js')).recoverCommand(io, command.optsWithGlobals()),
      ),
    );
  add('debug', 'say what is configured and whether the warehouse answers').action(
    (_, command: Command) =>
      choose(async (io) =>
        (await import('./commands/small-commands.js')).debugCommand(io, command.optsWithGlobals()),
      ),
  );
  add('clean', 'remove the clean-targets of dbt_project.yml').action((_, command: Command) =>
    choose(async (io) =>
      (await import('./commands/small-commands.js')).cleanCommand(io, command.optsWithGlobals()),
    ),
  );
  return program;
}

function unknownCommand(name: string, program: Command): DagbookError {
  const names = program.commands.map((command) => command.name());
  const near = names.find(
    (one) => one.startsWith(name.slice(0, 3)) || name.startsWith(one.slice(0, 3)),
  );
  return new DagbookError('cli/unknown-command', `There is no command '${name}'.`, {
    hint:
      near === undefined ? 'The commands are ' + names.join(', ') + '.' : `Did you mean '${near}'?`,
  });
}

function addRunCommands(
  add: (name: string, description: string) => Command,
  choose: (action: Action) => void,
): void {
  const commands = [
    ['run', 'run models'],
    ['test', 'run tests'],
    ['build', 'run models, tests, seeds and snapshots, each after what it needs'],
    ['seed', 'load seeds'],
    ['snapshot', 'run snapshots'],
    ['clone', 'make clones, or views, of what the state has'],
  ] as const;
  for (const [name, description] of commands) {
    outputOption(
      runOptions(selectionOptions(add(name, description))),
      ['text', 'json'],
      'text',
    ).action((_, command: Command) =>
      choose(async (io) =>
        (await import('./commands/run-commands.js')).runCommand(
          io,
          name,
          command.optsWithGlobals(),
        ),
      ),
    );
  }
}

function addSourceAndDocs(program: Command, choose: (action: Action) => void): void {
  const source = program.command('source').description('about sources');
  outputOption(
    selectionOptions(
      projectOptions(source.command('freshness').description('say how fresh sources are')),
    ),
    ['text', 'json'],
    'text',
  ).action((_, command: Command) =>
    choose(async (io) =>
      (await import('./commands/freshness.js')).freshnessCommand(io, command.optsWithGlobals()),
    ),
  );
  const docs = program.command('docs').description('about documentation');
  selectionOptions(
    projectOptions(docs.command('generate').description('write one HTML page of the project')),
  )
    .option('--no-compile', 'leave compiled SQL out')
    .option('--empty-catalog', 'ask the warehouse nothing: no columns as built')
    .option('--output <file>', 'where the page goes (default: index.html in the target folder)')
    .action((_, command: Command) =>
      choose(async (io) =>
        (await import('./commands/docs.js')).docsCommand(io, command.optsWithGlobals()),
      ),
    );
}
