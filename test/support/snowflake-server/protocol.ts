/**
 * The protocol's answers: sessions and their tokens, statements, results in chunks, cancels.
 */
import { splitStatements } from '../../../src/sql/index.js';
import type { Cell, Connection } from '../../../src/warehouse/port.js';
import type { Fault, SeenRequest } from './faults.js';
import { type Answers, type Outcome, type Ran, Statements } from './statements.js';
import { systemAnswer } from './system.js';
import type { WireRow } from './wire-text.js';

export interface ProtocolOptions {
  readonly connect: () => Promise<Connection>;
  /** `http://127.0.0.1:PORT`, where chunks are fetched. */
  readonly address: () => string;
  readonly answers?: Answers;
  /** After this the server says that a statement still runs. Default: 45 s, as Snowflake. */
  readonly holdMs?: number;
  /** Rows of a chunk; the first chunk comes with the answer. Default: all. */
  readonly chunkRows?: number;
  /** Refuses a login by its request's data; returns code and message. Default: the password must not be `wrong`. */
  readonly letsIn?: (data: Readonly<Record<string, unknown>>) => readonly [string, string] | null;
  readonly timezone?: string;
}

export interface Said {
  readonly text: string;
  readonly status?: number;
}

interface WireSession {
  readonly id: string;
  readonly connection: Promise<Connection>;
  token: string;
  isExpired: boolean;
  /** The code that all its requests are refused with, once it is ended. */
  ended: string | null;
}

type Body = Readonly<Record<string, unknown>>;

export class Protocol {
  readonly statements: Statements = new Statements();
  /** What logins brought, without what was sent of the client. */
  readonly logins: Body[] = [];
  readonly #options: ProtocolOptions;
  readonly #sessions = new Map<string, WireSession>();
  readonly #chunks = new Map<string, readonly WireRow[]>();
  #lastToken = 0;

  constructor(options: ProtocolOptions) {
    this.#options = options;
  }

  sessionOf(authorization: string | undefined): string | null {
    return this.#session(authorization)?.id ?? null;
  }

