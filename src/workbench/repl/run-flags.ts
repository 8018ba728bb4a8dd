/**
 * dbt's flags of a run, as they are typed in a line.
 */
import { DagbookError } from '../../base/index.js';
import type { RunRequest } from '../../session/index.js';

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
      case '--reuse':
        rest = { ...rest, isReusing: true };
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
    hint: 'Known: --select, --exclude, --selector, --full-refresh, --reuse, --fail-fast, --threads.',
    exitCode: 1,
  });
}

/** Splits a line at spaces; quotes keep words together. */
export function splitWords(line: string): readonly string[] {
  return [...line.matchAll(/"([^"]*)"|'([^']*)'|[^\s"']+/gu)].map(
    (match) => match[1] ?? match[2] ?? match[0],
  );
}

/** A request as dbt would be told it. */
export function commandText(request: RunRequest): string {
  const flags = [
    ...(request.select === undefined ? [] : ['--select', ...request.select]),
    ...(request.exclude === undefined ? [] : ['--exclude', ...request.exclude]),
    ...(request.selector === undefined ? [] : ['--selector', request.selector]),
    ...(request.isFullRefresh === true ? ['--full-refresh'] : []),
    ...(request.isReusing === true ? ['--reuse'] : []),
    ...(request.isFailFast === true ? ['--fail-fast'] : []),
  ];
  return [request.command, ...flags].join(' ');
}
