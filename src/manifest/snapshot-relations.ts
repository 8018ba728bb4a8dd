/**
 * Snapshots that yaml alone defines: `relation:` names what is kept, and the query is a select of all of it.
 */
import { nodeId } from '../base/index.js';
import { readText, sha256 } from '../platform/index.js';
import { foldSpace, pythonStrip } from '../project/index.js';
import { type Draft, newDraft } from './draft.js';
import { foldersOf } from './node-files.js';
import { type ParseScope, textOf } from './parse-scope.js';
import { positionIn, type PropertyEntry } from './property-files.js';
import { staticReference } from './literal-call.js';

/** The draft of a yaml snapshot; undefined if the entry has no `relation:`, or it is no ref and no source. */
export function yamlSnapshot(scope: ParseScope, entry: PropertyEntry): Draft | undefined {
  const relation = textOf(entry.data['relation']);
  if (entry.key !== 'snapshots' || relation === null) return undefined;
  const { owner, file } = entry.source;
  const reference = staticReference(relation);
  if (reference === undefined) {
    scope.error(
      'manifest/snapshot',
      `The relation of snapshot '${entry.name}' must be a ref() or a source(), not ${relation}.`,
      positionIn(entry, 'relation'),
    );
    return undefined;
  }
  return newDraft({
    resourceType: 'snapshot',
    id: nodeId(`snapshot.${owner.name}.${entry.name}`),
    name: entry.name,
    packageName: owner.name,
    path: `${entry.name}.sql`,
    originalFilePath: file.originalFilePath,
    fqn: [owner.name, ...foldersOf(file.path), entry.name],
    language: 'sql',
    rawCode: `select * from {{ ${relation} }}`,
    checksum: sha256(foldSpace(pythonStrip(readText(file.file)))),
    position: positionIn(entry, 'relation'),
    file: file.file,
  });
}
