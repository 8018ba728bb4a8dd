/**
 * The page of one node.
 */
import type { NodeId } from '../../base/index.js';
import type { ManifestNode } from '../../manifest/index.js';
import { isInGraph, labelOf } from '../../workbench/index.js';
import { columnViews } from './column-views.js';
import { seedTable, unitTestTables } from './data-tables.js';
import { yamlText } from './data-text.js';
import { asHtml, escapeHtml } from './html.js';
import { highlightSqlHtml } from './highlight.js';
import { kindLabel } from './kinds.js';
import { nearLineage } from './neighbourhood.js';
import { configRows, nodeFacts } from './node-facts.js';
import type { Scribe } from './scribe.js';
import { testConditions, testView } from './test-view.js';
import type { Badge, CodeTab, DataTable, DocPage, Link } from './view.js';

export function nodePage(scribe: Scribe, node: ManifestNode): DocPage {
  const { manifest, columns } = scribe.input;
  const tests = scribe.testsOf(node.id).map((test) => testView(scribe, test));
  const described = 'columns' in node ? node.columns : new Map();
  const columnRows =
    node.resourceType === 'test' || !('columns' in node)
      ? []
      : columnViews(scribe, described, columns.get(node.id), tests);
  const inColumns = new Set(columnRows.flatMap((column) => column.tests));
  const unitTests = scribe.unitTestsOf(node.id).map((test) => ({
    link: scribe.linkToNode(test),
    argumentsText: '',
    conditions: [],
    columnName: null,
  }));
  const near = isInGraph(node) ? nearLineage(scribe, node.id) : null;
  return {
    id: node.id,
    kind: node.resourceType,
    title: labelOf(node),
    crumbs: crumbsOf(node),
    badges: badgesOf(node),
    state: scribe.stateOf(node),
    descriptionHtml: scribe.description(node.description) ?? sourceDescription(scribe, node),
    notices: noticesOf(scribe, node),
    facts: nodeFacts(scribe, node),
    columns: columnRows,
    arguments: [],
    tests: [...tests.filter((test) => !inColumns.has(test)), ...unitTests],
    testCount: tests.length + unitTests.length,
    tables: tablesOf(scribe, node),
    drawing: near?.drawing ?? null,
    undrawnCount: near?.undrawnCount ?? 0,
    parents: links(scribe, manifest.dag.parents.get(node.id) ?? node.dependsOn),
    children: links(scribe, manifest.dag.children.get(node.id) ?? []),
    code: codeTabs(scribe, node),
    macros: 'macros' in node ? [...new Set(node.macros)].map((id) => scribe.linkTo(id)) : [],
    config: configRows(node),
    meta: yamlText(node.meta),
  };
}

/** Package, then the source or the folders. */
export function crumbsOf(node: ManifestNode): readonly string[] {
  const folders = node.originalFilePath.split('/').slice(0, -1);
  return [node.packageName, ...folders];
}

function badgesOf(node: ManifestNode): readonly Badge[] {
  const badges: Badge[] = [{ text: kindLabel(node), tone: 'kind' }];
  const add = (text: string, tone: Badge['tone'] = 'plain'): void =>
    void badges.push({ text, tone });
  if (node.resourceType === 'model') {
    add(node.materialized);
    const strategy = node.config['incremental_strategy'];
    if (node.materialized === 'incremental' && typeof strategy === 'string') add(strategy);
    add(node.access);
    if (node.hasContract) add('contract enforced', 'ok');
    if (node.version !== null && node.version === node.latestVersion) add('latest version');
    if (node.language === 'python') add('python');
    if (node.deprecationDate !== null) add('deprecated', 'warn');
  }
  if (node.resourceType === 'test') for (const text of testConditions(node.config)) add(text);
  if (node.resourceType === 'exposure') add(node.type);
  return badges;
}

function sourceDescription(scribe: Scribe, node: ManifestNode): DocPage['descriptionHtml'] {
  return node.resourceType === 'source' ? scribe.description(node.sourceDescription) : null;
}

function noticesOf(scribe: Scribe, node: ManifestNode): readonly string[] {
  const notices: string[] = [];
  if (node.resourceType === 'model') {
    if (node.deprecationDate !== null)
      notices.push(`Deprecated from ${node.deprecationDate.slice(0, 10)}.`);
    if (node.version !== null && node.version !== node.latestVersion)
      notices.push(`Version ${node.version}; the latest is ${node.latestVersion ?? 'not set'}.`);
  }
  const failure = scribe.input.states.get(node.id)?.lastResult?.failure ?? null;
  if (failure !== null) notices.push(`The last run failed: ${failure.message}`);
  return notices;
}

function tablesOf(scribe: Scribe, node: ManifestNode): readonly DataTable[] {
  if (node.resourceType === 'unit_test') return unitTestTables(scribe, node);
  const seed = scribe.input.seedRows.get(node.id);
  return seed === undefined ? [] : [seedTable(seed)];
}

function links(scribe: Scribe, ids: readonly NodeId[]): readonly Link[] {
  return [...new Set(ids)]
    .filter((id) => {
      const node = scribe.input.manifest.nodes.get(id);
      // Tests stand under what they test.
      return node?.resourceType !== 'test' && node?.resourceType !== 'unit_test';
    })
    .map((id) => scribe.linkTo(id))
    .sort((left, right) => left.label.localeCompare(right.label, 'en'));
}

function codeTabs(scribe: Scribe, node: ManifestNode): readonly CodeTab[] {
  if (node.resourceType === 'unit_test') {
    const overrides = yamlText(node.overrides);
    return overrides === null ? [] : [plainTab('overrides', 'Overrides', overrides)];
  }
  if ('properties' in node) {
    const properties = yamlText(node.properties);
    return properties === null ? [] : [plainTab('properties', 'Definition', properties)];
  }
  if (!('rawCode' in node)) return [];
  if (node.language === 'python') return [plainTab('source', 'Source', node.rawCode)];
  return [sqlTab('source', 'Source', node.rawCode), ...compiledTab(scribe, node.id)];
}

function compiledTab(scribe: Scribe, id: NodeId): readonly CodeTab[] {
  const compiled = scribe.input.compiled.get(id);
  if (compiled === undefined) return [];
  if (compiled.compiledSql !== null) return [sqlTab('compiled', 'Compiled', compiled.compiledSql)];
  const [first] = compiled.diagnostics;
  if (first === undefined) return [];
  const hint = first.hint === undefined ? '' : ` ${first.hint}`;
  return [
    {
      id: 'compiled',
      title: 'Compiled',
      html: asHtml(''),
      lineCount: 0,
      problem: `Not compiled: ${first.message}${hint}`,
    },
  ];
}

export function sqlTab(id: string, title: string, sql: string): CodeTab {
  const text = sql.trim();
  return { id, title, html: highlightSqlHtml(text), lineCount: lineCount(text), problem: null };
}

function plainTab(id: string, title: string, text: string): CodeTab {
  return { id, title, html: escapeHtml(text), lineCount: lineCount(text), problem: null };
}

function lineCount(text: string): number {
  return text.split('\n').length;
}
