/**
 * The thread in which the driver lives: whatever a server sends, only this thread can fall over it.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { messageOf } from '../../../base/index.js';
import type { HostSetup, Order, Reply } from '../messages.js';
import { loadDriver } from './driver.js';
import { DriverFailure, DriverSession } from './driver-session.js';
import { Transport } from './transport.js';

const port = parentPort;
if (port === null) throw new Error('driver-worker is started as a thread only');
const { policy }: HostSetup = workerData;

const answer = (reply: Reply): void => port.postMessage(reply);
const transport = new Transport(policy, (news) => answer({ kind: 'news', news }));
const driver = loadDriver((send) => transport.wrap(send));
const sessions = new Map<number, DriverSession>();

port.on('message', (order: Order) => {
  obey(order).then(
    (reply) => {
      if (reply !== null) answer(reply);
    },
    (error: unknown) => {
      if ('id' in order) answer({ kind: 'failed', id: order.id, failure: failureFrom(error) });
    },
  );
});

async function obey(order: Order): Promise<Reply | null> {
  switch (order.kind) {
    case 'open': {
      const make = await driver;
      const connection = make(order.options, (url) =>
        answer({ kind: 'news', news: { kind: 'browser', url } }),
      );
      const session = new DriverSession(connection, transport);
      const value = await session.open();
      sessions.set(order.connection, session);
      return { kind: 'opened', id: order.id, value };
    }
    case 'execute': {
      const value = await sessionOf(order.connection).execute(order);
      return { kind: 'first', id: order.id, value };
    }
    case 'next': {
      const session = withStatement(order.requestId);
      const value = (await session?.next(order.requestId)) ?? { rows: [], isLast: true };
      return { kind: 'page', id: order.id, value };
    }
    case 'leave':
      withStatement(order.requestId)?.leave(order.requestId);
      return null;
    case 'cancel':
      await withStatement(order.requestId)?.cancel(order.requestId);
      return { kind: 'done', id: order.id };
    case 'close': {
      const session = sessions.get(order.connection);
      sessions.delete(order.connection);
      await session?.close();
      return { kind: 'done', id: order.id };
    }
  }
}

function sessionOf(connection: number): DriverSession {
  const session = sessions.get(connection);
  if (session === undefined) throw new Error(`no session ${connection}`);
  return session;
}

function withStatement(requestId: string): DriverSession | undefined {
  return [...sessions.values()].find((session) => session.has(requestId));
}

function failureFrom(error: unknown): DriverFailure['failure'] {
  if (error instanceof DriverFailure) return error.failure;
  return {
    kind: 'statement',
    message: `The Snowflake driver failed: ${messageOf(error)}`,
    hint: null,
    code: null,
    sqlState: null,
    queryId: null,
    isOutcomeUnknown: true,
  };
}
