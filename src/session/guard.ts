/**
 * Asks before what cannot be taken back in a target that is protected.
 */
import { DagbookError } from '../base/index.js';
import type { Project } from '../project/index.js';
import type { Dialect } from '../warehouse/index.js';
import { writeOf } from './destruction.js';

type Target = Pick<Project['target'], 'name' | 'fields'>;

/** Asks the user whether something is meant. `nobody`: there is none to ask. */
export type Confirm = (what: string) => Promise<'yes' | 'no' | 'nobody'>;

/** Whether a target is protected: as its field `protected` says, else if it is called `prod...`. */
export function isProtected({ name, fields }: Target): boolean {
  const stated = fields['protected'];
  return typeof stated === 'boolean' ? stated : /^prod/iu.test(name);
}

export class Guard {
  readonly #target: () => Target;
  readonly #dialect: Dialect;
  readonly #isMeant: boolean;
  #confirm: Confirm = () => Promise.resolve('nobody');

  /** @param options.isMeant asks nobody: all is meant. */
  constructor(
    target: () => Target,
    { dialect, isMeant }: { readonly dialect: Dialect; readonly isMeant: boolean },
  ) {
    this.#target = target;
    this.#dialect = dialect;
    this.#isMeant = isMeant;
  }

  /** Asks through this from now on. */
  through(confirm: Confirm): void {
    this.#confirm = confirm;
  }

  /**
   * Asks if the target is protected.
   *
   * @param what that is to be done, in a sentence; null for nothing.
   * @throws DagbookError session/not-confirmed unless it is meant.
   */
  async check(what: string | null): Promise<void> {
    const target = this.#target();
    if (what === null || this.#isMeant || !isProtected(target)) return;
    const answer = await this.#confirm(what);
    if (answer === 'yes') return;
    throw new DagbookError(
      'session/not-confirmed',
      `Target ${target.name} is protected. ${what} Nothing was done.`,
      {
        hint: answer === 'no' ? 'It was not confirmed.' : 'Say --yes if that is meant.',
        exitCode: 2,
      },
    );
  }

  /** Asks before a text that writes is sent. */
  async checkStatement(sql: string): Promise<void> {
    await this.check(writeOf(sql, this.#dialect));
  }

  /** The same for what sends several statements: what was confirmed for the first is not asked again. */
  forOneWork(): (sql: string) => Promise<void> {
    let isMeant = false;
    return async (sql) => {
      if (isMeant || writeOf(sql, this.#dialect) === null) return;
      await this.checkStatement(sql);
      isMeant = true;
    };
  }
}
