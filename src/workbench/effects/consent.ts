/**
 * Asks in a dialog before what cannot be taken back in a protected target: the target's name is to be typed.
 */
import type { Core } from '../core.js';
import { fieldOf } from '../text-field.js';

export interface Consent {
  /** Takes what was typed for the answer. */
  accept(): void;
}

/** Makes the session ask on the screen. */
export function createConsent({ session, store }: Core): Consent {
  let answer: ((answer: 'yes' | 'no') => void) | null = null;
  const end = (given: 'yes' | 'no'): void => {
    const waiting = answer;
    answer = null;
    waiting?.(given);
  };
  session.confirmThrough(
    async (what) =>
      await new Promise((resolve) => {
        end('no');
        store.update((state) => ({
          ...state,
          overlay: { kind: 'confirm', what, field: fieldOf('') },
        }));
        answer = resolve;
      }),
  );
  // A dialog that is closed, or that another takes the place of, was not answered with yes.
  store.subscribe(() => {
    if (answer !== null && store.get().overlay?.kind !== 'confirm') end('no');
  });
  return {
    accept() {
      const { overlay } = store.get();
      if (overlay?.kind !== 'confirm') return;
      const isNamed = overlay.field.text.trim() === session.facts.targetName;
      end(isNamed ? 'yes' : 'no');
      store.update((state) => ({ ...state, overlay: null }));
    },
  };
}
