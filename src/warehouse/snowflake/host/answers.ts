/**
 * Answers of Snowflake's own interface, as they come over the wire: checked, and their columns kept from the driver.
 */
import { isJsonObject, type Json, type JsonObject } from '../../../base/index.js';
import type { WireColumn } from '../snowflake-cells.js';

/** What a result says of itself. */
export interface ResultHead {
  readonly columns: readonly WireColumn[];
  /** Rows of the whole result, those in chunks among them. */
  readonly total: number;
  /** The session's zone, for TIMESTAMP_LTZ. */
  readonly timezone: string;
}

export interface Answer {
  readonly body: JsonObject;
  readonly data: JsonObject;
  readonly isSuccess: boolean;
  readonly code: string;
  readonly queryId: string | null;
  readonly head: ResultHead | null;
  /** True for PUT and GET, whose answers the driver must have as they came. */
  readonly isFileTransfer: boolean;
}

/** Reads an answer; null if it is none of Snowflake's. */
export function readAnswer(text: string): Answer | null {
  let body: Json;
  try {
    body = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isJsonObject(body) || typeof body['success'] !== 'boolean') return null;
  const data = isJsonObject(body['data']) ? body['data'] : {};
  const queryId = data['queryId'];
  return {
    body,
    data,
    isSuccess: body['success'],
    code: textOf(body['code']),
    queryId: typeof queryId === 'string' && queryId !== '' ? queryId : null,
    head: Array.isArray(data['rowtype']) ? headOf(data, data['rowtype']) : null,
    isFileTransfer: typeof data['command'] === 'string',
  };
}

/** True for an answer that says that the statement still runs. */
export function isInProgress({ code }: Answer): boolean {
  return code === '333333' || code === '333334';
}

/**
 * The answer for the driver: every column is text, so that it hands over each cell as the server wrote it, and neither
 * runs nor rounds anything. A value that it cannot read would end its thread.
 */
export function asText({ body, data, head }: Answer): JsonObject {
  if (head === null) return body;
  const rowtype = head.columns.map(({ name }) => ({ name, type: 'text', nullable: true }));
  const rowset = Array.isArray(data['rowset']) ? data['rowset'] : [];
  return { ...body, data: { ...data, rowtype, rowset, returned: head.total } };
}

function headOf(data: JsonObject, rowtype: readonly Json[]): ResultHead {
  const inline = Array.isArray(data['rowset']) ? data['rowset'].length : 0;
  const { total } = data;
  return {
    columns: rowtype.map((one) => columnOf(isJsonObject(one) ? one : {})),
    total: typeof total === 'number' ? total : inline,
    timezone: timezoneOf(data['parameters']),
  };
}

function columnOf(column: JsonObject): WireColumn {
  const number = (name: string): number | null => {
    const value = column[name];
    return typeof value === 'number' ? value : null;
  };
  return {
    name: textOf(column['name']),
    type: textOf(column['type']).toLowerCase(),
    precision: number('precision'),
    scale: number('scale'),
    length: number('length'),
  };
}

function timezoneOf(parameters: Json | undefined): string {
  if (!Array.isArray(parameters)) return 'UTC';
  const found = parameters.find((one) => isJsonObject(one) && one['name'] === 'TIMEZONE');
  return isJsonObject(found) && typeof found['value'] === 'string' ? found['value'] : 'UTC';
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}
