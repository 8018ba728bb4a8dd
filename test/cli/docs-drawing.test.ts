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

/** Where a drawing breaks its rules: boxes inside of it and apart, edges from right side to left side. */
function faultsOf({ nodes, edges, width, height }: Drawing): readonly string[] {
  const boxes = nodes.flatMap((node, index) => [
    ...(node.x < 0 || node.y < 0 ? [`${node.label} is cut off`] : []),
    ...(node.x + node.width > width || node.y + node.height > height
      ? [`${node.label} is outside`]
      : []),
    ...nodes
      .slice(index + 1)
      .filter((other) => overlap(node, other))
      .map((other) => `${node.label} covers ${other.label}`),
  ]);
  const lines = edges.flatMap(({ from, to, path }) => {
    const [start, end] = [nodes[from], nodes[to]];
    if (start === undefined || end === undefined) return [`no ends: ${path}`];
    const begins = `M${start.x + start.width},${start.y + 14}`;
    const ends = ` ${end.x},${end.y + 14}`;
    const isSound = path.startsWith(begins) && path.endsWith(ends) && end.x > start.x + start.width;
    return isSound ? [] : [`${start.label} to ${end.label}: ${path}`];
  });
  return [...boxes, ...lines];
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
  expect(faultsOf(drawn(...edges))).toEqual([]);
});

test('nothing is an empty picture', () => {
  expect(drawGraph({ items: [], edges: [], centre: -1 })).toEqual({
    width: 0,
    height: 0,
    nodes: [],
    edges: [],
  });
});

const acyclic = fc
  .record({
    size: fc.integer({ min: 1, max: 25 }),
    pairs: fc.array(fc.tuple(fc.nat(24), fc.nat(24)), { maxLength: 50 }),
  })
  .map(({ size, pairs }) => ({
    items: Array.from({ length: size }, (_, index) => link(`node_${index}`)),
    edges: [
      ...new Map(
        pairs
          .filter(([from, to]) => from < to && to < size)
          .map(([from, to]) => [`${from}>${to}`, [from, to] as const]),
      ).values(),
    ],
    centre: 0,
  }));

test('any acyclic graph', () => {
  const check = fc.check(
    fc.property(acyclic, (graph) => faultsOf(drawGraph(graph)).length === 0),
    { numRuns: 200 },
  );
  expect(check.counterexample).toBeNull();
});
