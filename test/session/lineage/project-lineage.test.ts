import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { nodeId } from '../../../src/base/index.js';
import {
  type ColumnTrace,
  impactOf,
  type NodeLineage,
  openSession,
  type ProjectSession,
  traceDownstream,
  traceUpstream,
} from '../../../src/session/index.js';
import { emptyFolder, type ProjectCopy } from '../../support/project-copy.js';
import { writeFiles } from '../../support/run-program.js';

const PROJECT = {
  'dbt_project.yml': "name: shop\nversion: '1.0'\nprofile: shop\n",
  'profiles.yml': `shop:
  target: dev
  outputs:
    dev: {type: snowflake, account: a, user: u, password: p, database: db, schema: main, warehouse: w}`,
  'seeds/countries.csv': 'code,label\nde,Germany\n',
  'models/sources.yml': `
sources:
  - name: raw
    tables:
      - name: orders
        columns: [{name: id}, {name: amount}]
exposures:
  - {name: board, type: dashboard, owner: {name: x}, depends_on: [ref('fct')]}
  - {name: other, type: dashboard, owner: {name: x}, depends_on: [ref('apart')]}
models:
  - name: fct
    columns: [{name: total, data_tests: [not_null]}, {name: country, data_tests: [not_null]}]
`,
  'models/stg.sql': "select * from {{ source('raw', 'orders') }} where not is_deleted",
  'models/eph.sql':
    "{{ config(materialized='ephemeral') }}\nselect id, amount / 100 as euros, country_code from {{ ref('stg') }}",
  'models/fct.sql': `with joined as (
    select eph.*, countries.label as country
    from {{ ref('eph') }} as eph
    left join {{ ref('countries') }} as countries
        on eph.country_code = countries.code
)

select
    country,
    sum(euros) as total
from joined
group by country`,
  'models/apart.sql': "select code from {{ ref('countries') }}",
  'models/broken.sql': "select {{ nothing.at.all() }} as x from {{ ref('stg') }}",
  'models/again.sql':
    "{{ config(materialized='incremental') }}\nselect country, total from {{ ref('fct') }} union all select country, total from {{ this }}",
  'snapshots/snp.yml': `
snapshots:
  - name: snp
    relation: ref('fct')
    config: {unique_key: country, strategy: timestamp, updated_at: total, hard_deletes: new_record}
`,
} as const;

const { signal } = new AbortController();
let folder: ProjectCopy;
let session: ProjectSession;

beforeAll(() => {
  folder = emptyFolder();
  writeFiles(folder.dir, PROJECT);
  session = openSession({ projectDir: folder.dir, engine: 'none' }, { env: {} });
});

afterAll(async () => {
  await session.close();
  folder.remove();
});

const idOf = (name: string): ReturnType<typeof nodeId> => {
  const found = [...session.manifest.nodes.values()].find(
    (node) => node.name === name && node.resourceType !== 'exposure',
  );
  return nodeId(found?.id ?? name);
};
const lineageOf = async (name: string): Promise<NodeLineage> =>
  await session.lineage(idOf(name), { signal });

const nameOf = (id: string | null): string => id?.split('.').at(-1) ?? '?';

const lines = ({ columns }: NodeLineage): readonly string[] =>
  columns.map(({ name, inputs }) => {
    const from = inputs.map(({ nodeId: id, column, kind }) => `${nameOf(id)}.${column} ${kind}`);
    return `${name} <- ${from.join(', ')}`;
  });

const edgesOf = ({ edges }: ColumnTrace): readonly string[] =>
  edges.map(
    ({ from, to }) => `${nameOf(from.nodeId)}.${from.column} > ${nameOf(to.nodeId)}.${to.column}`,
  );

const source = {
  get manifest() {
    return session.manifest;
  },
  lineage: (id: ReturnType<typeof nodeId>) => session.lineage(id, { signal }),
};

