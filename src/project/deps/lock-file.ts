/**
 * package-lock.yml: which versions were chosen, and a hash of the packages that were asked for.
 */
import { ExactNumber, type Json, type JsonObject } from '../../base/index.js';
import { fromJson, printJson } from '../../jinja/index.js';
import { sha1 } from '../../platform/index.js';
import type { PackageSpec } from './package-spec.js';

export const LOCK_FILE = 'package-lock.yml';

/** The hash that dbt keeps of what packages.yml asks for: a lock of another hash is out of date. */
export function packagesHash(specs: readonly PackageSpec[]): string {
  return sha1(
    specs
      .map((spec) => printJson(fromJson(specData(spec)), { sortKeys: true }))
      // All ASCII: the order of code units is that of Python.
      .toSorted((left, right) => (left < right ? -1 : Number(left > right)))
      .join('\n'),
  );
}

/** The file's text. @param packages entries as they are to be read again, `name` among them. */
export function lockText(packages: readonly JsonObject[], hash: string): string {
  const entries = packages.map((entry) =>
    Object.entries(entry)
      .toSorted(([left], [right]) => (left < right ? -1 : 1))
      .map(([key, value], at) => `  ${at === 0 ? '-' : ' '} ${key}: ${scalar(value)}`)
      .join('\n'),
  );
  return `packages:\n${entries.join('\n')}\nsha1_hash: ${hash}\n`;
}

/** An entry with all the keys of its kind, absent ones null. */
function specData(spec: PackageSpec): JsonObject {
  const { written } = spec;
  const name = written['name'] === undefined ? {} : { name: written['name'] };
  switch (spec.kind) {
    case 'local':
      return { ...name, local: spec.path, unrendered: written };
    case 'git':
      return {
        ...name,
        git: spec.url,
        revision:
          written['revision'] === undefined ? null : typed(written['revision'], spec.revision),
        subdirectory: spec.subdirectory,
        'warn-unpinned': written['warn-unpinned'] ?? null,
        unrendered: written,
      };
    case 'hub':
      return {
        ...name,
        package: spec.name,
        version: written['version'] ?? null,
        install_prerelease: spec.allowsPrereleases,
        unrendered: written,
      };
    default:
      return { name: spec.projectName, tarball: spec.url, unrendered: written };
  }
}

/** A number stays one; a template is what it was rendered to. */
function typed(written: Json, rendered: string | null): Json {
  return typeof written === 'number' || written instanceof ExactNumber ? written : rendered;
}

const PLAIN = /^[A-Za-z_./][\w./@:+-]*$/u;
const WORDS = /^(?:true|false|yes|no|on|off|null|~|y|n)$/iu;

function scalar(value: Json): string {
  if (typeof value !== 'string') return JSON.stringify(value);
  const isPlain = PLAIN.test(value) && !WORDS.test(value) && !value.endsWith(':');
  const isVersion = /^\d+\.\d+\.\d+$/u.test(value);
  return isPlain || isVersion ? value : `'${value.replaceAll("'", "''")}'`;
}
