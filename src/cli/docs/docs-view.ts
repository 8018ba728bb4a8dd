/**
 * The whole document as data, from the project as it was read.
 */
import type { DocsInput } from './docs-input.js';
import { macroPage } from './macro-page.js';
import { wholeLineage } from './neighbourhood.js';
import { nodePage } from './node-page.js';
import { legendOf, overviewOf } from './overview.js';
import { Scribe } from './scribe.js';
import { searchEntries } from './search-entries.js';
import { formatMoment } from './state-view.js';
import { folderTree, kindTree } from './trees.js';
import type { DocsView } from './view.js';

/** Pure: the same input gives the same document. */
export function docsView(input: DocsInput): DocsView {
  const scribe = new Scribe(input);
  const lineage = wholeLineage(scribe);
  return {
    projectName: input.projectName,
    targetName: input.targetName,
    engine: input.engine,
    generatedAt: formatMoment(input.generatedAt),
    version: input.version,
    overview: overviewOf(scribe),
    folderTree: folderTree(scribe),
    kindTree: kindTree(scribe),
    lineage,
    legend: legendOf(new Set(lineage.nodes.map(({ link }) => link.kind))),
    pages: [
      ...[...input.manifest.nodes.values()].map((node) => nodePage(scribe, node)),
      ...input.macros.map((macro) => macroPage(scribe, macro)),
    ],
    search: searchEntries(scribe),
  };
}
