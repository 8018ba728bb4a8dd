/**
 * S3: secrets never leave. Every command, every way to sign in, faults at every turn: no secret, and none of its transforms, in
 * what is printed or written; credentials cannot be had from a template.
 */
import { generateKeyPairSync } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { Fault } from '../../support/snowflake-server/faults.js';
import { runProgram, writeFiles } from '../../support/run-program.js';
import { isTaken, PATIENCE_MS, Tally } from '../tally.js';
import { inWireCase, type WireCase } from './wire-case.js';

const tally = new Tally({
  promise: 'S3',
  what: 'canaries as password, key, passphrase, tokens, client secret and DBT_ENV_SECRET_*: every command, 30 faults, templates that reach for them; searched for plain, base64, url-encoded, hex and reversed in all that was printed and written',
});

afterAll(() => tally.write());

const canary = (name: string): string => `Canary+${name}/7f3=é1`;
const SECRET_ENV = {
  DBT_ENV_SECRET_PASSWORD: canary('password'),
  DBT_ENV_SECRET_TOKEN: canary('token'),
  DBT_ENV_SECRET_CLIENT: canary('client'),
  DBT_ENV_SECRET_PHRASE: canary('phrase'),
  DBT_ENV_SECRET_UNUSED: canary('unused'),
  PLAIN_PASSWORD: canary('plain-env'),
};
const KEY = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: {
    type: 'pkcs8',
    format: 'pem',
    cipher: 'aes-256-cbc',
    passphrase: canary('phrase'),
  },
}).privateKey;

const env = (name: string): string => `{{ env_var('${name}') }}`;
const WAYS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  password: { password: env('DBT_ENV_SECRET_PASSWORD') },
  plain: { password: canary('written') },
  'plain env': { password: env('PLAIN_PASSWORD') },
  key: { password: '', private_key: KEY, private_key_passphrase: env('DBT_ENV_SECRET_PHRASE') },
  oauth: { password: '', authenticator: 'oauth', token: env('DBT_ENV_SECRET_TOKEN') },
  refresh: {
    password: '',
    authenticator: 'oauth',
    token: env('DBT_ENV_SECRET_TOKEN'),
    oauth_client_id: 'id',
    oauth_client_secret: env('DBT_ENV_SECRET_CLIENT'),
  },
  personal: {
    password: '',
    authenticator: 'programmatic_access_token',
    token: env('DBT_ENV_SECRET_TOKEN'),
  },
};

const FILES = {
  'models/a.sql': "{{ config(materialized='table') }}\nselect 1 as id",
  'models/b.sql':
    "{{ config(materialized='incremental', unique_key='id') }}\nselect * from {{ ref('a') }}",
  'models/fails.sql': "select no_such_column from {{ ref('a') }}",
  'models/m.yml':
    'models:\n  - name: a\n    description: text\n    columns: [{name: id, data_tests: [unique]}]\nsources:\n  - name: raw\n    schema: dev\n    loaded_at_field: "current_timestamp()"\n    freshness: {warn_after: {count: 1, period: day}}\n    tables: [{name: a}]\n',
  'seeds/s.csv': 'id\n1\n',
  'snapshots/p.sql':
    "{% snapshot p %}{{ config(target_schema='dev', unique_key='id', strategy='check', check_cols='all') }}select 1 as id{% endsnapshot %}",
  'macros/say.sql': "{% macro say(x) %}{{ log('said ' ~ x, info=true) }}{% endmacro %}",
  'notebooks/n.sql': "-- %%\nselect * from {{ ref('a') }}\n",
};

const COMMANDS: readonly (readonly string[])[] = [
  ['debug'],
  ['parse'],
  ['ls'],
  ['ls', '--output', 'json'],
  ['seed'],
  ['run'],
  ['build'],
  ['test'],
  ['snapshot'],
  ['retry'],
  ['compile'],
  ['plan'],
  ['show', '--select', 'a'],
  ['show', '--inline', 'select no_such'],
  ['source', 'freshness'],
  ['docs', 'generate'],
  ['run-operation', 'say', '--args', `{x: ${canary('token')}}`],
  ['run-operation', 'nothing'],
  ['notebook', 'run', 'notebooks/n.sql'],
  ['lineage', 'b'],
  ['recover'],
  ['clone', '--state', 'target'],
  ['run', '--vars', `{secret: "${canary('password')}"}`],
  ['run', '--full-refresh', '--plan-style', 'dbt'],
  ['repl'],
  ['clean'],
];

/** What reaches for credentials, and for variables that are secret. */
const REACHING: readonly string[] = [
  '{{ adapter.config.credentials }}',
  '{{ adapter.config.credentials.password }}',
  '{{ adapter.config }}',
  '{{ adapter.connections }}',
  '{{ adapter.connections.profile.credentials.password | list | join(" ") }}',
  '{{ adapter.__class__.__init__.__globals__ }}',
  '{{ adapter.get_thread_connection().credentials.password }}',
  '{{ target }}',
  '{{ target.password }}',
  '{{ target["password"] }}',
  '{{ target.get("password") }}',
  '{{ target.items() | list }}',
  '{{ target | tojson }}',
  '{{ target.token }} {{ target.private_key }} {{ target.private_key_passphrase }}',
  '{{ target.oauth_client_secret }}',
  '{{ env_var("DBT_ENV_SECRET_PASSWORD") }}',
  '{{ env_var("DBT_ENV_SECRET_" ~ "PASSWORD") }}',
  '{{ env_var("DBT_ENV_SECRET_PASSWORD") | list | join("-") }}',
  '{{ env_var("DBT_ENV_SECRET_PASSWORD") | reverse }}',
  '{{ env_var("DBT_ENV_SECRET_PASSWORD")[::-1] }}',
  '{{ dbt_metadata_envs }}',
  '{{ context }}',
  '{{ context | list }}',
  '{{ context.target }}',
  '{{ context["adapter"]["config"] }}',
  '{{ builtins }}',
  '{{ builtins.env_var("DBT_ENV_SECRET_PASSWORD") }}',
  '{{ invocation_args_dict }}',
  '{{ flags }}',
  '{{ graph }}',
  '{{ model }}',
  '{{ exceptions.raise_compiler_error(target | string) }}',
  '{{ log(target, info=true) }}',
  '{{ print(target) }}',
  '{{ debug() }}',
  '{{ modules }}',
  '{{ this.database ~ target }}',
  '{{ api.Relation.create.__globals__ }}',
  '{{ var.__globals__ }}',
  '{{ fromjson(tojson(target)) }}',
];

