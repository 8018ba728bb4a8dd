/**
 * How a node looks: its state as a shape, a colour and a word.
 */
import type { ManifestNode } from '../manifest/index.js';
import type { NodeState } from '../session/index.js';
import type { RunState } from './run-view.js';
import type { Token } from './theme.js';

export interface Look {
  readonly glyph: string;
  readonly token: Token;
  readonly word: string;
}

type StateName = NodeState['state'];

const STATES: Readonly<Record<StateName, Look>> = {
  built: { glyph: '●', token: 'ok', word: 'ok' },
  stale: { glyph: '◐', token: 'stale', word: 'stale' },
  failed: { glyph: '✗', token: 'fail', word: 'failed' },
  never: { glyph: '○', token: 'never', word: 'never built' },
  running: { glyph: '⟳', token: 'running', word: 'running' },
  skipped: { glyph: '⊘', token: 'skipped', word: 'skipped' },
};

const RUN_STATES: Readonly<Record<RunState, Look>> = {
  ok: { glyph: '✓', token: 'ok', word: 'ok' },
  warn: { glyph: '!', token: 'warn', word: 'warn' },
  failed: { glyph: '✗', token: 'fail', word: 'failed' },
  skipped: { glyph: '⊘', token: 'skipped', word: 'skipped' },
  running: { glyph: '⟳', token: 'running', word: 'running' },
  waiting: { glyph: '◌', token: 'waiting', word: 'waiting' },
};

/** What nodes that are never built look like. */
const SOURCE: Look = { glyph: '◇', token: 'muted', word: 'source' };
const READER: Look = { glyph: '▷', token: 'muted', word: '' };

/** Order in which states ask for attention. */
const URGENCY: readonly StateName[] = ['failed', 'running', 'skipped', 'stale', 'never', 'built'];

/** Whether runs make or check something of this node, so that it has a state. */
export function hasState(node: ManifestNode): boolean {
  switch (node.resourceType) {
    case 'model':
      return node.materialized !== 'ephemeral';
    case 'seed':
    case 'snapshot':
    case 'test':
    case 'unit_test':
      return true;
    default:
      return false;
  }
}

export function lookOfNode(node: ManifestNode, state: NodeState): Look {
  if (hasState(node)) return STATES[state.state];
  if (node.resourceType === 'source') return SOURCE;
  return { ...READER, word: kindWord(node) };
}

export function lookOfRun(state: RunState): Look {
  return RUN_STATES[state];
}

/** The look of a state, for legends. */
export function lookOfState(state: StateName): Look {
  return STATES[state];
}

/** Smaller is more urgent. */
export function urgencyOf(state: StateName): number {
  return URGENCY.indexOf(state);
}

/** What kind of thing a node is, in dbt's words. */
export function kindWord(node: ManifestNode): string {
  switch (node.resourceType) {
    case 'model':
      return node.materialized;
    case 'test':
      return node.isGeneric ? 'data test' : 'singular test';
    case 'unit_test':
      return 'unit test';
    default:
      return node.resourceType.replaceAll('_', ' ');
  }
}
