/**
 * What stands over a screen: dialogs, lines that are typed, messages.
 */
import type { Plan } from '../plan/index.js';
import type { RunRequest } from '../session/index.js';
import type { ColumnProfile } from './data/profile.js';
import type { Found } from './finder/search.js';
import type { GraphFilter } from './graph/graph-state.js';
import type { Loadable } from './loadable.js';
import type { Completion } from './repl/complete.js';
import type { TextField } from './text-field.js';

/** Words that may come next where something is typed. */
export interface OfferedWords extends Completion {
  /** The one that is chosen; -1 while none is: Enter is then a new line. */
  readonly index: number;
}

export type Overlay =
  | {
      readonly kind: 'finder';
      readonly field: TextField;
      readonly index: number;
      readonly found: readonly Found[];
      readonly total: number;
    }
  | { readonly kind: 'help'; readonly field: TextField; readonly scroll: number }
  | { readonly kind: 'command-line'; readonly field: TextField; readonly historyIndex: number }
  | {
      readonly kind: 'query';
      readonly field: TextField;
      readonly historyIndex: number;
      readonly completion: OfferedWords | null;
    }
  | {
      /** A cell of the notebook that is typed in, in its own place. */
      readonly kind: 'cell';
      readonly index: number;
      readonly field: TextField;
      readonly past: readonly TextField[];
      readonly future: readonly TextField[];
      readonly historyIndex: number;
      readonly completion: OfferedWords | null;
    }
  | {
      /** What is typed at the prompt of the REPL. */
      readonly kind: 'entry';
      readonly field: TextField;
      readonly past: readonly TextField[];
      readonly future: readonly TextField[];
      readonly historyIndex: number;
      readonly completion: OfferedWords | null;
    }
  | {
      /** Lines typed before, searched by their letters; over what is being typed. */
      readonly kind: 'history';
      readonly over: TypedOverlay;
      readonly lines: readonly string[];
      readonly field: TextField;
      readonly index: number;
    }
  | { readonly kind: 'parameter'; readonly name: string; readonly field: TextField }
  | { readonly kind: 'promote'; readonly field: TextField }
  | { readonly kind: 'selector'; readonly field: TextField; readonly before: GraphFilter | null }
  | { readonly kind: 'condition'; readonly field: TextField }
  | { readonly kind: 'export'; readonly field: TextField }
  | { readonly kind: 'compare-target'; readonly field: TextField }
  | {
      readonly kind: 'confirm';
      /** What would be done, in a sentence. */
      readonly what: string;
      readonly field: TextField;
    }
  | {
      readonly kind: 'snapshot-line';
      /** What the text is: a part of a key, a moment, or the name of what shall be begun anew. */
      readonly purpose: 'key' | 'as-of' | 'rebuild';
      readonly field: TextField;
    }
  | {
      readonly kind: 'profile';
      /** Index of the column in the result. */
      readonly column: number;
      readonly profile: Loadable<ColumnProfile>;
      /** Row of the list of values. */
      readonly index: number;
      /** Rows of the list that are marked, to filter by several. */
      readonly marked: ReadonlySet<number>;
    }
  | { readonly kind: 'go-to-column'; readonly field: TextField; readonly index: number }
  | {
      readonly kind: 'plan';
      readonly request: RunRequest;
      readonly plan: Loadable<Plan>;
      readonly scroll: number;
    }
  | {
      readonly kind: 'message';
      readonly title: string;
      readonly lines: readonly string[];
      readonly isError: boolean;
      readonly scroll: number;
    };

export interface Toast {
  readonly id: number;
  readonly kind: 'info' | 'error';
  readonly text: string;
  readonly untilMs: number;
}

/** Where lines are typed that are remembered. */
export type TypedOverlay = Extract<Overlay, { readonly historyIndex: number }>;