  async answer(
    seen: SeenRequest,
    url: URL,
    body: Body,
    authorization: string | undefined,
  ): Promise<Said> {
    switch (seen.kind) {
      case 'login':
        return this.#login(body);
      case 'token':
        return this.#renew(authorization);
      case 'oauth':
        return {
          text: JSON.stringify({ access_token: `access-for-${String(body['refresh_token'])}` }),
        };
      case 'chunk': {
        const rows = JSON.stringify(this.#chunks.get(url.pathname) ?? []);
        return { text: rows.slice(1, -1) };
      }
      case 'other':
        return success({});
      case 'query':
      case 'result':
      case 'abort':
      case 'heartbeat':
      case 'close': {
        const session = this.#session(authorization);
        if (session === undefined) return refusal('390104', 'Session token is invalid.');
        if (session.ended !== null) return refusal(session.ended, 'The session has ended.');
        if (session.isExpired) return refusal('390112', 'Your session has expired.');
        return await this.#inSession(session, seen, body);
      }
    }
  }

  /** Refuses, and ends or stales the session as the fault says. */
  async refuse(
    fault: Extract<Fault, { kind: 'refuse' | 'expire' | 'end-session' }>,
    sessionId: string | null,
  ): Promise<Said> {
    const session = sessionId === null ? undefined : this.#sessions.get(sessionId);
    if (fault.kind === 'expire') {
      if (session !== undefined) session.isExpired = true;
      return refusal('390112', 'Your session has expired.');
    }
    if (fault.kind === 'end-session' && session !== undefined) {
      session.ended = fault.code;
      // What was temporary, or not committed, is gone with it.
      await (await session.connection).close();
    }
    const said = refusal(fault.code, `Refused by order (${fault.code}).`);
    return fault.kind === 'refuse' && fault.status !== undefined
      ? { ...said, status: fault.status }
      : said;
  }

  async close(): Promise<void> {
    for (const ran of this.statements.all) if (ran.status === 'RUNNING') ran.cancel();
    for (const { connection } of this.#sessions.values()) await (await connection).close();
  }

  async #inSession(session: WireSession, seen: SeenRequest, body: Body): Promise<Said> {
    switch (seen.kind) {
      case 'query':
        return await this.#submit(session, seen, body);
      case 'result': {
        const ran = this.statements.byQuery(/^\/queries\/([^/]+)\//u.exec(seen.path)?.[1] ?? '');
        return ran === undefined ? refusal('000709', 'No such statement.') : this.#result(ran);
      }
      case 'abort': {
        const asked = body['requestId'];
        const ran =
          typeof asked === 'string'
            ? this.statements.byRequest(asked)
            : this.statements.byQuery(/^\/queries\/([^/]+)\//u.exec(seen.path)?.[1] ?? '');
        ran?.cancel();
        return ran === undefined ? refusal('000605', 'Nothing to cancel.') : success(null);
      }
      case 'close':
        session.ended = '390111';
        await (await session.connection).close();
        return success(null);
      default:
        return success(null);
    }
  }

  async #submit(session: WireSession, seen: SeenRequest, body: Body): Promise<Said> {
    const { requestId, sql } = seen;
    if (requestId === null || sql === null) return refusal('390400', 'Nothing is asked.');
    const connection = await session.connection;
    const asked = { requestId, sessionId: session.id, sql, bindings: bindingsOf(body) };
    const parameters = body['parameters'];
    const pieces = isMany(parameters) ? splitStatements(sql) : [sql];
    if (pieces.length > 1) {
      const queryIds: string[] = [];
      for (const [index, piece] of pieces.entries()) {
        const one = { ...asked, requestId: `${requestId}-${index}`, sql: piece };
        const ran = this.statements.run(one, connection, this.#answers());
        const outcome = await ran.outcome;
        if (outcome.kind === 'failed') return failure(outcome, ran.queryId);
        queryIds.push(ran.queryId);
      }
      return success({
        queryId: queryIds[0],
        resultIds: queryIds.join(','),
        resultTypes: queryIds.map(() => '4096').join(','),
      });
    }
    const ran = this.statements.run(asked, connection, this.#answers());
    if (body['asyncExec'] === true) return running(ran, '333334');
    return await this.#result(ran);
  }

  #answers(): Answers {
    const byHand: Answers = this.#options.answers ?? (() => undefined);
    return async (sql, asked) =>
      systemAnswer(sql, asked.sessionId, this.statements) ?? (await byHand(sql, asked));
  }

  async #result(ran: Ran): Promise<Said> {
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<null>((resolve) => {
      timer = setTimeout(() => resolve(null), this.#options.holdMs ?? 45_000);
    });
    const outcome = await Promise.race([ran.outcome, patience]);
    clearTimeout(timer);
    if (outcome === null) return running(ran, '333333');
    return outcome.kind === 'rows'
      ? this.#rows(ran, outcome.result)
      : failure(outcome, ran.queryId);
  }

  #rows(ran: Ran, { rowtype, rowset }: Extract<Outcome, { kind: 'rows' }>['result']): Said {
    const size = this.#options.chunkRows ?? Number.POSITIVE_INFINITY;
    const chunks = [];
    for (let at = size; at < rowset.length; at += size) {
      const rows = rowset.slice(at, at + size);
      const path = `/chunks/${ran.queryId}/${at}`;
      this.#chunks.set(path, rows);
      chunks.push({ url: `${this.#options.address()}${path}`, rowCount: rows.length });
    }
    return success({
      rowtype,
      rowset: rowset.slice(0, Number.isFinite(size) ? size : undefined),
      ...(chunks.length === 0 ? {} : { chunks }),
      total: rowset.length,
      returned: rowset.length,
      queryId: ran.queryId,
      queryResultFormat: 'json',
      statementTypeId: 4096,
      version: 1,
      parameters: [{ name: 'TIMEZONE', value: this.#options.timezone ?? 'UTC' }],
    });
  }

  #login(body: Body): Said {
    const { data } = body;
    const sent: Body = typeof data === 'object' && data !== null ? { ...data } : {};
    this.logins.push(sent);
    const refused = (this.#options.letsIn ?? passwordFits)(sent);
    if (refused !== null) return refusal(...refused);
    const id = String(this.#sessions.size + 1_000_001);
    const session: WireSession = {
      id,
      connection: this.#options.connect(),
      token: this.#newToken(),
      isExpired: false,
      ended: null,
    };
    this.#sessions.set(id, session);
    return success({
      token: session.token,
      masterToken: `master-${id}`,
      validityInSeconds: 3600,
      masterValidityInSeconds: 14_400,
      sessionId: Number(id),
      parameters: [{ name: 'TIMEZONE', value: this.#options.timezone ?? 'UTC' }],
      sessionInfo: {},
    });
  }

  #renew(authorization: string | undefined): Said {
    const id = /master-(\d+)/u.exec(authorization ?? '')?.[1];
    const session = id === undefined ? undefined : this.#sessions.get(id);
    if (session === undefined || session.ended !== null)
      return refusal(
        '390114',
        'Authentication token has expired. The user must authenticate again.',
      );
    session.token = this.#newToken();
    session.isExpired = false;
    return success({
      sessionToken: session.token,
      masterToken: `master-${session.id}`,
      validityInSecondsST: 3600,
      validityInSecondsMT: 14_400,
      sessionId: Number(session.id),
    });
  }

  #session(authorization: string | undefined): WireSession | undefined {
    const token = /Token="([^"]*)"/u.exec(authorization ?? '')?.[1];
    return [...this.#sessions.values()].find((session) => session.token === token);
  }

  #newToken(): string {
    this.#lastToken += 1;
    return `token-${this.#lastToken}`;
  }
}

function passwordFits(data: Body): readonly [string, string] | null {
  return data['PASSWORD'] === 'wrong'
    ? ['390100', 'Incorrect username or password was specified.']
    : null;
}

function isMany(parameters: unknown): boolean {
  const count: unknown =
    typeof parameters === 'object' && parameters !== null
      ? Reflect.get(parameters, 'MULTI_STATEMENT_COUNT')
      : undefined;
  return typeof count === 'number' && count !== 1;
}

function bindingsOf({ bindings }: Body): readonly Cell[] {
  if (typeof bindings !== 'object' || bindings === null) return [];
  return Object.entries(bindings)
    .sort(([left], [right]) => Number(left) - Number(right))
    .map(([, bind]: [string, { readonly type: string; readonly value: string | null }]) =>
      boundCell(bind.type, bind.value),
    );
}

function boundCell(type: string, value: string | null): Cell {
  if (value === null) return null;
  if (type === 'BOOLEAN') return value === 'true';
  if (type === 'FIXED' || type === 'REAL') return Number(value);
  return value;
}

function success(data: unknown): Said {
  return { text: JSON.stringify({ success: true, code: null, message: null, data }) };
}

function running({ queryId }: Ran, code: string): Said {
  const data = { queryId, getResultUrl: `/queries/${queryId}/result`, progressDesc: null };
  return {
    text: JSON.stringify({ success: true, code, message: 'Query execution in progress', data }),
  };
}

function refusal(code: string, message: string): Said {
  return { text: JSON.stringify({ success: false, code, message, data: {} }) };
}

function failure(outcome: Outcome, queryId: string): Said {
  if (outcome.kind !== 'failed') throw new Error('only a failure is told as one');
  const { code, message, sqlState } = outcome;
  const data = { sqlState, errorCode: code, queryId };
  return { text: JSON.stringify({ success: false, code, message, data }) };
}
