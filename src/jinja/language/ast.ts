/**
 * The tree of a template: plain data, so that it can be cached. Offsets count UTF-16 units in `Template.source`.
 *
 * Names are resolved when parsed: `hops` activations outwards (macros, call blocks and recursive loops open one), then `slot`.
 */

/** A name that is read. */
export interface NameNode {
  readonly kind: 'name';
  readonly at: number;
  readonly name: string;
  slot: number;
  hops: number;
}

export type ConstantNode =
  | {
      readonly kind: 'const';
      readonly at: number;
      readonly value: null | boolean | number | string;
    }
  | { readonly kind: 'float'; readonly at: number; readonly value: number }
  /** An int beyond the safe range, in decimal digits. */
  | { readonly kind: 'bigint'; readonly at: number; readonly digits: string };

export interface KeywordNode {
  readonly name: string;
  readonly value: Expression;
}

/** The arguments of a call, filter or test. */
export interface ArgumentsNode {
  readonly positional: readonly Expression[];
  readonly keywords: readonly KeywordNode[];
  /** `*expression` */
  readonly star: Expression | null;
  /** `**expression` */
  readonly doubleStar: Expression | null;
  /** No call happens in any of them, so that they can have no effects. */
  readonly isPure: boolean;
}

export interface CallNode {
  readonly kind: 'call';
  readonly at: number;
  readonly callee: Expression;
  readonly arguments: ArgumentsNode;
}

export interface FilterNode {
  readonly kind: 'filter';
  readonly at: number;
  /** null: the text of the block that the filter is applied to. */
  readonly target: Expression | null;
  readonly name: string;
  readonly arguments: ArgumentsNode;
}

export interface SliceNode {
  readonly kind: 'slice';
  readonly at: number;
  readonly object: Expression;
  readonly start: Expression | null;
  readonly stop: Expression | null;
  readonly step: Expression | null;
}

export type ComparisonOperator = '==' | '!=' | '<' | '<=' | '>' | '>=' | 'in' | 'not in';

export interface ComparisonNode {
  readonly operator: ComparisonOperator;
  readonly right: Expression;
}

export type Expression =
  | NameNode
  | ConstantNode
  | CallNode
  | FilterNode
  | SliceNode
  | {
      readonly kind: 'getattr';
      readonly at: number;
      readonly object: Expression;
      readonly name: string;
    }
  | {
      readonly kind: 'getitem';
      readonly at: number;
      readonly object: Expression;
      readonly key: Expression;
    }
  | { readonly kind: 'concat'; readonly at: number; readonly parts: readonly Expression[] }
  | {
      readonly kind: 'compare';
      readonly at: number;
      readonly first: Expression;
      readonly rest: readonly ComparisonNode[];
    }
  | {
      readonly kind: 'binary';
      readonly at: number;
      readonly operator: '+' | '-' | '*' | '/' | '//' | '%' | '**';
      readonly left: Expression;
      readonly right: Expression;
    }
  | {
      readonly kind: 'and' | 'or';
      readonly at: number;
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly kind: 'not'; readonly at: number; readonly operand: Expression }
  | {
      readonly kind: 'sign';
      readonly at: number;
      readonly operator: '-' | '+';
      readonly operand: Expression;
    }
  | {
      readonly kind: 'test';
      readonly at: number;
      readonly target: Expression;
      readonly name: string;
      readonly arguments: ArgumentsNode;
    }
  | {
      readonly kind: 'conditional';
      readonly at: number;
      readonly test: Expression;
      readonly yes: Expression;
      readonly no: Expression | null;
    }
  | { readonly kind: 'list' | 'tuple'; readonly at: number; readonly items: readonly Expression[] }
  | {
      readonly kind: 'dict';
      readonly at: number;
      readonly keys: readonly Expression[];
      readonly values: readonly Expression[];
    };

/** What an assignment writes to. */
export type Target =
  | { readonly kind: 'target'; readonly at: number; readonly name: string; slot: number }
  | { readonly kind: 'targets'; readonly at: number; readonly items: readonly Target[] }
  | {
      readonly kind: 'attribute';
      readonly at: number;
      readonly name: string;
      readonly attribute: string;
      slot: number;
      hops: number;
    };

/**
 * What happens to slots when a scope is entered. Each list holds slots of the current activation:
 * `pending` ones are looked up in the context at first use, `missing` ones start undefined, `aliases` are triples of
 * slot, hops and slot to copy from.
 */
export interface ScopeEntry {
  readonly pending: readonly number[];
  readonly missing: readonly number[];
  readonly aliases: readonly number[];
}

/** One parameter of a macro, test or call block. */
export interface ParameterNode {
  readonly name: string;
  readonly fallback: Expression | null;
  /** The type as written after a colon (`list[str]`), or null. */
  readonly annotation: string | null;
  slot: number;
}

