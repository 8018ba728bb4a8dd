/**
 * What a build of a node was made of, and what of that is another today: the reasons why it would run again.
 */
import type { NodeId } from '../base/index.js';

/** All that goes into a build, as hashes. Two builds of the same facts make the same rows. */
export interface BuildFacts {
  /** MD5 of the compiled text; of a seed, its file's checksum. */
  readonly code: string;
  readonly config: string;
  /** Flags that change what is built: `--empty`, `--store-failures`. */
  readonly flags: string;
  /** The warehouse, and the relation in it. */
  readonly place: string;
  /** Of variables that hooks and materializations read, which no compiled text shows. */
  readonly variables: string;
  /** Hashes of macros by unique_id: whatever the node's text, its materialization and its hooks lead to. */
  readonly macros: Readonly<Record<string, string>>;
  /** By unique_id: of nodes, which build of them was read; of sources, how far their rows went, as freshness knew it. */
  readonly inputs: Readonly<Record<NodeId, string | null>>;
}

/** A build that was made. */
export interface Build {
  /** Names this build among all of its node. */
  readonly id: string;
  readonly facts: BuildFacts;
}

/** Why a node is built rather than reused. */
export type BuildReason =
  | {
      readonly kind:
        | 'never-built'
        | 'ended-badly'
        | 'full-refresh'
        | 'moment'
        | 'does-not-compile'
        | 'sql'
        | 'config'
        | 'flags'
        | 'place'
        | 'variables'
        | 'relation-gone';
    }
  | {
      readonly kind: 'macro' | 'input' | 'source' | 'unseen-source' | 'upstream';
      readonly id: string;
    };

/** What differs between a build and what would be built today; nothing if it can be reused. */
export function changesSince({ facts: before }: Build, now: BuildFacts): readonly BuildReason[] {
  const reasons: BuildReason[] = [];
  if (before.code !== now.code) reasons.push({ kind: 'sql' });
  if (before.config !== now.config) reasons.push({ kind: 'config' });
  if (before.flags !== now.flags) reasons.push({ kind: 'flags' });
  if (before.place !== now.place) reasons.push({ kind: 'place' });
  if (before.variables !== now.variables) reasons.push({ kind: 'variables' });
  for (const id of differing(before.macros, now.macros)) reasons.push({ kind: 'macro', id });
  for (const id of differing(before.inputs, now.inputs))
    reasons.push({ kind: id.startsWith('source.') ? 'source' : 'input', id });
  return reasons;
}

function differing(
  before: Readonly<Record<string, string | null>>,
  now: Readonly<Record<string, string | null>>,
): readonly string[] {
  return [...new Set([...Object.keys(now), ...Object.keys(before)])].filter(
    (id) => before[id] !== now[id],
  );
}

/** A reason in words, to follow the name of the node. */
export function reasonText(reason: BuildReason): string {
  switch (reason.kind) {
    case 'never-built':
      return 'it was never built here, as far as is known';
    case 'ended-badly':
      return 'it did not end well when it was run last';
    case 'full-refresh':
      return 'a full refresh was asked for';
    case 'moment':
      return 'it works on batches of time, and time goes on';
    case 'does-not-compile':
      return 'it does not compile';
    case 'sql':
      return 'its SQL changed';
    case 'config':
      return 'its config changed';
    case 'flags':
      return 'it was built with other flags (--empty, --store-failures)';
    case 'place':
      return 'it was built in another warehouse, or under another name';
    case 'variables':
      return 'variables that its hooks or its materialization read changed';
    case 'relation-gone':
      return 'its relation is gone';
    case 'macro':
      return `macro ${shortName(reason.id)} changed`;
    case 'input':
      return `upstream ${shortName(reason.id)} was built since`;
    case 'upstream':
      return `upstream ${shortName(reason.id)} would be built before it`;
    case 'source':
      return `source ${shortName(reason.id)} has other rows than then, as source freshness says`;
    case 'unseen-source':
      return `source ${shortName(reason.id)} may have new rows: only source freshness could tell`;
  }
}

/** An id without its kind and package. */
function shortName(id: string): string {
  return id.split('.').slice(2).join('.');
}
