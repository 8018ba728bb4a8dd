/**
 * Gives every name of a parsed template its slot. Two walks a scope: the first collects the names that it assigns and
 * reads, the second writes slots into the tree and goes into the inner scopes.
 */
import type {
  BlockNode,
  CallBlockNode,
  MacroDefinition,
  ForNode,
  NameNode,
  ScopeEntry,
  Statement,
  Target,
} from './ast.js';
import { Activation, Scope } from './symbols.js';
import type { TokenStream } from './token-stream.js';

/** What a resolved template adds to its statements. */
export interface Resolution {
  readonly entry: ScopeEntry;
  readonly slotCount: number;
  readonly selfSlot: number;
}

/**
 * @param reads the names that each expression reads, by the node that the parser filed them under.
 * @param hasSelf whether the template reads `self`.
 */
export function resolve(
  body: readonly Statement[],
  blocks: readonly BlockNode[],
  reads: ReadonlyMap<object, readonly NameNode[]>,
  hasSelf: boolean,
  stream: TokenStream,
): Resolution {
  const resolver = new Resolver(reads, stream);
  const activation = new Activation(undefined);
  const scope = Scope.root(activation);
  const selfSlot = hasSelf ? scope.parameter('self') : -1;
  resolver.collect(body, scope);
  const entry = scope.entry();
  resolver.place(body, scope);
  for (const block of blocks) resolver.placeBlock(block);
  return { entry, slotCount: activation.slotCount, selfSlot };
}

class Resolver {
  readonly #reads: ReadonlyMap<object, readonly NameNode[]>;
  readonly #stream: TokenStream;

  constructor(reads: ReadonlyMap<object, readonly NameNode[]>, stream: TokenStream) {
    this.#reads = reads;
    this.#stream = stream;
  }

  /** First walk: what the statements of one scope assign and read, without inner scopes. */
  collect(body: readonly Statement[], scope: Scope): void {
    for (const statement of body) this.#collectOne(statement, scope);
  }

  #collectOne(statement: Statement, scope: Scope): void {
    switch (statement.kind) {
      case 'output':
      case 'do':
        this.#collectReads(statement.expression, scope);
        break;
      case 'set':
        this.#collectReads(statement.value, scope);
        this.#collectTarget(statement.target, scope);
        break;
      case 'set-block':
        this.#collectTarget(statement.target, scope);
        break;
      case 'if': {
        const [first, ...others] = statement.branches;
        if (first !== undefined) this.#collectReads(first.test, scope);
        const branches: Scope[] = [];
        if (first !== undefined) branches.push(this.#collectBranch(first.body, scope));
        if (others.length > 0) {
          // Jinja2 walks all `elif` parts in one copy of the scope, each as an `if` of its own.
          const elifs = scope.branch();
          for (const { test, body } of others) {
            this.#collectReads(test, elifs);
            elifs.join([this.#collectBranch(body, elifs)]);
          }
          branches.push(elifs);
        }
        if (statement.otherwise.length > 0) {
          branches.push(this.#collectBranch(statement.otherwise, scope));
        }
        scope.join(branches);
        break;
      }
      case 'for':
        this.#collectReads(statement.iterable, scope);
        break;
      case 'macro':
        scope.store(statement.internalName);
        break;
      case 'call-block':
        this.#collectReads(statement.call, scope);
        break;
      case 'filter-block':
        this.#collectReads(statement.filter, scope);
        break;
      case 'with':
        for (const value of statement.values) this.#collectReads(value, scope);
        break;
      case 'load':
        this.#collectReads(statement.template, scope);
        break;
      default:
    }
  }

  #collectBranch(body: readonly Statement[], scope: Scope): Scope {
    const branch = scope.branch();
    this.collect(body, branch);
    return branch;
  }

  #collectReads(owner: object, scope: Scope): void {
    for (const { name } of this.#reads.get(owner) ?? []) scope.load(name);
  }

  #collectTarget(target: Target, scope: Scope): void {
    if (target.kind === 'target') scope.store(target.name);
    else if (target.kind === 'attribute') scope.load(target.name);
    else for (const item of target.items) this.#collectTarget(item, scope);
  }

  /** Second walk: slots into the tree. */
  place(body: readonly Statement[], scope: Scope): void {
    for (const statement of body) this.#placeOne(statement, scope);
  }

  #placeOne(statement: Statement, scope: Scope): void {
    switch (statement.kind) {
      case 'output':
      case 'do':
        this.#placeReads(statement.expression, scope);
        break;
      case 'set':
        this.#placeReads(statement.value, scope);
        this.#placeTarget(statement.target, scope);
        break;
      case 'set-block': {
        const inner = scope.inner();
        this.collect(statement.body, inner);
        if (statement.filter !== null) this.#collectReads(statement.filter, inner);
        statement.entry = inner.entry();
        this.place(statement.body, inner);
        if (statement.filter !== null) this.#placeReads(statement.filter, inner);
        this.#placeTarget(statement.target, scope);
        break;
      }
      case 'if':
        for (const { test, body } of statement.branches) {
          this.#placeReads(test, scope);
          this.place(body, scope);
        }
        this.place(statement.otherwise, scope);
        break;
      case 'for':
        this.#placeFor(statement, scope);
        break;
      case 'macro':
        statement.slot = scope.locate(statement.internalName).slot;
        this.#placeCallable(statement, scope);
        break;
      case 'call-block':
        this.#placeReads(statement.call, scope);
        this.#placeCallable(statement, scope);
        break;
      case 'filter-block': {
        const inner = scope.inner();
        this.collect(statement.body, inner);
        this.#collectReads(statement.filter, inner);
        statement.entry = inner.entry();
        this.place(statement.body, inner);
        this.#placeReads(statement.filter, inner);
        break;
      }
      case 'with': {
        for (const value of statement.values) this.#placeReads(value, scope);
        const inner = scope.inner();
        for (const target of statement.targets) this.#declare(target, inner);
        this.collect(statement.body, inner);
        statement.entry = inner.entry();
        for (const target of statement.targets) this.#placeTarget(target, inner);
        this.place(statement.body, inner);
        break;
      }
      case 'autoescape': {
        const inner = scope.inner();
        this.#collectReads(statement.option, inner);
        this.collect(statement.body, inner);
        statement.entry = inner.entry();
        this.#placeReads(statement.option, inner);
        this.place(statement.body, inner);
        break;
      }
      case 'block':
        if (statement.isScoped) statement.locals = scope.visible();
        break;
      case 'load':
        this.#placeReads(statement.template, scope);
        break;
      default:
    }
  }

