/**
 * What the workbench remembers between two sessions: where you were, what you typed. Never secrets, never rows.
 */
import { messageOf } from '../base/index.js';
import { isFile, joinPath, readText } from '../platform/index.js';
import { type KeyMap, NO_KEYS, readKeyMap } from './key-map.js';
import { type ThemeName, themeNamed } from './themes.js';

/** Settings of one user; each project has its own part. */
export interface Settings {
  /** unique_ids opened in this project, the latest first. */
  recentNodes(): readonly string[];
  rememberNode(id: string): void;
  /** Notebooks opened in this project, as paths from its folder, the latest first. */
  recentNotebooks(): readonly string[];
  rememberNotebook(file: string): void;
  /** The user's own keys and commands, the same in all projects. */
  keyMap(): KeyMap;
  /** Whether runs of this project leave alone what would be built as it is. Off until somebody chooses it. */
  reuses(): boolean;
  setReuses(isOn: boolean): void;
  /** The theme that the user has chosen, the same in all projects; null if none. */
  theme(): ThemeName | null;
  rememberTheme(theme: ThemeName): void;
  /** Lines typed, the latest last. */
  history(kind: HistoryKind): readonly string[];
  rememberLine(kind: HistoryKind, line: string): void;
}

export type HistoryKind = 'cells' | 'commands' | 'entries' | 'queries' | 'selectors';

/** Beside the projects, which are called by their absolute paths. */
const THEME = 'theme';
const MAX_RECENT = 30;
const MAX_HISTORY = 100;
// A line longer than this was pasted; keeping it would make a settings file of somebody's data.
const MAX_LINE = 4000;

interface Stored {
  readonly recent: readonly string[];
  readonly notebooks: readonly string[];
  readonly cells: readonly string[];
  readonly commands: readonly string[];
  readonly entries: readonly string[];
  readonly queries: readonly string[];
  readonly selectors: readonly string[];
  readonly reuses: boolean;
}

const NOTHING: Stored = {
  recent: [],
  notebooks: [],
  cells: [],
  commands: [],
  entries: [],
  queries: [],
  selectors: [],
  reuses: false,
};

/** Settings that last as long as the program: for tests, and where nothing can be written. */
export function memorySettings(keyMap: KeyMap = NO_KEYS): Settings {
  return settingsOver(NOTHING, () => {}, { keyMap, theme: null, saveTheme: () => {} });
}

/**
 * Opens the user's settings file (XDG; mode 0600), or remembers nothing if it cannot be read or written.
 *
 * @param project a key for the project, as its directory.
 * @param directory instead of the user's own, for tests.
 */
export async function openSettings(project: string, directory?: string): Promise<Settings> {
  try {
    const { default: Conf } = await import('conf');
    const conf = new Conf<Readonly<Record<string, unknown>>>({
      projectName: 'dagbook',
      projectSuffix: '',
      configName: 'workbench',
      configFileMode: 0o600,
      clearInvalidConfig: true,
      accessPropertiesByDotNotation: false,
      ...(directory === undefined ? {} : { cwd: directory }),
    });
    const set = (key: string, value: unknown): void => {
      try {
        conf.set(key, value);
      } catch {
        // A home that cannot be written must not stop the work: what would be remembered is only a comfort.
      }
    };
    return settingsOver(storedOf(conf.get(project)), (stored) => set(project, stored), {
      keyMap: readKeys(joinPath(conf.path, '..')),
      theme: themeNamed(conf.get(THEME)),
      saveTheme: (theme) => set(THEME, theme),
    });
  } catch {
    return memorySettings();
  }
}

/** Keys of a file that is no JSON are left out, and said to be. */
function readKeys(folder: string): KeyMap {
  const file = joinPath(folder, 'keys.json');
  if (!isFile(file)) return NO_KEYS;
  try {
    return readKeyMap(JSON.parse(readText(file)));
  } catch (error) {
    return { ...NO_KEYS, problem: `${file} cannot be read: ${messageOf(error)}` };
  }
}

/** What is the same in all projects. */
interface OfUser {
  readonly keyMap: KeyMap;
  readonly theme: ThemeName | null;
  readonly saveTheme: (theme: ThemeName) => void;
}

function settingsOver(
  initial: Stored,
  save: (stored: Stored) => void,
  { keyMap, theme: chosen, saveTheme }: OfUser,
): Settings {
  let stored = initial;
  let theme = chosen;
  const keep = (change: Partial<Stored>): void => {
    stored = { ...stored, ...change };
    save(stored);
  };
  return {
    keyMap: () => keyMap,
    theme: () => theme,
    rememberTheme(name) {
      theme = name;
      saveTheme(name);
    },
    recentNodes: () => stored.recent,
    rememberNode(id) {
      if (stored.recent[0] === id) return;
      keep({ recent: [id, ...stored.recent.filter((one) => one !== id)].slice(0, MAX_RECENT) });
    },
    recentNotebooks: () => stored.notebooks,
    rememberNotebook(file) {
      if (stored.notebooks[0] === file) return;
      const others = stored.notebooks.filter((one) => one !== file);
      keep({ notebooks: [file, ...others].slice(0, MAX_RECENT) });
    },
    reuses: () => stored.reuses,
    setReuses: (isOn) => keep({ reuses: isOn }),
    history: (kind) => stored[kind],
    rememberLine(kind, line) {
      if (line.trim() === '' || line.length > MAX_LINE || stored[kind].at(-1) === line) return;
      keep({ [kind]: [...stored[kind].filter((one) => one !== line), line].slice(-MAX_HISTORY) });
    },
  };
}

/** Reads what an earlier version, or a hand, may have written. */
function storedOf(value: unknown): Stored {
  if (typeof value !== 'object' || value === null) return NOTHING;
  const listOf = (key: Exclude<keyof Stored, 'reuses'>): readonly string[] => {
    const list: unknown = Reflect.get(value, key);
    return Array.isArray(list) ? list.filter((one) => typeof one === 'string') : [];
  };
  return {
    recent: listOf('recent'),
    notebooks: listOf('notebooks'),
    cells: listOf('cells'),
    commands: listOf('commands'),
    entries: listOf('entries'),
    queries: listOf('queries'),
    selectors: listOf('selectors'),
    reuses: Reflect.get(value, 'reuses') === true,
  };
}
