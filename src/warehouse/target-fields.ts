/**
 * Reads the fields of a profile's output, which came from a user's YAML: wrong kinds are errors that name the field.
 */
import { Secret } from '../base/index.js';
import type { Attachment } from './duckdb/open-duckdb.js';
import type { TargetConfig } from './open-warehouse.js';
import { WarehouseError } from './warehouse-error.js';

export interface TargetFields {
  readonly text: (name: string) => string | undefined;
  /** A Snowflake name in stored case: upper case unless it is in double quotes. */
  readonly name: (name: string) => string | undefined;
  readonly number: (name: string) => number | undefined;
  readonly flag: (name: string) => boolean | undefined;
  readonly texts: (name: string) => readonly string[];
  readonly attachments: () => readonly Attachment[];
  readonly settings: () => Readonly<Record<string, string | number | boolean>>;
}

/** The typed reader of a target's fields. @throws WarehouseError warehouse/target from each read of a wrong field. */
export function targetFields(target: TargetConfig): TargetFields {
  const read = (name: string): unknown => target.fields[name] ?? undefined;
  const wrong = (name: string, wanted: string): WarehouseError =>
    new WarehouseError(
      'warehouse/target',
      `Field ${name} of target ${target.name} must be ${wanted}.`,
      { hint: 'Correct it in profiles.yml.' },
    );
  const text = (name: string): string | undefined => {
    const value = read(name);
    if (value === undefined || typeof value === 'string') return value;
    if (value instanceof Secret) return value.reveal();
    if (typeof value === 'number' || typeof value === 'boolean') return String(value);
    throw wrong(name, 'text');
  };
  return {
    text,
    name: (name) => {
      const value = text(name);
      if (value === undefined || value === '') return undefined;
      return value.startsWith('"') ? value.slice(1, -1).replaceAll('""', '"') : value.toUpperCase();
    },
    number: (name) => {
      const value = read(name);
      const number = typeof value === 'string' ? Number(value) : value;
      if (number === undefined || (typeof number === 'number' && Number.isFinite(number)))
        return number;
      throw wrong(name, 'a number');
    },
    flag: (name) => {
      const value = read(name);
      if (value === undefined || typeof value === 'boolean') return value;
      throw wrong(name, 'true or false');
    },
    texts: (name) => {
      const value = read(name) ?? [];
      if (!Array.isArray(value)) throw wrong(name, 'a list');
      return value.flatMap((one: unknown) =>
        typeof one === 'string'
          ? [one]
          : isRecord(one) && typeof one['name'] === 'string'
            ? [one['name']]
            : [],
      );
    },
    attachments: () => {
      const value = read('attach') ?? [];
      if (!Array.isArray(value)) throw wrong('attach', 'a list');
      return value.map((one: unknown) =>
        readAttachment(one, () => wrong('attach', 'a list of files with a `path` each')),
      );
    },
    settings: () => {
      const value = read('settings') ?? {};
      if (!isRecord(value)) throw wrong('settings', 'a mapping');
      return Object.fromEntries(
        Object.entries(value).flatMap(([key, one]) =>
          typeof one === 'string' || typeof one === 'number' || typeof one === 'boolean'
            ? [[key, one]]
            : [],
        ),
      );
    },
  };
}

function readAttachment(value: unknown, wrong: () => WarehouseError): Attachment {
  if (!isRecord(value) || typeof value['path'] !== 'string') throw wrong();
  const { alias, type } = value;
  return {
    path: value['path'],
    ...(typeof alias === 'string' ? { alias } : {}),
    ...(typeof type === 'string' ? { type } : {}),
    ...(value['read_only'] === true ? { readOnly: true } : {}),
  };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