  #placeReads(owner: object, scope: Scope): void {
    for (const node of this.#reads.get(owner) ?? []) {
      const { slot, hops } = scope.locate(node.name);
      node.slot = slot;
      node.hops = hops;
    }
  }

  #placeTarget(target: Target, scope: Scope): void {
    if (target.kind === 'targets') {
      for (const item of target.items) this.#placeTarget(item, scope);
      return;
    }
    const { slot, hops } = scope.locate(target.name);
    target.slot = slot;
    if (target.kind === 'attribute') target.hops = hops;
  }

  #declare(target: Target, scope: Scope): void {
    if (target.kind === 'target') scope.parameter(target.name);
    else if (target.kind === 'targets') for (const item of target.items) this.#declare(item, scope);
  }

  #placeFor(statement: ForNode, scope: Scope): void {
    this.#placeReads(statement.iterable, scope);
    const activation = statement.isRecursive ? new Activation(scope.activation) : scope.activation;
    const loop = scope.inner(activation);
    if (statement.loopSlot !== -1) {
      statement.loopSlot = loop.parameter('loop');
    }
    this.#declare(statement.target, loop);
    this.collect(statement.body, loop);
    if (statement.test !== null && statement.testTarget !== null) {
      // The test runs ahead when the body looks at `loop.last`: it must not disturb the body's names.
      const test = scope.inner(activation, 'test');
      this.#declare(statement.testTarget, test);
      this.#collectReads(statement.test, test);
      statement.testEntry = test.entry();
      this.#placeTarget(statement.testTarget, test);
      this.#placeReads(statement.test, test);
    }
    statement.entry = loop.entry();
    this.#placeTarget(statement.target, loop);
    this.place(statement.body, loop);
    if (statement.otherwise.length > 0) {
      const otherwise = scope.inner(activation);
      this.collect(statement.otherwise, otherwise);
      statement.otherwiseEntry = otherwise.entry();
      this.place(statement.otherwise, otherwise);
    }
    if (statement.isRecursive) statement.slotCount = activation.slotCount;
  }

  #placeCallable(node: MacroDefinition | CallBlockNode, scope: Scope): void {
    const activation = new Activation(scope.activation);
    const inner = scope.inner(activation);
    const names = new Set<string>();
    for (const parameter of node.parameters) {
      if (names.has(parameter.name)) {
        const name = `l_${inner.depth}_${parameter.name}`;
        this.#stream.fail(
          `duplicate argument '${name}' in function definition`,
          node.at,
          'SyntaxError',
        );
      }
      names.add(parameter.name);
      parameter.slot = inner.parameter(parameter.name);
    }
    if (node.callerSlot !== -1) node.callerSlot = inner.parameter('caller');
    if (node.kwargsSlot !== -1) node.kwargsSlot = inner.parameter('kwargs');
    if (node.varargsSlot !== -1) node.varargsSlot = inner.parameter('varargs');
    for (const parameter of node.parameters) this.#collectReads(parameter, inner);
    this.collect(node.body, inner);
    node.entry = inner.entry();
    for (const parameter of node.parameters) this.#placeReads(parameter, inner);
    this.place(node.body, inner);
    node.slotCount = activation.slotCount;
  }

  placeBlock(block: BlockNode): void {
    const activation = new Activation(undefined);
    const scope = Scope.root(activation);
    if (block.selfSlot !== -1) block.selfSlot = scope.parameter('self');
    if (block.superSlot !== -1) block.superSlot = scope.parameter('super');
    this.collect(block.body, scope);
    block.entry = scope.entry();
    this.place(block.body, scope);
    block.slotCount = activation.slotCount;
  }
}
