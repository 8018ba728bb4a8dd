/**
 * The document as one HTML file: nunjucks with autoescape on, over templates that are part of this program.
 *
 * A content policy in the head lets only this file's own script and style act: should a text ever slip through as
 * markup, it could neither run nor fetch anything.
 */
import { createHash } from 'node:crypto';
import { rendererOf } from '../render-template.js';
import { type Html, islandJson, islandMarkup } from './html.js';
import { hrefOf } from './scribe.js';
import { DOCUMENT } from './templates/document.js';
import { NODE } from './templates/node.js';
import { OVERVIEW } from './templates/overview.js';
import { PARTS } from './templates/parts.js';
import { SCRIPT_PAGE } from './templates/script-page.js';
import { SCRIPT_RESULTS } from './templates/script-results.js';
import { SCRIPT_SEARCH } from './templates/script-search.js';
import { SCRIPT_VIEWER } from './templates/script-viewer.js';
import { STYLE_BASE } from './templates/style-base.js';
import { STYLE_FRAME } from './templates/style-frame.js';
import { STYLE_PAGE } from './templates/style-page.js';
import type { DocPage, DocsView } from './view.js';

const TEMPLATES: Readonly<Record<string, string>> = {
  document: DOCUMENT,
  node: NODE,
  overview: OVERVIEW,
  parts: PARTS,
};

const SCRIPT = `(function () {\n'use strict';\n${SCRIPT_SEARCH}${SCRIPT_PAGE}${SCRIPT_RESULTS}${SCRIPT_VIEWER}})();\n`;
const STYLES = STYLE_BASE + STYLE_FRAME + STYLE_PAGE;

/** Renders the document. Everything it needs is inside of it. */
export function renderDocs(view: DocsView): Html {
  const render = rendererOf(TEMPLATES, { dropsIndentation: true });
  const contentOf = (page: DocPage): Html =>
    islandMarkup(render('node', { page, href: hrefOf(page.id) }));
  return render('document', {
    ...view,
    policy: contentPolicy(),
    stylesHtml: STYLES,
    scriptHtml: SCRIPT,
    searchHtml: islandJson(view.search),
    overviewHtml: render('overview', view),
    islands: view.pages.map((page) => ({
      id: page.id,
      title: page.title,
      contentHtml: contentOf(page),
    })),
  });
}

/** Nothing from anywhere; this file's own script and style by their hashes. */
function contentPolicy(): string {
  const hashOf = (text: string): string =>
    `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  return [
    "default-src 'none'",
    `script-src ${hashOf(SCRIPT)}`,
    `style-src ${hashOf(STYLES)}`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}
