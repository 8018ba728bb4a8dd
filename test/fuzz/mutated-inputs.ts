/**
 * Broken inputs by the thousand: whatever a project holds, reading it ends soon, and with a diagnostic that has a place.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DagbookError } from '../../src/base/index.js';
import { createEnvironment, parseTemplate, render } from '../../src/jinja/index.js';
import { parseYamlDocument } from '../../src/project/index.js';
import { openSession } from '../../src/session/index.js';

export type InputKind = 'yaml' | 'jinja' | 'project';

/** What went wrong with one input; nothing if it was read, or refused as it should be. */
export interface Finding {
  readonly kind: InputKind;
  readonly problem: string;
  readonly text: string;
}

/** A generator of numbers from 0 up to 1; the same seed gives the same inputs (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const PIECES = [
  '{{', '}}', '{%', '%}', '{#', '#}', '-', ':', '[', ']', '{', '}', '(', ')', '"', "'", '\\', '\n', '\t', '  ', ',', '|',
  '&a ', '*a', '<<: ', '!!int ', '!x ', '? ', '- ', '---\n', '...', '%YAML', '\0', '\u{feff}', '\u{1f600}', '\ud800', '0x', '1e999',
  'null', '.inf', 'endfor', 'endmacro', 'for x in y', 'set x', 'if', 'macro m(', 'raw', 'endraw', 'ref(', 'config(', 'var(',
  'self', 'loop', 'super()', '**', '//', '~', '[::', 'range(999999)', 'a.b.c', '__class__', 'import "x"', 'recursive',
]; // prettier-ignore

/** A text with one to six spans deleted, repeated, swapped or replaced. */
export function mutated(text: string, random: () => number): string {
  let result = text;
  for (let count = Math.ceil(random() * 6); count > 0; count -= 1) {
    const at = Math.floor(random() * (result.length + 1));
    const end = Math.min(result.length, at + Math.floor(random() ** 3 * 60));
    const piece = PIECES[Math.floor(random() * PIECES.length)] ?? '';
    const choice = random();
    if (choice < 0.2) result = result.slice(0, at) + result.slice(end);
    else if (choice < 0.35) result = result.slice(0, end) + result.slice(at);
    else if (choice < 0.4)
      result = result.slice(0, at) + result.slice(at, end).repeat(50) + result.slice(end);
    else if (choice < 0.45) result = result.slice(0, at);
    else if (choice < 0.5) result = result.slice(0, at) + piece.repeat(300) + result.slice(end);
    else result = result.slice(0, at) + piece + result.slice(choice < 0.75 ? at : end);
  }
  return result;
}

/** Milliseconds of this thread's own time that reading one input may take. */
const LIMIT_MS = 1000;

