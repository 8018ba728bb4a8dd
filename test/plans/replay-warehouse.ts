/**
 * A warehouse that writes down every statement it is sent, and answers from a catalog that it only pretends to have.
 */
import type {
  Cell,
  Connection,
  ResultColumn,
  StatementResult,
  Warehouse,
} from '../../src/warehouse/index.js';
import type { ReplayCatalog } from './replay-answers.js';

/** One statement as it was sent, without block comments and blank lines. */
export interface Sent {
  readonly sql: string;
  /** As Python's `str` prints them; absent where there are none. */
  readonly bindings?: readonly string[];
}

const TYPE_NAMES: Readonly<Partial<Record<ResultColumn['kind'], string>>> = {
  integer: 'NUMBER(38,0)',
  text: 'VARCHAR(16777216)',
  timestamp: 'TIMESTAMP_NTZ(9)',
  timestamp_tz: 'TIMESTAMP_TZ(9)',
};

/** @param log hears of each statement before it is answered. */
export function replayWarehouse(catalog: ReplayCatalog, log: (sent: Sent) => void): Warehouse {
  const send = (sql: string, bindings: readonly Cell[] = []): StatementResult => {
    const text = plain(sql);
    // The port's placeholder for Python's.
    log(
      bindings.length === 0
        ? { sql: text }
        : { sql: text.replaceAll('?', '%s'), bindings: bindings.map(pythonText) },
    );
    const { columns, rows } = catalog.answer(folded(text).toLowerCase());
    return {
      columns: columns.map(([name, kind]) => ({
        name,
        kind,
        typeName: TYPE_NAMES[kind] ?? 'VARCHAR',
      })),
      rows,
      rowCount: rows.length,
      message: `SUCCESS ${rows.length}`,
      queryId: 'query',
    };
  };
  const connection: Connection = {
    execute: async (sql, { bindings }) => send(sql, bindings),
    async *stream(sql) {
      const { columns, rows } = send(sql);
      yield { columns, rows };
    },
    close: async () => undefined,
  };
  const notAsked = async (): Promise<never> => {
    throw new Error('dbt has no such question: what exists is asked by statements');
  };
  return {
    engine: 'snowflake',
    dialect: 'snowflake',
    isMetered: false,
    connect: async () => connection,
    listSchemas: notAsked,
    listRelations: notAsked,
    listColumns: notAsked,
    close: async () => undefined,
  };
}

/** White space folded, as statements are compared. */
export function folded(sql: string): string {
  return sql.trim().split(/\s+/u).join(' ');
}

function plain(sql: string): string {
  return sql
    .replaceAll(/\/\*.*?\*\//gsu, '')
    .trim()
    .replaceAll(/\n\s*\n+/gu, '\n');
}

function pythonText(cell: Cell): string {
  if (cell === null) return 'None';
  if (typeof cell === 'boolean') return cell ? 'True' : 'False';
  return String(cell);
}
