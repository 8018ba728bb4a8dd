/**
 * Makes the nodes of exposures, and the groups.
 */
import { type JsonObject, nodeId } from '../base/index.js';
import { captureTemplate, type Captures } from '../context/index.js';
import type { Group } from './manifest.js';
import type { ExposureNode } from './node.js';
import { foldersOf } from './node-files.js';
import { objectOf, type ParseScope, textOf, textsOf } from './parse-scope.js';
import { positionIn, type PropertyEntry } from './property-files.js';

/** An exposure whose references are not yet resolved. */
export interface ExposureDraft {
  readonly node: Omit<ExposureNode, 'dependsOn'>;
  readonly captures: Pick<Captures, 'refs' | 'sources' | 'metrics'>;
}

/** Reads one exposure; what is wrong is reported and gives undefined. */
export function readExposure(scope: ParseScope, entry: PropertyEntry): ExposureDraft | undefined {
  const { owner, file, shownFile } = entry.source;
  const id = nodeId(`exposure.${owner.name}.${entry.name}`);
  const fqn = [owner.name, ...foldersOf(file.path), entry.name];
  const { config, unrendered } = scope.configs.resolve({
    resourceType: 'exposure',
    packageName: owner.name,
    fqn,
    properties: objectOf(entry.data['config']),
    unrenderedProperties: objectOf(entry.raw['config']),
  });
  const tags = [...new Set([...textsOf(entry.data['tags']), ...textsOf(config['tags'])])].sort();
  const meta: JsonObject = { ...objectOf(entry.data['meta']), ...objectOf(config['meta']) };
  let captures: Captures;
  try {
    captures = scope.during(shownFile, () =>
      captureTemplate({
        sql: textsOf(entry.data['depends_on'])
          .map((line) => `{{ ${line}}}`)
          .join('\n'),
        file: shownFile,
        packageName: owner.name,
        model: { name: entry.name, resource_type: 'exposure', unique_id: id },
        registry: scope.registry,
        facts: scope.facts,
      }),
    );
  } catch (error) {
    scope.caught(error, 'manifest/exposure', positionIn(entry, 'depends_on'), id);
    return undefined;
  }
  return {
    captures,
    node: {
      resourceType: 'exposure',
      id,
      name: entry.name,
      packageName: owner.name,
      path: file.path,
      originalFilePath: file.originalFilePath,
      fqn,
      description: textOf(entry.data['description']) ?? '',
      tags,
      meta,
      config: { ...config, tags, meta },
      unrenderedConfig: unrendered,
      refs: captures.refs,
      sources: captures.sources,
      type: textOf(entry.data['type']) ?? '',
      owner: objectOf(entry.data['owner']),
      label: textOf(entry.data['label']),
      maturity: textOf(entry.data['maturity']),
      url: textOf(entry.data['url']),
    },
  };
}

/** Reads the groups; a second one of a name is reported. */
export function readGroups(
  scope: ParseScope,
  entries: readonly PropertyEntry[],
): ReadonlyMap<string, Group> {
  const groups = new Map<string, Group>();
  for (const entry of entries) {
    const packageName = entry.source.owner.name;
    const id = `group.${packageName}.${entry.name}`;
    if (groups.has(id)) {
      scope.error(
        'manifest/duplicate-group',
        `Two groups are named '${entry.name}'.`,
        positionIn(entry),
      );
      continue;
    }
    const owner = objectOf(entry.data['owner']);
    if (Object.keys(owner).length === 0) {
      scope.error('manifest/group', `The group '${entry.name}' has no owner.`, positionIn(entry), {
        hint: 'Add `owner:` with a name or an email.',
      });
      continue;
    }
    groups.set(id, { id, name: entry.name, packageName, owner });
  }
  return groups;
}
