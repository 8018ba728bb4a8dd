/**
 * Prints the closing line of a test run: `N passed, M failed`, with the pty drive counted as one test.
 *
 * usage: count-tests.mjs VITEST_JSON DRIVEN(0|1)
 */
import { readFileSync } from 'node:fs';

const [report = '', driven = '0'] = process.argv.slice(2);
const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(
  readFileSync(report, 'utf8'),
);
const isDriven = driven === '1';
const passed = numPassedTests + (isDriven ? 1 : 0);
const failed = numFailedTests + (isDriven ? 0 : 1);
const skipped = numPendingTests > 0 ? `, ${numPendingTests} skipped` : '';
console.log(`${passed} passed, ${failed} failed${skipped}`);
