/**
 * R5: a session that ends is replaced without a word, or its node begun again; the run ends as if nothing had been.
 */
import { afterAll, expect, test } from 'vitest';
import { wireSession } from '../../support/wire-project.js';
import { PATIENCE_MS, SAMPLE, Tally } from '../tally.js';
import { inWireCase, WIRE_FILES } from './wire-case.js';

const { signal } = new AbortController();
const tally = new Tally({
  promise: 'R5',
  what: 'seven codes of an ended or expired session, at every statement of a run with hooks, transactions and temporary tables',
});

afterAll(() => tally.write());

const CODES = ['390112', '390114', '390195', '390303', '390318', '390104', '390111'];
const FILES = {
  ...WIRE_FILES,
  'models/deleted.sql':
    "{{ config(materialized='incremental', unique_key='id', incremental_strategy='delete+insert') }}\nselect 5 as id",
  'models/tagged.sql':
    "{{ config(materialized='table', query_tag='tagged', post_hook='create table if not exists db.dev.log2 (id int)') }}\nselect 4 as id",
  'models/other.sql':
    "{{ config(materialized='table', pre_hook='create table if not exists db.dev.log (id int)', post_hook='select 1') }}\nselect 2 as id",
};

test.each(CODES)(
  '%s',
  async (code) => {
    for (let at = CODES.indexOf(code); ; at += SAMPLE) {
      const fault = await inWireCase(
        { threads: 1, hangs: null, files: FILES },
        async ({ server, project }) => {
          const session = wireSession(project.dir);
          try {
            await session.run({ command: 'run' }, { signal });
            // The second run merges, by a temporary view and in a transaction.
            let count = 0;
            let isOver = true;
            server.order(({ kind }) => {
              if (kind !== 'query') return undefined;
              count += 1;
              if (count !== at + 1) return undefined;
              isOver = false;
              return code === '390112' ? { kind: 'expire' } : { kind: 'end-session', code };
            });
            const { results, diagnostics } = await session.run({ command: 'run' }, { signal });
            if (isOver) return 'over';
            const bad = results.filter(({ status }) => status !== 'success');
            const word = [
              ...bad.map(({ message }) => message),
              ...diagnostics.map((d) => d.message),
            ];
            server.order(() => undefined);
            const rows: unknown[] = [];
            for await (const page of session.preview(
              { kind: 'sql', sql: 'select count(*) from db.dev.merged', isTemplate: false },
              { signal, pageRows: 10 },
            ))
              rows.push(...page.rows.flat());
            if (rows[0] !== 1) return `merged has ${String(rows[0])} rows`;
            return word.length > 0 ? word.join('; ') : null;
          } finally {
            await session.close();
          }
        },
      );
      if (fault === 'over') break;
      tally.add(`${code} at statement ${at + 1}`, fault);
    }
    expect(tally.faults).toEqual([]);
  },
  PATIENCE_MS,
);
