/**
 * Versions of packages and the ranges that are asked for, as the package hub has them: `1.2.3`, `>=1.0.0`, `<2.0.0-rc1`.
 */
import { DagbookError } from '../../base/index.js';

interface Version {
  readonly numbers: readonly [major: number, minor: number, patch: number];
  readonly prerelease: string | null;
}

interface Bound extends Version {
  readonly operator: '=' | '>' | '>=' | '<' | '<=';
}

const VERSION =
  /^(?<operator>=|>=|<=|>|<)?\s*v?(?<major>\d+)\.(?<minor>\d+)\.(?<patch>\d+)(?:-(?<prerelease>[0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]+)?$/u;

/**
 * The highest of the versions that lie within all ranges.
 *
 * A prerelease is chosen only if it is allowed, or if a range names one.
 *
 * @returns undefined if none does.
 * @throws DagbookError deps/bad-version for a range that cannot be read; versions that cannot are passed over.
 */
export function highestWithin(
  versions: readonly string[],
  ranges: readonly string[],
  allowsPrereleases: boolean,
): string | undefined {
  const bounds = ranges.map(boundOf);
  const isOpen = allowsPrereleases || bounds.some((bound) => bound.prerelease !== null);
  let best: { readonly text: string; readonly version: Version } | undefined;
  for (const text of versions) {
    const version = read(text);
    if (version === undefined || (version.prerelease !== null && !isOpen)) continue;
    if (!bounds.every((bound) => isWithin(version, bound))) continue;
    if (best === undefined || compare(version, best.version) > 0) best = { text, version };
  }
  return best?.text;
}

/** `>=1.0.0,<2.0.0` is two ranges. */
export function splitRanges(text: string): readonly string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function boundOf(range: string): Bound {
  const version = read(range);
  if (version === undefined) {
    throw new DagbookError('deps/bad-version', `'${range}' is not a version.`, {
      exitCode: 2,
      hint: 'Write all three numbers: 1.2.0, or a range: [">=1.0.0", "<2.0.0"].',
    });
  }
  return version;
}

function read(text: string): Bound | undefined {
  const groups = VERSION.exec(text.trim())?.groups;
  if (groups === undefined) return undefined;
  const { major, minor, patch, prerelease, operator = '=' } = groups;
  return {
    numbers: [Number(major), Number(minor), Number(patch)],
    prerelease: prerelease ?? null,
    operator: OPERATORS.find((one) => one === operator) ?? '=',
  };
}

const OPERATORS: readonly Bound['operator'][] = ['=', '>', '>=', '<', '<='];

function isWithin(version: Version, bound: Bound): boolean {
  const order = compare(version, bound);
  switch (bound.operator) {
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
    case '<':
      // Below 2.0.0 does not mean 2.0.0-rc1.
      return order < 0 && !(bound.prerelease === null && isPrereleaseOf(version, bound));
    case '<=':
      return order <= 0;
    default:
      return order === 0;
  }
}

function isPrereleaseOf(version: Version, release: Version): boolean {
  return (
    version.prerelease !== null && version.numbers.every((part, at) => part === release.numbers[at])
  );
}

function compare(left: Version, right: Version): number {
  for (const [at, part] of left.numbers.entries()) {
    const difference = part - (right.numbers[at] ?? 0);
    if (difference !== 0) return difference;
  }
  if (left.prerelease === right.prerelease) return 0;
  // A release comes after its prereleases.
  if (left.prerelease === null) return 1;
  if (right.prerelease === null) return -1;
  return comparePrereleases(left.prerelease.split('.'), right.prerelease.split('.'));
}

function comparePrereleases(left: readonly string[], right: readonly string[]): number {
  for (const [at, part] of left.entries()) {
    const other = right[at];
    if (other === undefined) return 1;
    if (part === other) continue;
    const [one, two] = [Number(part), Number(other)];
    if (!Number.isNaN(one) && !Number.isNaN(two)) return one - two;
    // Numbers come before words.
    if (!Number.isNaN(one)) return -1;
    if (!Number.isNaN(two)) return 1;
    return part < other ? -1 : 1;
  }
  return left.length - right.length;
}
