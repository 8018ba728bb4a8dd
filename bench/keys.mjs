#!/usr/bin/env node
/**
 * How long a key takes: from the write into a pseudo-terminal to the last byte that the screen sends back for it.
 *
 * usage: node bench/keys.mjs PROJECT_DIR [--harlequin COMMAND] [--rounds 60] [--size 200x60] [--any-load] [--json]
 *
 * Starts the built workbench on the project, which has been read once before so that its cache is there, waits until it is
 * idle, and presses keys one at a time: the next comes once nothing has been written for QUIET_MS. Prints for each group of
 * keys p50 and p95 of the first and the last byte in ms, bytes a key, and the CPU of the process a key; then CPU and wall
 * time to the first paint and to the graph, and resident memory before and after. harlequin runs in between, the same
 * way, over a small DuckDB file.
 */
import { readFileSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { DuckDBInstance } from '@duckdb/node-api';
import { spawn } from '@lydell/node-pty';
import xterm from '@xterm/headless';
import { loadAtStart, machine, median } from './measure.mjs';

/** Silence after which what a key has caused is taken to be over. */
const QUIET_MS = 50;
/** A key that has caused nothing by then has nothing to show. */
const NOTHING_MS = 400;
const PATIENCE_MS = 60_000;
/** Clock ticks a second in /proc, on every Linux that Node runs on. */
const TICKS = 100;

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    harlequin: { type: 'string' },
    rounds: { type: 'string', default: '60' },
    size: { type: 'string', default: '200x60' },
    'any-load': { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});
const [projectDir] = positionals;
if (projectDir === undefined) {
  console.error('usage: node bench/keys.mjs PROJECT_DIR [--harlequin COMMAND] [--rounds 60]');
  process.exit(2);
}
const load = loadAtStart(values['any-load']);
const rounds = Number(values.rounds);
const [columns, rows] = values.size.split('x').map(Number);
const program = join(dirname(fileURLToPath(import.meta.url)), '..', 'dist', 'dagbook.js');

/** A program in a pseudo-terminal. Its screen is kept by an emulator, which also answers what programs ask a terminal. */
class Screen {
  constructor(command, args, { cwd, env }) {
    this.startedMs = performance.now();
    this.bytes = 0;
    this.firstMs = null;
    this.lastMs = this.startedMs;
    this.emulator = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true });
    this.pty = spawn(command, args, {
      name: 'xterm-256color',
      cols: columns,
      rows,
      cwd,
      env: { ...process.env, TERM: 'xterm-256color', COLORTERM: 'truecolor', ...env },
    });
    this.pty.onData((data) => {
      this.lastMs = performance.now();
      this.firstMs ??= this.lastMs;
      this.bytes += Buffer.byteLength(data);
      this.emulator.write(data);
    });
    this.emulator.onData((data) => this.pty.write(data));
    this.ended = new Promise((settle) => {
      this.pty.onExit(settle);
    });
  }

  text() {
    const { active } = this.emulator.buffer;
    return Array.from(
      { length: rows },
      (_, row) => active.getLine(active.viewportY + row)?.translateToString(true) ?? '',
    ).join('\n');
  }

  async shows(wanted) {
    const deadlineMs = performance.now() + PATIENCE_MS;
    while (!wanted.test(this.text())) {
      if (performance.now() > deadlineMs)
        throw new Error(`The screen did not show ${wanted}:\n${this.text()}`);
      await sleep(5);
    }
  }

  /** Waits until nothing has been written for a while. */
  async quiet(ms = QUIET_MS) {
    while (performance.now() - this.lastMs < ms) await sleep(5);
  }

  /** Presses a key. @returns ms to the first and the last byte, and the bytes; null where nothing came. */
  async press(key) {
    this.firstMs = null;
    this.bytes = 0;
    const pressedMs = performance.now();
    this.pty.write(key);
    while (this.firstMs === null) {
      if (performance.now() - pressedMs > NOTHING_MS) return null;
      await sleep(2);
    }
    await this.quiet();
    return {
      firstMs: this.firstMs - pressedMs,
      lastMs: this.lastMs - pressedMs,
      bytes: this.bytes,
    };
  }

  /** CPU seconds of the process and those of its children that have ended. */
  cpu() {
    const fields = readFileSync(`/proc/${this.pty.pid}/stat`, 'utf8').split(') ')[1].split(' ');
    return [11, 12, 13, 14].reduce((sum, at) => sum + Number(fields[at]), 0) / TICKS;
  }

  /** Resident memory in MB. */
  rss() {
    const status = readFileSync(`/proc/${this.pty.pid}/status`, 'utf8');
    return Number(/VmRSS:\s+(\d+)/u.exec(status)?.[1]) / 1024;
  }

  async end() {
    this.pty.kill('SIGTERM');
    const giveUp = setTimeout(() => this.pty.kill('SIGKILL'), 3000);
    await this.ended;
    clearTimeout(giveUp);
  }
}

