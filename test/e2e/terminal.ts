/**
 * The built program in a pseudo-terminal, its screen read through a real terminal emulator.
 */
import { spawn, type IPty } from '@lydell/node-pty';
import xterm from '@xterm/headless';
import { paletteColour, type PictureCell } from './picture.js';

/** How long a screen may take to show what is waited for. */
const PATIENCE_MS = 20_000;
/** A screen that has not changed for this long counts as idle. */
const QUIET_MS = 60;

/** Operating system commands that are noted. */
const OSC_COMMANDS = [4, 7, 8, 9, 10, 11, 12, 52, 104, 777, 1337] as const;

export interface TerminalOptions {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly columns: number;
  readonly rows: number;
  readonly env?: Readonly<Record<string, string>>;
}

export class TestTerminal {
  readonly #screen: xterm.Terminal;
  readonly #pty: IPty;
  readonly #exit: Promise<number>;
  #lastChangeMs = Date.now();
  #raw = '';
  #unparsed = 0;
  #hasExited = false;
  readonly #titles: string[] = [];
  readonly #commands: string[] = [];

  constructor(options: TerminalOptions) {
    this.#screen = new xterm.Terminal({
      cols: options.columns,
      rows: options.rows,
      allowProposedApi: true,
      scrollback: 1000,
    });
    this.#screen.onTitleChange((title) => this.#titles.push(title));
    for (const command of OSC_COMMANDS) {
      this.#screen.parser.registerOscHandler(command, (data) => {
        this.#commands.push(`${command};${data}`);
        return false;
      });
    }
    this.#pty = spawn(options.command, [...options.args], {
      // It becomes TERM, whatever the environment says.
      name: options.env?.['TERM'] ?? 'xterm-256color',
      cols: options.columns,
      rows: options.rows,
      cwd: options.cwd,
      env: { ...cleanEnvironment(), ...options.env },
    });
    this.#pty.onData((data) => {
      this.#raw += data;
      this.#lastChangeMs = Date.now();
      this.#unparsed += 1;
      this.#screen.write(data, () => {
        this.#unparsed -= 1;
      });
    });
    // The emulator answers what programs ask of a terminal.
    this.#screen.onData((data) => this.#pty.write(data));
    this.#exit = new Promise((resolve) => {
      this.#pty.onExit(({ exitCode }) => {
        this.#hasExited = true;
        resolve(exitCode);
      });
    });
  }

  /** Sends keys as they would be typed. */
  press(keys: string): void {
    this.#lastChangeMs = Date.now();
    this.#pty.write(keys);
  }

  resize(columns: number, rows: number): void {
    this.#pty.resize(columns, rows);
    this.#screen.resize(columns, rows);
  }

  /** The screen as lines of text, without trailing spaces. */
  get lines(): readonly string[] {
    const { active } = this.#screen.buffer;
    return Array.from({ length: this.#screen.rows }, (_, row) =>
      (active.getLine(active.viewportY + row)?.translateToString(true) ?? '').trimEnd(),
    );
  }

  get text(): string {
    return this.lines.join('\n');
  }

  /** The cells of the screen, with colours. */
  get cells(): readonly (readonly PictureCell[])[] {
    const { active } = this.#screen.buffer;
    return Array.from({ length: this.#screen.rows }, (_, row) => {
      const line = active.getLine(active.viewportY + row);
      return Array.from({ length: this.#screen.cols }, (_column, x) => {
        const cell = line?.getCell(x);
        const colours = [
          colourOf(cell?.isFgDefault(), cell?.isFgRGB(), cell?.getFgColor()),
          colourOf(cell?.isBgDefault(), cell?.isBgRGB(), cell?.getBgColor()),
        ] as const;
        const isInverse = cell?.isInverse() === 1;
        const [foreground, background] = isInverse ? [colours[1], colours[0]] : colours;
        return {
          text: cell?.getWidth() === 0 ? '' : cell?.getChars() || ' ',
          foreground: isInverse ? (foreground ?? '#16181d') : foreground,
          background: isInverse ? (background ?? '#d4d4d4') : background,
          isBold: (cell?.isBold() ?? 0) !== 0,
          isDim: (cell?.isDim() ?? 0) !== 0,
        };
      });
    });
  }

  /** Titles that the terminal was given, in order. */
  get titles(): readonly string[] {
    return this.#titles;
  }

  /** Commands to the terminal itself: clipboard, colours, links, notices. */
  get commands(): readonly string[] {
    return this.#commands;
  }

  /** Everything that was written, escape sequences included. */
  get raw(): string {
    return this.#raw;
  }

  /** `alternate` while a full-screen program has the terminal. */
  get bufferType(): 'normal' | 'alternate' {
    return this.#screen.buffer.active.type;
  }

  /** Waits until the screen shows a text or matches a pattern. @returns the screen then. @throws with the screen if it never does. */
  async waitFor(wanted: string | RegExp, patienceMs: number = PATIENCE_MS): Promise<string> {
    const shows = (): boolean =>
      typeof wanted === 'string' ? this.text.includes(wanted) : wanted.test(this.text);
    await this.#until(shows, `show ${String(wanted)}`, patienceMs);
    return this.text;
  }

  /** Waits until nothing has been written for a moment. */
  async idle(): Promise<void> {
    await this.#until(
      () => this.#unparsed === 0 && Date.now() - this.#lastChangeMs > QUIET_MS,
      'become idle',
      PATIENCE_MS,
    );
  }

  /** Waits for the program's end. @returns its exit code. */
  async exited(): Promise<number> {
    const code = await this.#exit;
    await this.#until(() => this.#unparsed === 0, 'be read to its end', PATIENCE_MS);
    return code;
  }

  /** Forgets what the screen shows, as a terminal does that another program has written over. */
  async clear(): Promise<void> {
    await new Promise<void>((resolve) => this.#screen.write('\u001b[2J', resolve));
  }

  /** Takes the terminal away, as closing its window does. */
  hangUp(): void {
    this.#pty.kill('SIGHUP');
    if ('destroy' in this.#pty && typeof this.#pty.destroy === 'function') this.#pty.destroy();
  }

  kill(signal: string): void {
    if (!this.#hasExited) this.#pty.kill(signal);
  }

  async #until(holds: () => boolean, what: string, patienceMs: number): Promise<void> {
    const deadlineMs = Date.now() + patienceMs;
    while (!holds()) {
      if (Date.now() > deadlineMs) {
        throw new Error(`The screen did not ${what}. It shows:\n${this.text}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 15));
    }
  }
}

/** The test runner's own settings must not reach the program. */
function cleanEnvironment(): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) {
    if (
      value === undefined ||
      /^(?:VITEST|NODE_ENV|NO_COLOR|FORCE_COLOR|CI$|DBT_|DAGBOOK_)/u.test(name)
    )
      continue;
    kept[name] = value;
  }
  return { ...kept, TERM: 'xterm-256color', COLORTERM: 'truecolor', LANG: 'C.UTF-8' };
}

function colourOf(
  isDefault: boolean | undefined,
  isRgb: boolean | undefined,
  value: number | undefined,
): string | null {
  if (isDefault !== false || value === undefined) return null;
  return isRgb === true ? `#${value.toString(16).padStart(6, '0')}` : paletteColour(value);
}
