/**
 * Opens a project: the composition root.
 */
import type { JsonObject } from '../base/index.js';
import { libraryFiles } from '../library/index.js';
import { parseOrRecall } from '../manifest/index.js';
import {
  type Clock,
  createClock,
  type Environment,
  isFile,
  joinPath,
  randomId,
  withDotEnv,
} from '../platform/index.js';
import { loadProject } from '../project/index.js';
import { openWarehouse, type Warehouse, WarehouseError } from '../warehouse/index.js';
import type { SessionOptions } from './api.js';
import { DEFAULT_FLAGS } from './flags.js';
import { ProjectSession } from './project-session.js';
import { WarehouseLease } from './warehouse-lease.js';
import type { Parsed } from './parsed.js';

/** Milliseconds after which an unused warehouse is let go. */
const IDLE_MS = 1500;

export interface OpenOptions {
  readonly env: Environment;
  /** Opens the warehouse, instead of what the target names. */
  readonly openWarehouse?: () => Promise<Warehouse>;
  /** Hears what macros log while the project is parsed. */
  readonly log?: (level: 'debug' | 'info' | 'warn' | 'print', message: string) => void;
}

/**
 * Opens a project. Reads and parses it; no warehouse is opened before it is needed.
 *
 * @throws DagbookError if there is no project, no such target, or dbt_project.yml cannot be read. What is wrong inside
 * of the project is in `diagnostics`.
 */
export function openSession(
  options: SessionOptions,
  { env, log, openWarehouse: opener }: OpenOptions,
): ProjectSession {
  const environment = withDotEnv(env, options.projectDir);
  const clock = createClock(environment);
  const parsing = { env: environment, log: log ?? (() => undefined) };
  const parse = (flags: JsonObject): Parsed => parseProject(options, flags, parsing, clock);
  return new ProjectSession({
    options,
    parse,
    parseAt: (projectDir) => parseProject(elsewhere(options, projectDir), {}, parsing, clock),
    leaseOf: (parsed, onClosed) => leaseOf(parsed, options, onClosed, opener),
    now: () => Date.now(),
    makeRunId: randomId,
  });
}

/** The same project in another folder, with the profiles of this one. */
function elsewhere(options: SessionOptions, projectDir: string): SessionOptions {
  const profilesDir =
    options.profilesDir ??
    (isFile(joinPath(options.projectDir, 'profiles.yml')) ? options.projectDir : undefined);
  return { ...options, projectDir, ...(profilesDir === undefined ? {} : { profilesDir }) };
}

function parseProject(
  options: SessionOptions,
  flags: JsonObject,
  { env, log }: Required<Pick<OpenOptions, 'env' | 'log'>>,
  clock: Clock,
): Parsed {
  const now = (): number => clock.now().getTime();
  const loaded = loadProject({
    projectDir: options.projectDir,
    env,
    now,
    ...(options.profilesDir === undefined ? {} : { profilesDir: options.profilesDir }),
    ...(options.profile === undefined ? {} : { profile: options.profile }),
    ...(options.target === undefined ? {} : { target: options.target }),
    ...(options.vars === undefined ? {} : { vars: options.vars }),
    ...(options.threads === undefined ? {} : { threads: options.threads }),
    ...(options.packagesInstallPath === undefined
      ? {}
      : { packagesInstallPath: options.packagesInstallPath }),
  });
  const dialect = loaded.project.target.type;
  const parsed = parseOrRecall(
    loaded.project,
    {
      internalMacros: libraryFiles(dialect),
      runStartedAt: clock.now(),
      invocationId: options.invocationId ?? randomId(),
      now,
      flags: { ...DEFAULT_FLAGS, ...flags },
      invocationArgs: {},
      log,
    },
    options.keepsNothing === true ? null : joinPath(loaded.project.rootDir, '.dagbook', 'cache'),
  );
  return {
    project: loaded.project,
    manifest: parsed.manifest,
    get registry() {
      return parsed.registry;
    },
    facts: parsed.facts,
    diagnostics: [...loaded.diagnostics, ...parsed.diagnostics],
    keptAs: parsed.keptAs,
    changedSince: parsed.changedSince,
  };
}

function leaseOf(
  parsed: Parsed,
  options: SessionOptions,
  onClosed: () => void,
  opener: OpenOptions['openWarehouse'],
): WarehouseLease {
  const { target, rootDir } = parsed.project;
  const asked = options.engine ?? target.fields['engine'];
  const engine = asked === 'none' ? 'none' : asked === 'embedded' ? 'embedded' : target.type;
  return new WarehouseLease({
    engine,
    dialect: target.type,
    isMetered: engine === 'snowflake',
    idleMs: IDLE_MS,
    onClosed,
    open: () =>
      opener?.() ??
      whenFree(
        () =>
          openWarehouse(
            {
              type: target.type,
              ...(engine === 'embedded' || engine === 'none' ? { engine } : {}),
              name: target.name,
              fields: { ...target.fields, database: target.database, schema: target.schema },
              projectRoot: rootDir,
            },
            {
              signal: new AbortController().signal,
              env: parsed.project.env,
              notify: (message) => parsed.facts.log('warn', message),
            },
          ),
        (message) => parsed.facts.log('warn', message),
      ),
  });
}

/** Milliseconds to wait for another process that has the warehouse's file. */
const PATIENCE_MS = 6000;
const RETRY_MS = 200;

/**
 * A DuckDB file has one owner at a time: waits a little for it, and says for whom.
 *
 * @throws WarehouseError warehouse/locked when the other keeps it.
 */
async function whenFree(
  open: () => Promise<Warehouse>,
  tell: (message: string) => void,
): Promise<Warehouse> {
  const deadlineMs = performance.now() + PATIENCE_MS;
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await open();
    } catch (error) {
      const isLocked = error instanceof WarehouseError && error.code === 'warehouse/locked';
      if (!isLocked || performance.now() > deadlineMs) throw error;
      if (attempt === 0) tell(`${error.message} Waiting for it to be let go.`);
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }
}
