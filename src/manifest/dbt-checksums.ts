/**
 * Checksums that dbt takes over Python's repr of its own classes: of a model's contract and of a unit test. With them dbt finds
 * nothing changed in a manifest of ours.
 */
import { type Json, type JsonObject, textOfJson } from '../base/index.js';
import { sha256 } from '../platform/index.js';
import type { ModelNode, UnitTestRows } from './node.js';
import { pythonRepr } from './python-text.js';

/** The checksum of an enforced contract; null if it is not enforced. */
export function contractChecksum(model: ModelNode): string | null {
  if (!model.hasContract) return null;
  const columns = [...model.columns.values()]
    .toSorted((left, right) => (left.name < right.name ? -1 : 1))
    .map(
      ({ name, dataType, constraints }) =>
        `|${name}${dataType ?? 'None'}${constraintsText(constraints, 'ColumnLevelConstraint')}`,
    );
  // Only these hold constraints, so only there a change of them is one.
  const holdsConstraints = model.materialized === 'table' || model.materialized === 'incremental';
  const whole = holdsConstraints
    ? `${model.materialized}${constraintsText(model.constraints, 'ModelLevelConstraint')}`
    : '';
  return sha256(columns.join('') + whole);
}

export interface UnitTestText {
  readonly model: string;
  readonly versions: JsonObject | null;
  readonly given: readonly UnitTestRows[];
  readonly expect: UnitTestRows;
  readonly overrides: JsonObject | null;
  /** Names of fixture files: one for each given, then that of the expectation. */
  readonly fixtures: readonly (string | null)[];
}

/** The checksum of a unit test: all of it but its description. */
export function unitTestChecksum(test: UnitTestText): string {
  const given = test.given.map((rows, at) => rowsText(rows, test.fixtures[at] ?? null));
  const expect = rowsText(test.expect, test.fixtures.at(test.given.length) ?? null);
  const files = test.given
    .filter((_, at) => (test.fixtures[at] ?? null) !== null)
    .map((rows) => `-${pythonText(rows.rows)}`);
  const parts = [
    test.model,
    classText('UnitTestNodeVersions', test.versions, { include: null, exclude: null }),
    `[${given.join(', ')}]`,
    expect,
    classText('UnitTestOverrides', test.overrides, { macros: {}, vars: {}, env_vars: {} }),
  ];
  return sha256(parts.join('-') + files.join(''));
}

function rowsText({ input, format, rows }: UnitTestRows, fixture: string | null): string {
  const enumText = `<UnitTestFormat.${FORMATS[format]}: '${format}'>`;
  const rest = `rows=${pythonRepr(rowsJson(rows))}, format=${enumText}, fixture=${pythonRepr(fixture)}`;
  return input === null
    ? `UnitTestOutputFixture(${rest})`
    : `UnitTestInputFixture(input=${pythonRepr(input)}, ${rest})`;
}

const FORMATS: Readonly<Record<UnitTestRows['format'], string>> = {
  dict: 'Dict',
  csv: 'CSV',
  sql: 'SQL',
};

function rowsJson(rows: UnitTestRows['rows']): Json {
  return typeof rows === 'string' ? rows : [...rows];
}

/** Python's `str()`: a query stands without quotes. */
function pythonText(rows: UnitTestRows['rows']): string {
  return typeof rows === 'string' ? rows : pythonRepr(rowsJson(rows));
}

/** `Name(key=value, ...)` with the class's own defaults, or `None`. */
function classText(name: string, value: JsonObject | null, defaults: JsonObject): string {
  if (value === null) return 'None';
  const fields = Object.keys(defaults).map(
    (key) => `${key}=${pythonRepr(value[key] ?? defaults[key] ?? null)}`,
  );
  return `${name}(${fields.join(', ')})`;
}

function constraintsText(constraints: readonly JsonObject[], name: string): string {
  return `[${constraints.map((one) => constraintText(one, name)).join(', ')}]`;
}

function constraintText(constraint: JsonObject, name: string): string {
  const type = textOfJson(constraint['type']) ?? '';
  const field = (key: string, fallback: Json): string =>
    `${key}=${pythonRepr(constraint[key] ?? fallback)}`;
  const fields = [
    `type=<ConstraintType.${type}: '${type}'>`,
    field('name', null),
    field('expression', null),
    field('warn_unenforced', true),
    field('warn_unsupported', true),
    field('to', null),
    field('to_columns', []),
    ...(name === 'ModelLevelConstraint' ? [field('columns', [])] : []),
  ];
  return `${name}(${fields.join(', ')})`;
}
