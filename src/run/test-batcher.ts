/**
 * Asks the tests of one relation in one statement. Every test is run as ever: only the answer to its query is there already.
 */
import type { NodeId } from '../base/index.js';
import { type Compiler, drive, type EffectDriver, materializeNode } from '../compile/index.js';
import type { TestNode } from '../manifest/index.js';
import type { StatementResult } from '../warehouse/index.js';
import { combineTests, isCombinable } from './combine-tests.js';

/** More in one statement makes plans that take longer than what they save. */
const MAX_TESTS = 60;

/** Thrown where a test would send its query. */
class Captured extends Error {
  readonly sql: string;

  constructor(sql: string) {
    super('captured');
    this.sql = sql;
  }
}

export class TestBatcher {
  readonly #compiler: Compiler;
  /** Tests by the relation that they are of, in the order of the run. */
  readonly #groups = new Map<NodeId, TestNode[]>();
  readonly #asked = new Map<NodeId, Promise<void>>();
  readonly #answers = new Map<string, StatementResult>();

  constructor(compiler: Compiler, tests: Iterable<TestNode>) {
    this.#compiler = compiler;
    for (const test of tests) {
      const relation = relationOf(test);
      if (relation === null || isStored(test, compiler)) continue;
      const group = this.#groups.get(relation) ?? [];
      group.push(test);
      this.#groups.set(relation, group);
    }
  }

  /** The answer to a test's query, if it is there; it is given once. */
  take(sql: string): StatementResult | undefined {
    const answer = this.#answers.get(sql);
    this.#answers.delete(sql);
    return answer;
  }

  /**
   * Asks for a test and for those of the same relation that could run now. Where that fails, nothing is there, and each test
   * asks for itself and says what is wrong.
   *
   * @param isReady whether what a test waits for is done, and it has not begun.
   */
  async prepare(
    test: TestNode,
    isReady: (test: TestNode) => boolean,
    { driver, signal }: { readonly driver: EffectDriver; readonly signal: AbortSignal },
  ): Promise<void> {
    const known = this.#asked.get(test.id);
    if (known !== undefined) {
      await known;
      return;
    }
    const group = this.#groups.get(relationOf(test) ?? test.id) ?? [];
    const others = group.filter(
      (one) => one.id !== test.id && !this.#asked.has(one.id) && isReady(one),
    );
    if (others.length === 0 || !group.includes(test)) return;
    const tests = [test, ...others.slice(0, MAX_TESTS - 1)];
    const asking = this.#ask(tests, driver, signal);
    for (const { id } of tests) this.#asked.set(id, asking);
    await asking;
  }

  async #ask(tests: readonly TestNode[], driver: EffectDriver, signal: AbortSignal): Promise<void> {
    try {
      const texts: string[] = [];
      for (const test of tests) {
        const sql = await this.#queryOf(test, driver, signal);
        if (sql !== null && isCombinable(sql) && !texts.includes(sql)) texts.push(sql);
      }
      if (texts.length < 2) return;
      const sent = {
        kind: 'statement',
        sql: combineTests(texts),
        bindings: [],
        readsRows: true,
      } as const;
      const result = await driver.answer(sent, { signal });
      if (!isResult(result) || result.rows.length !== texts.length) return;
      for (const [number, ...cells] of result.rows) {
        const sql = texts[Number(number)];
        if (sql !== undefined) this.#answers.set(sql, answerOf(result, cells));
      }
    } catch {
      // Then each asks for itself.
    }
  }

  /** What a test would ask; null if it does not come that far. */
  async #queryOf(
    test: TestNode,
    driver: EffectDriver,
    signal: AbortSignal,
  ): Promise<string | null> {
    let isCompiled = false;
    const capturing: EffectDriver = {
      answer: (effect, options) => {
        if (isCompiled && effect.kind === 'statement') throw new Captured(effect.sql);
        return driver.answer(effect, options);
      },
    };
    const work = materializeNode(this.#compiler, test, () => {
      isCompiled = true;
    });
    try {
      await drive(work, capturing, { signal });
      return null;
    } catch (error) {
      return error instanceof Captured ? error.sql : null;
    }
  }
}

function relationOf({ attachedNode, dependsOn }: TestNode): NodeId | null {
  return attachedNode ?? (dependsOn.length === 1 ? (dependsOn[0] ?? null) : null);
}

/** A test that keeps its failing rows makes a table, which no query can. */
function isStored({ config }: TestNode, { input }: Compiler): boolean {
  const isAsked = config['store_failures'] ?? input.facts.flags['STORE_FAILURES'];
  return isAsked === true || typeof config['store_failures_as'] === 'string';
}

function isResult(answer: unknown): answer is StatementResult {
  return typeof answer === 'object' && answer !== null && 'rows' in answer && 'columns' in answer;
}

/** One test's part, as its own statement would have given it. */
function answerOf(
  result: StatementResult,
  cells: StatementResult['rows'][number],
): StatementResult {
  return {
    ...result,
    columns: result.columns.slice(1),
    rows: [cells],
    message: result.message.replace(/^(?<word>SUCCESS|SELECT) \d+$/u, '$<word> 1'),
  };
}
