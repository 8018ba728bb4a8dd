import { defineConfig, type ViteUserConfig } from 'vitest/config';

/** A file to write a JSON report to, for continuous integration. */
const report = process.env['DAGBOOK_TEST_REPORT'];

const config: ViteUserConfig = defineConfig({
  test: {
    // Of the exams under faults a sample: every so many cases.
    include: ['test/**/*.test.{ts,tsx}', 'test/slow/**/*.slow.ts'],
    exclude: ['test/fixtures/**', 'test/golden/**', 'test/slow/wire/*-project.slow.ts'],
    env: { DAGBOOK_SAMPLE: process.env['DAGBOOK_SAMPLE'] ?? '25' },
    testTimeout: 60_000,
    hookTimeout: 120_000,
    pool: 'forks',
    maxWorkers: 2,
    ...(report === undefined
      ? {}
      : { reporters: ['default', 'json'], outputFile: { json: report } }),
  },
});

export default config;
