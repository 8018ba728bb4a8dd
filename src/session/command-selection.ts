/**
 * Which resource types a command works on.
 */
import type { ResourceType } from '../manifest/index.js';
import type { Command } from './api.js';

const EVERYTHING: readonly ResourceType[] = [
  'model',
  'analysis',
  'seed',
  'snapshot',
  'test',
  'unit_test',
  'source',
  'exposure',
  'metric',
  'semantic_model',
  'saved_query',
  'function',
];

const TYPES: Readonly<Record<Command, readonly ResourceType[]>> = {
  run: ['model'],
  test: ['test', 'unit_test'],
  build: ['model', 'seed', 'snapshot', 'test', 'unit_test', 'saved_query', 'exposure'],
  seed: ['seed'],
  snapshot: ['snapshot'],
  clone: ['model', 'seed', 'snapshot'],
  compile: ['model', 'analysis', 'snapshot', 'test', 'operation'],
  ls: EVERYTHING.filter((type) => type !== 'analysis'),
  show: ['model', 'seed', 'snapshot', 'test', 'analysis'],
  docs: EVERYTHING,
  'source freshness': ['source'],
};

/** The types a command selects from, narrowed by `--resource-type`. `default` and `all` are dbt's words. */
export function resourceTypesOf(
  command: Command,
  asked: readonly string[] | undefined,
): readonly ResourceType[] {
  if (asked === undefined || asked.length === 0) return TYPES[command];
  if (asked.includes('all')) return EVERYTHING;
  const wanted = new Set(asked.includes('default') ? [...asked, ...TYPES[command]] : asked);
  const allowed = command === 'ls' ? EVERYTHING : TYPES[command];
  return allowed.filter((type) => wanted.has(type));
}