/** The body of a macro or call block: an activation of its own. */
export interface CallableNode {
  readonly parameters: readonly ParameterNode[];
  readonly body: readonly Statement[];
  /** Slots of the special names that the body uses, or -1. */
  callerSlot: number;
  kwargsSlot: number;
  varargsSlot: number;
  entry: ScopeEntry;
  slotCount: number;
}

/** A macro and dbt's kinds of it. */
export interface MacroDefinition extends CallableNode {
  readonly kind: 'macro';
  readonly at: number;
  readonly type: 'macro' | 'test' | 'materialization' | 'docs';
  /** As written; `materialization_NAME_ADAPTER` and `test_NAME` get their prefixes in `internalName` only. */
  readonly name: string;
  /** The name in the template's scope, by dbt's conventions: `dbt_macro__NAME`. */
  readonly internalName: string;
  /** Of a materialization: `default` or the adapter's type. */
  readonly adapter: string | null;
  slot: number;
}

export interface ForNode {
  readonly kind: 'for';
  readonly at: number;
  readonly target: Target;
  readonly iterable: Expression;
  readonly test: Expression | null;
  /** The target once more, with slots of its own for the test, which may run ahead of the body. */
  readonly testTarget: Target | null;
  readonly isRecursive: boolean;
  readonly body: readonly Statement[];
  readonly otherwise: readonly Statement[];
  /** Slot of `loop`, or -1 if the body does not use it. */
  loopSlot: number;
  entry: ScopeEntry;
  testEntry: ScopeEntry;
  otherwiseEntry: ScopeEntry;
  /** Of a recursive loop, which is an activation of its own. */
  slotCount: number;
}

export interface BranchNode {
  readonly at: number;
  readonly test: Expression;
  readonly isPure: boolean;
  readonly body: readonly Statement[];
}

/** `isPure` says that no call happens in the expression, so that it can have no effects. */
export type Statement =
  | { readonly kind: 'text'; readonly at: number; readonly text: string }
  | {
      readonly kind: 'output';
      readonly at: number;
      readonly expression: Expression;
      readonly isPure: boolean;
    }
  | {
      readonly kind: 'set';
      readonly at: number;
      readonly target: Target;
      readonly value: Expression;
      readonly isPure: boolean;
    }
  | {
      readonly kind: 'set-block';
      readonly at: number;
      readonly target: Target;
      readonly filter: FilterNode | null;
      readonly body: readonly Statement[];
      entry: ScopeEntry;
    }
  | { readonly kind: 'do'; readonly at: number; readonly expression: Expression }
  | {
      readonly kind: 'if';
      readonly at: number;
      readonly branches: readonly BranchNode[];
      readonly otherwise: readonly Statement[];
    }
  | ForNode
  | MacroDefinition
  | CallBlockNode
  | {
      readonly kind: 'filter-block';
      readonly at: number;
      readonly filter: FilterNode;
      readonly body: readonly Statement[];
      entry: ScopeEntry;
    }
  | {
      readonly kind: 'with';
      readonly at: number;
      readonly targets: readonly Target[];
      readonly values: readonly Expression[];
      readonly body: readonly Statement[];
      entry: ScopeEntry;
    }
  | {
      readonly kind: 'autoescape';
      readonly at: number;
      readonly option: Expression;
      readonly body: readonly Statement[];
      entry: ScopeEntry;
    }
  | BlockNode
  | { readonly kind: 'break' | 'continue'; readonly at: number }
  /** `extends`, `include`, `import` and `from`: there are no other templates to load. */
  | { readonly kind: 'load'; readonly at: number; readonly template: Expression };

export interface CallBlockNode extends CallableNode {
  readonly kind: 'call-block';
  readonly at: number;
  readonly call: CallNode;
}

export interface BlockNode {
  readonly kind: 'block';
  readonly at: number;
  readonly name: string;
  readonly isRequired: boolean;
  readonly isScoped: boolean;
  /** What a scoped block sees of its surroundings. */
  locals: readonly { readonly name: string; readonly slot: number; readonly hops: number }[];
  readonly body: readonly Statement[];
  selfSlot: number;
  superSlot: number;
  entry: ScopeEntry;
  slotCount: number;
}

/** A parsed template. */
export interface Template {
  /** Shown in positions: a path, or `<template>`. */
  readonly name: string;
  /** Line of the source's first line in its file, 1-based. */
  readonly firstLine: number;
  /** The text with `\n` for every line break, and without the last one: what offsets count in. */
  readonly source: string;
  readonly body: readonly Statement[];
  /** Macros, tests, materializations and docs at the top level, in order. */
  readonly macros: readonly MacroDefinition[];
  readonly blocks: readonly BlockNode[];
  readonly entry: ScopeEntry;
  readonly slotCount: number;
  readonly selfSlot: number;
}
