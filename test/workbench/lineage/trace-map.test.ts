import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nodeId } from '../../../src/base/index.js';
import type { ColumnEdge, ColumnTrace } from '../../../src/session/index.js';
import { neighbourIn, traceMap } from '../../../src/workbench/lineage/trace-map.js';
import { transformsOnly } from '../../../src/workbench/lineage/transforms-only.js';

const place = (text: string): ColumnEdge['from'] => {
  const [node = '', column = ''] = text.split('.');
  return { nodeId: nodeId(node), relation: '', column };
};

const traceOf = (...edges: readonly string[]): ColumnTrace => ({
  start: place('d.x'),
  direction: 'upstream',
  edges: edges.map((text) => {
    const [from = '', to = '', label = ''] = text.split('>');
    return {
      from: place(from),
      to: place(to),
      kind: label === '' ? 'passthrough' : 'computed',
      label: label === '' ? null : label,
    };
  }),
  filters: [],
  unresolved: [],
});

const options = {
  width: 100,
  measure: (text: string) => text.length,
  nameOf: ({ nodeId: id }: ColumnEdge['from']) => id ?? '',
};

test('columns stand in layers under the names of their nodes', () => {
  const map = traceMap(traceOf('b.x>d.x>sum', 'c.x>d.x>sum', 'a.x>b.x', 'a.y>c.x'), options);
  const at = (text: string): readonly [number, number] => {
    const index = map.items.findIndex(({ place: one }) => `${one.nodeId}.${one.column}` === text);
    const placed = map.layout.placed[index];
    return [placed?.x ?? -1, placed?.y ?? -1];
  };
  const [sourceX] = at('a.x');
  expect(at('a.y')[0]).toBe(sourceX);
  expect(sourceX).toBeLessThan(at('b.x')[0]);
  expect(at('b.x')[0]).toBeLessThan(at('d.x')[0]);
  expect(map.items.find(({ place: one }) => one.nodeId === 'd')?.step).toBe('sum');
  expect(map.headings.map(({ place: one, y }) => `${one.nodeId} ${y}`).toSorted()).toEqual([
    'a 0',
    'b 0',
    'c 2',
    'd 0',
  ]);
});

test('the cursor walks along the lines', () => {
  const map = traceMap(traceOf('b.x>d.x', 'c.x>d.x', 'a.x>b.x'), options);
  const walk = (from: string, way: 'left' | 'right' | 'up' | 'down'): string | null => {
    const found = neighbourIn(map, place(from), way);
    return found === null ? null : `${found.nodeId}.${found.column}`;
  };
  expect(walk('d.x', 'left')).toBe('b.x');
  expect(walk('b.x', 'left')).toBe('a.x');
  expect(walk('b.x', 'right')).toBe('d.x');
  expect(walk('d.x', 'right')).toBeNull();
});

test('any trace is laid out: every column in a place of its own, names above them free', () => {
  const node = fc.constantFrom('a', 'b', 'c', 'd', 'e');
  const column = fc.constantFrom('x', 'y', 'z');
  const edge = fc.tuple(node, column, node, column).map(([a, x, b, y]) => `${a}.${x}>${b}.${y}`);
  fc.assert(
    fc.property(fc.array(edge, { maxLength: 25 }), (edges) => {
      const map = traceMap(traceOf(...edges), options);
      const cells = [
        ...map.layout.placed.map(({ x, y }) => `${x},${y}`),
        ...map.headings.map(({ x, y }) => `${x},${y}`),
      ];
      expect(new Set(cells).size).toBe(cells.length);
      expect(map.headings.every(({ y }) => y >= 0)).toBe(true);
    }),
  );
});

test.each([
  { edges: ['a.x>b.x', 'b.x>c.x', 'c.x>d.x>sum'], expected: ['a.x>d.x>sum'] },
  { edges: ['a.x>b.x>cast', 'b.x>c.x', 'c.x>d.x'], expected: ['a.x>b.x>cast', 'b.x>d.x>'] },
  // A union passes several columns on: that they meet is worth seeing.
  {
    edges: ['a.x>b.x', 'a.y>b.x', 'b.x>c.x', 'c.x>d.x>sum'],
    expected: ['a.x>b.x>', 'a.y>b.x>', 'b.x>d.x>sum'],
  },
  { edges: ['d.x>b.x', 'b.x>d.x'], expected: ['d.x>d.x>'] },
])('$edges without what is passed on', ({ edges, expected }) => {
  const text = ({ from, to, label }: ColumnEdge): string =>
    `${from.nodeId}.${from.column}>${to.nodeId}.${to.column}>${label ?? ''}`;
  expect(transformsOnly(traceOf(...edges)).edges.map(text)).toEqual(
    expected.map((one) => (one.split('>').length === 2 ? `${one}>` : one)),
  );
});
