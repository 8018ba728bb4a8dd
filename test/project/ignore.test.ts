import { expect, test } from 'vitest';
import { ignorePatterns } from '../../src/project/ignore.js';

test.each([
  { lines: '*.tmp.sql', hits: ['models/a.tmp.sql', 'a.tmp.sql'], misses: ['models/a.sql'] },
  { lines: 'models/', hits: ['models/a.sql', 'x/models/b/c.sql'], misses: ['models'] },
  { lines: '/models', hits: ['models/a.sql', 'models'], misses: ['x/models/a.sql'] },
  {
    lines: 'models/old',
    hits: ['models/old/a.sql', 'models/old'],
    misses: ['x/models/old', 'models/older'],
  },
  { lines: 'models/*.sql', hits: ['models/a.sql'], misses: ['models/x/a.sql'] },
  {
    lines: 'models/**/a.sql',
    hits: ['models/a.sql', 'models/x/y/a.sql'],
    misses: ['models/b.sql'],
  },
  { lines: '**/old', hits: ['old/a', 'models/old/a.sql'], misses: ['models/new'] },
  { lines: 'models/**', hits: ['models/a', 'models/b/c'], misses: ['models'] },
  { lines: '*.sql\n!keep.sql', hits: ['a.sql'], misses: ['keep.sql', 'x/keep.sql'] },
  { lines: '# said\n\n  \n\\#x', hits: ['#x'], misses: ['said'] },
  { lines: 'a?[0-9].sql', hits: ['ab1.sql'], misses: ['ab.sql', 'abx.sql'] },
  { lines: 'a[!b].sql', hits: ['ac.sql'], misses: ['ab.sql'] },
  { lines: 'trailing  ', hits: ['trailing'], misses: ['trailing  '] },
  { lines: '', hits: [], misses: ['a'] },
])('$lines', ({ lines, hits, misses }) => {
  const isIgnored = ignorePatterns(lines);
  expect(hits.filter((path) => !isIgnored(path))).toEqual([]);
  expect(misses.filter((path) => isIgnored(path))).toEqual([]);
});
