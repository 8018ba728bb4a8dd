/** A small project for screens: three workspaces united, a mart, readers, tests; some of it built, some failed. */
import type { NodeId } from '../../src/base/index.js';
import type { NodeResult } from '../../src/events/index.js';
import {
  createWorkbench,
  memoryRecords,
  memorySettings,
  type Workbench,
} from '../../src/workbench/index.js';
import { cellWidth } from '../../src/tui/cells/width.js';
import type { NodeState } from '../../src/session/index.js';
import type { ResultPage } from '../../src/warehouse/index.js';
import { idOf, manifestOf } from '../workbench/dag-of.js';
import { NOW_MS, sessionOf, type SessionParts } from '../workbench/session-of.js';

const manifest = manifestOf(
  'raw.companya>stg_companya__incidents',
  'raw.companyb>stg_companyb__incidents',
  'raw.companyc>stg_companyc__incidents',
  'stg_companya__incidents>int_incidents_unioned',
  'stg_companyb__incidents>int_incidents_unioned',
  'stg_companyc__incidents>int_incidents_unioned',
  'int_incidents_unioned>fct_incidents',
  'int_incidents_unioned>bridge_incident_service',
  'fct_incidents>exp_weekly_review',
  'bridge_incident_service>exp_weekly_review',
  'fct_incidents>test_unique_incident',
  'int_incidents_unioned>test_not_null_id',
);

const STATES: ReadonlyMap<NodeId, NodeState['state']> = new Map(
  (
    [
      ['stg_companya__incidents', 'built'],
      ['stg_companyb__incidents', 'built'],
      ['stg_companyc__incidents', 'failed'],
      ['int_incidents_unioned', 'stale'],
      ['fct_incidents', 'skipped'],
    ] as const
  ).map(([name, state]) => [idOf(name), state]),
);

const PAGE: ResultPage = {
  columns: [
    { name: 'INCIDENT_ID', kind: 'text', typeName: 'VARCHAR(16777216)' },
    { name: 'SEVERITY', kind: 'integer', typeName: 'NUMBER(38,0)' },
    { name: 'COST', kind: 'decimal', typeName: 'NUMBER(10,2)' },
    { name: 'OPENED_AT', kind: 'timestamp', typeName: 'TIMESTAMP_NTZ(9)' },
    { name: 'TITLE', kind: 'text', typeName: 'VARCHAR(16777216)' },
  ],
  rows: [
    ['INC-1', 1, '1812.50', '2026-11-21 01:13:00', 'Card auth latency'],
    ['INC-2', 12, '7.00', '2026-11-19 09:11:00', null],
    ['INC-3', null, '240.25', '2026-11-17 07:15:00', '検索が遅い'],
    ['INC-4', 3, null, null, 'a cell\nof two lines, and longer than any column is wide'],
  ],
};

const RESULTS: ReadonlyMap<NodeId, Partial<NodeResult>> = new Map([
  [
    idOf('stg_companyc__incidents'),
    {
      status: 'error',
      message: 'Binder Error',
      failure: {
        message: 'Binder Error: Referenced column "sev" not found',
        hint: 'Did you mean "severity"?',
        position: { file: 'models/stg_companyc__incidents.sql', line: 1, column: 8 },
      },
    },
  ],
  [
    idOf('int_incidents_unioned'),
    { status: 'skipped', message: null, skippedBecause: idOf('stg_companyc__incidents') },
  ],
  [
    idOf('fct_incidents'),
    { status: 'skipped', message: null, skippedBecause: idOf('int_incidents_unioned') },
  ],
]);

export interface OpenShop {
  readonly workbench: Workbench;
  readonly copied: string[];
  /** Files that were opened, with their lines. */
  readonly edited: readonly string[];
  readonly quits: { count: number };
  /** Lets everything that was asked for arrive. */
  settle(): Promise<void>;
  /** Moves the clock. */
  wait(ms: number): void;
}

/** Opens a workbench over the shop. */
export function openShop(
  size: { readonly columns: number; readonly rows: number },
  parts: Partial<SessionParts> = {},
): OpenShop {
  const copied: string[] = [];
  const edited: string[] = [];
  const quits = { count: 0 };
  let nowMs = NOW_MS + 4000;
  const workbench = createWorkbench({
    session: sessionOf({ manifest, states: STATES, pages: [PAGE], results: RESULTS, ...parts }),
    settings: memorySettings(),
    records: memoryRecords(),
    size,
    host: {
      now: () => nowMs,
      copy: (text) => copied.push(text),
      measure: cellWidth,
      openTarget() {
        throw new Error('Not asked in tests.');
      },
      edit: async (file, line) => void edited.push(`${file}:${line}`),
      suspend() {},
      quit() {
        quits.count += 1;
      },
    },
  });
  return {
    workbench,
    copied,
    edited,
    quits,
    settle: async () => {
      for (let turn = 0; turn < 60; turn += 1)
        await new Promise((resolve) => setImmediate(resolve));
    },
    wait(ms) {
      nowMs += ms;
    },
  };
}
