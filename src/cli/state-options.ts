/**
 * `--state`, `--defer` and what belongs to them, as commander options and as what the session takes.
 */
import type { Command } from 'commander';
import { DagbookError } from '../base/index.js';
import { absolutePath, dbtSetting, isFolder } from '../platform/index.js';
import type { SessionOptions } from '../session/index.js';
import type { Io } from './io.js';

export interface StateFlags {
  readonly state?: string;
  readonly deferState?: string;
  readonly defer?: boolean;
  readonly favorState?: boolean;
}

export function stateOptions(command: Command): Command {
  return command
    .option(
      '--state <dir>',
      'what state:, result: and source_status: compare with: a folder of artifacts, or git:REF',
    )
    .option('--defer', 'read from the state what is not built here')
    .option('--no-defer', 'read everything from here')
    .option('--favor-state', 'with --defer: read from the state all that is not selected')
    .option('--no-favor-state', 'with --defer: prefer what is built here')
    .option('--defer-state <dir>', 'what to defer to, if it is not --state');
}

/** Flags, else dbt's variables. @throws DagbookError state/missing if a folder is not there. */
export function sessionState(
  flags: StateFlags,
  io: Io,
): Pick<SessionOptions, 'state' | 'deferState' | 'isDeferred' | 'favorsState'> {
  const state = origin(flags.state ?? dbtSetting(io.env, 'STATE'), io);
  const deferState = origin(flags.deferState ?? dbtSetting(io.env, 'DEFER_STATE'), io);
  return {
    ...(state === undefined ? {} : { state }),
    ...(deferState === undefined ? {} : { deferState }),
    isDeferred: flags.defer ?? isOn(dbtSetting(io.env, 'DEFER')),
    favorsState: flags.favorState ?? isOn(dbtSetting(io.env, 'FAVOR_STATE')),
  };
}

function origin(text: string | undefined, io: Io): string | undefined {
  if (text === undefined || text.startsWith('git:')) return text;
  const folder = absolutePath(text, io.cwd);
  if (isFolder(folder)) return folder;
  throw new DagbookError('state/missing', `There is no folder ${folder} to compare with.`, {
    exitCode: 2,
    hint: 'Name a folder with the manifest.json of an earlier run, or a commit: git:main.',
  });
}

function isOn(text: string | undefined): boolean {
  return text !== undefined && /^(?:1|t|true|y|yes|on)$/iu.test(text);
}
