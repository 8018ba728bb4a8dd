/**
 * `statement('name')` puts results here, `load_result('name')` takes them out.
 */
import { PyTable } from '../context/index.js';
import { JinjaError, PyDict, PyFunction, PyObject, toText, type Value } from '../jinja/index.js';
import type { StatementResult } from '../warehouse/index.js';

/** dbt's AdapterResponse: what the warehouse said of a statement. */
export class PyAdapterResponse extends PyObject {
  readonly typeName = 'AdapterResponse';
  readonly message: string;
  readonly code: string;
  readonly rowsAffected: number;
  readonly queryId: string | null;

  constructor(fields: {
    readonly message: string;
    readonly code: string;
    readonly rowsAffected: number;
    readonly queryId: string | null;
  }) {
    super();
    this.message = fields.message;
    this.code = fields.code;
    this.rowsAffected = fields.rowsAffected;
    this.queryId = fields.queryId;
  }

  override toText(): string {
    return this.message;
  }

  override getAttribute(name: string): Value | undefined {
    switch (name) {
      case '_message':
      case 'message':
        return this.message;
      case 'code':
        return this.code;
      case 'rows_affected':
        return this.rowsAffected;
      case 'query_id':
        return this.queryId;
      default:
        return undefined;
    }
  }
}

/** The response that a statement's result makes. */
export function responseOf(result: StatementResult): PyAdapterResponse {
  return new PyAdapterResponse({
    message: result.message,
    code: result.message.split(' ')[0] ?? '',
    rowsAffected: result.rowCount,
    queryId: result.queryId ?? null,
  });
}

export interface StoredResult {
  readonly response: Value;
  readonly table: PyTable;
}

/** One node's named results. A result other than `main` can be loaded once. */
export class ResultsStore {
  readonly #results = new Map<string, StoredResult | null>();

  get main(): StoredResult | null {
    return this.#results.get('main') ?? null;
  }

  /** The functions that macros call. */
  get entries(): readonly PyFunction[] {
    return [
      new PyFunction('store_result', ({ args, kwargs }) => {
        const name = toText(args[0] ?? kwargs.get('name') ?? '');
        const table = kwargs.get('agate_table') ?? args[2] ?? null;
        this.#results.set(name, {
          response: kwargs.get('response') ?? args[1] ?? null,
          table: table instanceof PyTable ? table : new PyTable([], []),
        });
        return '';
      }),
      new PyFunction('store_raw_result', ({ args, kwargs }) => {
        const text = (key: string, index: number): string =>
          toText(kwargs.get(key) ?? args[index] ?? '');
        const rows = Number(text('rows_affected', 3));
        const table = kwargs.get('agate_table') ?? args[4] ?? null;
        this.#results.set(text('name', 0), {
          response: new PyAdapterResponse({
            message: text('message', 1),
            code: text('code', 2),
            rowsAffected: Number.isFinite(rows) ? rows : 0,
            queryId: null,
          }),
          table: table instanceof PyTable ? table : new PyTable([], []),
        });
        return '';
      }),
      new PyFunction('load_result', ({ args, kwargs }) =>
        this.#load(toText(args[0] ?? kwargs.get('name') ?? '')),
      ),
    ];
  }

  #load(name: string): Value {
    if (!this.#results.has(name)) return null;
    const stored = this.#results.get(name) ?? null;
    if (stored === null) {
      throw new JinjaError(
        'CompilationError',
        `The 'statement' result named '${name}' has already been loaded into a variable`,
      );
    }
    if (name !== 'main') this.#results.set(name, null);
    return new PyResult(stored);
  }
}

/** `load_result(...)`: `.table`, `.response`, `.data` and the same as items. */
class PyResult extends PyDict {
  constructor(stored: StoredResult) {
    super();
    this.set('response', stored.response);
    this.set(
      'data',
      stored.table.rows.map((row): Value => [...row.values]),
    );
    this.set('table', stored.table);
  }

  override getAttribute(name: string): Value | undefined {
    return this.get(name) ?? super.getAttribute(name);
  }
}
