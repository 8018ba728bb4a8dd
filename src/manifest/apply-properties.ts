/**
 * Joins drafts with what the properties files say of them, and works out config and names.
 */
import { isJsonObject, type JsonObject, type Position } from '../base/index.js';
import { captureHooks } from './capture.js';
import { configText, type Draft } from './draft.js';
import { staticReference } from './literal-call.js';
import { nameDraft } from './node-names.js';
import type { NodeProperties } from './node-properties.js';
import { objectOf, type ParseScope, textsOf } from './parse-scope.js';
import { positionIn } from './property-files.js';

/**
 * Finishes a draft whose text has been read: merges its config, names its relation.
 *
 * @returns false if something of it is broken; that is reported, and the node must be left out.
 */
export function finishDraft(
  scope: ParseScope,
  draft: Draft,
  properties: NodeProperties | undefined,
): boolean {
  if (properties !== undefined) describe(scope, draft, properties);
  configure(scope, draft, properties?.config, properties?.unrenderedConfig);
  if (!nameDraft(scope, draft, properties?.config)) return false;
  if (draft.resourceType !== 'test') captureHooks(scope, draft);
  return checkAccess(scope, draft, properties);
}

/** Merges a draft's config of all its layers, and fills in what follows from it. */
export function configure(
  scope: ParseScope,
  draft: Draft,
  properties?: JsonObject,
  unrenderedProperties?: JsonObject,
): void {
  // dbt makes a table of a Python model unless somebody says otherwise.
  const ofPython =
    draft.language === 'python' &&
    draft.resourceType === 'model' &&
    properties?.['materialized'] === undefined
      ? { materialized: 'table' }
      : undefined;
  const stated = withoutNulls({ ...properties, ...ofPython });
  const { config, unrendered } = scope.configs.resolve({
    resourceType: draft.resourceType,
    packageName: draft.packageName,
    fqn: draft.fqn,
    calls: draft.calls,
    unrenderedCalls: draft.unrenderedCalls,
    properties: stated,
    ...(unrenderedProperties === undefined ? {} : { unrenderedProperties }),
  });
  draft.config = config;
  draft.unrenderedConfig = unrendered;
  draft.tags = [...new Set([...draft.tags, ...textsOf(config['tags'])])].sort();
  draft.meta = objectOf(config['meta']);
  draft.group = configText(draft, 'group');
  if (draft.resourceType === 'model') draft.access = configText(draft, 'access') ?? 'protected';
}

/** A null in yaml takes nothing back. */
function withoutNulls(config: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(config).filter(([, value]) => value !== null));
}

function describe(scope: ParseScope, draft: Draft, properties: NodeProperties): void {
  const { entry } = properties;
  draft.description = properties.description;
  draft.columns = new Map(
    properties.columns.map((column) => [column.properties.name, column.properties]),
  );
  draft.patchPath = `${entry.source.owner.name}://${entry.source.file.originalFilePath}`;
  draft.version = properties.version;
  draft.latestVersion = properties.latestVersion;
  draft.deprecationDate = properties.deprecationDate;
  draft.timeSpine = properties.timeSpine;
  draft.constraints = properties.constraints;
  if (draft.resourceType === 'model') constraintTargets(scope, draft, properties);
}

/** What foreign keys point at is upstream too. */
function constraintTargets(scope: ParseScope, draft: Draft, properties: NodeProperties): void {
  const all = [
    ...properties.columns.flatMap((column) => column.properties.constraints),
    ...properties.constraints,
  ];
  for (const constraint of all.filter(isJsonObject)) {
    const { to } = constraint;
    if (constraint['type'] !== 'foreign_key' || typeof to !== 'string') continue;
    const target = staticReference(to);
    if (target?.kind === 'ref') draft.refs = [...draft.refs, target.ref];
    else if (target?.kind === 'source') draft.sources = [...draft.sources, target.source];
    else {
      scope.error(
        'manifest/constraint',
        `The foreign key of '${draft.name}' points 'to' ${to}, which is neither a ref() nor a source().`,
        positionIn(properties.entry, 'constraints'),
        { nodeId: draft.id },
      );
    }
  }
}

const ACCESS = new Set(['private', 'protected', 'public']);

function checkAccess(
  scope: ParseScope,
  draft: Draft,
  properties: NodeProperties | undefined,
): boolean {
  if (draft.resourceType !== 'model') return true;
  const position = (): Position =>
    properties === undefined ? draft.position : positionIn(properties.entry, 'config', 'access');
  if (!ACCESS.has(draft.access)) {
    scope.error(
      'manifest/access',
      `'${draft.access}' of ${draft.id} is no access; it is private, protected or public.`,
      position(),
      { nodeId: draft.id },
    );
    return false;
  }
  if (draft.access === 'public' && draft.config['materialized'] === 'ephemeral') {
    scope.error(
      'manifest/access',
      `${draft.id} is ephemeral, so it cannot be public.`,
      position(),
      {
        nodeId: draft.id,
      },
    );
    return false;
  }
  return true;
}
