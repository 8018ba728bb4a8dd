/**
 * The user's own keys and commands, over those of the registry.
 *
 * `keys.json` in the user's settings folder: `{"keys": {"node.run": ["x"]}, "commands": [{"key": "ctrl-x", "title": "Build with
 * what follows", "line": "build -s {node}+"}]}`.
 */
import type { Command, Context } from './command.js';
import { showError, toast } from './core.js';
import { doCommandLine } from './commands/command-line.js';
import { SCREEN_LIST } from './screen-list.js';
import { selectorOf, subjectOf } from './subject.js';
import type { Workbench } from './workbench.js';

/** A line of the command line under a key. */
export interface OwnCommand {
  readonly key: string;
  readonly title: string;
  /** May hold `{node}`, `{selector}` and `{path}` of what is under the cursor. */
  readonly line: string;
}

export interface KeyMap {
  /** Keys by the id of a command, in the place of its own. */
  readonly keys: ReadonlyMap<string, readonly string[]>;
  readonly commands: readonly OwnCommand[];
  /** Why the user's file could not be read, or null. */
  readonly problem: string | null;
}

export const NO_KEYS: KeyMap = { keys: new Map(), commands: [], problem: null };

const SCREENS: readonly Context[] = [...SCREEN_LIST.map(({ name }) => name), 'map'];

/** Reads what a hand has written; parts that make no sense are left out. */
export function readKeyMap(value: unknown): KeyMap {
  if (typeof value !== 'object' || value === null) return NO_KEYS;
  const keys: unknown = Reflect.get(value, 'keys');
  const commands: unknown = Reflect.get(value, 'commands');
  return {
    keys: new Map(
      Object.entries(typeof keys === 'object' && keys !== null ? keys : {}).flatMap(
        ([id, list]: readonly [string, unknown]) =>
          Array.isArray(list) ? [[id, list.filter((one) => typeof one === 'string')]] : [],
      ),
    ),
    commands: (Array.isArray(commands) ? commands : []).flatMap((one: unknown) => ownCommand(one)),
    problem: null,
  };
}

function ownCommand(value: unknown): readonly OwnCommand[] {
  if (typeof value !== 'object' || value === null) return [];
  const [key, title, line]: readonly unknown[] = ['key', 'title', 'line'].map((name): unknown =>
    Reflect.get(value, name),
  );
  if (typeof key !== 'string' || typeof line !== 'string') return [];
  return [{ key, title: typeof title === 'string' ? title : line, line }];
}

/** The registry with the user's keys: a key that is given to one command is taken from the others of its context. */
export function withKeyMap(commands: readonly Command[], map: KeyMap): readonly Command[] {
  const own = map.commands.map(commandOf);
  const changed = commands.map((command) => ({
    ...command,
    keys: map.keys.get(command.id) ?? command.keys,
  }));
  const given = [...own, ...changed.filter(({ id }) => map.keys.has(id))];
  return [
    ...own,
    ...changed.map((command) => {
      if (map.keys.has(command.id)) return command;
      const taken = given.filter(({ when }) => when.some((one) => command.when.includes(one)));
      const keys = command.keys.filter((key) => !taken.some((other) => other.keys.includes(key)));
      return keys.length === command.keys.length ? command : { ...command, keys };
    }),
  ];
}

function commandOf({ key, title, line }: OwnCommand, index: number): Command {
  return {
    id: `own.${index + 1}`,
    title,
    label: title.split(' ').slice(0, 2).join(' '),
    keys: [key],
    when: SCREENS,
    run: (workbench) => runLine(workbench, line),
  };
}

function runLine(workbench: Workbench, line: string): void {
  const { session, states } = workbench;
  const state = workbench.store.get();
  const node = subjectOf(session.manifest, state, states);
  const words: Readonly<Record<string, string | null>> = {
    node: node?.name ?? null,
    path: node?.originalFilePath ?? null,
    selector: selectorOf(session, state, states),
  };
  const missing = [...line.matchAll(/\{(\w+)\}/gu)].find(
    ([, name = '']) => name in words && words[name] === null,
  );
  if (missing !== undefined) {
    toast(workbench, `There is nothing under the cursor for ${missing[0]}.`, 'error');
    return;
  }
  const filled = line.replaceAll(/\{(\w+)\}/gu, (whole, name: string) => words[name] ?? whole);
  try {
    doCommandLine(workbench, filled);
  } catch (error) {
    showError(workbench, 'command', error);
  }
}
