/**
 * Facts of a node that several panes print.
 */
import type { Json, NodeId } from '../../base/index.js';
import type { ExposureNode, Manifest, ManifestNode, SourceNode } from '../../manifest/index.js';
import { kindWord } from '../../workbench/index.js';
import { BLANK, type Row, row } from './rows.js';

/** `incremental · merge · key incident_id`. */
export function configText(node: ManifestNode): string {
  const { config } = node;
  const parts = [kindWord(node)];
  const strategy = textOf(config['incremental_strategy'] ?? config['strategy']);
  if (strategy !== '' && (node.resourceType === 'snapshot' || isIncremental(node))) {
    parts.push(strategy);
  }
  const key = textOf(config['unique_key']);
  if (key !== '' && (node.resourceType === 'snapshot' || isIncremental(node))) {
    parts.push(`key ${key}`);
  }
  if (node.resourceType === 'source') return `source of ${node.sourceName}`;
  return parts.join(' · ');
}

/** A value of a config on one line; lists are joined. */
export function textOf(value: Json | undefined): string {
  if (value === undefined || value === null) return '';
  if (Array.isArray(value)) return value.map(textOf).join(', ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

export interface TestOfNode {
  readonly id: NodeId;
  readonly label: string;
  readonly columnName: string | null;
}

/** Tests of a node by column in lower case; those of the whole node under the empty name. */
export function testsByColumn(
  manifest: Manifest,
  id: NodeId,
): ReadonlyMap<string, readonly TestOfNode[]> {
  const byColumn = new Map<string, TestOfNode[]>();
  for (const child of manifest.dag.children.get(id) ?? []) {
    const test = testOf(manifest.nodes.get(child), id);
    if (test === null) continue;
    const key = test.columnName?.toLowerCase() ?? '';
    const list = byColumn.get(key);
    if (list === undefined) byColumn.set(key, [test]);
    else list.push(test);
  }
  return byColumn;
}

function testOf(node: ManifestNode | undefined, id: NodeId): TestOfNode | null {
  if (node?.resourceType === 'unit_test') {
    return { id: node.id, label: `unit ${node.name}`, columnName: null };
  }
  if (node?.resourceType !== 'test') return null;
  // A relationships test also reads the other side; it belongs where it was written.
  if (node.attachedNode !== null && node.attachedNode !== id) return null;
  return {
    id: node.id,
    label: node.testMetadata?.name ?? node.name,
    columnName: node.columnName,
  };
}

export function sourceRows(node: SourceNode): readonly Row[] {
  const threshold = (limit: { count: number; period: string } | null): string =>
    limit === null ? '' : `${limit.count} ${limit.period}${limit.count === 1 ? '' : 's'}`;
  const freshness = node.freshness;
  const warn = threshold(freshness?.warnAfter ?? null);
  const error = threshold(freshness?.errorAfter ?? null);
  return [
    BLANK,
    row(node.relationName, 'muted'),
    ...(warn === '' && error === ''
      ? []
      : [row(`fresh: warn after ${warn || '-'}, error after ${error || '-'}`, 'muted')]),
    ...(node.loader === '' ? [] : [row(`loaded by ${node.loader}`, 'muted')]),
  ];
}

export function exposureRows(node: ExposureNode): readonly Row[] {
  const owner = textOf(node.owner['name'] ?? node.owner['email']);
  return [
    BLANK,
    row(`${node.type}${owner === '' ? '' : ` of ${owner}`}`, 'muted'),
    ...(node.url === null ? [] : [row(node.url, 'muted')]),
  ];
}

function isIncremental(node: ManifestNode): boolean {
  return node.resourceType === 'model' && node.materialized === 'incremental';
}
