/**
 * Completion for node:readline: what the project knows.
 */
import type { Session } from '../../session/index.js';
import { allCommands, complete, completionFacts, verbsOf } from '../../workbench/index.js';

export interface Completer {
  /** @returns matches, and the word that they stand for. */
  (before: string, whole: string): Promise<[matches: string[], word: string]>;
}

/** Makes the completer of a session. */
export function completerOf(session: Session): Completer {
  const facts = completionFacts(
    session,
    verbsOf(allCommands(), 'shell').map(({ name }) => name),
  );
  return async (before, whole) => {
    const { matches, word } = await complete(before, whole, facts);
    return [[...matches], word];
  };
}
