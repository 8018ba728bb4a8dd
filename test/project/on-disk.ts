/** Projects written to a fresh folder from a table of files. */
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A profile that needs nothing: targets `dev` and `prod`. */
export const PROFILES = `
shop:
  target: dev
  outputs:
    dev: {type: snowflake, account: a, user: u, password: p, database: DEV, schema: me}
    prod: {type: snowflake, account: a, user: "{{ env_var('NO_SUCH_VARIABLE') }}", database: PROD, schema: prod}
`;

/** Writes files into a new folder and gives its path. Without another, a dbt_project.yml and profiles.yml are added. */
export function projectOnDisk(files: Readonly<Record<string, string>>): string {
  const home = mkdtempSync(join(tmpdir(), 'dagbook-project-'));
  const all = {
    'dbt_project.yml': 'name: shop\nprofile: shop\n',
    'profiles.yml': PROFILES,
    ...files,
  };
  for (const [path, text] of Object.entries(all)) {
    const file = join(home, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return home;
}
