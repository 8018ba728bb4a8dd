/**
 * Statements about stages and file formats: they are made, listed, and files put in, taken out and removed.
 */
import {
  copyFileSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Translation } from '../../../sql/index.js';
import { sqlText } from '../../duckdb/sandbox.js';
import type { Row, StatementResult } from '../../port.js';
import { WarehouseError } from '../../warehouse-error.js';
import { listing, status } from '../answers.js';
import { newFacts } from '../facts.js';
import type { Performer } from '../perform.js';
import { fileType } from './read-files.js';
import { type StagedFile, md5, stageKey } from './stage-store.js';

type Of<K extends Translation['kind']> = Extract<Translation, { readonly kind: K }>;

/** Makes a stage or a file format. A temporary one is gone when the warehouse is closed. */
export async function createStage(
  statement: Of<'create_stage'> | Of<'create_file_format'>,
  performer: Performer,
): Promise<StatementResult> {
  const { session } = performer;
  const { stages: store } = session.shared;
  const name = session.fullName(statement.name);
  const isStage = statement.kind === 'create_stage';
  const kind = isStage ? 'stage' : 'file_format';
  const key = stageKey(kind, name);
  const kept = isStage ? store.stages : store.formats;
  await performer.endTransaction();
  if (kept.has(key)) {
    if (statement.ifNotExists)
      return status(`${name.identifier} already exists, statement succeeded.`);
    if (!statement.orReplace)
      throw new WarehouseError(
        'warehouse/exists',
        `002002 (42710): SQL compilation error:\nObject '${name.identifier}' already exists.`,
      );
  }
  const { options, isTemporary } = statement;
  const createdOn = new Date().toISOString();
  if (isStage) {
    const { format } = statement;
    const stage = {
      name,
      isTemporary,
      options,
      createdOn,
      ...(format === undefined ? {} : { format }),
    };
    store.stages.set(key, stage);
    if (!isTemporary) await performer.run(newFacts(key, [[kind, sqlText(JSON.stringify(stage))]]));
    return status(`Stage area ${name.identifier} successfully created.`);
  }
  fileType(options);
  const format = { name, options, createdOn };
  store.formats.set(key, format);
  if (!isTemporary) await performer.run(newFacts(key, [[kind, sqlText(JSON.stringify(format))]]));
  return status(`File format ${name.identifier} successfully created.`);
}

function filesOf(statement: Of<'files'>, performer: Performer): readonly StagedFile[] {
  const { stage, pattern } = statement;
  const { session } = performer;
  return session.shared.stages.list(stage, session.stageName(stage), {
    format: undefined,
    files: undefined,
    pattern,
  });
}

export function listFiles(statement: Of<'files'>, performer: Performer): StatementResult {
  const rows = filesOf(statement, performer).map((file): Row => [
    file.name,
    file.sizeBytes,
    md5(file.path),
    new Date(file.modifiedMs).toUTCString(),
  ]);
  return listing(['name', 'size', 'md5', 'last_modified'], rows, ['size']);
}

export function removeFiles(statement: Of<'files'>, performer: Performer): StatementResult {
  const rows = filesOf(statement, performer).map((file): Row => {
    rmSync(file.path);
    return [file.name, 'removed'];
  });
  return listing(['name', 'result'], rows);
}

const PACKED = new Set(['.gz', '.bz2', '.zst', '.br', '.snappy', '.parquet', '.orc']);

/** Copies local files into a stage, packed with gzip unless they are packed already or AUTO_COMPRESS is off. */
export function putFiles(statement: Of<'transfer'>, performer: Performer): StatementResult {
  const { session } = performer;
  const { stages: store } = session.shared;
  const folder = join(
    store.folder(statement.stage, session.stageName(statement.stage)),
    statement.stage.path,
  );
  const doesPack = statement.options['AUTO_COMPRESS']?.[0]?.toUpperCase() !== 'FALSE';
  const doesReplace = statement.options['OVERWRITE']?.[0]?.toUpperCase() === 'TRUE';
  const rows = expand(statement.file, performer).map((path): Row => {
    const isPacked = PACKED.has(extname(path));
    const name = `${basename(path)}${doesPack && !isPacked ? '.gz' : ''}`;
    const target = join(folder, name);
    const isThere = statSync(target, { throwIfNoEntry: false }) !== undefined;
    const sourceBytes = statSync(path).size;
    if (!isThere || doesReplace) {
      mkdirSync(dirname(target), { recursive: true });
      if (doesPack && !isPacked) writeFileSync(target, gzipSync(readFileSync(path)));
      else copyFileSync(path, target);
    }
    return [
      basename(path),
      name,
      sourceBytes,
      statSync(target).size,
      isPacked ? extname(path).slice(1).toUpperCase() : 'NONE',
      doesPack && !isPacked ? 'GZIP' : isPacked ? extname(path).slice(1).toUpperCase() : 'NONE',
      isThere && !doesReplace ? 'SKIPPED' : 'UPLOADED',
      '',
    ];
  });
  return listing(
    [
      'source',
      'target',
      'source_size',
      'target_size',
      'source_compression',
      'target_compression',
      'status',
      'message',
    ],
    rows,
    ['source_size', 'target_size'],
  );
}

/** Files that a path of PUT names; `*` and `?` stand for parts of a file's name. */
function expand(file: string, performer: Performer): readonly string[] {
  const { stages: store } = performer.session.shared;
  const name = basename(file);
  if (!/[*?]/u.test(name)) {
    const path = store.reach(file);
    if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) throw noFile(file);
    return [path];
  }
  const source = name
    .replaceAll(/[$()+.[\\\]^{|}]/gu, String.raw`\$&`)
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  const pattern = new RegExp(`^${source}$`, 'u');
  const folder = store.reach(dirname(file));
  const paths = readdirSync(folder)
    .filter((one) => pattern.test(one))
    .sort()
    .map((one) => store.reach(join(folder, one)));
  if (paths.length === 0) throw noFile(file);
  return paths;
}

function noFile(file: string): WarehouseError {
  return new WarehouseError('warehouse/no-file', `253006: File doesn't exist: ['${file}']`);
}

/** Copies files of a stage into a local folder. */
export function getFiles(statement: Of<'transfer'>, performer: Performer): StatementResult {
  const { session } = performer;
  const { stages: store } = session.shared;
  const folder = store.reach(statement.file);
  const [pattern] = statement.options['PATTERN'] ?? [];
  const files = store.list(statement.stage, session.stageName(statement.stage), {
    format: undefined,
    files: undefined,
    pattern,
  });
  const rows = files.map((file): Row => {
    mkdirSync(folder, { recursive: true });
    const target = store.reach(join(folder, basename(file.path)));
    copyFileSync(file.path, target);
    return [basename(file.path), file.sizeBytes, 'DOWNLOADED', ''];
  });
  return listing(['file', 'size', 'status', 'message'], rows, ['size']);
}