/** Reads one input as its kind is read. */
export function findingOf(kind: InputKind, text: string, folder: string): Finding | undefined {
  const started = process.threadCpuUsage();
  let problem: string | undefined;
  try {
    problem = READERS[kind](text, folder);
  } catch (error) {
    problem = `crashed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
  }
  const tookMs = process.threadCpuUsage(started).user / 1000;
  if (problem === undefined && tookMs > LIMIT_MS) problem = `took ${Math.round(tookMs)} ms`;
  return problem === undefined ? undefined : { kind, problem, text };
}

const READERS: Readonly<Record<InputKind, (text: string, folder: string) => string | undefined>> = {
  yaml: (text) => {
    const { diagnostics } = parseYamlDocument(text, 'a.yml');
    return diagnostics.every((one) => isPlaced(one.position)) ? undefined : 'no place in the file';
  },
  jinja: (text) => {
    try {
      render(parseTemplate(text, { name: 'a.sql' }), { lookup: () => undefined }, environment);
    } catch (error) {
      if (!(error instanceof DagbookError)) throw error;
      if (!isPlaced(error.position)) return `no place in the file: ${error.message}`;
    }
    return undefined;
  },
  project: (text, folder) => {
    writeFileSync(join(folder, fileOf(text)), text.slice(text.indexOf('\n') + 1));
    try {
      const session = openSession(
        { projectDir: folder, profilesDir: folder, engine: 'none' },
        { env: {} },
      );
      const lost = session.diagnostics.find(
        (one) => one.severity === 'error' && one.position === undefined,
      );
      return lost === undefined
        ? undefined
        : `an error without a place: ${lost.code} ${lost.message}`;
    } catch (error) {
      if (error instanceof DagbookError) return undefined;
      throw error;
    }
  },
};

const environment = createEnvironment({ undefinedMode: 'capture' });

function isPlaced(position: { readonly line: number } | undefined): boolean {
  return position !== undefined && position.line >= 1;
}

const FILES: Readonly<Record<string, string>> = {
  'dbt_project.yml':
    "name: broken\nversion: '1.0'\nprofile: broken\nvars: {a: 1, b: [1, 2]}\nmodels:\n  broken:\n    +materialized: table\n    +tags: [x]\n",
  'profiles.yml':
    "broken:\n  target: dev\n  outputs:\n    dev: {type: duckdb, path: ':memory:', schema: main}\n",
  'models/a.sql':
    "{{ config(materialized='incremental', unique_key='id') }}\nselect 1 as id, {{ var('a') }} as n\n{% if is_incremental() %}where true{% endif %}\n",
  'models/b.sql': "select * from {{ ref('a') }} join {{ source('raw', 't') }} using (id)\n",
  'models/models.yml':
    "models:\n  - name: a\n    description: '{{ doc(\"d\") }}'\n    columns:\n      - name: id\n        data_tests: [unique, {accepted_values: {arguments: {values: [1, 2.0]}}}]\nsources:\n  - name: raw\n    tables: [{name: t, loaded_at_field: x, freshness: {warn_after: {count: 1, period: day}}}]\nexposures:\n  - {name: e, type: dashboard, owner: {email: a@b.c}, depends_on: [ref('a')]}\nunit_tests:\n  - name: u\n    model: a\n    given: []\n    expect: {rows: [{id: 1}]}\n",
  'models/d.md': '{% docs d %}What *a* is.{% enddocs %}\n',
  'macros/m.sql':
    '{% macro m(x, y=1) %}{% for i in range(y) %}{{ x ~ i }}{% endfor %}{{ return(x) }}{% endmacro %}\n{% test t(model, column_name) %}select * from {{ model }}{% endtest %}\n',
  'selectors.yml':
    "selectors:\n  - name: s\n    definition: {union: [{method: tag, value: x}, {exclude: ['a']}]}\n",
};

/** Inputs to start from, by kind. Those of a project begin with a line that names the file. */
export function startingPoints(kind: InputKind): readonly string[] {
  const entries = Object.entries(FILES);
  if (kind === 'project') return entries.map(([file, text]) => `${file}\n${text}`);
  const own = entries.filter(([file]) => /\.ya?ml$/u.test(file) === (kind === 'yaml'));
  const cases: readonly { readonly template?: string; readonly text?: string }[] = JSON.parse(
    readFileSync(
      kind === 'yaml' ? 'test/golden/project/yaml.json' : 'test/jinja/cases.json',
      'utf8',
    ),
  );
  return [...own.map(([, text]) => text), ...cases.map((one) => one.template ?? one.text ?? '')];
}

function fileOf(text: string): string {
  const name = text.slice(0, Math.max(0, text.indexOf('\n')));
  return name in FILES ? name : 'models/a.sql';
}

/** Lays out the project that is whole. */
export function layOut(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  for (const [file, text] of Object.entries(FILES)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
}

/** One input: a starting point, mutated. The line that names a project's file stays. */
export function inputOf(kind: InputKind, random: () => number): string {
  const all = startsOf(kind);
  const start = all[Math.floor(random() * all.length)] ?? '';
  if (kind !== 'project') return mutated(start, random);
  const end = start.indexOf('\n') + 1;
  return start.slice(0, end) + mutated(start.slice(end), random);
}

const starts = new Map<InputKind, readonly string[]>();

function startsOf(kind: InputKind): readonly string[] {
  const known = starts.get(kind) ?? startingPoints(kind);
  starts.set(kind, known);
  return known;
}
