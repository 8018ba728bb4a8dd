/**
 * dbt's flags, as commander options and as what the session takes.
 */
import { type Command, InvalidArgumentError, Option } from 'commander';
import { DagbookError, isJsonObject, type JsonObject } from '../base/index.js';
import { parseYaml } from '../project/index.js';
import { type StateFlags, stateOptions } from './state-options.js';
import type { RunRequest, SelectionRequest, SessionOptions } from '../session/index.js';

/** What every command that opens a project takes. */
export interface ProjectFlags extends StateFlags {
  readonly projectDir?: string;
  readonly profilesDir?: string;
  readonly profile?: string;
  readonly target?: string;
  readonly vars?: string;
  readonly threads?: number;
  readonly embedded?: boolean;
  readonly engine?: string;
  readonly planStyle?: string;
  readonly quiet?: boolean;
  readonly targetPath?: string;
  readonly packagesInstallPath?: string;
  readonly invocationId?: string;
  readonly yes?: boolean;
}

export interface SelectionFlags {
  readonly select?: readonly string[];
  readonly models?: readonly string[];
  readonly exclude?: readonly string[];
  readonly selector?: string;
  readonly resourceType?: readonly string[];
  readonly excludeResourceType?: readonly string[];
  readonly indirectSelection?: string;
}

export interface RunFlags {
  readonly fullRefresh?: boolean;
  readonly failFast?: boolean;
  readonly storeFailures?: boolean;
  readonly empty?: boolean;
  readonly eventTimeStart?: string;
  readonly eventTimeEnd?: string;
  readonly reuse?: boolean;
  readonly batchTests?: boolean;
}

export interface OutputFlags {
  readonly output: string;
}

export function projectOptions(command: Command): Command {
  return command
    .option('--project-dir <dir>', 'folder of dbt_project.yml (default: this one or one above it)')
    .option('--profiles-dir <dir>', 'folder of profiles.yml')
    .option('--profile <name>', 'profile to use instead of the one in dbt_project.yml')
    .option('-t, --target <name>', 'target of the profile')
    .option('--vars <yaml>', "variables, as YAML: '{day: 2026-01-31}'")
    .option('--threads <n>', 'nodes to work on at a time', wholeNumber)
    .option('--embedded', 'run Snowflake SQL on the embedded DuckDB, whatever the profile says')
    .addOption(
      new Option('--engine <name>', "engine to use instead of the profile's").choices([
        'embedded',
        'none',
      ]),
    )
    .addOption(
      new Option(
        '--plan-style <style>',
        "dbt: exactly dbt's statements, one thread; fast: the same effect in fewer",
      ).choices(['dbt', 'fast']),
    )
    .option('--target-path <dir>', 'folder for artifacts instead of the one in dbt_project.yml')
    .option(
      '-y, --yes',
      'do not ask before something is written by hand, or made anew, in a protected target',
    )
    .option('-q, --quiet', 'print results and errors only');
}

export function selectionOptions(command: Command): Command {
  return stateOptions(command)
    .option('-s, --select <specs...>', "nodes to work on, in dbt's selection syntax")
    .addOption(new Option('-m, --models <specs...>', 'the same as --select').hideHelp())
    .option('--exclude <specs...>', 'nodes to leave out')
    .option('--selector <name>', 'a selector of selectors.yml')
    .option('--resource-type <types...>', 'resource types to keep')
    .option('--exclude-resource-type <types...>', 'resource types to leave out')
    .addOption(
      new Option('--indirect-selection <mode>', 'which tests come with a node').choices([
        'eager',
        'cautious',
        'buildable',
        'empty',
      ]),
    );
}

export function runOptions(command: Command): Command {
  return command
    .option('-f, --full-refresh', 'rebuild incremental models and seeds from nothing')
    .option('-x, --fail-fast', 'stop at the first failure')
    .option('--store-failures', 'keep the failing rows of tests in tables')
    .option(
      '--reuse',
      'leave alone what would be built as it is: `dagbook why` says what would not',
    )
    .option('--batch-tests', 'ask the tests of one relation in one statement')
    .option('--empty', 'read every input without rows: build the shapes alone')
    .option('--event-time-start <moment>', 'first moment of the batches of microbatch models (UTC)')
    .option('--event-time-end <moment>', 'moment at which they end');
}

