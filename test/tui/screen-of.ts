/** A terminal without a window: what has been written to it, cell by cell. */
import { Terminal } from '@xterm/headless';

export interface TestScreen {
  write(text: string): Promise<void>;
  /** Rows of text, without trailing spaces. */
  rows(): readonly string[];
}

export function screenOf(columns: number, rows: number): TestScreen {
  const terminal = new Terminal({ cols: columns, rows, allowProposedApi: true });
  return {
    write: (text) => new Promise((resolve) => terminal.write(text, resolve)),
    rows: () =>
      Array.from({ length: rows }, (_, y) =>
        (terminal.buffer.active.getLine(y)?.translateToString(true) ?? '').trimEnd(),
      ),
  };
}
