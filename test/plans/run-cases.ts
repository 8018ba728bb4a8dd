/**
 * Runs the commands of a case folder over a replaying warehouse, and holds what was sent against what real dbt sent.
 */
import { cpSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import type { Io } from '../../src/cli/io.js';
import { runProgram } from '../../src/cli/program.js';
import { styleOf } from '../../src/cli/style.js';
import { emptyFolder } from '../support/project-copy.js';
import { alignStatements, type Difference } from './align.js';
import { type DescribedColumns, ReplayCatalog } from './replay-answers.js';
import { replayWarehouse, type Sent } from './replay-warehouse.js';

export interface RunOutcome {
  /** The command, as `runs.txt` has it. */
  readonly line: string;
  readonly passed: number;
  readonly differences: readonly Difference[];
  /** What the command said on stderr. */
  readonly notes: string;
}

/**
 * Runs every line of `runs.txt` in order, over one catalog.
 *
 * @param caseDir holds `project/`, `runs.txt`, `columns.json` and `recorded/NN.jsonl`, NN being a run's line.
 */
export async function runCases(caseDir: string): Promise<readonly RunOutcome[]> {
  const read = (name: string): string => readFileSync(join(caseDir, name), 'utf8');
  const described = existsSync(join(caseDir, 'columns.json'))
    ? (JSON.parse(read('columns.json')) as DescribedColumns)
    : {};
  const catalog = new ReplayCatalog(described);
  const copy = emptyFolder();
  try {
    cpSync(join(caseDir, 'project'), copy.dir, { recursive: true });
    const outcomes: RunOutcome[] = [];
    const lines = read('runs.txt')
      .split('\n')
      .filter((line) => line.trim() !== '');
    for (const [index, line] of lines.entries()) {
      const recorded = read(`recorded/${String(index + 1).padStart(2, '0')}.jsonl`)
        .split('\n')
        .filter((text) => text !== '')
        .map((text) => JSON.parse(text) as Sent);
      const { sent, notes } = await runLine(line, copy.dir, catalog);
      outcomes.push({ line, notes, ...alignStatements(recorded, sent) });
    }
    return outcomes;
  } finally {
    copy.remove();
  }
}

async function runLine(
  line: string,
  projectDir: string,
  catalog: ReplayCatalog,
): Promise<{ readonly sent: readonly Sent[]; readonly notes: string }> {
  const sent: Sent[] = [];
  const notes: string[] = [];
  catalog.startRun();
  const style = styleOf({}, { NO_COLOR: '1' });
  const out = new PassThrough() as unknown as NodeJS.WriteStream;
  const io: Io = {
    stdin: process.stdin,
    stdout: out,
    stderr: out,
    env: { ...process.env, NO_COLOR: '1', DAGBOOK_DEBUG: '1' },
    cwd: projectDir,
    style,
    errorStyle: style,
    print: () => undefined,
    note: (text) => void notes.push(text),
    openWarehouse: async () => replayWarehouse(catalog, (one) => void sent.push(one)),
  };
  await runProgram([...shellWords(line), '--plan-style', 'dbt'], io);
  return { sent, notes: notes.join('\n') };
}

/** The words of a line as a shell splits them: white space, with single and double quotes. */
function shellWords(line: string): readonly string[] {
  const words = line.match(/(?:[^\s'"]+|'[^']*'|"(?:[^"\\]|\\.)*")+/gu) ?? [];
  return words.map((word) =>
    word.replaceAll(/'(?<single>[^']*)'|"(?<double>(?:[^"\\]|\\.)*)"/gu, (...found) => {
      const groups = found.at(-1) as { readonly single?: string; readonly double?: string };
      return groups.single ?? (groups.double ?? '').replaceAll(/\\(?<mark>["\\$`])/gu, '$<mark>');
    }),
  );
}
