/**
 * The finder while it is open: each keystroke searches at once, typos are guessed a moment later.
 */
import type { NodeId } from '../../base/index.js';
import type { Core } from '../core.js';
import { type FindableCommand, findablesOf } from '../finder/findables.js';
import {
  type Findable,
  type FinderIndex,
  type Found,
  indexOf,
  search,
  type SearchTrace,
  wordsOf,
} from '../finder/search.js';
import type { Overlay } from '../overlay.js';
import { fieldOf, type TextField } from '../text-field.js';

export interface FinderBox {
  /** Opens it with some text: `>` for commands, `@` columns, `#` tags, `%` macros, `&` notebooks. */
  open(text: string): void;
  /** Takes what the field is now. */
  type(field: TextField): void;
  /** Forgets the index: the project has changed. */
  forget(): void;
}

const LIMIT = 60;
const MIN_HITS = 3;
const MIN_GUESS_LENGTH = 4;
const PREFIXES: Readonly<Record<string, Findable['kind']>> = {
  '>': 'command',
  '@': 'column',
  '#': 'tag',
  '%': 'macro',
  '&': 'notebook',
};

/** Splits `@ tok` into what is searched and among what. */
export function readQuery(text: string): {
  readonly query: string;
  readonly kind: Findable['kind'] | null;
} {
  const kind = PREFIXES[text[0] ?? ''] ?? null;
  return { query: (kind === null ? text : text.slice(1)).trimStart(), kind };
}

export function createFinderBox(
  core: Core,
  commands: () => readonly FindableCommand[],
  notebooks: () => readonly string[],
): FinderBox {
  let index: FinderIndex | null = null;
  let trace: { readonly kind: Findable['kind'] | null; readonly trace: SearchTrace } | null = null;
  let near: ReadonlySet<string> = new Set();
  let recent: ReadonlyMap<string, number> = new Map();

  const indexNow = (): FinderIndex => {
    index ??= indexOf(
      findablesOf(core.session, {
        commands: commands(),
        recent: core.settings.history('commands'),
        notebooks: notebooks(),
      }),
    );
    return index;
  };

  const bonus = (item: Findable): number => {
    if (item.kind === 'column') return -12;
    if (item.kind === 'macro') return -14;
    if (item.kind === 'recent' || item.kind === 'tag') return -8;
    if (item.kind !== 'node') return -4;
    const place = recent.get(item.target);
    const isTest = item.target.startsWith('test.') || item.target.startsWith('unit_test.');
    return (
      (place === undefined ? 0 : 14 - Math.min(10, place)) +
      (near.has(item.target) ? 8 : 0) -
      (isTest ? 30 : 0)
    );
  };

  const show = (field: TextField): void => {
    const { query, kind } = readQuery(field.text);
    const accepts = (item: Findable): boolean => kind === null || item.kind === kind;
    const before = trace?.kind === kind ? trace.trace : null;
    const result = search(indexNow(), query, { limit: LIMIT, accepts, bonus }, before);
    trace = { kind, trace: result.trace };
    put(field, result.found, result.total);
    const letters = wordsOf(query).join('');
    if (result.total < MIN_HITS && letters.length >= MIN_GUESS_LENGTH) {
      void guessFor(field, query, kind, result.found);
    }
  };

  const put = (field: TextField, found: readonly Found[], total: number): void => {
    const overlay: Overlay = { kind: 'finder', field, index: 0, found, total };
    core.store.update((state) => ({ ...state, overlay }));
  };

  const guessFor = async (
    field: TextField,
    query: string,
    kind: Findable['kind'] | null,
    found: readonly Found[],
  ): Promise<void> => {
    // Loaded when first needed: most sessions never mistype.
    const { guess } = await import('../finder/typo-search.js');
    const { overlay } = core.store.get();
    if (overlay?.kind !== 'finder' || overlay.field !== field) return;
    // A mistyped name resembles many sentences: commands are guessed only among commands.
    const accepts = (item: Findable): boolean =>
      kind === null ? item.kind === 'node' || item.kind === 'column' : item.kind === kind;
    const known = new Set(found.map(({ item }) => item));
    const guesses = guess(indexNow(), query, LIMIT / 4, accepts).filter(
      ({ item }) => !known.has(item),
    );
    core.store.update((state) => ({
      ...state,
      overlay: { ...overlay, found: [...found, ...guesses] },
    }));
  };

  return {
    open(text) {
      const { graph } = core.store.get();
      near = neighbourhood(core, graph.centre);
      recent = new Map(core.settings.recentNodes().map((id, place) => [id, place]));
      trace = null;
      show(fieldOf(text));
    },
    type: show,
    forget() {
      index = null;
      trace = null;
    },
  };
}

function neighbourhood(core: Core, centre: NodeId | null): ReadonlySet<string> {
  if (centre === null) return new Set();
  const { parents, children } = core.session.manifest.dag;
  return new Set([centre, ...(parents.get(centre) ?? []), ...(children.get(centre) ?? [])]);
}
