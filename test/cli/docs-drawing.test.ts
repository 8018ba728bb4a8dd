import fc from 'fast-check';
import { expect, test } from 'vitest';
import { drawGraph } from '../../src/cli/docs/draw-graph.js';
import type { Drawing, DrawnNode, Link } from '../../src/cli/docs/view.js';

const link = (label: string): Link => ({
  label,
  href: `#${label}`,
  kind: 'model',
  note: 'view',
  state: null,
});

/** Draws `parent>child` edges; a name alone is a node without edges. */
function drawn(...edges: readonly string[]): Drawing {
  const names = [...new Set(edges.flatMap((edge) => edge.split('>')))];
  return drawGraph({
    items: names.map(link),
    edges: edges.flatMap((edge) => {
      const [from, to] = edge.split('>');
      return to === undefined ? [] : [[names.indexOf(from ?? ''), names.indexOf(to)] as const];
    }),
    centre: 0,
  });
}

const overlap = (left: DrawnNode, right: DrawnNode): boolean =>
  left.x < right.x + right.width &&
  right.x < left.x + left.width &&
  left.y < right.y + right.height &&
  right.y < left.y + left.height;

/** What any drawing must hold to. */
function expectSound({ nodes, edges, width, height }: Drawing): void {
  nodes.forEach((node, index) => {
    expect(node.x).toBeGreaterThanOrEqual(0);
    expect(node.y).toBeGreaterThanOrEqual(0);
    expect(node.x + node.width).toBeLessThanOrEqual(width);
    expect(node.y + node.height).toBeLessThanOrEqual(height);
    expect(nodes.slice(index + 1).filter((other) => overlap(node, other))).toEqual([]);
  });
  for (const { from, to, path } of edges) {
    const [start, end] = [nodes[from], nodes[to]];
    const points = [...path.matchAll(/(?<x>[\d.]+),(?<y>[\d.]+)/gu)].map(({ groups }) => [
      Number(groups?.['x']),
      Number(groups?.['y']),
    ]);
    const [x = 0, y = 0] = points[0] ?? [];
    expect([x, y]).toEqual([(start?.x ?? 0) + (start?.width ?? 0), (start?.y ?? 0) + 14]);
    expect(points.at(-1)).toEqual([end?.x, (end?.y ?? 0) + 14]);
    expect(end?.x).toBeGreaterThan(x);
  }
}

test.each([
  { what: 'a chain', edges: ['a>b', 'b>c'] },
  { what: 'an edge that passes a layer', edges: ['a>b', 'b>c', 'a>c'] },
  { what: 'a fan', edges: ['a>b', 'a>c', 'a>d', 'b>e', 'c>e', 'd>e'] },
  { what: 'two parts', edges: ['a>b', 'c>d'] },
  {
    what: 'what stands alone',
    edges: ['a>b', ...Array.from({ length: 40 }, (_, index) => `s${index}`)],
  },
  { what: 'long names', edges: [`${'a'.repeat(90)}>b`] },
])('$what', ({ edges }) => {
  expectSound(drawn(...edges));
});

test('nothing is an empty picture', () => {
  expect(drawGraph({ items: [], edges: [], centre: -1 })).toEqual({
    width: 0,
    height: 0,
    nodes: [],
    edges: [],
  });
});

test('any acyclic graph', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 25 }),
      fc.array(fc.tuple(fc.nat(24), fc.nat(24)), { maxLength: 50 }),
      (size, pairs) => {
        const edges = new Map(
          pairs
            .filter(([from, to]) => from < to && to < size)
            .map(([from, to]) => [`${from}>${to}`, [from, to] as const]),
        );
        const items = Array.from({ length: size }, (_, index) => link(`node_${index}`));
        expectSound(drawGraph({ items, edges: [...edges.values()], centre: 0 }));
      },
    ),
    { numRuns: 150 },
  );
});
