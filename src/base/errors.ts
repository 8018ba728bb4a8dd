/**
 * The two shapes of failure: a `Diagnostic` is collected and shown with its siblings, a `DagbookError` stops the operation.
 */
import { type Position, formatPosition } from './position.js';

/** What the user's project gets wrong: a value, so that one screen can show all of them. */
export interface Diagnostic {
  readonly severity: 'error' | 'warning';
  /** `room/what`, never changes once released. */
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
  readonly position?: Position;
  /** unique_id of the node it belongs to, if any. */
  readonly nodeId?: string;
}

export interface DagbookErrorOptions {
  /** What to do next, one sentence. */
  readonly hint?: string;
  readonly position?: Position;
  readonly cause?: unknown;
  /** 1: the project or the command is wrong (dbt's exit code 1); 2: the tool could not do its work. */
  readonly exitCode?: 1 | 2;
}

/** Stops the current operation. What should be impossible throws a plain `Error` instead. */
export class DagbookError extends Error {
  readonly code: string;
  readonly hint: string | undefined;
  readonly position: Position | undefined;
  readonly exitCode: 1 | 2;

  constructor(code: string, message: string, options: DagbookErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'DagbookError';
    this.code = code;
    this.hint = options.hint;
    this.position = options.position;
    this.exitCode = options.exitCode ?? 2;
  }
}

/** The error as a diagnostic, for places that collect. */
export function toDiagnostic(error: unknown, code: string, nodeId?: string): Diagnostic {
  const isOurs = error instanceof DagbookError;
  return {
    severity: 'error',
    code: isOurs ? error.code : code,
    message: messageOf(error),
    ...(isOurs && error.hint !== undefined ? { hint: error.hint } : {}),
    ...(isOurs && error.position !== undefined ? { position: error.position } : {}),
    ...(nodeId === undefined ? {} : { nodeId }),
  };
}

/** The message of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Prints a diagnostic as lines of plain text: what and where, then what to do. Not yet safe for a terminal: see `display()`. */
export function formatDiagnostic(diagnostic: Diagnostic): string {
  const where =
    diagnostic.position === undefined ? '' : `\n  at ${formatPosition(diagnostic.position)}`;
  const hint = diagnostic.hint === undefined ? '' : `\n  hint: ${diagnostic.hint}`;
  return `${diagnostic.severity}: ${diagnostic.message}${where}${hint}`;
}

/** Ends a `switch` over a union: compiles only if every case was handled. */
export function assertNever(value: never): never {
  throw new Error(`Unhandled case: ${JSON.stringify(value)}`);
}
