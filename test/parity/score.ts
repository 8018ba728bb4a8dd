/**
 * Holds the facts of a project as dagbook reads it against those that real dbt recorded, aspect by aspect.
 */
import { isDeepStrictEqual } from 'node:util';
import { type Json, textOfJson } from '../../src/base/index.js';
import { type Facts, PLAIN } from './facts.js';

/** One `dbt ls`: its arguments, and the unique_ids in order of name, or what it failed with. */
export interface Selection {
  readonly args: readonly string[];
  readonly result: readonly string[] | Json;
}

/** A recording of real dbt. */
export interface Golden {
  readonly nodes: ReadonlyMap<string, Facts>;
  readonly disabled: readonly string[];
  readonly selections: readonly Selection[];
}

/** How many of one aspect are equal. */
export interface Aspect {
  readonly name: string;
  readonly compared: number;
  /** unique_ids, or the arguments of a selection as JSON. */
  readonly wrong: readonly string[];
}

/** Reads the lines of a recording: one a node, then one with what is not of a node. */
export function readGolden(lines: readonly string[]): Golden {
  const rows = lines.filter((line) => line.trim() !== '').map((line): Facts => JSON.parse(line));
  const last = rows.at(-1) ?? {};
  return {
    nodes: new Map(rows.slice(0, -1).map((row) => [textOfJson(row['unique_id']) ?? '', row])),
    disabled: (last['disabled'] ?? []) as readonly string[], // the recording's own form
    selections: (last['selections'] ?? []) as unknown as readonly Selection[],
  };
}

/** Every aspect in the order it is printed. A node that `ours` lacks is wrong in all of its aspects. */
export function score(golden: Golden, ours: Golden): readonly Aspect[] {
  const ids = new Set([...golden.nodes.keys(), ...ours.nodes.keys()]);
  const disabled = new Set([...golden.disabled, ...ours.disabled]);
  const aspects: Aspect[] = [
    aspectOf('ids', ids, (id) => golden.nodes.has(id) === ours.nodes.has(id)),
    aspectOf(
      'disabled',
      disabled,
      (id) => golden.disabled.includes(id) === ours.disabled.includes(id),
    ),
  ];
  const facts = [
    ...PLAIN,
    'depends_on.nodes',
    'depends_on.macros',
    'tags',
    'config',
    'columns',
    'checksum',
    'compiled.exact',
    'compiled.folded',
  ];
  for (const fact of facts) {
    const known = [...golden.nodes].filter(([, row]) => row[fact] !== undefined);
    aspects.push(
      aspectOf(
        fact,
        known.map(([id]) => id),
        (id) => isDeepStrictEqual(golden.nodes.get(id)?.[fact], ours.nodes.get(id)?.[fact]),
      ),
    );
  }
  const templates = [...golden.nodes].filter(([, row]) => row['nontrivial'] === true);
  aspects.push(
    aspectOf(
      'compiled.nontrivial',
      templates.map(([id]) => id),
      (id) => golden.nodes.get(id)?.['compiled.exact'] === ours.nodes.get(id)?.['compiled.exact'],
    ),
  );
  const results = new Map(ours.selections.map((one) => [JSON.stringify(one.args), one.result]));
  const expected = new Map(golden.selections.map((one) => [JSON.stringify(one.args), one.result]));
  aspects.push(
    aspectOf('selections', expected.keys(), (key) =>
      isDeepStrictEqual(idsOrError(expected.get(key)), idsOrError(results.get(key))),
    ),
  );
  return aspects;
}

function aspectOf(name: string, keys: Iterable<string>, isEqual: (key: string) => boolean): Aspect {
  const all = [...keys].sort();
  return { name, compared: all.length, wrong: all.filter((key) => !isEqual(key)) };
}

function idsOrError(result: Selection['result'] | undefined): readonly string[] | 'error' {
  return Array.isArray(result) ? result.map(String).sort() : 'error';
}

/** One line an aspect: equal, compared, per cent, and the first `show` that differ. */
export function printAspect({ name, compared, wrong }: Aspect, show: number): string {
  const equal = compared - wrong.length;
  const percent = compared === 0 ? 100 : (100 * equal) / compared;
  const counts = `${String(equal).padStart(6)}/${String(compared).padEnd(6)}`;
  return [
    `${name.padEnd(22)} ${counts} ${percent.toFixed(2).padStart(7)}%`,
    ...wrong.slice(0, show),
  ].join(' ');
}
