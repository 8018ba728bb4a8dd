/**
 * Reads models, snapshots, analyses, singular tests, seeds and hooks from their files.
 */
import { nodeId, type Position } from '../base/index.js';
import { readText, sha256, sizeBytes } from '../platform/index.js';
import { foldSpace, type Package, pythonStrip, type SourceFile } from '../project/index.js';
import { splitBlocks } from '../jinja/index.js';
import { type Draft, type DraftType, newDraft } from './draft.js';
import type { NodeProperties } from './node-properties.js';
import type { ParseScope } from './parse-scope.js';

/** Seeds above this many bytes are known by their path instead of their content. */
const MAX_HASHED_SEED_BYTES = 1024 * 1024;

/** Which version of which model a file of a package holds. */
export type VersionOf = (owner: Package, fileName: string) => NodeProperties | undefined;

/** Drafts of all files of a package, in the order in which dbt parses them. */
export function draftsOf(
  scope: ParseScope,
  owner: Package,
  versionOf: VersionOf,
): readonly Draft[] {
  const read = (
    kind: SourceFile['kind'],
    make: (file: SourceFile) => readonly Draft[],
  ): readonly Draft[] =>
    owner.files
      .filter((file) => file.kind === kind)
      .flatMap((file) => {
        try {
          return make(file);
        } catch (error) {
          scope.caught(error, 'manifest/unreadable', startOf(scope, owner, file));
          return [];
        }
      });
  return [
    ...read('model', (file) => [modelDraft(scope, owner, file, versionOf)]),
    ...read('snapshot', (file) => snapshotDrafts(scope, owner, file)),
    ...read('analysis', (file) => [analysisDraft(scope, owner, file)]),
    ...read('singular_test', (file) => [singularTestDraft(scope, owner, file)]),
    ...read('seed', (file) => [seedDraft(scope, owner, file)]),
    ...hookDrafts(owner),
  ];
}

/** Folders of a path, without the file. */
export function foldersOf(path: string): readonly string[] {
  return path.split('/').slice(0, -1);
}

function modelDraft(
  scope: ParseScope,
  owner: Package,
  file: SourceFile,
  versionOf: VersionOf,
): Draft {
  const fileName = stem(file.path);
  const properties = versionOf(owner, fileName);
  const name = properties?.entry.name ?? fileName;
  const suffix =
    properties?.version === undefined || properties.version === null
      ? []
      : [`v${properties.version}`];
  const draft = fileDraft(scope, owner, file, {
    resourceType: 'model',
    name,
    id: ['model', owner.name, name, ...suffix].join('.'),
    path: file.path,
    fqn: [owner.name, ...foldersOf(file.path), name, ...suffix],
  });
  draft.version = properties?.version ?? null;
  draft.latestVersion = properties?.latestVersion ?? null;
  return draft;
}

function analysisDraft(scope: ParseScope, owner: Package, file: SourceFile): Draft {
  const name = stem(file.path);
  return fileDraft(scope, owner, file, {
    resourceType: 'analysis',
    name,
    id: `analysis.${owner.name}.${name}`,
    // dbt looks for an analysis's config below a folder that is not on the disk.
    path: `analysis/${file.path}`,
    fqn: [owner.name, 'analysis', ...foldersOf(file.path), name],
  });
}

function singularTestDraft(scope: ParseScope, owner: Package, file: SourceFile): Draft {
  const name = stem(file.path);
  return fileDraft(scope, owner, file, {
    resourceType: 'test',
    name,
    id: `test.${owner.name}.${name}`,
    path: [...foldersOf(file.path), `${name}.sql`].join('/'),
    fqn: [owner.name, ...foldersOf(file.path), name],
  });
}

function seedDraft(scope: ParseScope, owner: Package, file: SourceFile): Draft {
  const name = stem(file.path);
  return newDraft({
    resourceType: 'seed',
    id: nodeId(`seed.${owner.name}.${name}`),
    name,
    packageName: owner.name,
    path: file.path,
    originalFilePath: file.originalFilePath,
    fqn: [owner.name, ...foldersOf(file.path), name],
    language: 'sql',
    rawCode: '',
    checksum: seedChecksum(file),
    position: startOf(scope, owner, file),
    file: file.file,
  });
}

