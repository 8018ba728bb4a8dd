/**
 * Everything that the finder finds in a project.
 */
import type { Session } from '../../session/index.js';
import { isInGraph, labelOf } from '../graph/neighbours.js';
import { kindWord } from '../node-look.js';
import type { Findable } from './search.js';

/** A command as the finder shows it. */
export interface FindableCommand {
  readonly id: string;
  readonly title: string;
  readonly keys: string;
}

/** What is found beside what the project holds. */
export interface FindableLists {
  readonly commands: readonly FindableCommand[];
  /** Lines typed before. */
  readonly recent: readonly string[];
  /** Paths from the project's folder. */
  readonly notebooks: readonly string[];
}

/** Nodes, macros, notebooks, their described columns, tags, commands, and lines typed before. */
export function findablesOf(
  { manifest, macros }: Session,
  { commands, recent, notebooks }: FindableLists,
): readonly Findable[] {
  const nodes: Findable[] = [];
  const columns: Findable[] = [];
  const tags = new Map<string, number>();
  for (const node of manifest.nodes.values()) {
    for (const tag of node.tags) tags.set(tag, (tags.get(tag) ?? 0) + 1);
    const label = labelOf(node);
    nodes.push({ kind: 'node', text: label, detail: detailOf(node), target: node.id });
    if (!isInGraph(node) || !('columns' in node)) continue;
    for (const name of node.columns.keys()) {
      columns.push({ kind: 'column', text: name, detail: `column of ${label}`, target: node.id });
    }
  }
  return [
    ...nodes,
    ...columns,
    ...[...tags].map(([tag, count]): Findable => ({
      kind: 'tag',
      text: tag,
      detail: `tag of ${count} ${count === 1 ? 'node' : 'nodes'}`,
      target: `tag:${tag}`,
    })),
    ...commands.map(({ id, title, keys }): Findable => ({
      kind: 'command',
      text: title,
      detail: keys,
      target: id,
    })),
    ...notebooks.map((file): Findable => ({
      kind: 'notebook',
      text: file,
      detail: 'notebook',
      target: file,
    })),
    ...macros
      .filter(({ packageName }) => !/^dbt(?:_|$)/u.test(packageName) || packageName === 'dbt_utils')
      .map(({ id, name, packageName, path, line }): Findable => ({
        kind: 'macro',
        text: packageName === manifest.projectName ? name : `${packageName}.${name}`,
        detail: `macro · ${path}:${line}`,
        target: id,
      })),
    ...recent.map((line): Findable => ({
      kind: 'recent',
      text: line,
      detail: 'typed before',
      target: line,
    })),
  ];
}

function detailOf(node: Parameters<typeof kindWord>[0]): string {
  return node.resourceType === 'model' ? `model · ${node.materialized}` : kindWord(node);
}
