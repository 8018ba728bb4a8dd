/**
 * `require-dbt-version`: is this dbt's version within the ranges?
 */
const SPEC =
  /^(?<operator>>=|<=|>|<|=)?\s*v?(?<major>\d+)\.(?<minor>\d+)\.(?<patch>\d+)(?<pre>[-a-z0-9.+]*)$/iu;

/**
 * Tells whether a version lies within all ranges (`>=1.3.0`, `<2.0.0`, `1.5.0`).
 *
 * @returns undefined if a range cannot be read.
 */
export function isVersionWithin(version: string, ranges: readonly string[]): boolean | undefined {
  const own = SPEC.exec(version)?.groups;
  if (own === undefined) return undefined;
  let isWithin = true;
  for (const range of ranges) {
    const wanted = SPEC.exec(range.trim())?.groups;
    if (wanted === undefined) return undefined;
    isWithin &&= holds(compareVersions(own, wanted), wanted['operator'] ?? '=');
  }
  return isWithin;
}

type Parts = Readonly<Record<string, string | undefined>>;

function compareVersions(left: Parts, right: Parts): number {
  for (const part of ['major', 'minor', 'patch']) {
    const difference = Number(left[part]) - Number(right[part]);
    if (difference !== 0) return difference;
  }
  // A prerelease comes before its release.
  return Number((right['pre'] ?? '') !== '') - Number((left['pre'] ?? '') !== '');
}

function holds(order: number, operator: string): boolean {
  switch (operator) {
    case '>=':
      return order >= 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '<':
      return order < 0;
    default:
      return order === 0;
  }
}
