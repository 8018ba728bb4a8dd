/**
 * What the templates print: a page a node, as plain data. Names that end in `Html` are markup, all else is text.
 */
import type { ResourceType } from '../../manifest/index.js';
import type { Html } from './html.js';

/** What a page is about; also the class that colours it. */
export type Kind = ResourceType | 'macro' | 'group' | 'overview';

export type Tone = 'ok' | 'warn' | 'fail' | 'idle';

/** How something ended or stands. */
export interface StateView {
  readonly word: string;
  readonly tone: Tone;
  /** The whole story, for a tooltip and for readers of the row. */
  readonly detail: string;
}

export interface Link {
  readonly label: string;
  /** `#<unique_id>`, or null where this document has no such page. */
  readonly href: string | null;
  readonly kind: Kind;
  /** What kind of thing it is, in words. */
  readonly note: string;
  readonly state: StateView | null;
}

export interface Badge {
  readonly text: string;
  readonly tone: 'kind' | 'plain' | Tone;
}

/** One line of the facts: a name and its values. */
export interface Fact {
  readonly label: string;
  readonly values: readonly {
    readonly text: string;
    readonly href: string | null;
    readonly look: 'text' | 'code' | 'chip';
  }[];
}

export interface TestView {
  readonly link: Link;
  /** Arguments without the model and the column: `values: open, closed`. */
  readonly argumentsText: string;
  /** Config that changes what counts as a failure: `warn if > 10`, `where ...`. */
  readonly conditions: readonly string[];
  readonly columnName: string | null;
}

export interface ColumnView {
  readonly name: string;
  /** The warehouse's type where it is built, else the yaml's; lengths that are the dialect's default are left out. */
  readonly type: string | null;
  /** With its length, for a tooltip. */
  readonly wholeType: string | null;
  /** The yaml's type, where it says another one than the warehouse. */
  readonly declaredType: string | null;
  readonly descriptionHtml: Html | null;
  readonly tags: readonly string[];
  readonly constraints: readonly string[];
  readonly meta: string | null;
  readonly tests: readonly TestView[];
  /** `not described`: built, but not in the yaml; `not built`: in the yaml, but not in the warehouse. */
  readonly gap: 'not described' | 'not built' | null;
}

/** Rows of texts; null is the database's null. */
export interface DataTable {
  readonly title: string;
  readonly link: Link | null;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | null)[])[];
  /** What is not shown, or null. */
  readonly note: string | null;
  /** The query that stands for the rows, where it is one. */
  readonly sqlHtml: Html | null;
}

export interface CodeTab {
  readonly id: string;
  readonly title: string;
  readonly html: Html;
  readonly lineCount: number;
  /** Shown instead of code: why there is none. */
  readonly problem: string | null;
}

export interface ArgumentView {
  readonly name: string;
  readonly type: string;
  readonly descriptionHtml: Html | null;
}

export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly DrawnNode[];
  readonly edges: readonly { readonly from: number; readonly to: number; readonly path: string }[];
}

export interface DrawnNode {
  readonly link: Link;
  /** Cut to fit. */
  readonly label: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly isCentre: boolean;
}

export interface DocPage {
  readonly id: string;
  readonly kind: Kind;
  readonly title: string;
  /** Package, folders. */
  readonly crumbs: readonly string[];
  readonly badges: readonly Badge[];
  readonly state: StateView | null;
  readonly descriptionHtml: Html | null;
  /** Things a reader must know first: deprecated, not compiled. */
  readonly notices: readonly string[];
  readonly facts: readonly Fact[];
  readonly columns: readonly ColumnView[];
  readonly arguments: readonly ArgumentView[];
  /** Of the node itself; those of a column stand with it. */
  readonly tests: readonly TestView[];
  readonly testCount: number;
  readonly tables: readonly DataTable[];
  readonly drawing: Drawing | null;
  /** Nodes that the drawing leaves out. */
  readonly undrawnCount: number;
  readonly parents: readonly Link[];
  readonly children: readonly Link[];
  readonly code: readonly CodeTab[];
  readonly macros: readonly Link[];
  readonly config: readonly { readonly name: string; readonly value: string }[];
  readonly meta: string | null;
}

export interface TreeFolder {
  readonly label: string;
  readonly kind: Kind | null;
  /** Leaves below it. */
  readonly count: number;
  readonly isOpen: boolean;
  readonly folders: readonly TreeFolder[];
  readonly leaves: readonly Link[];
}

/** One entry of the search, keys short because there are thousands. */
export interface SearchEntry {
  /** unique_id */
  readonly i: string;
  /** label */
  readonly n: string;
  /** kind */
  readonly k: Kind;
  /** second line: where it is */
  readonly p: string;
  /** description, plain */
  readonly d: string;
  /** columns: name, then description */
  readonly c: readonly (readonly [name: string, description: string])[];
  /** tags */
  readonly t: readonly string[];
}

export interface OverviewView {
  readonly descriptionHtml: Html | null;
  readonly counts: readonly {
    readonly label: string;
    readonly count: number;
    readonly kind: Kind;
  }[];
  /** Shares of what is done: 0 to 100, whole. */
  readonly coverage: readonly {
    readonly label: string;
    readonly done: number;
    readonly total: number;
    readonly percent: number;
  }[];
  readonly results: readonly {
    readonly word: string;
    readonly tone: Tone;
    readonly count: number;
  }[];
  readonly attention: readonly Link[];
  readonly freshness: readonly {
    readonly link: Link;
    readonly newest: string;
    readonly age: string;
  }[];
  readonly exposures: readonly {
    readonly link: Link;
    readonly owner: string;
    readonly summary: string;
  }[];
  readonly groups: readonly {
    readonly name: string;
    readonly owner: string;
    readonly count: number;
  }[];
}

/** The whole document. */
export interface DocsView {
  readonly projectName: string;
  readonly targetName: string;
  readonly engine: string;
  /** `2026-11-20 10:00 UTC`. */
  readonly generatedAt: string;
  readonly version: string;
  readonly overview: OverviewView;
  readonly folderTree: readonly TreeFolder[];
  readonly kindTree: readonly TreeFolder[];
  readonly lineage: Drawing;
  /** Kinds that stand in the lineage, for its legend. */
  readonly legend: readonly { readonly kind: Kind; readonly label: string }[];
  readonly pages: readonly DocPage[];
  readonly search: readonly SearchEntry[];
}
