/**
 * Turns refs and sources into the nodes they mean, and says which cannot be.
 */
import type { NodeId, Position } from '../base/index.js';
import type { RefCall } from '../context/index.js';
import { type NameTable, packagesToSearch, refKey, type Search } from './lookups.js';
import type { ParseScope } from './parse-scope.js';
import { similarName } from './similar.js';

/** What can be referred to, and who may. */
export interface RefTarget {
  readonly id: NodeId;
  readonly packageName: string;
  readonly name: string;
  /** Null for what has no access: seeds, snapshots. */
  readonly access: string | null;
  readonly group: string | null;
}

/** Who refers. */
export interface Referrer {
  readonly id: NodeId;
  readonly resourceType: string;
  readonly packageName: string;
  readonly originalFilePath: string;
  readonly group: string | null;
  readonly refs: readonly RefCall[];
  readonly sources: readonly (readonly [string, string])[];
  readonly metrics?: readonly (readonly string[])[];
  /** Where a name stands in the text, or else where the text starts. */
  positionOf(name: string): Position;
}

export interface Tables {
  readonly refs: NameTable<RefTarget>;
  readonly sources: NameTable<NodeId>;
  readonly metrics: NameTable<NodeId>;
}

/** What a referrer depends on. `isBroken`: it refers to what is not there, and cannot stay in the graph. */
export interface Resolution {
  readonly dependsOn: readonly NodeId[];
  readonly isBroken: boolean;
}

/** Resolves all that one node refers to, sources first as dbt lists them; what cannot be resolved is reported. */
export function resolveReferences(
  scope: ParseScope,
  referrer: Referrer,
  tables: Tables,
  /** Names of nodes that could not be read: their absence has been reported already. */
  broken: ReadonlySet<string>,
): Resolution {
  const dependsOn = new Set<NodeId>();
  let isBroken = false;
  for (const [source, table] of referrer.sources) {
    const name = `${source}.${table}`;
    const found = tables.sources.search(name, packagesOf(scope, referrer, null));
    if (found.kind === 'found') dependsOn.add(found.target);
    else {
      isBroken = true;
      reportMissing(scope, referrer, { kind: 'source', name, at: table }, found, tables.sources);
    }
  }
  for (const ref of referrer.refs) {
    const found = tables.refs.search(refKey(ref), packagesOf(scope, referrer, ref.packageName));
    if (found.kind === 'found') {
      if (mayRefer(scope, referrer, found.target, ref)) dependsOn.add(found.target.id);
      else isBroken = true;
    } else if (found.kind !== 'missing' || !broken.has(ref.name)) {
      isBroken = true;
      reportMissing(
        scope,
        referrer,
        {
          kind: 'node',
          name: ref.name,
          at: ref.name,
          ...(ref.version === null ? {} : { version: ref.version }),
          ...(ref.packageName === null ? {} : { packageName: ref.packageName }),
        },
        found,
        tables.refs,
      );
    }
  }
  for (const metric of referrer.metrics ?? []) {
    const [name = '', ...before] = metric.toReversed();
    const found = tables.metrics.search(name, packagesOf(scope, referrer, before[0] ?? null));
    if (found.kind === 'found') dependsOn.add(found.target);
    else {
      isBroken = true;
      reportMissing(scope, referrer, { kind: 'metric', name, at: name }, found, tables.metrics);
    }
  }
  return { dependsOn: [...dependsOn], isBroken };
}

function packagesOf(
  scope: ParseScope,
  referrer: Referrer,
  named: string | null,
): readonly (string | null)[] {
  return packagesToSearch(
    scope.project.name,
    referrer.packageName,
    named,
    scope.project.flags['require_ref_searches_node_package_before_root'] === true,
  );
}

interface Wanted {
  readonly kind: 'node' | 'source' | 'metric';
  readonly name: string;
  /** The word to look for in the text. */
  readonly at: string;
  readonly version?: string | number;
  readonly packageName?: string;
}

function reportMissing<Target>(
  scope: ParseScope,
  referrer: Referrer,
  wanted: Wanted,
  found: Exclude<Search<Target>, { readonly kind: 'found' }>,
  table: NameTable<Target>,
): void {
  // A test of what is disabled goes with it, silently.
  const isTest = referrer.resourceType === 'test';
  if (isTest && found.kind === 'disabled') return;
  const position = referrer.positionOf(wanted.at);
  const title = referrer.resourceType.charAt(0).toUpperCase() + referrer.resourceType.slice(1);
  const version = wanted.version === undefined ? '' : `with version '${wanted.version}' `;
  const inPackage =
    wanted.packageName === undefined ? '' : `in package or project '${wanted.packageName}' `;
  const reason =
    found.kind === 'disabled'
      ? 'is disabled'
      : found.kind === 'ambiguous'
        ? 'several packages have'
        : 'was not found';
  const message = `${title} '${referrer.id}' (${referrer.originalFilePath}) depends on a ${wanted.kind} named '${wanted.name}' ${version}${inPackage}which ${reason}.`;
  const more = { nodeId: referrer.id, ...hintFor(wanted, found, table) };
  if (isTest) scope.warn('manifest/missing-ref', message, position, more);
  else
    scope.error(
      `manifest/${found.kind === 'disabled' ? 'disabled' : 'missing'}-ref`,
      message,
      position,
      more,
    );
}

function hintFor<Target>(
  wanted: Wanted,
  found: Search<Target>,
  table: NameTable<Target>,
): { readonly hint?: string } {
  if (found.kind === 'disabled') return { hint: `Enable ${found.id}, or take the reference out.` };
  if (found.kind === 'ambiguous') return { hint: "Name the package: ref('package', 'name')." };
  const similar = similarName(wanted.name, table.names());
  if (similar !== undefined && similar !== wanted.name)
    return { hint: `Did you mean '${similar}'?` };
  return wanted.kind === 'source'
    ? { hint: 'Declare it under `sources:` in a properties file.' }
    : {};
}

/** Private models may be read by their group, protected ones by their package where the project says so. */
function mayRefer(scope: ParseScope, referrer: Referrer, target: RefTarget, ref: RefCall): boolean {
  const owner = scope.packages.find((one) => one.name === target.packageName);
  const isForeign =
    referrer.packageName !== target.packageName && owner?.config.isAccessRestricted === true;
  const isPrivate =
    target.access === 'private' &&
    (referrer.group === null || referrer.group !== target.group || isForeign);
  const isProtected = target.access === 'protected' && isForeign;
  if (!isPrivate && !isProtected) return true;
  const within = isPrivate
    ? `the group '${target.group ?? ''}'`
    : `the package '${target.packageName}'`;
  scope.error(
    'manifest/access',
    `${referrer.id} may not refer to ${target.id}: it is ${target.access ?? ''} to ${within}.`,
    referrer.positionOf(ref.name),
    {
      nodeId: referrer.id,
      hint: 'Put both into one group, or widen the access of what is referred to.',
    },
  );
  return false;
}

/** Finds where a name stands quoted in a node's text. */
export function positionOfName(text: string, name: string, start: Position): Position {
  const at = text.search(
    new RegExp(`(['"])${name.replaceAll(/[.*+?^${}()|[\]\\]/gu, '\\$&')}\\1`, 'u'),
  );
  if (at === -1) return start;
  const lines = text.slice(0, at).split('\n');
  return {
    file: start.file,
    line: start.line + lines.length - 1,
    column: (lines.at(-1) ?? '').length + (lines.length === 1 ? start.column : 1),
  };
}
