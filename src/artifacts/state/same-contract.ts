/**
 * Contracts of two states of a model: whether they differ, and whether the difference breaks who relies on it.
 */
import { isJsonObject, type Json, type JsonObject } from '../../base/index.js';
import { isSame, mappings, member, stated, textAt } from './compared-json.js';

export interface ContractChange {
  readonly isSame: boolean;
  /** What breaks, one sentence each; empty if nothing does. */
  readonly breaking: readonly string[];
}

/** Constraints that an engine holds rather than notes. */
const ENFORCED: Readonly<Record<string, ReadonlySet<string>>> = {
  snowflake: new Set(['not_null']),
  duckdb: new Set(['check', 'not_null', 'unique', 'primary_key', 'foreign_key']),
};

export function isEnforced(node: JsonObject): boolean {
  return member(node, 'contract')['enforced'] === true;
}

/** Compares the contracts of a model. @param engine type of the adapter. */
export function contractChange(old: JsonObject, now: JsonObject, engine: string): ContractChange {
  if (!isEnforced(old)) return { isSame: !isEnforced(now), breaking: [] };
  if (!isEnforced(now)) return { isSame: false, breaking: ['Its contract is no longer enforced.'] };
  if (isSame(contractOf(old), contractOf(now))) return { isSame: true, breaking: [] };
  return { isSame: false, breaking: breakages(old, now, ENFORCED[engine] ?? new Set()) };
}

/** All that a contract promises. */
function contractOf(node: JsonObject): Json {
  const columns = columnsOf(node)
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, column]) => [name, column['data_type'] ?? null, constraintsOf(column)]);
  return holdsConstraints(node)
    ? [columns, member(node, 'config')['materialized'] ?? null, constraintsOf(node)]
    : [columns];
}

function breakages(old: JsonObject, now: JsonObject, enforced: ReadonlySet<string>): string[] {
  const found: string[] = [];
  const columns = new Map(columnsOf(now));
  const lost = (before: JsonObject, after: JsonObject, whose: string): void => {
    const kept = constraintsOf(after);
    for (const constraint of constraintsOf(before)) {
      const type = isJsonObject(constraint) ? textAt(constraint, 'type') : '';
      if (enforced.has(type) && !kept.some((one) => isSame(one, constraint)))
        found.push(`The constraint ${type} of ${whose} is gone.`);
    }
  };
  for (const [name, column] of columnsOf(old)) {
    const other = columns.get(name);
    if (other === undefined) {
      found.push(`The column ${name} is gone.`);
      continue;
    }
    const [before, after] = [textAt(column, 'data_type'), textAt(other, 'data_type')];
    if (baseType(before) !== baseType(after))
      found.push(`The column ${name} was ${before} and is ${after}.`);
    if (holdsConstraints(old)) lost(column, other, `the column ${name}`);
  }
  if (!holdsConstraints(old)) return found;
  lost(old, now, 'the model');
  const hadConstraints =
    constraintsOf(old).length > 0 ||
    columnsOf(old).some(([, column]) => constraintsOf(column).length > 0);
  if (hadConstraints && !holdsConstraints(now))
    found.push('Its materialization holds no constraints, and the one before did.');
  return found;
}

function holdsConstraints(node: JsonObject): boolean {
  const { materialized } = member(node, 'config');
  return materialized === 'table' || materialized === 'incremental';
}

function columnsOf(node: JsonObject): readonly (readonly [string, JsonObject])[] {
  return Object.entries(member(node, 'columns')).filter((entry): entry is [string, JsonObject] =>
    isJsonObject(entry[1]),
  );
}

/** Constraints without what is at its default, which one writer states and another leaves out. */
function constraintsOf(node: JsonObject): readonly Json[] {
  return mappings(node, 'constraints').map(
    ({ warn_unenforced: unenforced, warn_unsupported: unsupported, ...rest }) =>
      stated({
        ...rest,
        warn_unenforced: unenforced === false ? false : null,
        warn_unsupported: unsupported === false ? false : null,
      }),
  );
}

/** `varchar(10)` may become `VARCHAR(20)`. */
function baseType(type: string): string {
  return type.split('(')[0]?.trim().toLowerCase() ?? '';
}
