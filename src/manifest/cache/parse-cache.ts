/**
 * Keeps what a parse gave, for as long as nothing that it read has changed.
 *
 * Two files for each target and set of variables: an index, which is read whole at every start, and the records of the
 * nodes. Both are checked when they are read; whatever is wrong with them, the project is parsed as if they were not there.
 */
import type { Diagnostic, NodeId } from '../../base/index.js';
import type { MacroRegistry, ProjectFacts } from '../../context/index.js';
import {
  checksumOf,
  type FileStamp,
  joinPath,
  listFiles,
  randomId,
  readBytes,
  RecordFile,
  removePath,
  sha256,
  stampOf,
  writeAtomic,
} from '../../platform/index.js';
import type { Project } from '../../project/index.js';
import { factsOf, readMacros } from '../macros.js';
import type { Manifest } from '../manifest.js';
import { parseManifest, type ParseOptions } from '../parse-manifest.js';
import { fingerprintOf } from './fingerprint.js';
import {
  amendedIndex,
  contentOf,
  indexOf,
  type KeptIndex,
  type MomentNode,
  type Validity,
} from './kept-index.js';
import { KeptManifest } from './kept-manifest.js';
import { parsePartly } from './partial-parse.js';
import { changesOf, filesOf, hashOf } from './stamps.js';
import { TouchRecorder } from './touches.js';

/** A parsed project. */
export interface ParsedManifest {
  readonly manifest: Manifest;
  /** Macros; read when somebody asks for them. */
  readonly registry: MacroRegistry;
  readonly facts: ProjectFacts;
  readonly diagnostics: readonly Diagnostic[];
  /** True if most of it was kept: at the most a few files were read anew. */
  readonly isKept: boolean;
  /** Names what is kept of it; null if nothing is. Another content has another name. */
  readonly keptAs: string | null;
  /** What is another than it was under an earlier name; null if that is not known, and all may be. */
  readonly changedSince: (name: string) => KeptChanges | null;
}

/** Nodes that are not what they were. All ids are those of before, in the same order. */
export interface KeptChanges {
  readonly ids: ReadonlySet<NodeId>;
  readonly hasNewEdges: boolean;
}

/** Sets of variables and targets that are kept at a time. */
const MAX_KEPT = 4;

/** Records that may be made anew before all are written again. */
const MAX_AMENDED = 300;

/** Nodes that read the clock; more are cheaper to read with all others. */
const MAX_MOMENTS = 50;

/** The two files of one project, target and set of variables. */
interface Place {
  readonly folder: string;
  readonly name: string;
  readonly index: string;
}

/**
 * Parses a project, or takes what an earlier parse of the same left in a folder.
 *
 * @param folder where it is kept; null keeps nothing.
 */
export function parseOrRecall(
  project: Project,
  options: ParseOptions,
  folder: string | null,
): ParsedManifest {
  if (folder === null) {
    const parsed = parseManifest(project, options);
    return { ...parsed, isKept: false, keptAs: null, changedSince: () => null };
  }
  const place = placeOf(project, options, folder);
  const fingerprint = fingerprintOf(project, options.flags, options.internalMacros);
  const recalled = recall(project, options, place, fingerprint);
  if (recalled !== null) return recalled;

  const stampedAtMs = Date.now();
  const files = filesOf(project);
  const stamps = files.map(stampOf);
  const touches = new TouchRecorder();
  const parsed = parseManifest(project, options, touches);
  let keptAs: string | null = null;
  const moments = momentNodes(project, parsed.manifest, touches);
  if (moments !== null) {
    const salt = randomId();
    const validity: Validity = {
      fingerprint,
      stampedAtMs,
      stamps,
      hashes: files.map(hashOf),
      env: environmentOf(project, touches, salt),
      salt,
      moments,
    };
    // A file that changed meanwhile may have been read before or after.
    if (isUnchanged(files, stamps)) keptAs = keep(parsed, place, validity);
  }
  return { ...parsed, isKept: false, keptAs, changedSince: () => null };
}

