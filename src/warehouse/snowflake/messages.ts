/**
 * What the main thread and the driver's thread say to each other. Plain data only: it is copied from one to the other.
 */
import type { Cell, ResultColumn, Row } from '../port.js';
import type { ConnectionOptions } from './connection-options.js';
import type { Policy } from './policy.js';

/** What the driver's thread is started with. */
export interface HostSetup {
  readonly policy: Policy;
}

/** What the driver is asked to do. Each is answered once, by its `id`, save `leave`. */
export type Order =
  | {
      readonly kind: 'open';
      readonly id: number;
      readonly connection: number;
      readonly options: ConnectionOptions;
    }
  | {
      readonly kind: 'execute';
      readonly id: number;
      readonly connection: number;
      readonly requestId: string;
      readonly sql: string;
      readonly bindings: readonly Cell[];
      /** Rows of the first page. */
      readonly pageRows: number;
    }
  | { readonly kind: 'next'; readonly id: number; readonly requestId: string }
  | { readonly kind: 'cancel'; readonly id: number; readonly requestId: string }
  | { readonly kind: 'leave'; readonly requestId: string }
  | { readonly kind: 'close'; readonly id: number; readonly connection: number };

/** An open session. */
export interface Opened {
  /** Snowflake's number of the session; null if it did not say. */
  readonly sessionId: string | null;
}

/** A result's beginning: columns and the first page. */
export interface FirstPage extends NextPage {
  readonly columns: readonly ResultColumn[];
  readonly queryId: string | null;
}

export interface NextPage {
  readonly rows: readonly Row[];
  readonly isLast: boolean;
}

/** Why an order failed. */
export interface Failure {
  /**
   * `statement`: Snowflake refused it. `sign-in`: it did not let us in. `network`: no usable answer in time. `session`:
   * the session is gone, and what was asked was not begun. `cancelled`: it ended by our wish.
   */
  readonly kind: 'statement' | 'sign-in' | 'network' | 'session' | 'cancelled';
  readonly message: string;
  readonly hint: string | null;
  /** Snowflake's code: `002003`. */
  readonly code: string | null;
  readonly sqlState: string | null;
  readonly queryId: string | null;
  /** True if Snowflake may have begun, or done, what was asked. */
  readonly isOutcomeUnknown: boolean;
}

/** What happens while an order is worked on. */
export type News =
  | { readonly kind: 'accepted'; readonly requestId: string; readonly queryId: string }
  | { readonly kind: 'waiting'; readonly requestId: string | null; readonly message: string }
  | { readonly kind: 'browser'; readonly url: string };

export type Reply =
  | { readonly kind: 'opened'; readonly id: number; readonly value: Opened }
  | { readonly kind: 'first'; readonly id: number; readonly value: FirstPage }
  | { readonly kind: 'page'; readonly id: number; readonly value: NextPage }
  | { readonly kind: 'done'; readonly id: number }
  | { readonly kind: 'failed'; readonly id: number; readonly failure: Failure }
  | { readonly kind: 'news'; readonly news: News };