const FAULTS: readonly Fault[] = [
  { kind: 'drop', when: 'before' },
  { kind: 'drop', when: 'after' },
  { kind: 'status', status: 403 },
  { kind: 'status', status: 503 },
  { kind: 'half' },
  { kind: 'body', text: '<html>portal</html>', contentType: 'text/html' },
  { kind: 'body', text: 'null', contentType: 'application/json' },
  { kind: 'refuse', code: '390100' },
  { kind: 'refuse', code: '000605' },
  { kind: 'end-session', code: '390111' },
];
const PLACES = ['login', 'query', 'token'] as const;

/** The ways in which a text may come to be somewhere. */
function transformsOf(secret: string): readonly string[] {
  const bytes = Buffer.from(secret);
  const letters = Array.from(secret);
  return [
    secret,
    JSON.stringify(secret).slice(1, -1),
    secret.replaceAll('é', '\\u00e9'),
    encodeURIComponent(secret),
    encodeURI(secret),
    new URLSearchParams({ x: secret }).toString().slice(2),
    bytes.toString('hex'),
    bytes.toString('hex').toUpperCase(),
    // Whole groups of three bytes, wherever in a longer text it stands.
    ...[0, 1, 2].map((skipped) => {
      const rest = bytes.subarray(skipped);
      return rest.subarray(0, rest.length - (rest.length % 3)).toString('base64');
    }),
    letters.toReversed().join(''),
    letters.join(' '),
    letters.join('-'),
  ];
}

const KEY_LINE = KEY.split('\n')[3] ?? '';
const SOUGHT = [
  ...[...Object.values(SECRET_ENV), canary('written')].flatMap(transformsOf),
  KEY_LINE,
].filter((text) => text.length > 8);

function foundIn(text: string): string | null {
  return SOUGHT.find((sought) => text.includes(sought)) ?? null;
}

/** Files that the program wrote, those of the project itself left out. */
function leaksIn(dir: string, own: ReadonlySet<string>): string | null {
  for (const name of readdirSync(dir, { recursive: true, encoding: 'utf8' })) {
    if (own.has(name)) continue;
    try {
      const bytes = readFileSync(join(dir, name));
      const found = foundIn(bytes.toString('utf8')) ?? foundIn(bytes.toString('latin1'));
      if (found !== null) return `${name} holds ${found}`;
    } catch {
      // A folder.
    }
  }
  return null;
}

const OWN = new Set([...Object.keys(FILES), 'profiles.yml', 'dbt_project.yml']);

async function faultOf(
  { server, project }: WireCase,
  args: readonly string[],
): Promise<string | null> {
  const { stdout, stderr } = await runProgram(args, {
    cwd: project.dir,
    env: { ...SECRET_ENV, DAGBOOK_DEBUG: '1', DBT_LOG_LEVEL: 'debug' },
  });
  const printed = foundIn(stdout) ?? foundIn(stderr);
  if (printed !== null) return `printed ${printed}`;
  const sent = server.statements.map(({ sql }) => foundIn(sql)).find((one) => one !== null);
  if (sent !== undefined) return `sent ${sent ?? ''}`;
  return leaksIn(project.dir, OWN);
}

const POLICY = { connect_retries: 0, request_retries: 1, connect_timeout: 5, request_timeout: 5 };

test.each(Object.keys(WAYS))(
  'signed in by %s',
  async (way) => {
    const fields = { ...POLICY, ...WAYS[way] };
    await inWireCase({ threads: 2, hangs: null, files: FILES, fields }, async (wire) => {
      writeFiles(wire.project.dir, {});
      const commands = way === 'password' ? COMMANDS : COMMANDS.filter((_, at) => at % 4 === 0);
      for (const args of commands.filter((_, at) => isTaken(at)))
        tally.add(`${way}: ${args.join(' ')}`, await faultOf(wire, args));
      if (way === 'password') {
        for (const sql of REACHING.filter((_, at) => isTaken(at)))
          tally.add(sql, await faultOf(wire, ['compile', '--inline', `select 1 -- ${sql}`]));
      }
    });
    expect(tally.faults).toEqual([]);
  },
  PATIENCE_MS,
);

test(
  '30 faults',
  async () => {
    const fields = { ...POLICY, ...WAYS['password'] };
    for (const place of PLACES) {
      for (const fault of FAULTS.filter((_, at) => isTaken(at))) {
        await inWireCase({ threads: 2, hangs: null, files: FILES, fields }, async (wire) => {
          let isExpired = false;
          wire.server.order(({ kind }) => {
            if (place === 'token' && kind === 'query' && !isExpired) {
              isExpired = true;
              return { kind: 'expire' };
            }
            return kind === place ? fault : undefined;
          });
          tally.add(`${place}: ${JSON.stringify(fault)}`, await faultOf(wire, ['run']));
        });
      }
    }
    expect(tally.faults).toEqual([]);
  },
  PATIENCE_MS,
);
