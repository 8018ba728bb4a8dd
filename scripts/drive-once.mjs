/**
 * Drives the built program once in a pseudo-terminal: starts the workbench on a small project, sees the graph, quits.
 *
 * Exits 0 if the screen came, the program ended by itself with 0, and the terminal was given back.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawn } from '@lydell/node-pty';
import xterm from '@xterm/headless';

const PATIENCE_MS = 60_000;
const folder = mkdtempSync(join(tmpdir(), 'dagbook-drive-'));
mkdirSync(join(folder, 'models'));
writeFileSync(join(folder, 'dbt_project.yml'), "name: shop\nversion: '1.0'\nprofile: shop\n");
writeFileSync(
  join(folder, 'profiles.yml'),
  'shop:\n  target: dev\n  outputs:\n    dev: {type: duckdb, path: shop.duckdb}\n',
);
writeFileSync(join(folder, 'models', 'orders.sql'), 'select 1 as order_id');
writeFileSync(join(folder, 'models', 'customers.sql'), "select * from {{ ref('orders') }}");

const screen = new xterm.Terminal({ cols: 100, rows: 30, allowProposedApi: true });
const program = spawn(process.execPath, [join(process.cwd(), 'dist', 'dagbook.js')], {
  name: 'xterm-256color',
  cols: 100,
  rows: 30,
  cwd: folder,
  env: {
    ...process.env,
    TERM: 'xterm-256color',
    HOME: folder,
    XDG_CONFIG_HOME: join(folder, 'config'),
    CI: '',
  },
});
program.onData((data) => screen.write(data));
screen.onData((data) => program.write(data));
const exited = new Promise((resolve) => {
  program.onExit(({ exitCode }) => resolve(exitCode));
});

function text() {
  const { active } = screen.buffer;
  return Array.from(
    { length: screen.rows },
    (_, row) => active.getLine(active.viewportY + row)?.translateToString(true) ?? '',
  ).join('\n');
}

async function waitFor(wanted) {
  const deadlineMs = Date.now() + PATIENCE_MS;
  while (!text().includes(wanted)) {
    if (Date.now() > deadlineMs) throw new Error(`The screen did not show '${wanted}':\n${text()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

try {
  await waitFor('customers');
  await waitFor('enter open');
  console.log(text());
  program.write('Q');
  const exitCode = await Promise.race([
    exited,
    new Promise((resolve) => setTimeout(() => resolve('no exit'), PATIENCE_MS)),
  ]);
  await new Promise((resolve) => setTimeout(resolve, 100));
  const isRestored = screen.buffer.active.type === 'normal';
  console.log(
    `exit code ${exitCode}, terminal ${isRestored ? 'given back' : 'left in the alternate screen'}`,
  );
  process.exitCode = exitCode === 0 && isRestored ? 0 : 1;
} catch (error) {
  console.error(error.message);
  program.kill('SIGKILL');
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