function sleep(ms) {
  return new Promise((settle) => {
    setTimeout(settle, ms);
  });
}

function percentile(numbers, share) {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

/** Presses the keys of a group in turn, `rounds` of them; `after` each a key that is not timed. */
async function timeGroup(screen, name, keys, after) {
  const seen = [];
  const cpu = screen.cpu();
  for (let index = 0; index < rounds; index += 1) {
    const one = await screen.press(keys[index % keys.length]);
    if (one !== null) seen.push(one);
    if (after !== undefined) await screen.press(after);
  }
  const of = (field, share) =>
    percentile(
      seen.map((one) => one[field]),
      share,
    );
  return {
    name,
    keys: seen.length,
    first: [of('firstMs', 0.5), of('firstMs', 0.95)],
    last: [of('lastMs', 0.5), of('lastMs', 0.95)],
    bytes: median(seen.map(({ bytes }) => bytes)),
    cpuMs: ((screen.cpu() - cpu) * 1000) / rounds,
  };
}

async function timeDagbook(home) {
  const screen = new Screen(process.execPath, [program], {
    cwd: resolve(projectDir),
    env: { HOME: home, XDG_CONFIG_HOME: join(home, 'config'), CI: '' },
  });
  try {
    while (screen.firstMs === null) await sleep(1);
    await sleep(5);
    const firstPaint = { cpu: screen.cpu(), wall: (screen.firstMs - screen.startedMs) / 1000 };
    await screen.shows(/enter open/u);
    const graph = { cpu: screen.cpu(), wall: (screen.lastMs - screen.startedMs) / 1000 };
    await screen.quiet(1500);
    const rss = screen.rss();
    const groups = [];
    const press = async (...keys) => {
      for (const key of keys) await screen.press(key);
    };
    // A node with many neighbours: down and up in its list.
    await press('h');
    groups.push(await timeGroup(screen, 'graph: list, j k', ['j', 'j', 'k']));
    groups.push(await timeGroup(screen, 'graph: walk, h l', ['h', 'l']));
    await press('\u001b', 'm');
    groups.push(await timeGroup(screen, 'map: h l j k', ['h', 'l', 'j', 'k']));
    await press(
      '\u001b',
      ':',
      ...'select range as id, md5(id::varchar) as a from range(100000)'.split(''),
      '\r',
    );
    await screen.shows(/md5|MD5|c4ca4238/u);
    await screen.quiet(500);
    groups.push(await timeGroup(screen, 'data: grid, j j k', ['j', 'j', 'k']));
    groups.push(
      await timeGroup(screen, 'data: a page, ctrl-d ctrl-u', ['\u0004', '\u0004', '\u0015']),
    );
    await press('1');
    groups.push(await timeGroup(screen, 'focus: tab', ['\t']));
    groups.push(await timeGroup(screen, 'dialog: ?', ['?'], '\u001b'));
    groups.push(await timeGroup(screen, 'palette: ctrl-p', ['\u0010'], '\u001b'));
    // A lone ESC is told from the start of a sequence by 25 ms in which nothing follows.
    await press('?');
    groups.push(await timeGroup(screen, 'dialog: esc', ['\u001b'], '?'));
    await press('\u001b');
    await press('/');
    groups.push(
      await timeGroup(screen, 'finder: a letter', [
        ...'fct_orders'.split(''),
        ...Array.from({ length: 10 }, () => '\u007f'),
        ...'stg sal 12'.split(''),
        ...Array.from({ length: 10 }, () => '\u007f'),
      ]),
    );
    await press('\u001b');
    return { name: 'dagbook', groups, firstPaint, graph, rss: [rss, screen.rss()] };
  } finally {
    await screen.end();
  }
}

async function timeHarlequin(command, home) {
  const file = join(home, 'peer.duckdb');
  const instance = await DuckDBInstance.create(file);
  const connection = await instance.connect();
  await connection.run('create table orders as select range as id from range(1000)');
  connection.closeSync();
  instance.closeSync();
  const screen = new Screen(command, [file], { cwd: home, env: { HOME: home } });
  try {
    while (screen.firstMs === null) await sleep(1);
    await sleep(5);
    const firstPaint = { cpu: screen.cpu(), wall: (screen.firstMs - screen.startedMs) / 1000 };
    await screen.shows(/Query Editor/u);
    const graph = { cpu: screen.cpu(), wall: (screen.lastMs - screen.startedMs) / 1000 };
    await sleep(3000);
    const rss = screen.rss();
    const groups = [
      await timeGroup(screen, 'editor: a letter', 'select id from orders '.split('')),
      await timeGroup(screen, 'dialog: f1', ['\u001bOP'], '\u001b'),
    ];
    return { name: 'harlequin', groups, firstPaint, graph, rss: [rss, screen.rss()] };
  } finally {
    await screen.end();
  }
}

const home = mkdtempSync(join(tmpdir(), 'dagbook-keys-'));
try {
  console.log(
    `${machine()}, ${availableParallelism()} cores, node ${process.version}, load ${load.toFixed(1)} at the start, ${values.size}, ${rounds} keys a group`,
  );
  // Once before, so that the cache is there.
  const first = new Screen(process.execPath, [program], {
    cwd: resolve(projectDir),
    env: { HOME: home, XDG_CONFIG_HOME: join(home, 'config'), CI: '' },
  });
  await first.shows(/enter open/u);
  await first.quiet(1500);
  await first.end();
  const sides = [await timeDagbook(home)];
  if (values.harlequin !== undefined) sides.push(await timeHarlequin(values.harlequin, home));
  for (const { name, groups, firstPaint, graph, rss } of sides) {
    console.log(
      `\n${name}: first paint ${firstPaint.wall.toFixed(2)} s (${firstPaint.cpu.toFixed(2)} s CPU), ` +
        `usable ${graph.wall.toFixed(2)} s (${graph.cpu.toFixed(2)} s CPU), memory ${rss[0].toFixed(0)} MB, ${rss[1].toFixed(0)} MB at the end`,
    );
    console.log('| keys | first byte p50 / p95 ms | last byte p50 / p95 ms | bytes | CPU ms | n |');
    console.log('|---|---|---|---|---|---|');
    const two = ([low, high]) => `${low.toFixed(1)} / ${high.toFixed(1)}`;
    for (const group of groups)
      console.log(
        `| ${group.name} | ${two(group.first)} | ${two(group.last)} | ${group.bytes} | ${group.cpuMs.toFixed(1)} | ${group.keys} |`,
      );
  }
  if (values.json) console.log(JSON.stringify(sides));
} finally {
  rmSync(home, { recursive: true, force: true });
}
process.exit(0);
