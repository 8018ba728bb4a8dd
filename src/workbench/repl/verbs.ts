/**
 * The verbs of the REPL: dbt's commands with their flags, and a few of its own.
 */
import { DagbookError } from '../../base/index.js';
import type { RunRequest } from '../../session/index.js';
import { parseRun, splitWords } from '../commands/command-line.js';

export type Verb =
  | { readonly kind: 'run'; readonly request: RunRequest; readonly command: string }
  | { readonly kind: 'plan'; readonly request: RunRequest }
  | { readonly kind: 'ls'; readonly select: readonly string[] }
  /** Null: the last query. */
  | { readonly kind: 'compile'; readonly name: string | null }
  | { readonly kind: 'columns'; readonly name: string }
  | { readonly kind: 'tables' }
  | { readonly kind: 'limit'; readonly rows: number }
  | { readonly kind: 'output'; readonly form: OutputForm }
  | { readonly kind: 'save'; readonly path: string }
  | { readonly kind: 'reload' }
  | { readonly kind: 'help' }
  | { readonly kind: 'quit' };

export type OutputForm = 'table' | 'csv' | 'json';

export const OUTPUT_FORMS: readonly OutputForm[] = ['table', 'csv', 'json'];

interface VerbHelp {
  readonly name: string;
  readonly usage: string;
  readonly title: string;
}

/** In the order of help. */
export const VERBS: readonly VerbHelp[] = [
  { name: 'run', usage: ':run -s MODEL', title: "run models, with dbt's flags" },
  { name: 'build', usage: ':build -s +MODEL', title: 'run models, tests, seeds and snapshots' },
  { name: 'test', usage: ':test -s MODEL', title: 'run tests' },
  { name: 'seed', usage: ':seed', title: 'load seeds' },
  { name: 'snapshot', usage: ':snapshot', title: 'run snapshots' },
  { name: 'plan', usage: ':plan -s MODEL', title: 'the statements that a build would send' },
  { name: 'compile', usage: ':compile [MODEL]', title: 'SQL of a model, or of the last query' },
  { name: 'ls', usage: ':ls [SELECTOR]', title: 'list nodes' },
  { name: 'columns', usage: ':columns MODEL', title: 'columns of a node as built' },
  { name: 'tables', usage: ':tables', title: "tables of the project's own metadata" },
  { name: 'limit', usage: ':limit 1000', title: 'rows to read at most' },
  { name: 'output', usage: ':output csv', title: 'form of rows: table, csv or json' },
  { name: 'save', usage: ':save FILE', title: 'write what was asked so far as a notebook' },
  { name: 'reload', usage: ':reload', title: 'read the project again' },
  { name: 'help', usage: ':help', title: 'this list' },
  { name: 'quit', usage: ':quit', title: 'leave; so does ctrl-d' },
];

const SHORT: Readonly<Record<string, string>> = {
  q: 'quit',
  exit: 'quit',
  w: 'save',
  h: 'help',
  '?': 'help',
};

/**
 * Reads a verb.
 *
 * @param line without its `:`.
 * @throws DagbookError repl/unknown-verb, repl/bad-verb; what reading flags throws.
 */
export function readVerb(line: string): Verb {
  const [word = '', ...words] = splitWords(line);
  const name = SHORT[word] ?? word;
  const [first] = words;
  switch (name) {
    case 'run':
    case 'build':
    case 'test':
    case 'seed':
    case 'snapshot':
      return { kind: 'run', request: parseRun(name, words), command: [name, ...words].join(' ') };
    case 'plan':
      return { kind: 'plan', request: parseRun('build', words) };
    case 'ls':
      return { kind: 'ls', select: words.filter((one) => one !== '-s' && one !== '--select') };
    case 'compile':
      return { kind: 'compile', name: first ?? null };
    case 'columns':
      return { kind: 'columns', name: needed(first, name) };
    case 'limit': {
      const rows = Number(needed(first, name));
      if (!Number.isInteger(rows) || rows < 1) throw misused(name);
      return { kind: 'limit', rows };
    }
    case 'output': {
      const form = OUTPUT_FORMS.find((one) => one === first);
      if (form === undefined) throw misused(name);
      return { kind: 'output', form };
    }
    case 'save':
      return { kind: 'save', path: needed(first, name) };
    case 'tables':
    case 'reload':
    case 'help':
    case 'quit':
      return { kind: name };
    default:
      throw new DagbookError('repl/unknown-verb', `There is no verb :${word}.`, {
        hint: `The verbs are ${VERBS.map((verb) => verb.name).join(', ')}; :help says what they do.`,
        exitCode: 1,
      });
  }
}

function needed(word: string | undefined, name: string): string {
  if (word === undefined) throw misused(name);
  return word;
}

function misused(name: string): DagbookError {
  const usage = VERBS.find((verb) => verb.name === name)?.usage ?? name;
  return new DagbookError('repl/bad-verb', `:${name} is written ${usage}`, { exitCode: 1 });
}
