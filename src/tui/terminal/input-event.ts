/** What a terminal can tell us, one event each. */

export type InputEvent =
  | {
      readonly kind: 'key';
      /** `j`, `G`, `enter`, `esc`, `space`, `up`, `ctrl-c`, `alt-enter`, `shift-tab`, `f1`: the names of the key map. */
      readonly key: string;
      /** What the key types into a field, or null. */
      readonly text: string | null;
    }
  | { readonly kind: 'paste'; readonly text: string }
  | {
      readonly kind: 'mouse';
      readonly action: 'press' | 'release' | 'wheel-up' | 'wheel-down';
      /** 0-based cell. */
      readonly x: number;
      readonly y: number;
    }
  | { readonly kind: 'focus'; readonly isFocused: boolean };