/** Templates that read the clock, where each is the one of its file; null where something else reads it. */
function momentNodes(
  project: Project,
  { nodes }: Pick<Manifest, 'nodes'>,
  touches: TouchRecorder,
): readonly MomentNode[] | null {
  if (touches.whole.readsMoment) return null;
  const shown = new Set(
    [...touches.byFile].filter(([, one]) => one.readsMoment).map(([file]) => file),
  );
  if (shown.size === 0) return [];
  const found: MomentNode[] = [];
  for (const owner of project.packages) {
    const start = owner.shownPath === '' ? '' : `${owner.shownPath}/`;
    for (const { file, originalFilePath, path } of owner.files) {
      if (!path.endsWith('.sql') || !shown.delete(start + originalFilePath)) continue;
      const own = [...nodes.values()].filter(
        (node) => node.packageName === owner.name && node.originalFilePath === originalFilePath,
      );
      const [node] = own;
      if (node === undefined || own.length > 1) return null;
      found.push({ file, id: node.id, content: contentOf(node) });
    }
  }
  return shown.size === 0 && found.length <= MAX_MOMENTS ? found : null;
}

function placeOf(project: Project, options: ParseOptions, folder: string): Place {
  const { target, cliVars } = project;
  const name = sha256(
    JSON.stringify([target.profileName, target.name, target.type, cliVars, options.flags]),
  ).slice(0, 12);
  return { folder, name, index: joinPath(folder, `parse-${name}.json`) };
}

function environmentOf(
  project: Project,
  touches: TouchRecorder,
  salt: string,
): readonly (readonly [name: string, hash: string])[] {
  const names = new Set([touches.whole, ...touches.byFile.values()].flatMap((one) => [...one.env]));
  return [...names].sort().map((name) => [name, environmentHash(project, name, salt)]);
}

/** Of the value, which may be a secret, nothing but a salted hash is kept. */
function environmentHash(project: Project, name: string, salt: string): string {
  const value = project.env[name];
  return value === undefined ? '' : sha256(`${salt}\u0000${value}`);
}

function isUnchanged(files: readonly string[], stamps: readonly (FileStamp | null)[]): boolean {
  return files.every((file, at) => String(stampOf(file)) === String(stamps[at] ?? null));
}

/** What was kept, if it is whole and still true. */
function recall(
  project: Project,
  options: ParseOptions,
  place: Place,
  fingerprint: string,
): ParsedManifest | null {
  try {
    const index = readIndex(place.index);
    const { validity } = index;
    if (validity.fingerprint !== fingerprint) return null;
    const isSame = ([name, hash]: readonly [string, string]): boolean =>
      environmentHash(project, name, validity.salt) === hash;
    if (!validity.env.every(isSame)) return null;
    const stampedAtMs = Date.now();
    const files = filesOf(project);
    const changes = changesOf(files, validity);
    const records = new RecordFile(joinPath(place.folder, index.recordsFile), index.recordsBytes);
    const { stamps, hashes, changed } = changes;
    const manifest = keptManifest(project, options, place, index, records);
    const recalled = restored(project, options, index, manifest);
    const isStill = (): ParsedManifest => {
      if (changes.hasNewStamps)
        writeIndex(place.index, { ...index, validity: { ...validity, stampedAtMs, stamps } });
      return recalled;
    };
    const wanted = [...new Set([...changed, ...validity.moments.map(({ file }) => file)])];
    if (wanted.length === 0) return isStill();
    if (index.diagnostics.length > 0 || index.amended.length > MAX_AMENDED) return null;
    const { registry, facts } = recalled;
    const partial = parsePartly(project, registry, facts, manifest, wanted);
    // What changes after its stamp was taken is another at the next start, and read then.
    if (partial === null || manifest.isDamaged) return null;
    const moments = momentNodes(project, { nodes: partial.nodes }, partial.touches);
    if (moments === null) return null;
    const isSameNode = (node: MomentNode, at: number): boolean =>
      node.id === moments[at]?.id && node.content === moments[at].content;
    if (changed.length === 0 && validity.moments.every(isSameNode)) return isStill();
    const read = environmentOf(project, partial.touches, validity.salt);
    const amended = amendedIndex(index, manifest, partial.nodes, randomId(), {
      ...validity,
      stampedAtMs,
      stamps,
      hashes,
      env: [...new Map([...validity.env, ...read])],
      moments,
    });
    writeIndex(place.index, amended);
    manifest.amend(amended, partial.nodes.keys());
    return restored(project, options, amended, manifest, registry);
  } catch {
    // It can always be made again: what is wrong with it is no reason to stop, or to tell.
    return null;
  }
}

