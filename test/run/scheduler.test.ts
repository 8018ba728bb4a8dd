import { array, assert, asyncProperty, integer, nat, record, tuple } from 'fast-check';
import { expect, test } from 'vitest';
import { nodeId, type NodeId } from '../../src/base/index.js';
import { runSchedule } from '../../src/run/index.js';

/** `scheduleOf('a>b', 'a>c')`: b and c wait for a. */
function scheduleOf(
  threads: number,
  ...edges: readonly string[]
): Parameters<typeof runSchedule>[0] {
  const ids = [...new Set(edges.flatMap((edge) => edge.split('>')))].map(nodeId);
  const waitsFor = new Map<NodeId, NodeId[]>(ids.map((id) => [id, []]));
  for (const edge of edges) {
    const [from = '', to] = edge.split('>');
    if (to !== undefined) waitsFor.get(nodeId(to))?.push(nodeId(from));
  }
  return { ids, waitsFor, threads };
}

interface Story {
  readonly order: string[];
  readonly skipped: string[];
  readonly left: readonly string[];
}

async function tell(
  schedule: Parameters<typeof runSchedule>[0],
  blocked: readonly string[] = [],
  isStopped: (order: readonly string[]) => boolean = () => false,
): Promise<Story> {
  const order: string[] = [];
  const skipped: string[] = [];
  const left = await runSchedule(schedule, {
    run: async (id) => {
      order.push(id);
      await Promise.resolve();
      return blocked.includes(id) ? 'blocked' : 'done';
    },
    skip: (id, because) => void skipped.push(`${id} because ${because}`),
    isStopped: () => isStopped(order),
  });
  return { order, skipped, left };
}

test('with one thread, nodes run after what they wait for, in their order', async () => {
  expect(await tell(scheduleOf(1, 'a>c', 'b>c', 'c>d'))).toEqual({
    order: ['a', 'b', 'c', 'd'],
    skipped: [],
    left: [],
  });
});

test('what waits for a failed node is skipped, each once, with the root of it', async () => {
  const story = await tell(scheduleOf(1, 'a>b', 'b>c', 'a>c', 'x>y'), ['a']);
  expect(story.order).toEqual(['a', 'x', 'y']);
  expect(story.skipped).toEqual(['b because a', 'c because a']);
});

test('nothing starts once it is stopped, and the rest is told', async () => {
  const story = await tell(scheduleOf(1, 'a>b', 'b>c'), [], (order) => order.length >= 1);
  expect(story).toEqual({ order: ['a'], skipped: [], left: ['b', 'c'] });
});

test('a worker that throws ends the schedule with its error', async () => {
  await expect(
    runSchedule(scheduleOf(2, 'a>b', 'c'), {
      run: async (id) =>
        await (id === 'a' ? Promise.reject(new Error('disk')) : Promise.resolve('done' as const)),
      skip: () => undefined,
      isStopped: () => false,
    }),
  ).rejects.toThrow('disk');
});

test('any graph: every node runs once, after its parents, never more at a time than threads', async () => {
  const graphs = record({
    size: integer({ min: 1, max: 25 }),
    edges: array(tuple(nat(24), nat(24)), { maxLength: 60 }),
    threads: integer({ min: 1, max: 6 }),
  });
  await assert(
    asyncProperty(graphs, async ({ size, edges, threads }) => {
      const ids = Array.from({ length: size }, (_, index) => nodeId(`n${index}`));
      const waitsFor = new Map<NodeId, NodeId[]>(ids.map((id) => [id, []]));
      for (const [from, to] of edges) {
        const parent = ids[from % size];
        const child = ids[to % size];
        if (parent !== undefined && child !== undefined && from % size < to % size)
          waitsFor.get(child)?.push(parent);
      }
      const ended = new Set<NodeId>();
      let running = 0;
      await runSchedule(
        { ids, waitsFor, threads },
        {
          run: async (id, thread) => {
            running += 1;
            expect(running).toBeLessThanOrEqual(threads);
            expect(thread).toBeLessThan(threads);
            for (const parent of waitsFor.get(id) ?? []) expect(ended.has(parent)).toBe(true);
            expect(ended.has(id)).toBe(false);
            await Promise.resolve();
            running -= 1;
            ended.add(id);
            return 'done';
          },
          skip: (id) => {
            throw new Error(`${id} was skipped`);
          },
          isStopped: () => false,
        },
      );
      expect(ended.size).toBe(size);
    }),
    { numRuns: 150 },
  );
});
