/** A value that never prints: `String()`, JSON give `*****`, inspection shows nothing. */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The value itself, for the one place that must send it. */
  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return '*****';
  }

  toJSON(): string {
    return '*****';
  }
}
