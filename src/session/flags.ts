/**
 * dbt's flags as `{{ flags }}` shows them, at their defaults and as a command sets them.
 */
import { type HideSecrets, hideInJson, type Json, type JsonObject } from '../base/index.js';
import type { ProjectFacts } from '../context/index.js';

/** Keys in upper case, as dbt has them. */
export const DEFAULT_FLAGS: JsonObject = {
  FULL_REFRESH: false,
  STORE_FAILURES: false,
  EMPTY: false,
  DEFER: false,
  FAIL_FAST: false,
  WARN_ERROR: false,
  INDIRECT_SELECTION: 'eager',
  USE_COLORS: true,
  DEBUG: false,
  PRINT: true,
  QUIET: false,
  WRITE_JSON: true,
  INTROSPECT: true,
  STATIC_PARSER: true,
  PARTIAL_PARSE: true,
  VERSION_CHECK: true,
  SEND_ANONYMOUS_USAGE_STATS: false,
  INVOCATION_COMMAND: '',
  WHICH: 'run',
};

const WRITES_RESULTS = new Set(['run', 'test', 'build', 'seed', 'snapshot']);

/** The facts for one command with its flags. @param hide takes secrets out of what is kept of the arguments. */
export function commandFacts(
  facts: ProjectFacts,
  command: string,
  flags: JsonObject,
  hide: HideSecrets,
): ProjectFacts {
  const all: JsonObject = {
    ...facts.flags,
    WHICH: command,
    INVOCATION_COMMAND: `dagbook ${command}`,
    ...flags,
  };
  const args: Record<string, Json> = {};
  for (const [key, value] of Object.entries(all)) args[key.toLowerCase()] = value;
  // What `retry` needs to do the same again.
  if (WRITES_RESULTS.has(command)) {
    args['target'] = facts.target['name'] ?? null;
    args['vars'] = hideInJson(facts.cliVars, hide);
  }
  return { ...facts, flags: all, invocationArgs: args };
}
