/**
 * What templates read while a project is parsed, file by file: environment variables, variables, macros, the moment.
 */
import type { MacroDefinition, ProjectFacts, Watch } from '../../context/index.js';

/** What the templates of one file read. */
export interface Touches {
  readonly env: Set<string>;
  /** `package name`, separated by a NUL; the name is `*` where all of a package's variables were looked at. */
  readonly vars: Set<string>;
  /** unique_ids. */
  readonly macros: Set<string>;
  readsMoment: boolean;
}

/** Records for one parse. What no file is the reason of is the whole project's, and counts for every file. */
export class TouchRecorder implements Watch {
  readonly whole: Touches = newTouches();
  readonly byFile: Map<string, Touches> = new Map();
  #current: Touches = this.whole;

  /** Does something for a file; within it, for another one for as long as that takes. */
  during<Result>(file: string, body: () => Result): Result {
    const before = this.#current;
    let touches = this.byFile.get(file);
    if (touches === undefined) this.byFile.set(file, (touches = newTouches()));
    this.#current = touches;
    try {
      return body();
    } finally {
      this.#current = before;
    }
  }

  onMoment(): void {
    this.#current.readsMoment = true;
  }

  onVar(packageName: string, name: string): void {
    this.#current.vars.add(`${packageName}\u0000${name}`);
  }

  onMacro(macro: MacroDefinition): void {
    this.#current.macros.add(macro.id);
  }

  /** The same facts, whose readers are heard. */
  watch(facts: ProjectFacts): ProjectFacts {
    return {
      ...facts,
      watch: this,
      envVar: (name) => {
        this.#current.env.add(name);
        return facts.envVar(name);
      },
      now: () => {
        this.onMoment();
        return facts.now();
      },
    };
  }
}

function newTouches(): Touches {
  return { env: new Set(), vars: new Set(), macros: new Set(), readsMoment: false };
}
