/**
 * What every effect of the workbench works with: the session, the state, and the few things only a terminal can do.
 */
import { DagbookError, type Diagnostic, messageOf } from '../base/index.js';
import type { Session } from '../session/index.js';
import type { RunRecords } from './run-records.js';
import type { Settings } from './settings.js';
import type { WorkbenchState } from './state.js';
import type { Store } from './store.js';

/** What the terminal does for the workbench. */
export interface Host {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Puts a text into the clipboard. */
  copy(text: string): void;
  /** Opens the project in another target of its profile. @throws DagbookError for one that is not there. */
  openTarget(target: string): Session & { close(): Promise<void> };
  /** Cells that a text takes. */
  measure(text: string): number;
  /** Opens a file at a line in the user's editor, and waits for its end. @throws DagbookError if it cannot be started. */
  edit(file: string, line: number): Promise<void>;
  /** Gives the terminal back to the shell until the program is taken up again. */
  suspend(): void;
  /** Ends the program. */
  quit(): void;
}

/** How far each text can be scrolled: the screen measures it while drawing, the keys are held to it. */
export type ScrollLimits = Map<'card' | 'node' | 'overlay' | 'log' | 'repl', number>;

/** Scrolls by some rows, never beyond what the screen said is there. */
export function scrolled(
  limits: ScrollLimits,
  name: 'card' | 'node' | 'overlay' | 'log',
  from: number,
  by: number,
): number {
  const limit = limits.get(name) ?? Number.POSITIVE_INFINITY;
  return Math.max(0, Math.min(limit, Math.min(limit, from) + by));
}

export interface Core {
  readonly session: Session;
  readonly store: Store<WorkbenchState>;
  readonly host: Host;
  readonly settings: Settings;
  readonly records: RunRecords;
  readonly limits: ScrollLimits;
}

// What terminals take at least: 100,000 letters of base64.
const MAX_COPY_BYTES = 74_000;

/** Puts a text into the clipboard, and says so; one that terminals would cut or drop is not sent. */
export function copyText(core: Core, text: string, what: string): void {
  const sizeBytes = new TextEncoder().encode(text).length;
  if (sizeBytes > MAX_COPY_BYTES) {
    const size = `${Math.ceil(sizeBytes / 1000)} kB`;
    toast(core, `${size} is more than a terminal's clipboard takes: w writes a file.`, 'error');
    return;
  }
  core.host.copy(text);
  toast(core, `Copied ${what}.`);
}

const TOAST_MS = 4000;
const ERROR_TOAST_MS = 12_000;
let lastToast = 0;

/** Says something in the corner, for a while. */
export function toast(core: Core, text: string, kind: 'info' | 'error' = 'info'): void {
  lastToast += 1;
  const untilMs = core.host.now() + (kind === 'error' ? ERROR_TOAST_MS : TOAST_MS);
  const added = { id: lastToast, kind, text, untilMs };
  core.store.update((state) => ({ ...state, toasts: [...state.toasts, added].slice(-3) }));
}

/** Shows what failed, with its hint, until a key is pressed. Failures of one line pass as a toast. */
export function showError(core: Core, title: string, error: unknown): void {
  if (isAbort(error)) return;
  const { message, hint, position } = diagnosticOf(error);
  if (hint === undefined && position === undefined && !message.includes('\n')) {
    toast(core, `${title}: ${message}`, 'error');
    return;
  }
  const lines = [
    ...message.split('\n'),
    ...(position === undefined
      ? []
      : ['', `at ${position.file}:${position.line}:${position.column}`]),
    ...(hint === undefined ? [] : ['', `hint: ${hint}`]),
  ];
  showMessage(core, title, lines, true);
}

/** Opens a text to be read. */
export function showMessage(
  core: Core,
  title: string,
  lines: readonly string[],
  isError: boolean,
): void {
  core.store.update((state) => ({
    ...state,
    overlay: { kind: 'message', title, lines, isError, scroll: 0 },
  }));
}

/** Any thrown thing as a diagnostic. */
export function diagnosticOf(error: unknown): Diagnostic {
  if (!(error instanceof DagbookError)) {
    return { severity: 'error', code: 'workbench/failed', message: messageOf(error) };
  }
  return {
    severity: 'error',
    code: error.code,
    message: error.message,
    ...(error.hint === undefined ? {} : { hint: error.hint }),
    ...(error.position === undefined ? {} : { position: error.position }),
  };
}

/** Whether something was thrown because it was cancelled: then there is nothing to say. */
export function isAbort(error: unknown): boolean {
  // A warehouse's own error, seen without loading the warehouse.
  if (error instanceof DagbookError && 'isCancelled' in error) return error.isCancelled === true;
  return error instanceof Error && error.name === 'AbortError';
}