function keptManifest(
  project: Project,
  options: ParseOptions,
  place: Place,
  index: KeptIndex,
  records: RecordFile,
): KeptManifest {
  return new KeptManifest(index, records, () => {
    removePath(place.index);
    return parseManifest(project, options).manifest;
  });
}

function restored(
  project: Project,
  options: ParseOptions,
  index: KeptIndex,
  manifest: Manifest,
  macros: MacroRegistry | null = null,
): ParsedManifest {
  let registry = macros;
  return {
    manifest,
    get registry() {
      return (registry ??= readMacros(project, options.internalMacros).registry);
    },
    facts: factsOf(project, options),
    diagnostics: index.diagnostics,
    isKept: true,
    keptAs: index.name,
    changedSince: (name) => changesSince(index, name),
  };
}

function changesSince({ name: present, steps }: KeptIndex, name: string): KeptChanges | null {
  const first = steps.findIndex(({ before }) => before === name);
  if (first === -1 && name !== present) return null;
  const later = first === -1 ? [] : steps.slice(first);
  return {
    ids: new Set(later.flatMap(({ ids }) => ids)),
    hasNewEdges: later.some((step) => step.hasNewEdges),
  };
}

/** Writes both files. A disk that cannot be written keeps nothing, and nobody is told. @returns what it is kept as. */
function keep(
  parsed: Pick<ParsedManifest, 'manifest' | 'diagnostics'>,
  place: Place,
  validity: Validity,
): string | null {
  try {
    const recordsFile = `parse-${place.name}-${randomId().slice(0, 8)}.records`;
    const { index, records } = indexOf(parsed.manifest, parsed.diagnostics, recordsFile, validity);
    writeAtomic(joinPath(place.folder, recordsFile), Buffer.concat(records), {
      isPrivate: true,
      isDurable: false,
    });
    writeIndex(place.index, index);
    sweep(place, recordsFile);
    return recordsFile;
  } catch {
    removePath(place.index);
    return null;
  }
}

/** Removes records that no index speaks of any more, and what was used longest ago. */
function sweep(place: Place, recordsFile: string): void {
  const files = listFiles(place.folder);
  for (const { path, file } of files) {
    const isOld = path.startsWith(`parse-${place.name}-`) && path !== recordsFile;
    if (isOld && path.endsWith('.records')) removePath(file);
  }
  const indexes = files
    .filter(({ path }) => /^parse-[0-9a-f]+\.json$/u.test(path))
    .map(({ path, file }) => ({ path, file, modifiedMs: stampOf(file)?.[1] ?? 0 }))
    .sort((a, b) => b.modifiedMs - a.modifiedMs);
  for (const { path } of indexes.slice(MAX_KEPT)) {
    const name = path.slice(0, -'.json'.length);
    for (const other of files) if (other.path.startsWith(name)) removePath(other.file);
  }
}

/** @throws Error if it is not there, or not what was written. */
function readIndex(file: string): KeptIndex {
  const read = readBytes(file);
  const bytes = Buffer.from(read.buffer, read.byteOffset, read.length);
  const end = bytes.indexOf(0x0a);
  const body = bytes.subarray(end + 1);
  if (end === -1 || bytes.toString('latin1', 0, end) !== headOf(body))
    throw new Error(`${file} is damaged`);
  return JSON.parse(body.toString('utf8'));
}

function writeIndex(file: string, index: KeptIndex): void {
  const body = Buffer.from(JSON.stringify(index), 'utf8');
  writeAtomic(file, Buffer.concat([Buffer.from(`${headOf(body)}\n`, 'latin1'), body]), {
    isPrivate: true,
    isDurable: false,
  });
}

function headOf(body: Uint8Array): string {
  return `dagbook parse ${body.length} ${checksumOf(body)}`;
}
