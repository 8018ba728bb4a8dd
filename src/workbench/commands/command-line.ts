/**
 * The `:` line: dbt's commands with their flags, a query, or a word of our own.
 */
import { DagbookError } from '../../base/index.js';
import type { RunRequest } from '../../session/index.js';
import { goTo, patch } from '../state.js';
import type { Workbench } from '../workbench.js';
import { filterOf } from './filter.js';

const RUNS: readonly RunRequest['command'][] = ['run', 'test', 'build', 'seed', 'snapshot'];
const QUERY = /^\s*(?:(?:select|with|from|values|describe|desc|pivot)\b|\(|\{\{)/iu;

/** Whether a line is SQL rather than a command. */
export function isQuery(line: string): boolean {
  return QUERY.test(line);
}

/** Asks a query; the result is called by its first words. */
export function openQuery(workbench: Workbench, sql: string): void {
  const words = sql.replaceAll(/\s+/gu, ' ').trim();
  const title = words.length > MAX_TITLE ? `${words.slice(0, MAX_TITLE - 1)}…` : words;
  workbench.previewer.open({ kind: 'sql', sql, isTemplate: true }, title);
}

const MAX_TITLE = 40;

/** Does what a line says. @throws DagbookError workbench/unknown-command and workbench/bad-flag. */
export function doCommandLine(workbench: Workbench, line: string): void {
  if (isQuery(line)) {
    openQuery(workbench, line);
    return;
  }
  const [verb = '', ...words] = splitWords(line);
  const run = RUNS.find((one) => one === verb);
  if (run !== undefined) {
    workbench.runner.request(parseRun(run, words));
    return;
  }
  if (doWord(workbench, verb, words)) return;
  const command = workbench.commands.find(({ id }) => id === verb);
  if (command === undefined) {
    throw new DagbookError('workbench/unknown-command', `There is no command ${verb}.`, {
      hint: 'Try run, build, test, seed, snapshot, filter, open, quit, or a query; ctrl-p lists the rest.',
    });
  }
  command.run(workbench);
}

function doWord(workbench: Workbench, verb: string, words: readonly string[]): boolean {
  switch (verb) {
    case 'q':
    case 'q!':
    case 'quit':
    case 'exit':
      workbench.host.quit();
      return true;
    case 'filter':
    case 'ls':
      workbench.store.update((state) =>
        patch(goTo(state, 'graph'), 'graph', {
          filter: filterOf(workbench.session, words.join(' '), null),
        }),
      );
      return true;
    case 'open':
    case 'o':
      workbench.finder.open(words.join(' '));
      return true;
    default:
      return false;
  }
}

/** Reads dbt's flags of a run. @throws DagbookError workbench/bad-flag. */
export function parseRun(command: RunRequest['command'], words: readonly string[]): RunRequest {
  const select: string[] = [];
  const exclude: string[] = [];
  let rest: Partial<RunRequest> = {};
  let into: string[] | null = null;
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (!word.startsWith('-')) {
      if (into === null) throw badFlag(`${word} belongs to no flag.`);
      into.push(word);
      continue;
    }
    const [flag = '', inline] = word.split('=', 2);
    into = null;
    switch (flag) {
      case '-s':
      case '-m':
      case '--select':
      case '--models':
        into = select;
        break;
      case '--exclude':
        into = exclude;
        break;
      case '-f':
      case '--full-refresh':
        rest = { ...rest, isFullRefresh: true };
        break;
      case '-x':
      case '--fail-fast':
        rest = { ...rest, isFailFast: true };
        break;
      case '--selector':
      case '--threads': {
        const value = inline ?? words[(at += 1)] ?? '';
        rest = { ...rest, ...valueFlag(flag, value) };
        break;
      }
      default:
        throw badFlag(`The workbench does not know ${flag}.`);
    }
    if (into !== null && inline !== undefined) into.push(inline);
  }
  return {
    command,
    ...rest,
    ...(select.length > 0 ? { select } : {}),
    ...(exclude.length > 0 ? { exclude } : {}),
  };
}

function valueFlag(flag: '--selector' | '--threads', value: string): Partial<RunRequest> {
  if (flag === '--selector') return { selector: value };
  const threads = Number(value);
  if (!Number.isInteger(threads) || threads < 1) throw badFlag('--threads takes a number.');
  return { threads };
}

function badFlag(message: string): DagbookError {
  return new DagbookError('workbench/bad-flag', message, {
    hint: 'Known: --select, --exclude, --selector, --full-refresh, --fail-fast, --threads.',
    exitCode: 1,
  });
}

/** Splits a line at spaces; quotes keep words together. */
export function splitWords(line: string): readonly string[] {
  return [...line.matchAll(/"([^"]*)"|'([^']*)'|[^\s"']+/gu)].map(
    (match) => match[1] ?? match[2] ?? match[0],
  );
}
