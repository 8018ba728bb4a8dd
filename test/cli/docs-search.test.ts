/** The page's search, run as the browser runs it: the script's text, evaluated. */
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { SCRIPT_SEARCH } from '../../src/cli/docs/templates/script-search.js';
import type { SearchEntry } from '../../src/cli/docs/view.js';

interface Hit {
  readonly entry: SearchEntry;
  readonly place: { readonly where: string; readonly detail?: string };
}

const search = runInNewContext(
  `${SCRIPT_SEARCH}; (function (entries, query) { return searchDocs(prepareSearch(entries), query); })`,
) as (entries: readonly SearchEntry[], query: string) => readonly Hit[]; // what the script defines

const entry = (
  name: string,
  more: Partial<SearchEntry> & { readonly columns?: readonly string[] } = {},
): SearchEntry => ({
  i: `model.shop.${name}`,
  n: name,
  k: 'model',
  p: `models/${name}.sql`,
  d: '',
  t: [],
  c: (more.columns ?? []).map((column) => [column, ''] as const),
  ...more,
});

const ENTRIES: readonly SearchEntry[] = [
  entry('fct_ops__incidents', {
    d: 'Every incident, and how fast it was noticed.',
    columns: ['incident_key', 'reported_at'],
    t: ['daily'],
  }),
  entry('stg_incident_io__incidents', { columns: ['incident_key'] }),
  entry('dim_people__engineers', { d: 'Who is who.', t: ['pii'] }),
  entry('not_null_fct_ops__incidents_incident_key', { k: 'test' }),
  entry('Überweisungen', { d: 'Café' }),
];

test.each([
  { query: 'fct_ops__incidents', first: 'fct_ops__incidents', where: 'name' },
  { query: 'fct', first: 'fct_ops__incidents', where: 'name' },
  { query: 'engineers', first: 'dim_people__engineers', where: 'name' },
  { query: 'stg incidents', first: 'stg_incident_io__incidents', where: 'name' },
  { query: 'fctopsincidents', first: 'fct_ops__incidents', where: 'name' },
  { query: 'reported_at', first: 'fct_ops__incidents', where: 'column' },
  { query: 'pii', first: 'dim_people__engineers', where: 'tag' },
  { query: 'noticed', first: 'fct_ops__incidents', where: 'text' },
  { query: 'INCIDENT_KEY', first: 'fct_ops__incidents', where: 'column' },
  { query: 'engneers', first: 'dim_people__engineers', where: 'name' },
  { query: 'enigneers', first: 'dim_people__engineers', where: 'name' },
  { query: 'reproted', first: 'fct_ops__incidents', where: 'column' },
  { query: 'incidnet key', first: 'fct_ops__incidents', where: 'name' },
  { query: 'uberweisungen cafe', first: 'Überweisungen', where: 'text' },
] as const)('$query finds $first by its $where', ({ query, first, where }) => {
  const [hit] = search(ENTRIES, query);
  expect(hit?.entry.n).toBe(first);
  expect(hit?.place.where).toBe(where);
});

test.each(['', '   ', 'zebra', 'incidents zebra', 'xx', '<script>', '\\', '.*'])(
  '%j finds nothing',
  (query) => {
    expect(search(ENTRIES, query)).toHaveLength(0);
  },
);

test('every word must be found', () => {
  expect(search(ENTRIES, 'incidents daily').map((hit) => hit.entry.n)).toEqual([
    'fct_ops__incidents',
  ]);
});
