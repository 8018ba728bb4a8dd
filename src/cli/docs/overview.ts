/**
 * The first page: what there is, how well it is described and tested, what needs attention.
 */
import type { ManifestNode } from '../../manifest/index.js';
import { KIND_TITLES } from './kinds.js';
import { plainSummary } from './markdown.js';
import { ownerText } from './node-facts.js';
import type { Scribe } from './scribe.js';
import { formatAge, momentText } from './state-view.js';
import type { Kind, OverviewView, Tone } from './view.js';

/** Links of the list of what needs attention. */
const MAX_ATTENTION = 40;

export function overviewOf(scribe: Scribe): OverviewView {
  const { manifest } = scribe.input;
  const nodes = [...manifest.nodes.values()];
  const states = nodes.flatMap((node) => {
    const state = node.resourceType === 'source' ? null : scribe.stateOf(node);
    return state === null ? [] : [{ node, state }];
  });
  return {
    descriptionHtml: scribe.description(overviewText(scribe)),
    counts: countsOf(scribe, nodes),
    coverage: coverageOf(scribe, nodes),
    results: resultsOf(states.map(({ state }) => state)),
    attention: states
      .filter(({ state }) => state.tone === 'fail' || state.tone === 'warn')
      .sort(
        (left, right) => Number(left.state.tone === 'warn') - Number(right.state.tone === 'warn'),
      )
      .slice(0, MAX_ATTENTION)
      .map(({ node }) => scribe.linkToNode(node)),
    freshness: nodes.flatMap((node) => {
      const last = scribe.input.freshness.get(node.id);
      if (node.resourceType !== 'source' || last === undefined) return [];
      const link = scribe.linkToNode(node);
      return [{ link, newest: momentText(last.maxLoadedAt), age: formatAge(last.ageSeconds) }];
    }),
    exposures: nodes
      .filter((node) => node.resourceType === 'exposure')
      .map((node) => ({
        link: scribe.linkToNode(node, node.label ?? node.name),
        owner: ownerText(node.owner),
        summary: plainSummary(node.description, 160),
      })),
    groups: [...manifest.groups.values()].map((group) => ({
      name: group.name,
      owner: ownerText(group.owner),
      count: nodes.filter(
        (node) => node.resourceType !== 'test' && 'group' in node && node.group === group.name,
      ).length,
    })),
  };
}

/** The docs block that dbt shows first: the root project's, else nothing. */
function overviewText(scribe: Scribe): string {
  const { manifest } = scribe.input;
  const names = [`__${manifest.projectName}__`, '__overview__'];
  for (const name of names) {
    const doc = manifest.docs.get(`doc.${manifest.projectName}.${name}`);
    if (doc !== undefined) return doc.contents;
  }
  return '';
}

function countsOf(scribe: Scribe, nodes: readonly ManifestNode[]): OverviewView['counts'] {
  return KIND_TITLES.flatMap(([kind, label]) => {
    const count =
      kind === 'macro'
        ? scribe.input.macros.length
        : nodes.filter((node) => node.resourceType === kind).length;
    return count === 0 || kind === 'operation' ? [] : [{ label, count, kind }];
  });
}

function coverageOf(scribe: Scribe, nodes: readonly ManifestNode[]): OverviewView['coverage'] {
  const models = nodes.filter((node) => node.resourceType === 'model');
  const sources = nodes.filter((node) => node.resourceType === 'source');
  const columns = models.flatMap((node) => {
    const described = new Map(
      [...node.columns.values()].map((column) => [column.name.toLowerCase(), column.description]),
    );
    const built = scribe.input.columns.get(node.id) ?? [];
    const names = new Set([...described.keys(), ...built.map(({ name }) => name.toLowerCase())]);
    return [...names].map((name) => (described.get(name) ?? '') !== '');
  });
  return [
    share(
      'Models described',
      models.map((node) => node.description !== ''),
    ),
    share('Model columns described', columns),
    share(
      'Models tested',
      models.map((node) => isTested(scribe, node)),
    ),
    share(
      'Sources described',
      sources.map((node) => node.description !== ''),
    ),
  ].filter(({ total }) => total > 0);
}

function isTested(scribe: Scribe, node: ManifestNode): boolean {
  return scribe.testsOf(node.id).length + scribe.unitTestsOf(node.id).length > 0;
}

/** Never 100 % unless all is done. */
function share(label: string, claims: readonly boolean[]): OverviewView['coverage'][number] {
  const done = claims.filter(Boolean).length;
  const total = claims.length;
  return { label, done, total, percent: total === 0 ? 0 : Math.floor((100 * done) / total) };
}

function resultsOf(
  states: readonly { readonly word: string; readonly tone: Tone }[],
): OverviewView['results'] {
  const counts = new Map<string, { readonly tone: Tone; count: number }>();
  for (const { word, tone } of states) {
    const entry = counts.get(word);
    if (entry === undefined) counts.set(word, { tone, count: 1 });
    else entry.count += 1;
  }
  return [...counts].map(([word, { tone, count }]) => ({ word, tone, count }));
}

/** The kinds that stand in a lineage, in the order of the lists. */
export function legendOf(
  kinds: ReadonlySet<Kind>,
): readonly { readonly kind: Kind; readonly label: string }[] {
  return KIND_TITLES.filter(([kind]) => kinds.has(kind)).map(([kind, label]) => ({ kind, label }));
}
