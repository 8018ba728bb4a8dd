/**
 * Packages as packages.yml, dependencies.yml, package-lock.yml and the hub ask for them.
 */
import {
  DagbookError,
  isJsonObject,
  type Json,
  type JsonObject,
  type Position,
  textOfJson,
} from '../../base/index.js';
import { splitRanges } from './version-range.js';

export type PackageSpec = {
  /** As written, templates and all. */
  readonly written: JsonObject;
  /** The name of its project, where a lock file says it. */
  readonly projectName: string | null;
} & (
  | { readonly kind: 'local'; readonly path: string }
  | {
      readonly kind: 'git';
      readonly url: string;
      readonly revision: string | null;
      readonly subdirectory: string | null;
      readonly warnsUnpinned: boolean;
    }
  | {
      readonly kind: 'hub';
      readonly name: string;
      readonly ranges: readonly string[];
      readonly allowsPrereleases: boolean;
    }
  | { readonly kind: 'tarball'; readonly url: string }
);

/**
 * Reads one entry of a list of packages.
 *
 * @param rendered the entry with its templates rendered.
 * @throws DagbookError deps/bad-package.
 */
export function packageSpec(
  rendered: Json,
  written: Json,
  position: Position | undefined,
): PackageSpec {
  const fail = (message: string, hint?: string): DagbookError =>
    new DagbookError('deps/bad-package', message, {
      exitCode: 2,
      ...(position === undefined ? {} : { position }),
      ...(hint === undefined ? {} : { hint }),
    });
  if (!isJsonObject(rendered) || !isJsonObject(written)) {
    throw fail('A package must be a mapping.', 'Write `- package: owner/name` with a `version:`.');
  }
  const text = (key: string): string | null => {
    const value = textOfJson(rendered[key]);
    return value === '' ? null : value;
  };
  const shared = { written, projectName: text('name') };
  const [local, git, hub, tarball] = [text('local'), text('git'), text('package'), text('tarball')];
  if (local !== null) return { ...shared, kind: 'local', path: local };
  if (git !== null) {
    const subdirectory = text('subdirectory');
    if (subdirectory !== null && /^\/|(?:^|\/)\.\.(?:\/|$)/u.test(subdirectory))
      throw fail(`The subdirectory ${subdirectory} lies outside of its repository.`);
    return {
      ...shared,
      kind: 'git',
      url: git,
      revision: text('revision'),
      subdirectory,
      warnsUnpinned: (rendered['warn-unpinned'] ?? rendered['warn_unpinned']) !== false,
    };
  }
  if (hub !== null) {
    if (!/^[\w.-]+\/[\w.-]+$/u.test(hub))
      throw fail(
        `'${hub}' is no package of the hub.`,
        'Write it as owner/name: dbt-labs/dbt_utils.',
      );
    const { version } = rendered;
    const ranges = (Array.isArray(version) ? version : [version ?? null]).flatMap((one) =>
      splitRanges(textOfJson(one) ?? ''),
    );
    if (ranges.length === 0) throw fail(`The package ${hub} has no version.`, 'Add a `version:`.');
    return {
      ...shared,
      kind: 'hub',
      name: hub,
      ranges,
      allowsPrereleases:
        (rendered['install_prerelease'] ?? rendered['install-prerelease']) === true,
    };
  }
  if (tarball !== null) {
    if (shared.projectName === null)
      throw fail(`The tarball ${tarball} has no name.`, 'Add a `name:`.');
    return { ...shared, kind: 'tarball', url: tarball };
  }
  throw fail(
    'private' in rendered
      ? 'A private package needs the service of dbt Labs to be found, which dagbook does not use.'
      : 'A package must have one of the keys local, git, package, tarball.',
    'private' in rendered ? 'Name its repository with `git:` instead.' : undefined,
  );
}

/** What tells packages apart: two requests for one name must agree. */
export function packageKey(spec: PackageSpec): string {
  switch (spec.kind) {
    case 'local':
      return spec.path;
    case 'git':
      return `${spec.url.replace(/\.git$/u, '')}/${spec.subdirectory ?? ''}`;
    case 'hub':
      return spec.name;
    default:
      return spec.url;
  }
}
