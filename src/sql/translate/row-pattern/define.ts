/**
 * Expressions of DEFINE: each is true or false for a row whatever the match, as Snowflake allows only windows over the partition.
 */
import type { Call } from '../called.js';
import { AGGREGATES } from '../functions/aggregates.js';
import { WINDOWS } from '../functions/windows.js';
import { argument } from '../rule.js';
import { type RowExpressions, type Scope, type Written, unsupported } from '../scope.js';

/** Functions that need no frame here: they see the whole partition. */
const UNFRAMED: Readonly<Record<string, string>> = {
  FIRST_VALUE: 'FIRST_VALUE',
  LAG: 'LAG',
  LAST_VALUE: 'LAST_VALUE',
  LEAD: 'LEAD',
  NEXT: 'LEAD',
};
const MEASURES_ONLY = new Set([
  'PREV',
  'FIRST',
  'MATCH_NUMBER',
  'MATCH_SEQUENCE_NUMBER',
  'CLASSIFIER',
]);

/** @param window the partition and order of the rows, as the inside of an OVER. */
export function defineExpressions(
  window: { readonly text: string; readonly hasOrder: boolean },
  symbols: ReadonlySet<string>,
): RowExpressions {
  return {
    semantics: 'running',
    call: (call, scope) => (call.parts.length > 1 ? undefined : writeCall(call, scope, window)),
    operator: () => undefined,
    column: (parts, node, scope) => {
      if (parts.length === 2 && symbols.has(parts[0] ?? ''))
        throw unsupported(scope, 'A symbol before a column in DEFINE', node);
      return undefined;
    },
  };
}

function writeCall(
  call: Call,
  scope: Scope,
  window: { readonly text: string; readonly hasOrder: boolean },
): Written | undefined {
  const { name } = call;
  if (MEASURES_ONLY.has(name)) throw unsupported(scope, `${name} in DEFINE`, call.node);
  // The frame of LAST ends at the row at hand.
  if (name === 'LAST' && call.args.length === 1) return argument(call, 0, scope);
  const unframed = UNFRAMED[name];
  const rule = WINDOWS[unframed ?? name] ?? AGGREGATES[name];
  if (rule === undefined) return undefined;
  if (call.over !== undefined && call.over.text !== '()')
    throw unsupported(scope, 'PARTITION BY or ORDER BY of a window in DEFINE', call.node);
  const frame = call.over?.frame ?? '';
  if (unframed === undefined && frame === '')
    throw unsupported(scope, `${name} without a frame in DEFINE`, call.node);
  const { rows: _, ...outside } = scope;
  return rule({ ...call, name: unframed ?? name, over: { ...window, frame } }, outside);
}
