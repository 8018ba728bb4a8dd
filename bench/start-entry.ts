/**
 * Opens the workbench on a project in a pseudo-terminal: `node start.js PROGRAM PROJECT_DIR CONFIG_DIR COST_FILE`.
 *
 * Prints milliseconds from the start of the process to its first frame, and to the graph, which can be moved in.
 */
import { TestTerminal } from '../test/e2e/terminal.js';

const [, , program = '', projectDir = '', config = '', costFile = ''] = process.argv;
const PATIENCE_MS = 60_000;

const startedMs = performance.now();
const terminal = new TestTerminal({
  command: '/usr/bin/time',
  args: ['-q', '-o', costFile, '-f', '%U %S %M', process.execPath, program],
  cwd: projectDir,
  columns: 120,
  rows: 36,
  env: { XDG_CONFIG_HOME: config, NODE_ENV: 'production' },
});
await terminal.waitFor(/\S/u, PATIENCE_MS);
const firstFrameMs = performance.now() - startedMs;
await terminal.waitFor('enter open', PATIENCE_MS);
const graphMs = performance.now() - startedMs;
terminal.press('Q');
await terminal.exited();
console.log(JSON.stringify({ firstFrameMs, graphMs }));
process.exit(0);
