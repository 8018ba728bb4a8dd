import { defineConfig, type ViteUserConfig } from 'vitest/config';

/** A file to write a JSON report to, for continuous integration. */
const report = process.env['DAGBOOK_TEST_REPORT'];

const config: ViteUserConfig = defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    exclude: ['test/fixtures/**', 'test/golden/**'],
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
