/**
 * Beside the trace: how the column under the cursor is made, and who is hit if the traced one changes.
 */
import {
  columnUnderCursor,
  hitsInOrder,
  howOf,
  impactCounts,
  kindOf,
  labelOf,
  lookOfState,
  paintSql,
  type Workbench,
} from '../../workbench/index.js';
import { columnNamed, type LineageColumn, type NodeLineage } from '../../session/index.js';
import type { ManifestNode } from '../../manifest/index.js';
import { cutMiddle } from '../cells/fit.js';
import type { Surface } from '../cells/surface.js';
import { nameOf } from './columns-trace.js';
import { drawFrame } from './frame.js';
import { loadedRows } from './loaded-rows.js';
import { testsByColumn } from './node-facts.js';
import { BLANK, drawRows, piece, type Row, row, wrapped } from './rows.js';

export function drawColumnExpression(surface: Surface, workbench: Workbench): void {
  const { columns } = workbench.store.get();
  const place = columnUnderCursor(columns);
  const inner = drawFrame(surface, {
    title: place === null ? 'expression' : `how ${place.column} is made`,
    isFocused: false,
  });
  const node =
    place?.nodeId === null || place === null
      ? undefined
      : workbench.session.manifest.nodes.get(place.nodeId);
  if (place === null || node === undefined) return;
  const lineage = workbench.tracer.known(node.id);
  const column = lineage === null ? null : columnNamed(lineage, place.column);
  drawRows(inner, expressionRows(workbench, node, lineage, column, place.column, inner.width), 0);
}

function expressionRows(
  workbench: Workbench,
  node: ManifestNode,
  lineage: NodeLineage | null,
  column: LineageColumn | null,
  name: string,
  width: number,
): readonly Row[] {
  const described = 'columns' in node ? node.columns.get(name) : undefined;
  const type = described?.dataType ?? null;
  const tests = testsByColumn(workbench.session.manifest, node.id).get(name.toLowerCase()) ?? [];
  const facts: readonly Row[] = [
    ...(type === null ? [] : [[piece('type ', 'muted'), piece(type)]]),
    ...(tests.length === 0
      ? []
      : [
          [
            piece('tests ', 'muted'),
            ...tests.flatMap((test) => {
              const look = lookOfState(workbench.states.stateOf(test.id).state);
              return [piece(`${look.glyph} `, look.token), piece(`${test.label}  `)];
            }),
          ],
        ]),
    ...(described === undefined || described.description === ''
      ? []
      : wrapped(described.description, width, 'muted').slice(0, 3)),
  ];
  return [...madeRows(node, lineage, column, width), ...facts];
}

function madeRows(
  node: ManifestNode,
  lineage: NodeLineage | null,
  column: LineageColumn | null,
  width: number,
): readonly Row[] {
  if (node.resourceType === 'source' || node.resourceType === 'seed')
    return [row(`A column of the ${node.resourceType} ${labelOf(node)}.`, 'muted'), BLANK];
  const unresolved = (column?.unresolved ?? []).flatMap(({ text, reason }) =>
    wrapped(`? ${text}: ${reason}`, width, 'warn'),
  );
  const expression = column?.expression ?? null;
  if (expression === null) {
    const said = lineage?.doubt ?? 'Passed on by a star; no text of its own.';
    return [...wrapped(said, width, 'muted'), ...unresolved, BLANK];
  }
  const where = `${node.originalFilePath}${expression.line === null ? ' (compiled)' : `:${expression.line}`}`;
  return [
    row(cutMiddle(where, width), 'muted'),
    ...paintSql(expression.sql).map((pieces): Row => pieces),
    ...unresolved,
    BLANK,
  ];
}

export function drawColumnImpact(surface: Surface, workbench: Workbench): void {
  const { reach } = workbench.store.get().columns;
  const inner = drawFrame(surface, {
    title: 'impact if it changes',
    bottom: reach.kind === 'ready' ? impactCounts(reach.value) : '',
    isFocused: false,
  });
  const rows = loadedRows(workbench, reach, inner.width, 'Tracing', ({ impact, notebooks }) => {
    const hits = hitsInOrder(impact.hits).map((hit): Row => {
      const kind = hit.resourceType === 'model' ? '' : `${kindOf(hit)} `;
      const token = hit.severity === 'values' ? 'text' : hit.severity === 'rows' ? 'muted' : 'warn';
      return [
        piece(
          hit.severity === 'unknown' ? '? ' : hit.resourceType === 'exposure' ? '▷ ' : '  ',
          'warn',
        ),
        piece(
          `${kind}${nameOf(workbench, { nodeId: hit.nodeId, relation: '', column: '' })}`,
          token,
        ),
        piece(`  ${howOf(hit)}`, 'muted'),
      ];
    });
    const cells = notebooks.map(({ file, cells: names }): Row => [
      piece('  '),
      piece(`notebook ${file}`),
      piece(`  ${names.join(', ')}`, 'muted'),
    ]);
    const all = [...hits, ...cells];
    return all.length === 0 ? [row('Nothing in the project is made of it.', 'muted')] : all;
  });
  const more = rows.length - inner.height;
  const shown =
    more > 0 ? [...rows.slice(0, inner.height - 1), row(`… ${more + 1} more: i`, 'muted')] : rows;
  drawRows(inner, shown, 0);
}
