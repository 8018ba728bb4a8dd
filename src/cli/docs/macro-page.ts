/**
 * The page of one macro of the root project.
 */
import { yamlText } from './data-text.js';
import type { DocumentedMacro } from './docs-input.js';
import { sqlTab } from './node-page.js';
import type { Scribe } from './scribe.js';
import type { DocPage, Link } from './view.js';

export function macroPage(scribe: Scribe, macro: DocumentedMacro): DocPage {
  return {
    id: macro.id,
    kind: 'macro',
    title: macro.name,
    crumbs: [macro.packageName, ...macro.path.split('/').slice(0, -1)],
    badges: [{ text: 'macro', tone: 'kind' }],
    state: null,
    descriptionHtml: scribe.description(macro.description),
    notices: [],
    facts: [
      { label: 'Signature', values: [{ text: signatureOf(macro), href: null, look: 'code' }] },
      { label: 'File', values: [{ text: macro.path, href: null, look: 'code' }] },
    ],
    columns: [],
    arguments: macro.arguments.map(({ name, type, description }) => ({
      name,
      type,
      descriptionHtml: scribe.description(description),
    })),
    tests: [],
    testCount: 0,
    tables: [],
    drawing: null,
    undrawnCount: 0,
    parents: [],
    children: callersOf(scribe, macro.id),
    code: [sqlTab('source', 'Definition', macro.sql)],
    macros: [],
    config: [],
    meta: yamlText(macro.meta),
  };
}

/** What the block's first tag says: `hash_pii(column)`. */
function signatureOf(macro: DocumentedMacro): string {
  const head = /^\s*\{%-?\s*(?:macro|test|materialization)\s+(?<rest>[\s\S]*?)\s*-?%\}/u.exec(
    macro.sql,
  );
  return (head?.groups?.['rest'] ?? macro.name).replaceAll(/\s+/gu, ' ');
}

function callersOf(scribe: Scribe, id: string): readonly Link[] {
  return [...scribe.input.manifest.nodes.values()]
    .filter((node) => 'macros' in node && node.macros.includes(id))
    .map((node) => scribe.linkToNode(node))
    .sort((left, right) => left.label.localeCompare(right.label, 'en'));
}