/** What dbt-core passes to a parser that is not its own; what it says of logs changes nothing here. */
export function foreignParserOptions(command: Command): Command {
  return [
    new Option('--packages-install-path <dir>'),
    new Option('--invocation-id <id>'),
    new Option('--log-format <name>'),
    new Option('--log-level <name>'),
    new Option('--log-level-file <name>'),
    new Option('--log-path <dir>'),
  ].reduce((known, option) => known.addOption(option.hideHelp()), command);
}

export function outputOption(
  command: Command,
  choices: readonly string[],
  fallback: string,
): Command {
  return command.addOption(
    new Option('--output <format>', 'form of the result').choices([...choices]).default(fallback),
  );
}

export function sessionOptions(flags: ProjectFlags, projectDir: string): SessionOptions {
  return {
    projectDir,
    ...(flags.profilesDir === undefined ? {} : { profilesDir: flags.profilesDir }),
    ...(flags.profile === undefined ? {} : { profile: flags.profile }),
    ...(flags.target === undefined ? {} : { target: flags.target }),
    ...(flags.vars === undefined ? {} : { vars: yamlObject(flags.vars, '--vars') }),
    ...(flags.threads === undefined ? {} : { threads: flags.threads }),
    ...(flags.targetPath === undefined ? {} : { targetPath: flags.targetPath }),
    ...(flags.packagesInstallPath === undefined
      ? {}
      : { packagesInstallPath: flags.packagesInstallPath }),
    ...(flags.invocationId === undefined ? {} : { invocationId: flags.invocationId }),
    ...(engineOf(flags) === undefined ? {} : { engine: engineOf(flags) ?? 'none' }),
    ...(flags.planStyle === 'dbt' ? { planStyle: 'dbt' } : {}),
    ...(flags.yes === true ? { isMeant: true } : {}),
  };
}

function engineOf(flags: ProjectFlags): 'embedded' | 'none' | undefined {
  if (flags.embedded === true || flags.engine === 'embedded') return 'embedded';
  return flags.engine === 'none' ? 'none' : undefined;
}

export function selectionOf(flags: SelectionFlags): SelectionRequest {
  const select = flags.select ?? flags.models;
  const mode = flags.indirectSelection;
  return {
    ...(select === undefined ? {} : { select }),
    ...(flags.exclude === undefined ? {} : { exclude: flags.exclude }),
    ...(flags.selector === undefined ? {} : { selector: flags.selector }),
    ...(flags.resourceType === undefined ? {} : { resourceTypes: flags.resourceType }),
    ...(flags.excludeResourceType === undefined
      ? {}
      : { excludeResourceTypes: flags.excludeResourceType }),
    ...(mode === 'eager' || mode === 'cautious' || mode === 'buildable' || mode === 'empty'
      ? { indirectSelection: mode }
      : {}),
  };
}

export function runRequest(
  command: RunRequest['command'],
  flags: SelectionFlags & RunFlags & ProjectFlags,
): RunRequest {
  return {
    command,
    ...selectionOf(flags),
    isFullRefresh: flags.fullRefresh === true,
    isFailFast: flags.failFast === true,
    isStoringFailures: flags.storeFailures === true,
    isEmpty: flags.empty === true,
    isReusing: flags.reuse === true,
    isBatchingTests: flags.batchTests === true,
    ...(flags.eventTimeStart === undefined ? {} : { eventTimeStart: flags.eventTimeStart }),
    ...(flags.eventTimeEnd === undefined ? {} : { eventTimeEnd: flags.eventTimeEnd }),
    ...(flags.threads === undefined ? {} : { threads: flags.threads }),
  };
}

/** Reads YAML from the command line that must be a mapping. @throws DagbookError cli/bad-yaml. */
export function yamlObject(text: string, flag: string): JsonObject {
  try {
    const value = parseYaml(text);
    if (value === null) return {};
    if (isJsonObject(value)) return value;
  } catch {
    // Told below, with an example.
  }
  throw new DagbookError(
    'cli/bad-yaml',
    `${flag} must be a YAML mapping; this is not one: ${text}`,
    {
      hint: `Write it as ${flag} '{name: value}'.`,
    },
  );
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1)
    throw new InvalidArgumentError('It must be a whole number from 1.');
  return value;
}
