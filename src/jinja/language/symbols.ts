/**
 * Which name means which slot, scope by scope: Jinja2's rules, by which `set` in a loop stays in the loop, an `if` shares
 * its surroundings' names, and a macro sees what its template assigns later.
 */
import type { ScopeEntry } from './ast.js';
import { NO_ENTRY } from './scope-entry.js';

/** Slots that live and die together: a template, a macro, a call block, a block, one run of a recursive loop. */
export class Activation {
  readonly parent: Activation | undefined;
  readonly #slots = new Map<string, number>();

  constructor(parent: Activation | undefined) {
    this.parent = parent;
  }

  /** The slot of a name at a level; siblings at one level share it. */
  slot(key: string): number {
    const known = this.#slots.get(key);
    if (known !== undefined) return known;
    const slot = this.#slots.size;
    this.#slots.set(key, slot);
    return slot;
  }

  get slotCount(): number {
    return this.#slots.size;
  }
}

/** A slot and the activation that holds it. */
export interface Reference {
  readonly activation: Activation;
  readonly slot: number;
}

/** What a slot holds when its scope is entered. */
type Load =
  | { readonly kind: 'parameter' | 'pending' | 'missing' }
  | { readonly kind: 'alias'; readonly from: Reference };

const PARAMETER: Load = { kind: 'parameter' };
const PENDING: Load = { kind: 'pending' };
const MISSING: Load = { kind: 'missing' };

/** The names of one scope. Its tables are made when first needed: most scopes of a template hold a name or two. */
export class Scope {
  readonly parent: Scope | undefined;
  readonly activation: Activation;
  /** How deep the scope is in its template. */
  readonly depth: number;
  /** The scope that a branch of an `if` adds to, until `join` takes the additions over. */
  readonly #origin: Scope | undefined;
  readonly #level: string;
  #references: Map<string, Reference> | undefined;
  #loads: Map<number, Load> | undefined;
  #stores: Set<string> | undefined;

  private constructor(
    parent: Scope | undefined,
    activation: Activation,
    depth: number,
    level: string,
    origin?: Scope,
  ) {
    this.parent = parent;
    this.activation = activation;
    this.depth = depth;
    this.#level = level;
    this.#origin = origin;
  }

  static root(activation: Activation): Scope {
    return new Scope(undefined, activation, 0, '0');
  }

  /** A scope inside this one, in the same activation or in a new one. `variant` keeps its slots apart. */
  inner(activation: Activation = this.activation, variant: string = ''): Scope {
    const depth = this.depth + 1;
    return new Scope(this, activation, depth, `${depth}${variant}`);
  }

  /** The same scope, to walk one branch of an `if` with. */
  branch(): Scope {
    return new Scope(this.parent, this.activation, this.depth, this.#level, this);
  }

  #own(name: string): Reference | undefined {
    return (
      this.#references?.get(name) ??
      (this.#origin === undefined ? undefined : this.#origin.#own(name))
    );
  }

  #isStored(name: string): boolean {
    if (this.#stores?.has(name) === true) return true;
    return this.#origin !== undefined && this.#origin.#isStored(name);
  }

  find(name: string): Reference | undefined {
    return this.#own(name) ?? this.parent?.find(name);
  }

  #define(name: string, load: Load): Reference {
    const slot = this.activation.slot(`${this.#level} ${name}`);
    const reference = { activation: this.activation, slot };
    this.#references ??= new Map();
    this.#references.set(name, reference);
    this.#loads ??= new Map();
    this.#loads.set(slot, load);
    return reference;
  }

  #noteStore(name: string): void {
    this.#stores ??= new Set();
    this.#stores.add(name);
  }

  /** A name is read. */
  load(name: string): void {
    if (this.find(name) === undefined) this.#define(name, PENDING);
  }

  /** A name is assigned. */
  store(name: string): void {
    this.#noteStore(name);
    if (this.#own(name) !== undefined) return;
    const outer = this.parent?.find(name);
    this.#define(name, outer === undefined ? MISSING : { kind: 'alias', from: outer });
  }

  /** A name is set by whoever enters the scope. */
  parameter(name: string): number {
    this.#noteStore(name);
    return this.#define(name, PARAMETER).slot;
  }

  /** Joins the branches of an `if`: a name that some branch assigns must be looked up where none did. */
  join(branches: readonly Scope[]): void {
    const assigned = new Set<string>();
    for (const branch of branches) {
      for (const name of branch.#stores ?? []) if (!this.#isStored(name)) assigned.add(name);
    }
    for (const branch of branches) {
      this.#references = merged(this.#references, branch.#references);
      this.#loads = merged(this.#loads, branch.#loads);
      for (const name of branch.#stores ?? []) this.#noteStore(name);
    }
    for (const name of assigned) {
      const target = this.find(name);
      if (target === undefined) throw new Error(`A branch assigned ${name} without a slot`);
      const outer = this.parent?.find(name);
      this.#loads ??= new Map();
      this.#loads.set(target.slot, outer === undefined ? PENDING : { kind: 'alias', from: outer });
    }
  }

  /** How to enter the scope. */
  entry(): ScopeEntry {
    if (this.#loads === undefined) return NO_ENTRY;
    const pending: number[] = [];
    const missing: number[] = [];
    const aliases: number[] = [];
    for (const [slot, load] of this.#loads) {
      if (load.kind === 'pending') pending.push(slot);
      else if (load.kind === 'missing') missing.push(slot);
      else if (load.kind === 'alias') {
        aliases.push(slot, hopsTo(this.activation, load.from.activation), load.from.slot);
      }
    }
    return { pending, missing, aliases };
  }

  #visibleNames(): readonly string[] {
    return [
      ...(this.#stores ?? []),
      ...(this.parent === undefined ? [] : this.parent.#visibleNames()),
    ];
  }

  /** Every name that is assigned here or further out, with its place. */
  visible(): readonly { readonly name: string; readonly slot: number; readonly hops: number }[] {
    return Array.from(new Set(this.#visibleNames()), (name) => ({ name, ...this.locate(name) }));
  }

  /** Where a name is, as seen from this scope's activation. */
  locate(name: string): { readonly slot: number; readonly hops: number } {
    const reference = this.find(name);
    if (reference === undefined) throw new Error(`The name ${name} was not analyzed`);
    return { slot: reference.slot, hops: hopsTo(this.activation, reference.activation) };
  }
}

function merged<Key, Item>(
  into: Map<Key, Item> | undefined,
  from: ReadonlyMap<Key, Item> | undefined,
): Map<Key, Item> | undefined {
  if (from === undefined) return into;
  const target = into ?? new Map<Key, Item>();
  for (const [key, item] of from) target.set(key, item);
  return target;
}

function hopsTo(from: Activation, to: Activation): number {
  let hops = 0;
  let at: Activation | undefined = from;
  while (at !== to) {
    if (at === undefined) throw new Error('A name is in no activation around it');
    at = at.parent;
    hops += 1;
  }
  return hops;
}