describe('lineage of nodes', () => {
  test('a star over a source gives what yaml declares, and says that there may be more', async () => {
    const stg = await lineageOf('stg');
    expect(lines(stg)).toEqual([
      'id <- orders.id passthrough',
      'amount <- orders.amount passthrough',
    ]);
    expect(stg.isComplete).toBe(false);
    expect(stg.open.map(({ nodeId: id }) => id)).toEqual([idOf('orders')]);
    expect(stg.filters).toMatchObject([{ column: 'is_deleted', clause: 'where' }]);
  });

  test('an ephemeral model is a node of its own, not a part of its reader', async () => {
    const fct = await lineageOf('fct');
    expect(lines(fct)).toEqual([
      'country <- countries.label rename',
      'total <- eph.euros aggregate',
    ]);
    expect(fct.isComplete).toBe(true);
    expect(fct.columns[1]?.expression).toEqual({ sql: 'sum(euros)', line: 10 });
  });

  test('a snapshot adds its own columns, made of its key and of when rows changed', async () => {
    expect(lines(await lineageOf('snp'))).toEqual([
      'country <- fct.country passthrough',
      'total <- fct.total passthrough',
      'dbt_scd_id <- fct.country computed, fct.total computed',
      'dbt_updated_at <- fct.total computed',
      'dbt_valid_from <- fct.total computed',
      'dbt_valid_to <- fct.total computed',
      'dbt_is_deleted <- ',
    ]);
  });

  test('a model that does not compile says so', async () => {
    const { doubt, columns } = await lineageOf('broken');
    expect(doubt).toMatch(/^it does not compile: /u);
    expect(columns).toEqual([]);
  });

  test('a seed has the columns of its file', async () => {
    expect(lines(await lineageOf('countries'))).toEqual(['code <- ', 'label <- ']);
  });

  test('what was traced is kept over a reload, as long as the text is the same', async () => {
    const before = await lineageOf('fct');
    session.reload();
    expect(await lineageOf('fct')).toBe(before);
  });
});

describe('traces', () => {
  test('upstream, through a star over what is not known by name', async () => {
    const trace = await traceUpstream(source, {
      nodeId: idOf('again'),
      relation: '',
      column: 'total',
    });
    expect(edgesOf(trace)).toEqual([
      'fct.total > again.total',
      'eph.euros > fct.total',
      'stg.amount > eph.euros',
      'orders.amount > stg.amount',
    ]);
    const country = await traceUpstream(source, {
      nodeId: idOf('eph'),
      relation: '',
      column: 'country_code',
    });
    expect(edgesOf(country)).toEqual([
      'stg.country_code > eph.country_code',
      'orders.country_code > stg.country_code',
    ]);
    expect(country.unresolved).toEqual([]);
  });

  test('downstream, with what decides on rows only', async () => {
    const trace = await traceDownstream(source, {
      nodeId: idOf('countries'),
      relation: '',
      column: 'code',
    });
    expect(edgesOf(trace)).toEqual(['countries.code > apart.code']);
    expect(trace.filters).toMatchObject([{ to: idOf('fct'), clause: 'join' }]);
    const { hits } = impactOf(session.manifest, trace);
    expect(hits.map((hit) => `${nameOf(hit.nodeId)} ${hit.severity}`)).toEqual([
      'again rows',
      'apart values',
      'fct rows',
      'snp rows',
      'board rows',
      'other values',
    ]);
  });

  test('the impact of a column names its tests, and what it spares', async () => {
    const trace = await traceDownstream(source, {
      nodeId: idOf('stg'),
      relation: '',
      column: 'amount',
    });
    const { hits, spared } = impactOf(session.manifest, trace);
    expect(hits.filter(({ resourceType }) => resourceType === 'test')).toMatchObject([
      { columns: ['total'], severity: 'values' },
    ]);
    expect(hits.find(({ nodeId: id }) => nameOf(id) === 'broken')?.severity).toBe('unknown');
    expect(spared).toEqual([]);
  });
});
