/**
 * Counts the cases of a promise, for the table in docs/promises.md.
 */
import { appendFileSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** One line a finished exam; `scripts/faults.mjs` reads it, and asks for it. */
const IS_ASKED = process.env['DAGBOOK_TALLY'] === '1';
const FILE = join('node_modules', '.cache', 'promises.jsonl');

/** Every how many cases one is taken: 1 in the exams themselves, more in the ordinary suite. */
export const SAMPLE: number = Number(process.env['DAGBOOK_SAMPLE'] ?? '1');

/** Milliseconds for the cases of one test. */
export const PATIENCE_MS = 900_000;

/** Whether a case is among the sample. */
export function isTaken(index: number): boolean {
  return index % SAMPLE === 0;
}

export interface Exam {
  /** `R1`, `S5`: the promise's name in docs/promises.md. */
  readonly promise: string;
  /** What was done to it. */
  readonly what: string;
}

/** The faults found among the cases, which are then asserted to be none. */
export class Tally {
  readonly #exam: Exam;
  readonly faults: string[] = [];
  #cases = 0;

  constructor(exam: Exam) {
    this.#exam = exam;
  }

  get cases(): number {
    return this.#cases;
  }

  /** Counts a case; `fault` says what was wrong, null that all was well. */
  add(name: string, fault: string | null): void {
    this.#cases += 1;
    if (fault !== null) this.faults.push(`${name}: ${fault}`);
  }

  /** Writes the counts down. */
  write(): void {
    if (!IS_ASKED) return;
    mkdirSync(dirname(FILE), { recursive: true });
    const line = { ...this.#exam, cases: this.#cases, faults: this.faults.length };
    appendFileSync(FILE, `${JSON.stringify(line)}\n`);
  }
}
