import { DagbookError, type DagbookErrorOptions } from '../base/index.js';

/** A statement that failed, with the engine's own words. */
export class WarehouseError extends DagbookError {
  /** 1-based line of the statement sent, where the engine tells it. */
  readonly line: number | undefined;
  /** True if it ended because its signal was aborted. */
  readonly isCancelled: boolean;
  /** True if the warehouse may have done what was asked, and could not say so. */
  readonly isOutcomeUnknown: boolean;
  readonly queryId: string | undefined;

  constructor(
    code: `warehouse/${string}`,
    message: string,
    options: DagbookErrorOptions & {
      readonly line?: number;
      readonly isCancelled?: boolean;
      readonly isOutcomeUnknown?: boolean;
      readonly queryId?: string;
    } = {},
  ) {
    super(code, message, { exitCode: 1, ...options });
    this.name = 'WarehouseError';
    this.line = options.line;
    this.isCancelled = options.isCancelled ?? false;
    this.isOutcomeUnknown = options.isOutcomeUnknown ?? false;
    this.queryId = options.queryId;
  }
}
