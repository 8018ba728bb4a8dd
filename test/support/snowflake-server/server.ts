/**
 * A server that speaks Snowflake's client protocol on the loopback: the real driver signs in to it, sends statements, waits
 * for results, fetches chunks, renews tokens and cancels. Statements run on a warehouse of ours.
 *
 * It proves what the client does. What Snowflake itself does, it does not.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { gunzipSync } from 'node:zlib';
import type { Connection, Warehouse } from '../../../src/warehouse/port.js';
import type { Fault, Faults, SeenRequest } from './faults.js';
import { Protocol, type ProtocolOptions, type Said } from './protocol.js';
import type { Ran } from './statements.js';

export interface ServerOptions extends Omit<ProtocolOptions, 'connect' | 'address'> {
  /** What statements run on; one connection a session. */
  readonly warehouse: Pick<Warehouse, 'connect'>;
}

export class SnowflakeServer {
  readonly requests: SeenRequest[] = [];
  readonly #http = createServer((request, response) => {
    this.#serve(request, response).catch((error: unknown) => {
      response.statusCode = 500;
      response.end(String(error));
    });
  });
  readonly #protocol: Protocol;
  readonly #attempts = new Map<string, number>();
  #faults: Faults = () => undefined;

  constructor({ warehouse, ...options }: ServerOptions) {
    const { signal } = new AbortController();
    const connect = (): Promise<Connection> => warehouse.connect({ name: 'wire', signal });
    const address = (): string => `http://127.0.0.1:${this.port}`;
    this.#protocol = new Protocol({ ...options, connect, address });
  }

  get port(): number {
    const address = this.#http.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  }

  /** What ran, each statement once. */
  get statements(): readonly Ran[] {
    return this.#protocol.statements.all;
  }

  /** What logins brought with them. */
  get logins(): readonly Readonly<Record<string, unknown>>[] {
    return this.#protocol.logins;
  }

  /** Fields of a target that leads here. */
  get fields(): Readonly<Record<string, unknown>> {
    return {
      type: 'snowflake',
      account: 'my_org-acme',
      user: 'me',
      password: 'right',
      host: '127.0.0.1',
      port: this.port,
      protocol: 'http',
    };
  }

  /** Orders faults for what comes; replaces those ordered before. */
  order(faults: Faults): void {
    this.#faults = faults;
  }

  async listen(): Promise<this> {
    await new Promise<void>((resolve) => {
      this.#http.listen(0, '127.0.0.1', resolve);
    });
    return this;
  }

  async close(): Promise<void> {
    await new Promise((resolve) => {
      this.#http.close(resolve);
      this.#http.closeAllConnections();
    });
    await this.#protocol.close();
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://host');
    const body = bodyOf(request, await bytesOf(request));
    const seen = this.#note(url, body, this.#protocol.sessionOf(request.headers.authorization));
    const fault = this.#faults(seen);
    if (fault === undefined) {
      send(response, await this.#protocol.answer(seen, url, body, request.headers.authorization));
      return;
    }
    await this.#spoil(fault, response, async () =>
      this.#protocol.answer(seen, url, body, request.headers.authorization),
    );
  }

  async #spoil(fault: Fault, response: ServerResponse, answer: () => Promise<Said>): Promise<void> {
    switch (fault.kind) {
      case 'drop':
        if (fault.when === 'after') await answer();
        response.destroy();
        return;
      case 'status':
        response.writeHead(fault.status, fault.headers ?? {});
        response.end('');
        return;
      case 'half': {
        const { text } = await answer();
        response.writeHead(200, {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(text),
        });
        response.write(text.slice(0, text.length / 2), () => response.destroy());
        return;
      }
      case 'silent':
        if (fault.hasEffect) await answer();
        return;
      case 'body':
        response.writeHead(200, { 'content-type': fault.contentType });
        response.end(fault.text);
        return;
      case 'drip': {
        const { text } = await answer();
        response.writeHead(200, { 'content-type': 'application/json' });
        let at = 0;
        const timer = setInterval(() => {
          response.write(text.slice(at, at + 1));
          at += 1;
          if (at >= text.length) response.end();
        }, fault.everyMs);
        response.on('close', () => clearInterval(timer));
        return;
      }
      case 'refuse':
      case 'expire':
      case 'end-session':
        send(response, await this.#protocol.refuse(fault, this.requests.at(-1)?.sessionId ?? null));
    }
  }

  #note(url: URL, body: Readonly<Record<string, unknown>>, sessionId: string | null): SeenRequest {
    const requestId = url.searchParams.get('requestId');
    const key = requestId ?? url.pathname;
    const attempt = (this.#attempts.get(key) ?? 0) + 1;
    this.#attempts.set(key, attempt);
    const sql = body['sqlText'];
    const seen: SeenRequest = {
      index: this.requests.length,
      kind: kindOf(url.pathname),
      path: url.pathname,
      requestId,
      attempt,
      sql: typeof sql === 'string' ? sql : null,
      sessionId,
      atMs: performance.now(),
    };
    this.requests.push(seen);
    return seen;
  }
}

/** Starts one; the caller closes it. */
export async function startServer(options: ServerOptions): Promise<SnowflakeServer> {
  return await new SnowflakeServer(options).listen();
}

function kindOf(path: string): SeenRequest['kind'] {
  if (path === '/session/v1/login-request') return 'login';
  if (path === '/session/token-request') return 'token';
  if (path === '/queries/v1/query-request') return 'query';
  if (path.endsWith('/abort-request')) return 'abort';
  if (path.endsWith('/result')) return 'result';
  if (path.startsWith('/chunks/')) return 'chunk';
  if (path === '/session/heartbeat') return 'heartbeat';
  if (path === '/session') return 'close';
  if (path === '/oauth/token-request') return 'oauth';
  return 'other';
}

async function bytesOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function bodyOf(request: IncomingMessage, bytes: Buffer): Readonly<Record<string, unknown>> {
  const plain = request.headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes;
  const text = plain.toString('utf8');
  if (text.startsWith('{')) {
    const body: Readonly<Record<string, unknown>> = JSON.parse(text);
    return body;
  }
  return Object.fromEntries(new URLSearchParams(text));
}

function send(response: ServerResponse, { text, status = 200 }: Said): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(text);
}
