/** A project whose every text tries to leave its place in the page. */
import type { ProjectCopy } from '../support/project-copy.js';
import { writeProject } from './write-project.js';

/** Markup that would act, in the shapes that escape from elements, attributes, scripts and comments. */
export const ATTACK = `"'></script><script>alert(1)</script><img src=x onerror=alert(2)><!--\u2028]]>`;

const COLUMN = '"><img onerror=alert(3)>';

const FILES: Readonly<Record<string, string>> = {
  'dbt_project.yml': `name: hostile
version: '1.0'
profile: hostile
models: {hostile: {+tags: ['"><svg onload=alert(4)>']}}
`,
  'profiles.yml': `hostile:
  target: dev
  outputs:
    dev: {type: duckdb, engine: none, path: ':memory:', schema: main, threads: 1}
`,
  'models/victim.sql': `-- ${ATTACK.replaceAll('\u2028', ' ')}
select '</code></pre><script>alert(5)</script>' as x from {{ source('raw', 'rows') }}`,
  'models/broken.sql': `select {% if execute %}{{ exceptions.raise_compiler_error('<script>alert(6)</script>') }}{% endif %}`,
  'models/victim.yml': JSON.stringify({
    models: [
      {
        name: 'victim',
        description: `${ATTACK} [a](javascript:alert(1)) \`<b>\``,
        config: { meta: { owner: ATTACK, [ATTACK]: 1 }, group: 'g' },
        columns: [
          {
            name: COLUMN,
            description: ATTACK,
            data_type: ATTACK,
            config: { tags: [ATTACK], meta: { note: ATTACK } },
          },
          {
            name: 'x',
            data_tests: [
              { accepted_values: { arguments: { values: [ATTACK] }, config: { where: ATTACK } } },
            ],
          },
        ],
      },
    ],
    sources: [
      {
        name: 'raw',
        description: ATTACK,
        loader: ATTACK,
        tables: [{ name: 'rows', description: ATTACK, identifier: 'rows"><script>' }],
      },
    ],
    groups: [{ name: 'g', owner: { name: ATTACK, email: '"><b>@x', link: 'javascript:alert(7)' } }],
    exposures: [
      {
        name: 'board',
        label: ATTACK,
        type: 'dashboard',
        url: 'javascript:alert(8)',
        owner: { name: ATTACK, email: 'a@b" onclick="x' },
        description: ATTACK,
        depends_on: ["ref('victim')"],
      },
    ],
    unit_tests: [
      {
        name: 'cells',
        model: 'victim',
        description: ATTACK,
        given: [{ input: "source('raw', 'rows')", rows: [{ [COLUMN]: ATTACK }] }],
        expect: { rows: [{ x: ATTACK }] },
      },
    ],
    macros: [
      {
        name: 'trick',
        description: ATTACK,
        arguments: [{ name: ATTACK, type: 'string', description: ATTACK }],
      },
    ],
  }),
  'models/overview.md': `{% docs __overview__ %}\n# ${ATTACK}\n{% enddocs %}`,
  'macros/trick.sql': `{% macro trick(a='</script><script>alert(9)</script>') %}<script>{% endmacro %}`,
  'seeds/birds.csv': `name,"""><script>"\n"<script>alert(10)</script>",</td>\n`,
};

export function hostileProject(): ProjectCopy {
  return writeProject(FILES);
}
