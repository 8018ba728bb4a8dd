/**
 * manifest.json written again after few nodes changed: what says the same is copied from the file that is there.
 *
 * Nodes that are copied keep their `created_at`, as with dbt's own partial parse.
 */
import type { ManifestSegment } from '../artifacts/index.js';
import { isJsonObject, type Json, type NodeId } from '../base/index.js';
import {
  ByteFile,
  isFile,
  joinPath,
  md5,
  readText,
  stampOf,
  writeAtomic,
} from '../platform/index.js';
import type { Parsed } from './parsed.js';

/** Keys whose text is another in every file, or costs nothing. */
const ALWAYS = new Set(['metadata']);
const EDGES = new Set(['parent_map', 'child_map']);

/** What a file is made of. */
interface Written {
  readonly keptAs: string;
  readonly stamp: string;
  /** Bytes of each segment, in order. */
  readonly lengths: readonly number[];
  /** Nodes whose text says more than the project does: compiled SQL, macros called meanwhile. */
  readonly special: readonly string[];
}

export interface SegmentsToWrite {
  readonly parsed: Parsed;
  readonly file: string;
  /** The texts are made when they are asked for. */
  readonly segments: () => Iterable<ManifestSegment>;
  /** Nodes whose text says more than the project does. */
  readonly special: readonly NodeId[];
  /** After writing: true if nothing that other files are made of was among what changed. */
  readonly isPartialEnough: () => boolean;
}

/** Writes the file. @returns true if most of it was copied. */
export function writeSegments(options: SegmentsToWrite): boolean {
  const before = writtenBefore(options);
  if (before !== null && before.lengths.length > 0) {
    const dirty = dirtyNodes(options, before);
    if (dirty !== null && copyMost(options, before, dirty)) return true;
  }
  const lengths: number[] = [];
  writeAtomic(options.file, allOf(options.segments(), lengths), { isDurable: false });
  note(options, lengths);
  return false;
}

function* allOf(segments: Iterable<ManifestSegment>, lengths: number[]): Generator<string> {
  for (const { text } of segments) {
    const made = text();
    lengths.push(Buffer.byteLength(made));
    yield made;
  }
}

/** @returns false if it cannot be done so; then the file is as it was, or whole. */
function copyMost(
  options: SegmentsToWrite,
  before: Written,
  { nodes, keys }: { readonly nodes: ReadonlySet<string>; readonly keys: ReadonlySet<string> },
): boolean {
  const lengths: number[] = [];
  let old: ByteFile | null = null;
  try {
    const source = new ByteFile(options.file);
    old = source;
    const isCopied = ({ key, isNode }: ManifestSegment): boolean =>
      isNode ? !nodes.has(key) : !keys.has(key);
    const pieces = merged(options.segments(), before.lengths, isCopied, source, lengths);
    writeAtomic(options.file, pieces, { isDurable: false });
  } catch {
    return false;
  } finally {
    old?.close();
  }
  if (!options.isPartialEnough()) return false;
  note(options, lengths);
  return true;
}

/** Texts that are new, and ranges of the old file between them. @throws Error if the segments are not those of before. */
function* merged(
  segments: Iterable<ManifestSegment>,
  oldLengths: readonly number[],
  isCopied: (segment: ManifestSegment) => boolean,
  old: ByteFile,
  lengths: number[],
): Generator<string | Uint8Array> {
  let offset = 0;
  let waiting = 0;
  for (const segment of segments) {
    const length = oldLengths[lengths.length];
    if (length === undefined) throw new Error('there are more segments than there were');
    if (isCopied(segment)) {
      waiting += length;
      lengths.push(length);
    } else {
      if (waiting > 0) yield* old.pieces(offset - waiting, waiting);
      waiting = 0;
      const text = segment.text();
      lengths.push(Buffer.byteLength(text));
      yield text;
    }
    offset += length;
  }
  if (waiting > 0) yield* old.pieces(offset - waiting, waiting);
  if (lengths.length !== oldLengths.length) throw new Error('there were more segments');
}

/** What must be written anew; null if that is all. */
function dirtyNodes(
  { parsed, special }: SegmentsToWrite,
  before: Written,
): { readonly nodes: ReadonlySet<string>; readonly keys: ReadonlySet<string> } | null {
  const changes = parsed.changedSince(before.keptAs);
  if (changes === null) return null;
  const nodes = new Set<string>([...before.special, ...special]);
  const { parents, children } = parsed.manifest.dag;
  // A model's text names its key as its tests tell it, a test's the kind of what it tests.
  for (const id of changes.ids)
    for (const near of [id, ...(parents.get(id) ?? []), ...(children.get(id) ?? [])])
      nodes.add(near);
  return { nodes, keys: changes.hasNewEdges ? new Set([...ALWAYS, ...EDGES]) : ALWAYS };
}

function writtenBefore({ parsed, file }: SegmentsToWrite): Written | null {
  const name = noteFile(parsed, file);
  if (!isFile(name) || !isFile(file)) return null;
  try {
    const content: Json = JSON.parse(readText(name));
    if (!isJsonObject(content)) return null;
    const { keptAs, stamp, lengths, special } = content;
    if (typeof keptAs !== 'string' || typeof stamp !== 'string') return null;
    if (stamp !== String(stampOf(file)) || !Array.isArray(lengths) || !Array.isArray(special))
      return null;
    return {
      keptAs,
      stamp,
      lengths: lengths.filter((length) => typeof length === 'number'),
      special: special.filter((id) => typeof id === 'string'),
    };
  } catch {
    // Then all is written, which is never wrong.
    return null;
  }
}

function note({ parsed, file, special }: SegmentsToWrite, lengths: readonly number[]): void {
  if (parsed.keptAs === null) return;
  const written: Written = {
    keptAs: parsed.keptAs,
    stamp: String(stampOf(file)),
    lengths,
    special,
  };
  writeAtomic(noteFile(parsed, file), JSON.stringify(written), { isDurable: false });
}

function noteFile({ project }: Parsed, file: string): string {
  const name = `segments-${md5(file).slice(0, 12)}`;
  return joinPath(project.rootDir, '.dagbook', 'cache', name);
}
