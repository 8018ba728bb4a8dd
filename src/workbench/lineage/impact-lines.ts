/**
 * The impact of a column as text: for the screen, and as Markdown for a pull request.
 */
import type { NodeId } from '../../base/index.js';
import type { Manifest } from '../../manifest/index.js';
import type { Hit } from '../../session/index.js';
import { labelOf } from '../graph/neighbours.js';
import type { ColumnReach } from './columns-state.js';

const SAYS: Readonly<Record<Hit['severity'], string>> = {
  values: 'takes its values',
  rows: 'its rows change',
  unknown: 'could not be traced',
};

/** One line a hit: who, and how. Most severe first. */
export function impactLines(manifest: Manifest, reach: ColumnReach): readonly string[] {
  const { impact, notebooks } = reach;
  return [
    ...hitsInOrder(impact.hits).map(
      (hit) => `${kindOf(hit)} ${nameOf(manifest, hit.nodeId)}: ${howOf(hit)}`,
    ),
    ...notebooks.map(({ file, cells }) => `notebook ${file}: ${cells.join(', ')}`),
    ...(impact.hits.length + notebooks.length === 0
      ? ['Nothing in the project is made of it.']
      : []),
    ...(impact.spared.length === 0
      ? []
      : ['', `not hit: ${impact.spared.map((id) => nameOf(manifest, id)).join(', ')}`]),
  ];
}

/** `2 models · 1 exposure · 1 notebook`. */
export function impactCounts({ impact, notebooks }: ColumnReach): string {
  const counts = new Map<string, number>();
  for (const hit of impact.hits) counts.set(kindOf(hit), (counts.get(kindOf(hit)) ?? 0) + 1);
  if (notebooks.length > 0) counts.set('notebook', notebooks.length);
  const parts = [...counts].map(([kind, count]) => `${count} ${kind}${count === 1 ? '' : 's'}`);
  return parts.length === 0 ? 'nothing is hit' : parts.join(' · ');
}

export function impactMarkdown(manifest: Manifest, reach: ColumnReach): string {
  const { start } = reach.trace;
  const of = start.nodeId === null ? start.relation : nameOf(manifest, start.nodeId);
  const lines = impactLines(manifest, reach).filter((line) => line !== '');
  return [
    `### If \`${of}.${start.column}\` changes`,
    '',
    ...lines.map((line) => `- ${line}`),
    '',
  ].join('\n');
}

/** Values before rows before what is not known; exposures first of each. */
export function hitsInOrder(hits: readonly Hit[]): readonly Hit[] {
  const order = ['values', 'rows', 'unknown'];
  const rank = ({ severity, resourceType }: Hit): number =>
    order.indexOf(severity) * 2 + (resourceType === 'exposure' ? 0 : 1);
  return hits.toSorted((left, right) => rank(left) - rank(right));
}

export function kindOf({ resourceType }: Hit): string {
  return resourceType.replaceAll('_', ' ');
}

export function howOf({ severity, columns, resourceType }: Hit): string {
  const isNamed = severity === 'values' && columns.length > 0 && resourceType !== 'test';
  return isNamed ? columns.join(', ') : SAYS[severity];
}

function nameOf(manifest: Manifest, id: NodeId): string {
  const node = manifest.nodes.get(id);
  return node === undefined ? id : labelOf(node);
}
