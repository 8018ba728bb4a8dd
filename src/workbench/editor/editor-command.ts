/**
 * How the user's editor is told a line: each has a notation of its own.
 */
import { splitWords } from '../repl/run-flags.js';

export interface EditorCommand {
  readonly program: string;
  readonly args: readonly string[];
}

type Notation = (file: string, line: number) => readonly string[];

const plus: Notation = (file, line) => [`+${line}`, file];
const suffix: Notation = (file, line) => [`${file}:${line}`];
const goTo: Notation = (file, line) => ['-g', `${file}:${line}`];
const flag: Notation = (file, line) => ['--line', String(line), file];

/** By the name of the program, without its folder and `.exe`. */
const NOTATIONS: ReadonlyMap<string, Notation> = new Map([
  ...['vi', 'vim', 'nvim', 'view', 'gvim', 'mvim', 'elvis', 'vile', 'neovim'].map(named(plus)),
  ...['nano', 'pico', 'emacs', 'emacsclient', 'joe', 'jed', 'mg', 'ne'].map(named(plus)),
  ...['micro', 'kak', 'gedit', 'mcedit', 'nvim-qt', 'tilde', 'less'].map(named(plus)),
  ...['hx', 'helix', 'subl', 'sublime_text', 'zed', 'zeditor', 'lapce'].map(named(suffix)),
  ...['code', 'code-insiders', 'codium', 'vscodium', 'cursor', 'windsurf'].map(named(goTo)),
  ...['idea', 'pycharm', 'webstorm', 'datagrip', 'kate', 'mate'].map(named(flag)),
]);

/** Programs with a window of their own return at once unless they are told to wait. */
const WAITING: ReadonlySet<string> = new Set(
  'code code-insiders codium vscodium cursor windsurf subl sublime_text zed zeditor idea pycharm webstorm datagrip mate'.split(
    ' ',
  ),
);

function named(notation: Notation): (name: string) => readonly [string, Notation] {
  return (name) => [name, notation];
}

const USUAL = 'vi';

/**
 * The command that opens a file at a line: `$VISUAL`, else `$EDITOR`, else vi. An editor that is not known is given the file.
 *
 * @param file an absolute path. @param line 1 first.
 */
export function editorCommand(
  env: Readonly<Record<string, string | undefined>>,
  file: string,
  line: number,
): EditorCommand {
  const asked = [env['VISUAL'], env['EDITOR']].find((text) => (text ?? '').trim() !== '') ?? USUAL;
  const [program = USUAL, ...args] = splitWords(asked);
  const name = (program.split(/[\\/]/u).at(-1) ?? program).replace(/\.(?:exe|cmd)$/iu, '');
  const isTold = args.some((arg) => arg === '--wait' || arg === '-w');
  const wait = WAITING.has(name) && !isTold ? ['--wait'] : [];
  const place = NOTATIONS.get(name)?.(file, line) ?? [file];
  // Where it already says how it takes files (`code -g`), it is not said again.
  const rest = place[0] === '-g' && args.at(-1) === '-g' ? place.slice(1) : place;
  return { program, args: [...args, ...wait, ...rest] };
}
