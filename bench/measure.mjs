/**
 * Runs a command as a whole process and says what it cost.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { loadavg } from 'node:os';

const TIME = '/usr/bin/time';

/**
 * @param command the program and its arguments.
 * @param options.cwd where it runs.
 * @param options.env what is added to the environment.
 * @returns `cpu` (user and system, children included) and `wall` in seconds, `rss` (peak of the largest process) in MB, and
 * what it wrote to stdout.
 * @throws Error with the command's stderr if it fails.
 */
export function measure(command, { cwd, env = {} }) {
  if (!existsSync(TIME)) throw new Error(`${TIME} is needed (package time).`);
  const startedMs = performance.now();
  const done = spawnSync(TIME, ['-q', '-f', '%U %S %M', ...command], {
    cwd,
    encoding: 'utf8',
    maxBuffer: 1 << 30,
    env: { ...process.env, DBT_SEND_ANONYMOUS_USAGE_STATS: 'false', ...env },
  });
  const wall = (performance.now() - startedMs) / 1000;
  if (done.status !== 0) {
    throw new Error(`${command.join(' ')} failed:\n${done.stderr}\n${done.stdout.slice(-2000)}`);
  }
  const [user = 0, system = 0, kib = 0] = (done.stderr.trim().split('\n').at(-1) ?? '')
    .split(' ')
    .map(Number);
  return { cpu: user + system, wall, rss: kib / 1024, stdout: done.stdout };
}

/** The middle of an odd number of values, the mean of the middle two of an even one. */
export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

/** `[1, 5, 15 minutes]` of load, or zeros where the system does not say. */
export function machine() {
  const cpu = /model name\s*: (?<name>.*)/u.exec(
    existsSync('/proc/cpuinfo') ? readFileSync('/proc/cpuinfo', 'utf8') : '',
  )?.groups?.name;
  return cpu ?? 'unknown processor';
}

/** The load of the last minute. Above 1 the program ends, unless any load will do. */
export function loadAtStart(isAny) {
  const [load = 0] = loadavg();
  if (load > 1 && !isAny) {
    console.error(
      `The load is ${load.toFixed(1)}: nothing is measured above 1. Wait, or say --any-load.`,
    );
    process.exit(2);
  }
  return load;
}
