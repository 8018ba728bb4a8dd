/**
 * What the parser knows besides the tokens: which names it met, for the resolver and for the special names.
 */
import type { BlockNode, Expression, NameNode, Target } from './ast.js';
import type { TokenStream } from './token-stream.js';

/** Names with a meaning of their own: a body that reads one before it assigns it gets it from the engine. */
export type SpecialName = 'caller' | 'kwargs' | 'varargs' | 'loop' | 'self' | 'super';

/** Which special names a body has read or assigned first. */
export type Usage = Map<SpecialName, 'read' | 'assigned'>;

const SPECIAL: ReadonlySet<string> = new Set<SpecialName>([
  'caller',
  'kwargs',
  'varargs',
  'loop',
  'self',
  'super',
]);

const isSpecial = (name: string): name is SpecialName => SPECIAL.has(name);

/** The parser's state. */
export interface ParseState {
  readonly stream: TokenStream;
  /** Parses one expression: here, so that literals may hold expressions. `hasConditional` is off before an `if` tag's own. */
  readonly parseExpression: (hasConditional: boolean) => Expression;
  /** Names read since the list was last taken: see `takeNames`. */
  names: NameNode[];
  /** The names that each expression or target list reads, keyed by its statement's node or its own. */
  readonly reads: Map<object, readonly NameNode[]>;
  /** Calls met so far: an expression during which it stays the same is pure. */
  callCount: number;
  /** Whether a filter or test is unknown: then the resolver must look where. */
  hasUnknown: boolean;
  /** One for each body that is being parsed, outermost first. */
  readonly usages: Usage[];
  /** Loops around the current statement, one count for each macro or call block around it. */
  readonly loopDepths: number[];
  /** Loops around the current statement, those outside its macro too. */
  forDepth: number;
  /** Where a loop's part assigns `loop`, which Jinja2 refuses once all is parsed; -1 if nowhere. */
  loopFault: number;
  /** Blocks met so far, inner ones before outer ones. */
  readonly blocks: BlockNode[];
  /** Open tags, for error messages. */
  readonly tags: string[];
  /** End tags that open bodies wait for, for error messages. */
  readonly endings: (readonly string[])[];
}

/** A fresh state. */
export function startParsing(
  stream: TokenStream,
  parseExpression: (state: ParseState, hasConditional: boolean) => Expression,
): ParseState {
  const state: ParseState = {
    stream,
    parseExpression: (hasConditional) => parseExpression(state, hasConditional),
    names: [],
    reads: new Map(),
    callCount: 0,
    hasUnknown: false,
    usages: [new Map()],
    loopDepths: [0],
    forDepth: 0,
    loopFault: -1,
    blocks: [],
    tags: [],
    endings: [],
  };
  return state;
}

/** Notes that a name is read or assigned here. */
export function noteUse(state: ParseState, name: string, use: 'read' | 'assigned'): void {
  if (!isSpecial(name)) return;
  for (const usage of state.usages) if (!usage.has(name)) usage.set(name, use);
}

/** The names read since the last call, filed under `owner`. */
export function takeNames(state: ParseState, owner: object): void {
  if (state.names.length === 0) return;
  const earlier = state.reads.get(owner);
  state.reads.set(owner, earlier === undefined ? state.names : [...earlier, ...state.names]);
  state.names = [];
}

/** Notes every name that a target assigns. */
export function noteTarget(state: ParseState, target: Target): void {
  if (target.kind === 'targets') for (const item of target.items) noteTarget(state, item);
  else if (target.kind === 'target') {
    noteUse(state, target.name, 'assigned');
    if (target.name === 'loop' && state.forDepth > 0 && state.loopFault === -1) {
      state.loopFault = target.at;
    }
  }
}
