/**
 * Stages and file formats: what is known of them, and the folder where the files of each lie.
 *
 * Internal stages are folders beside the warehouse's file. An external stage may point at a folder with `file://`; one in a
 * cloud can be declared, and its files cannot be reached.
 */
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve, sep } from 'node:path';
import type { FileChoice, StageOptions, StageReference } from '../../../sql/index.js';
import { WarehouseError } from '../../warehouse-error.js';
import { type FullName, keptSchema } from '../names.js';

export interface Stage {
  readonly name: FullName;
  readonly isTemporary: boolean;
  readonly options: StageOptions;
  readonly format?: FileChoice['format'];
  readonly createdOn: string;
}

export interface NamedFormat {
  readonly name: FullName;
  readonly options: StageOptions;
  readonly createdOn: string;
}

/** A file of a stage. */
export interface StagedFile {
  /** As LIST prints it: the stage's name and the path in it. */
  readonly name: string;
  /** Within the stage. */
  readonly relative: string;
  readonly path: string;
  readonly sizeBytes: number;
  readonly modifiedMs: number;
}

/** Key of a stage or format in the facts: relations cannot be called so. */
export function stageKey(
  kind: 'stage' | 'file_format',
  { database, schema, identifier }: FullName,
): string {
  return `${keptSchema(database, schema)}.${kind === 'stage' ? '@' : '#'}${identifier}`.toUpperCase();
}

function isStage(value: unknown): value is Stage {
  return typeof value === 'object' && value !== null && 'name' in value && 'options' in value;
}

export class StageStore {
  readonly stages: Map<string, Stage> = new Map();
  readonly formats: Map<string, NamedFormat> = new Map();
  /** Folder of the internal stages; made by the first PUT. */
  readonly root: string;
  readonly #reachable: readonly string[] | undefined;

  /** @param reachable folders that files may be taken from and given to; undefined for any. */
  constructor(root: string, reachable: readonly string[] | undefined) {
    this.root = root;
    this.#reachable = reachable?.map((folder) => real(folder));
  }

  /** Takes back what a fact says of a stage or format: it was written by this class's own statements. */
  restore(fact: string, value: string): void {
    const parsed: unknown = JSON.parse(value);
    if (isStage(parsed)) {
      if (fact === 'stage') this.stages.set(stageKey('stage', parsed.name), parsed);
      else this.formats.set(stageKey('file_format', parsed.name), parsed);
    }
  }

  /** @throws WarehouseError for a stage that does not exist. */
  stage(name: FullName): Stage {
    const stage = this.stages.get(stageKey('stage', name));
    if (stage === undefined)
      throw new WarehouseError(
        'warehouse/absent',
        `002003 (02000): SQL compilation error:\nStage '${name.database}.${name.schema}.${name.identifier}' does not exist or not authorized.`,
      );
    return stage;
  }

  /** The options of a file format. @throws WarehouseError for one that does not exist. */
  format(name: FullName): StageOptions {
    const format = this.formats.get(stageKey('file_format', name));
    if (format === undefined)
      throw new WarehouseError(
        'warehouse/absent',
        `002003 (02000): SQL compilation error:\nFile format '${name.database}.${name.schema}.${name.identifier}' does not exist or not authorized.`,
      );
    return format.options;
  }

  /** The folder of a reference's stage, without its path. */
  folder(reference: StageReference, name: FullName | undefined): string {
    if (name === undefined) return join(this.root, '~');
    if (reference.kind === 'table')
      return join(
        this.root,
        encode(name.database),
        encode(name.schema),
        `%${encode(name.identifier)}`,
      );
    const [url] = this.stage(name).options['URL'] ?? [];
    if (url === undefined || url === '')
      return join(this.root, encode(name.database), encode(name.schema), encode(name.identifier));
    if (!url.startsWith('file://'))
      throw new WarehouseError(
        'warehouse/unsupported',
        `The files of the stage ${name.identifier} are at ${url}, which the embedded warehouse does not reach.`,
        {
          hint: 'Use an internal stage and PUT, or a stage with a file:// url inside of the project.',
        },
      );
    return this.reach(url.slice('file://'.length));
  }

  /** Files under a reference's path, by name. */
  list(
    reference: StageReference,
    name: FullName | undefined,
    choice?: FileChoice,
  ): readonly StagedFile[] {
    const folder = this.folder(reference, name);
    const prefix = name === undefined ? '' : `${name.identifier.toLowerCase()}/`;
    const pattern =
      choice?.pattern === undefined ? undefined : new RegExp(`^(?:${choice.pattern})$`, 'u');
    return walk(folder, '')
      .filter((relative) => relative.startsWith(reference.path))
      .filter((relative) => pattern?.test(relative) ?? true)
      .filter(
        (relative) =>
          choice?.files?.some((file) => relative === within(reference.path, file)) ?? true,
      )
      .map((relative) => {
        const path = join(folder, relative);
        const { size, mtimeMs } = statSync(path);
        return {
          name: `${prefix}${relative}`,
          relative,
          path,
          sizeBytes: size,
          modifiedMs: mtimeMs,
        };
      });
  }

  /** A path outside of stages, if SQL may reach it. Links are followed first. @throws WarehouseError warehouse/sandbox. */
  reach(path: string): string {
    const whole = real(resolve(path));
    const isReachable =
      this.#reachable?.some((folder) => whole === folder || whole.startsWith(`${folder}${sep}`)) ??
      true;
    if (!isReachable)
      throw new WarehouseError('warehouse/sandbox', `${path} is outside of the project.`, {
        hint: 'Move the file into the project, or set `allow_external: true` in the profile.',
      });
    return whole;
  }
}

/** A path with its links followed, as far as it exists. */
function real(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    const parent = dirname(path);
    return parent === path ? path : join(real(parent), basename(path));
  }
}

function within(path: string, file: string): string {
  return path === '' || path.endsWith('/') ? `${path}${file}` : `${path}/${file}`;
}

/** A name as a folder's: no separators, no dots that climb. */
function encode(name: string): string {
  return encodeURIComponent(name).replaceAll('.', '%2E');
}

/** Links are left out: a stage holds its own files only. */
function walk(folder: string, prefix: string): readonly string[] {
  const entries = statSync(folder, { throwIfNoEntry: false })?.isDirectory()
    ? readdirSync(folder, { withFileTypes: true })
    : [];
  return entries
    .flatMap((entry) => {
      if (entry.isDirectory()) return walk(join(folder, entry.name), `${prefix}${entry.name}/`);
      return entry.isFile() ? [`${prefix}${entry.name}`] : [];
    })
    .sort();
}

/** Digest of a file, as LIST shows it. */
export function md5(path: string): string {
  return createHash('md5').update(readFileSync(path)).digest('hex');
}
