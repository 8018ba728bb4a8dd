/**
 * Rows that stand in the project itself: a unit test's tables, the first rows of a seed.
 */
import { type JsonObject, type NodeId, nodeId } from '../../base/index.js';
import type { UnitTestNode, UnitTestRows } from '../../manifest/index.js';
import { scalarText } from './data-text.js';
import type { SeedRows } from './docs-input.js';
import { highlightSqlHtml } from './highlight.js';
import type { Scribe } from './scribe.js';
import type { DataTable } from './view.js';

/** What a unit test gives, in order, then what it expects. */
export function unitTestTables(scribe: Scribe, node: UnitTestNode): readonly DataTable[] {
  return [
    ...node.given.map((rows) => table(scribe, node, `Given ${rows.input ?? ''}`, rows)),
    table(scribe, node, 'Expects', node.expect),
  ];
}

export function seedTable(seed: SeedRows): DataTable {
  const rest = seed.rowCount - seed.rows.length;
  return {
    title: 'Rows',
    link: null,
    columns: seed.header,
    rows: seed.rows.map((row) => seed.header.map((_, index) => row[index] ?? null)),
    note:
      rest > 0
        ? `The first ${seed.rows.length} of ${seed.rowCount.toLocaleString('en')} rows.`
        : null,
    sqlHtml: null,
  };
}

function table(scribe: Scribe, node: UnitTestNode, title: string, rows: UnitTestRows): DataTable {
  const id = inputNode(scribe, node, rows.input);
  const link = id === null ? null : scribe.linkTo(id);
  const base = {
    title: link === null ? title : 'Given',
    link,
    columns: [],
    rows: [],
    note: null,
    sqlHtml: null,
  };
  if (typeof rows.rows === 'string') return { ...base, sqlHtml: highlightSqlHtml(rows.rows) };
  const columns = [...new Set(rows.rows.flatMap((row) => Object.keys(row)))];
  return {
    ...base,
    columns,
    rows: rows.rows.map((row) => columns.map((column) => cellText(row, column))),
    note: rows.rows.length === 0 ? 'No rows.' : null,
  };
}

/** The node that `ref('x')` or `source('a', 'b')` means: one of those that the tested model reads. */
function inputNode(scribe: Scribe, node: UnitTestNode, input: string | null): NodeId | null {
  const call = /^\s*(?<kind>ref|source)\s*\((?<args>.*)\)\s*$/su.exec(input ?? '')?.groups;
  if (call === undefined) return null;
  const names = [...(call['args'] ?? '').matchAll(/(?<quote>['"])(?<name>.*?)\k<quote>/gu)].map(
    (match) => match.groups?.['name'] ?? '',
  );
  const { nodes, dag } = scribe.input.manifest;
  const candidates = [...node.dependsOn, ...(dag.parents.get(nodeId(node.testedNode)) ?? [])];
  const found = candidates.find((id) => {
    const one = nodes.get(id);
    if (one?.resourceType === 'source')
      return call['kind'] === 'source' && one.sourceName === names[0] && one.name === names[1];
    return call['kind'] === 'ref' && one !== undefined && one.name === names.at(-1);
  });
  return found ?? null;
}

function cellText(row: JsonObject, column: string): string | null {
  const value = row[column] ?? null;
  return value === null ? null : scalarText(value);
}
