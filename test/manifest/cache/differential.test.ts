/**
 * What was kept against what a new parse says, after edit upon edit.
 *
 * `CACHE_EDITS=500 vitest run test/manifest/cache` (`npm run exam:cache`) is the whole examination.
 */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { DagbookError } from '../../../src/base/index.js';
import { copyFixture } from '../../support/project-copy.js';
import { editProject, GENTLE_KINDS, randomOf } from './edits.js';
import { parseIn, PLAIN, type Surroundings, told } from './recalled.js';

const EDITS = Number(process.env['CACHE_EDITS'] ?? 40);
/** Edits after which a project is taken afresh: most of a project is broken by then. */
const EDITS_A_COPY = 10;

interface Outcome {
  readonly text: string;
  /** Null where the project cannot be opened. */
  readonly isKept: boolean | null;
}

function outcome(dir: string, around: Surroundings, folder: string | null): Outcome {
  try {
    const parsed = parseIn(dir, around, folder);
    return { text: told(parsed), isKept: parsed.isKept };
  } catch (error) {
    // A project that cannot be opened: dbt_project.yml or profiles.yml is broken.
    if (error instanceof DagbookError)
      return { text: `${error.code} ${error.message}`, isKept: null };
    throw error;
  }
}

interface Exam {
  readonly seed: number;
  readonly projects: readonly string[];
  readonly kinds?: readonly number[];
}

interface Result {
  /** What was different, after which edits. */
  readonly differences: readonly string[];
  /** Edits that were answered with most of what was kept. */
  readonly recalled: number;
}

function examine({ seed, projects, kinds }: Exam): Result {
  const random = randomOf(seed);
  const differences: string[] = [];
  let recalled = 0;
  for (let done = 0; done < EDITS; done += EDITS_A_COPY) {
    const project = copyFixture(projects[(done / EDITS_A_COPY) % projects.length] ?? 'rules');
    const folder = join(project.dir, 'kept');
    let around: Surroundings = PLAIN;
    const history: string[] = [project.dir];
    outcome(project.dir, around, folder);
    for (let edit = 0; edit < EDITS_A_COPY; edit += 1) {
      const { did, around: next } = editProject(project.dir, around, random, kinds);
      around = next;
      history.push(did);
      const cold = outcome(project.dir, around, null);
      // Once with what the state before left, once with what this one leaves.
      for (const again of [false, true]) {
        const warm = outcome(project.dir, around, folder);
        if (warm.text !== cold.text || (again && warm.isKept === false)) {
          differences.push(
            `${history.join('\n')}\n${again ? 'again, ' : ''}kept: ${warm.isKept}\n${firstDifference(warm.text, cold.text)}`,
          );
        }
        if (!again && warm.isKept === true) recalled += 1;
      }
    }
    project.remove();
  }
  return { differences, recalled };
}

test(`after each of ${EDITS} random edits, what is recalled is what is parsed`, () => {
  const projects = ['rules', 'state', 'answers', 'ducks'];
  expect(examine({ seed: 20_260_115, projects }).differences).toEqual([]);
}, 3_600_000);

test(`after each of ${EDITS} edits of single models too, and few of them parse everything`, () => {
  const { differences, recalled } = examine({
    seed: 7,
    projects: ['state', 'ducks', 'answers', 'cafe'],
    kinds: GENTLE_KINDS,
  });
  expect(differences).toEqual([]);
  expect(recalled).toBeGreaterThan(EDITS / 10);
}, 3_600_000);

function firstDifference(warm: string, cold: string): string {
  let at = 0;
  while (at < warm.length && warm[at] === cold[at]) at += 1;
  const around = (text: string): string => text.slice(Math.max(0, at - 200), at + 200);
  return `warm: ${around(warm)}\ncold: ${around(cold)}`;
}
