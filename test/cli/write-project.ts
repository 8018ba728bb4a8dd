/** Small projects of tests, written to a folder of their own. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { emptyFolder, type ProjectCopy } from '../support/project-copy.js';

/** Writes files by their path. */
export function writeProject(files: Readonly<Record<string, string>>): ProjectCopy {
  const copy = emptyFolder();
  for (const [path, text] of Object.entries(files)) {
    const file = join(copy.dir, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return copy;
}

/** A seed, a table, a view and a test, on DuckDB. */
export function pondProject(): ProjectCopy {
  return writeProject({
    'dbt_project.yml': "name: pond\nversion: '1.0'\nprofile: pond\n",
    'profiles.yml':
      'pond:\n  target: dev\n  outputs:\n    dev: {type: duckdb, path: pond.duckdb, schema: main, threads: 2}\n',
    'seeds/birds.csv': 'bird,seen_on,weight\nheron,2026-01-01,1.5\nduck,2026-01-02,\n',
    'models/sightings.sql':
      "{{ config(materialized='table') }}\nselect bird, seen_on::date as seen_on, weight::double as weight from {{ ref('birds') }}",
    'models/latest.sql': "select max(seen_on) as seen_on from {{ ref('sightings') }}",
    'models/models.yml': `
models:
  - name: sightings
    columns:
      - {name: bird, data_type: varchar, data_tests: [not_null]}
      - {name: weight, data_type: varchar}
      - {name: gone, description: It was here once.}
`,
  });
}