function seedChecksum(file: SourceFile): string {
  if (sizeBytes(file.file) > MAX_HASHED_SEED_BYTES) return file.originalFilePath;
  // Python reads text with universal newlines.
  return sha256(pythonStrip(readText(file.file).replaceAll(/\r\n?/gu, '\n')));
}

/** A snapshot file may hold several blocks, each a node. */
function snapshotDrafts(scope: ParseScope, owner: Package, file: SourceFile): readonly Draft[] {
  const shownFile = scope.shownFile(owner, file.originalFilePath);
  const { text, firstLine } = readCode(file);
  const checksum = sha256(foldSpace(text));
  return splitBlocks(text, { name: shownFile })
    .filter((block) => block.kind === 'snapshot')
    .map((block) => {
      const folders = foldersOf(file.path);
      return newDraft({
        resourceType: 'snapshot',
        id: nodeId(`snapshot.${owner.name}.${block.name}`),
        name: block.name,
        packageName: owner.name,
        path: file.path,
        originalFilePath: file.originalFilePath,
        fqn: [owner.name, ...folders, stem(file.path), block.name],
        language: 'sql',
        rawCode: block.contents,
        checksum,
        position: { file: shownFile, line: block.line + firstLine - 1, column: 1 },
        file: file.file,
      });
    });
}

/** `on-run-start` and `on-run-end` of dbt_project.yml, each a node. */
function hookDrafts(owner: Package): readonly Draft[] {
  const events = [
    ['on-run-start', owner.config.onRunStart],
    ['on-run-end', owner.config.onRunEnd],
  ] as const;
  const file = owner.shownPath === '' ? 'dbt_project.yml' : `${owner.shownPath}/dbt_project.yml`;
  const onDisk = `${owner.rootDir}/dbt_project.yml`;
  const hasHooks = events.some(([, hooks]) => hooks.length > 0);
  const checksum = hasHooks ? sha256(foldSpace(readText(onDisk))) : '';
  return events.flatMap(([event, hooks]) =>
    hooks.map((sql, index) => {
      const name = `${owner.name}-${event}-${index}`;
      const draft = newDraft({
        resourceType: 'operation',
        id: nodeId(`operation.${owner.name}.${name}`),
        name,
        packageName: owner.name,
        path: `hooks/${name}.sql`,
        originalFilePath: './dbt_project.yml',
        fqn: [owner.name, 'hooks', name],
        language: 'sql',
        rawCode: sql,
        checksum,
        position: { file, line: 1, column: 1 },
        file: onDisk,
      });
      draft.tags = [event];
      draft.event = event;
      draft.index = index;
      return draft;
    }),
  );
}

function fileDraft(
  scope: ParseScope,
  owner: Package,
  file: SourceFile,
  node: {
    readonly resourceType: DraftType;
    readonly name: string;
    readonly id: string;
    readonly path: string;
    readonly fqn: readonly string[];
  },
): Draft {
  const { text, firstLine } = readCode(file);
  return newDraft({
    ...node,
    id: nodeId(node.id),
    packageName: owner.name,
    originalFilePath: file.originalFilePath,
    language: file.path.endsWith('.py') ? 'python' : 'sql',
    rawCode: text,
    checksum: sha256(foldSpace(text)),
    position: { ...startOf(scope, owner, file), line: firstLine },
    file: file.file,
  });
}

/** A file's text, stripped as dbt strips it, and the line it then starts on. */
function readCode(file: SourceFile): { readonly text: string; readonly firstLine: number } {
  const whole = readText(file.file);
  const text = pythonStrip(whole);
  const before = text === '' ? '' : whole.slice(0, whole.indexOf(text));
  return { text, firstLine: before.split('\n').length };
}

function startOf(scope: ParseScope, owner: Package, file: SourceFile): Position {
  return { file: scope.shownFile(owner, file.originalFilePath), line: 1, column: 1 };
}

/** The file's name without its ending. */
export function stem(path: string): string {
  const base = path.slice(path.lastIndexOf('/') + 1);
  const dot = base.lastIndexOf('.');
  return dot > 0 ? base.slice(0, dot) : base;
}
