/**
 * What statements leave behind in their session: what another session needs to go on in its place, and whether it can.
 */

/** State that a lost session takes with it. */
export interface SessionState {
  /** Statements that set something for the session, by what they set, last one last: said again, they make it so again. */
  readonly settings: ReadonlyMap<string, string>;
  /** Names of what was made for the session alone, lower case, without their schemas. */
  readonly temporary: ReadonlySet<string>;
  /** A statement was sent of which it cannot be told what it left behind: a procedure, a block. */
  readonly isOpaque: boolean;
  readonly isInTransaction: boolean;
}

export const FRESH: SessionState = {
  settings: new Map(),
  temporary: new Set(),
  isOpaque: false,
  isInTransaction: false,
};

/** True if nothing is left in the session: whoever takes it up next finds it as it was signed in. */
export function isFresh(state: SessionState): boolean {
  return state.settings.size === 0 && canMove(state);
}

/** Whether another session with the same settings could go on in its place: no transaction is open, nothing was made for it alone. */
export function canMove({ temporary, isOpaque, isInTransaction }: SessionState): boolean {
  return !isOpaque && !isInTransaction && temporary.size === 0;
}

const LEADING = /^(?:\s+|--[^\n]*(?:\n|$)|\/\/[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/|;)+/u;
const OPAQUE =
  /^(?:call|execute|declare|put|with\s+\w+\s+as\s+procedure|begin\s+(?!transaction\b|work\b|name\b)\w+)\b/iu;
const SETS =
  /^(?:use\s+(?<used>role|warehouse|database|schema|secondary)\b|use\b|alter\s+session\s+(?:un)?set\s+(?<parameter>\w+)|(?:un)?set\s+(?<variable>\w+))/iu;
const NAME = String.raw`(?:if\s+(?:not\s+)?exists\s+)?(?<name>(?:"(?:[^"]|"")+"|[\w$]+)(?:\s*\.\s*(?:"(?:[^"]|"")+"|[\w$]+))*)`;
const MAKES_TEMPORARY = new RegExp(
  String.raw`^create\s+(?:or\s+replace\s+)?(?:(?:local|global)\s+)?(?:temp|temporary|volatile)\s+(?:\w+\s+)+?${NAME}`,
  'iu',
);
const DROPS = new RegExp(String.raw`^drop\s+(?:table|view|stage|sequence)\s+${NAME}`, 'iu');

/** The state after a statement was sent. A transaction begins with what may have begun it, and ends with what surely ended it. */
export function stateAfter(state: SessionState, sql: string): SessionState {
  const text = sql.replace(LEADING, '');
  if (OPAQUE.test(text)) return { ...state, isOpaque: true };
  if (/^(?:begin|start\s+transaction)\b/iu.test(text)) return { ...state, isInTransaction: true };
  if (/^(?:commit|rollback)\b/iu.test(text)) return { ...state, isInTransaction: false };
  const set = SETS.exec(text);
  if (set !== null) return { ...state, settings: withSetting(state.settings, set, text) };
  const made = MAKES_TEMPORARY.exec(text)?.groups?.['name'];
  if (made !== undefined)
    return { ...state, temporary: new Set([...state.temporary, lastPart(made)]) };
  const dropped = DROPS.exec(text)?.groups?.['name'];
  if (dropped === undefined) return state;
  return {
    ...state,
    temporary: new Set([...state.temporary].filter((name) => name !== lastPart(dropped))),
  };
}

/** A role changes what may be used after it, and a database its schema: the order is that of the last settings. */
function withSetting(
  settings: SessionState['settings'],
  { groups, 0: words }: RegExpExecArray,
  sql: string,
): SessionState['settings'] {
  const { used, parameter, variable } = groups ?? {};
  const kind = used === undefined ? null : `use ${used}`;
  const key = (kind ?? parameter ?? variable ?? words).toLowerCase();
  const kept = new Map(settings);
  kept.delete(key);
  return kept.set(key, sql);
}

function lastPart(name: string): string {
  const part = name.match(/(?:"(?:[^"]|"")+"|[\w$]+)\s*$/u)?.[0] ?? name;
  return part.replaceAll('"', '').trim().toLowerCase();
}
