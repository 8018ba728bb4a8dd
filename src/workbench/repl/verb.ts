/**
 * Verbs: what a line that starts with `:` says. Each belongs to a command of the registry.
 */
import { DagbookError } from '../../base/index.js';
import type { RunRequest } from '../../session/index.js';
import { parseRun, splitWords } from './run-flags.js';

export type Verb =
  | { readonly kind: 'run'; readonly request: RunRequest; readonly command: string }
  | { readonly kind: 'plan'; readonly request: RunRequest }
  | { readonly kind: 'ls'; readonly select: readonly string[] }
  /** Null: the last query, or the node under the cursor. */
  | { readonly kind: 'compile'; readonly name: string | null }
  | { readonly kind: 'columns'; readonly name: string }
  /** `cte` null: all of them, with their rows. */
  | { readonly kind: 'ctes'; readonly name: string; readonly cte: string | null }
  | { readonly kind: 'diff'; readonly name: string }
  | { readonly kind: 'tables' }
  | { readonly kind: 'limit'; readonly rows: number }
  | { readonly kind: 'output'; readonly form: OutputForm }
  /** A path and flags. */
  | { readonly kind: 'export'; readonly words: readonly string[] }
  /** Null where a notebook is open: it is saved as it is called. */
  | { readonly kind: 'save'; readonly path: string | null }
  | { readonly kind: 'open'; readonly text: string }
  | { readonly kind: 'notebook'; readonly file: string }
  | { readonly kind: 'compare'; readonly target: string }
  | { readonly kind: 'reload' }
  | { readonly kind: 'help' }
  | { readonly kind: 'quit' };

export type OutputForm = 'table' | 'csv' | 'json';

export const OUTPUT_FORMS: readonly OutputForm[] = ['table', 'csv', 'json'];

/** Where lines are typed: in `dagbook repl`, in the `:` line of the screen, or in its REPL, which knows the verbs of both. */
export type VerbPlace = 'shell' | 'screen' | 'pane';

/** How a command is said in a line. */
export interface VerbSpec {
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly usage: string;
  /** For help in the REPL; the command's own title where absent. */
  readonly title: string;
  readonly places: readonly VerbPlace[];
  /** Reads the words after the name; null if they make no sense. @throws DagbookError for flags. */
  readonly read: (words: readonly string[]) => Verb | null;
}

/** What of a command matters here. */
export interface Speakable {
  readonly verb?: VerbSpec;
}

const BOTH: readonly VerbPlace[] = ['shell', 'screen'];

/** A dbt command with its flags. */
export function runVerb(name: RunRequest['command'], usage: string, title: string): VerbSpec {
  return {
    name,
    usage,
    title,
    places: BOTH,
    read: (words) => ({
      kind: 'run',
      request: parseRun(name, words),
      command: [name, ...words].join(' '),
    }),
  };
}

/** A verb that takes no words. */
export function plainVerb(
  kind: 'tables' | 'reload' | 'help' | 'quit',
  title: string,
  aliases: readonly string[] = [],
): VerbSpec {
  return { name: kind, aliases, usage: `:${kind}`, title, places: BOTH, read: () => ({ kind }) };
}

/** Verbs that can be said in a place, in the order of the registry. */
export function verbsOf(commands: readonly Speakable[], place: VerbPlace): readonly VerbSpec[] {
  return commands.flatMap(({ verb }) =>
    verb !== undefined && (place === 'pane' || verb.places.includes(place)) ? [verb] : [],
  );
}

/**
 * Reads a line.
 *
 * @param line without its `:`.
 * @throws DagbookError repl/unknown-verb, repl/bad-verb; what reading flags throws.
 */
export function readVerb(commands: readonly Speakable[], line: string, place: VerbPlace): Verb {
  const [word = '', ...words] = splitWords(line);
  const verbs = verbsOf(commands, place);
  const spec = verbs.find(({ name, aliases = [] }) => name === word || aliases.includes(word));
  if (spec === undefined) {
    throw new DagbookError('repl/unknown-verb', `There is no verb :${word}.`, {
      hint: `The verbs are ${verbs.map(({ name }) => name).join(', ')}; :help says what they do.`,
      exitCode: 1,
    });
  }
  const verb = spec.read(words);
  if (verb !== null) return verb;
  throw new DagbookError('repl/bad-verb', `:${spec.name} is written ${spec.usage}`, {
    exitCode: 1,
  });
}
