/**
 * What the page's search looks through.
 */
import type { ManifestNode } from '../../manifest/index.js';
import { labelOf } from '../../workbench/index.js';
import { plainSummary } from './markdown.js';
import type { Scribe } from './scribe.js';
import { isListed } from './trees.js';
import type { SearchEntry } from './view.js';

/** Characters of a description that can be found; of a column's, fewer. */
const DESCRIPTION_LENGTH = 600;
const COLUMN_LENGTH = 160;

/** One entry a page that is listed, in the order of the pages. */
export function searchEntries(scribe: Scribe): readonly SearchEntry[] {
  const nodes = [...scribe.input.manifest.nodes.values()]
    .filter(isListed)
    .map((node) => nodeEntry(scribe, node));
  const macros = scribe.input.macros.map((macro): SearchEntry => ({
    i: macro.id,
    n: macro.name,
    k: 'macro',
    p: macro.path,
    d: plainSummary(macro.description, DESCRIPTION_LENGTH),
    c: macro.arguments.map(({ name, description }) => [
      name,
      plainSummary(description, COLUMN_LENGTH),
    ]),
    t: [],
  }));
  return [...nodes, ...macros];
}

function nodeEntry(scribe: Scribe, node: ManifestNode): SearchEntry {
  return {
    i: node.id,
    n: labelOf(node),
    k: node.resourceType,
    p: node.originalFilePath,
    d: plainSummary(node.description, DESCRIPTION_LENGTH),
    c: columnsOf(scribe, node),
    t: [...node.tags, ...('group' in node && node.group !== null ? [node.group] : [])],
  };
}

function columnsOf(scribe: Scribe, node: ManifestNode): SearchEntry['c'] {
  // A test's columns are those of what it tests.
  if (!('columns' in node) || node.resourceType === 'test') return [];
  const described = [...node.columns.values()].map(
    ({ name, description }) => [name, plainSummary(description, COLUMN_LENGTH)] as const,
  );
  const names = new Set(described.map(([name]) => name.toLowerCase()));
  const built = (scribe.input.columns.get(node.id) ?? [])
    .map(({ name }) => name.toLowerCase())
    .filter((name) => !names.has(name));
  return [...described, ...built.map((name) => [name, ''] as const)];
}
