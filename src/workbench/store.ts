/**
 * Holds the one state of the workbench and tells who asked when it changes.
 */

export interface Store<State> {
  readonly get: () => State;
  /** Replaces the state; listeners hear only of a new object. */
  readonly update: (change: (state: State) => State) => void;
  /** Returns the way to stop listening. */
  readonly subscribe: (listener: () => void) => () => void;
}

export function createStore<State>(initial: State): Store<State> {
  let state = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => state,
    update(change) {
      const next = change(state);
      if (Object.is(next, state)) return;
      state = next;
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
