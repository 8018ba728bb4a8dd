import { defineConfig, type ViteUserConfig } from 'vitest/config';

/** Exams that take minutes: whole projects through the wire, promises under faults. One after another. */
const config: ViteUserConfig = defineConfig({
  test: {
    include: ['test/slow/**/*.slow.ts'],
    testTimeout: 900_000,
    hookTimeout: 900_000,
    pool: 'forks',
    maxWorkers: 1,
  },
});

export default config;
