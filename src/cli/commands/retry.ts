/**
 * `retry`: does again what failed or was skipped in the last run, as that run did it.
 */
import {
  DagbookError,
  isHidden,
  isJsonObject,
  type Json,
  type JsonObject,
  messageOf,
  textOfJson,
} from '../../base/index.js';
import { absolutePath, isFile, joinPath, readText } from '../../platform/index.js';
import {
  isUndone,
  type ProjectSession,
  retryRequest,
  type RunRequest,
} from '../../session/index.js';
import type { Io } from '../io.js';
import type { OutputFlags, ProjectFlags } from '../options.js';
import { type CommandScope, withSession } from '../with-session.js';
import { runSelected } from './run-commands.js';

export type RetryFlags = ProjectFlags & OutputFlags;

const COMMANDS: readonly RunRequest['command'][] = ['run', 'test', 'build', 'seed', 'snapshot'];

/** What is known of the last run. */
interface LastRun {
  readonly command: RunRequest['command'];
  readonly args: JsonObject;
  readonly undone: ReadonlySet<string>;
}

export async function retryCommand(io: Io, flags: RetryFlags): Promise<number> {
  // The state of a retry is a run, not what selections compare with.
  const { state, ...others } = flags;
  let last: LastRun | undefined;
  const exitCode = await withSession(
    io,
    { ...others, quiet: true },
    { needsCleanProject: false },
    ({ session }) => {
      last = readLastRun(resultsFile(session, state, io));
      return Promise.resolve(0);
    },
  );
  if (last === undefined) return exitCode;
  const { args } = last;
  if (flags.vars === undefined && isHidden(args['vars'] ?? null)) {
    throw new DagbookError(
      'retry/secret',
      'The last run had a secret in its --vars, which was not kept.',
      { hint: 'Say --vars again.', exitCode: 2 },
    );
  }
  const asThen: ProjectFlags = {
    ...others,
    ...orElse('target', flags.target, textOfJson(args['target'])),
    ...orElse('vars', flags.vars, varsOf(args)),
  };
  const run = last;
  return await withSession(
    io,
    asThen,
    { needsCleanProject: true },
    async (scope) => await again(scope, run, flags),
  );
}

async function again(scope: CommandScope, last: LastRun, flags: RetryFlags): Promise<number> {
  const { io, session } = scope;
  const isOn = (name: string): boolean => last.args[name] === true;
  const earlier: RunRequest = {
    command: last.command,
    isFullRefresh: isOn('full_refresh'),
    isFailFast: isOn('fail_fast'),
    isStoringFailures: isOn('store_failures'),
    isEmpty: isOn('empty'),
    ...(flags.threads === undefined ? {} : { threads: flags.threads }),
  };
  const request = retryRequest(session, earlier, last.undone);
  if (request === null) {
    io.note('Everything in the last run came to its end: there is nothing to retry.');
    return 0;
  }
  return await runSelected(scope, request, flags);
}

function resultsFile(session: ProjectSession, state: string | undefined, io: Io): string {
  const { project } = session.parsed;
  const stated = project.packages[0]?.config.targetPath ?? 'target';
  const asked = state ?? session.options.targetPath;
  const folder =
    asked === undefined ? absolutePath(stated, project.rootDir) : absolutePath(asked, io.cwd);
  return joinPath(folder, 'run_results.json');
}

/** @throws DagbookError retry/nothing, retry/bad-results or retry/other-command. */
function readLastRun(file: string): LastRun {
  if (!isFile(file)) {
    throw new DagbookError('retry/nothing', `There is no ${file}, so there is nothing to retry.`, {
      exitCode: 2,
      hint: 'Run something first, or point --state at the folder of another run.',
    });
  }
  let value: Json;
  try {
    value = JSON.parse(readText(file)) as Json; // JSON.parse gives plain data
  } catch (cause) {
    throw new DagbookError('retry/bad-results', `${file} is no JSON: ${messageOf(cause)}.`, {
      cause,
      exitCode: 2,
      position: { file, line: 1, column: 1 },
    });
  }
  const data = isJsonObject(value) ? value : {};
  const args = isJsonObject(data['args']) ? data['args'] : {};
  const command = COMMANDS.find((one) => one === args['which']);
  if (command === undefined) {
    throw new DagbookError(
      'retry/other-command',
      `The last run was '${textOfJson(args['which']) ?? 'unknown'}', which cannot be retried.`,
      { exitCode: 2, hint: `These can: ${COMMANDS.join(', ')}.` },
    );
  }
  const results = Array.isArray(data['results']) ? data['results'].filter(isJsonObject) : [];
  const undone = results
    .filter((result) => isUndone(textOfJson(result['status']) ?? ''))
    .map((result) => textOfJson(result['unique_id']) ?? '');
  return { command, args, undone: new Set(undone) };
}

function varsOf(args: JsonObject): string | null {
  const { vars } = args;
  return isJsonObject(vars) && Object.keys(vars).length > 0 ? JSON.stringify(vars) : null;
}

function orElse<Key extends 'target' | 'vars'>(
  key: Key,
  given: string | undefined,
  fallback: string | null,
): { readonly [key in Key]?: string } {
  const value = given ?? fallback;
  return value === null ? {} : ({ [key]: value } as { readonly [key in Key]?: string }); // a computed key widens to string
}
