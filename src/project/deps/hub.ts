/**
 * The package hub: which versions a package has, what each needs, and where its archive is.
 */
import {
  DagbookError,
  isJsonObject,
  type Json,
  type JsonObject,
  messageOf,
  textOfJson,
} from '../../base/index.js';
import { download } from '../../platform/index.js';
import { isVersionWithin } from '../dbt-version.js';
import { DBT_VERSION } from '../render.js';
import { type PackageSpec, packageSpec } from './package-spec.js';
import { highestWithin } from './version-range.js';

export interface HubVersion {
  readonly version: string;
  /** The highest that could be installed, whatever was asked for. */
  readonly latest: string;
  readonly projectName: string;
  readonly packages: readonly PackageSpec[];
  readonly tarballUrl: string;
}

/** Asks a hub, each package once. */
export class Hub {
  readonly #baseUrl: string;
  readonly #checksDbtVersion: boolean;
  readonly #signal: AbortSignal;
  readonly #known = new Map<string, Promise<JsonObject>>();

  /** @param baseUrl ends with a slash. */
  constructor(baseUrl: string, checksDbtVersion: boolean, signal: AbortSignal) {
    this.#baseUrl = baseUrl;
    this.#checksDbtVersion = checksDbtVersion;
    this.#signal = signal;
  }

  /**
   * Chooses the highest version within the ranges that this dbt can use.
   *
   * @throws DagbookError deps/unknown-package, deps/no-version, deps/bad-hub or download/...
   */
  async choose(
    name: string,
    ranges: readonly string[],
    allowsPrereleases: boolean,
  ): Promise<HubVersion> {
    const versions = await this.#versions(name);
    const usable = Object.keys(versions).filter(
      (version) => !this.#checksDbtVersion || suits(objectAt(versions, version)),
    );
    const version = highestWithin(usable, ranges, allowsPrereleases);
    if (version === undefined) {
      throw new DagbookError(
        'deps/no-version',
        `No version of ${name} lies within ${ranges.join(' and ')}${this.#checksDbtVersion ? ` and suits dbt ${DBT_VERSION}` : ''}.`,
        {
          exitCode: 2,
          hint:
            usable.length === 0
              ? 'None can be used at all.'
              : `There are: ${usable.slice(-12).join(', ')}.`,
        },
      );
    }
    const latest = highestWithin(usable, [], allowsPrereleases) ?? version;
    return hubVersion(name, version, latest, objectAt(versions, version));
  }

  async #versions(name: string): Promise<JsonObject> {
    let known = this.#known.get(name);
    if (known === undefined) {
      known = this.#ask(name);
      this.#known.set(name, known);
    }
    return await known;
  }

  async #ask(name: string): Promise<JsonObject> {
    const url = `${this.#baseUrl}api/v1/${name}.json`;
    let bytes: Uint8Array;
    try {
      bytes = await download(url, { signal: this.#signal });
    } catch (cause) {
      if (!(cause instanceof DagbookError) || cause.code !== 'download/not-found') throw cause;
      throw new DagbookError('deps/unknown-package', `The hub has no package named ${name}.`, {
        cause,
        exitCode: 2,
        hint: 'Packages are named owner/name: dbt-labs/dbt_utils.',
      });
    }
    try {
      const value: Json = JSON.parse(new TextDecoder().decode(bytes));
      const versions = isJsonObject(value) ? value['versions'] : undefined;
      if (isJsonObject(versions)) return versions;
      throw new Error('it lists no versions');
    } catch (cause) {
      throw new DagbookError(
        'deps/bad-hub',
        `${url} is not what a hub answers: ${messageOf(cause)}.`,
        {
          cause,
          exitCode: 2,
        },
      );
    }
  }
}

function suits(version: JsonObject): boolean {
  const required = version['require_dbt_version'];
  const ranges = (Array.isArray(required) ? required : [required ?? null]).flatMap((one) =>
    textOfJson(one) === null || one === '' ? [] : (textOfJson(one) ?? '').split(','),
  );
  return isVersionWithin(DBT_VERSION, ranges) !== false;
}

function hubVersion(name: string, version: string, latest: string, data: JsonObject): HubVersion {
  const tarballUrl = objectAt(data, 'downloads')['tarball'];
  const projectName = textOfJson(data['name']);
  if (typeof tarballUrl !== 'string' || projectName === null) {
    throw new DagbookError('deps/bad-hub', `The hub does not say where ${name} ${version} is.`, {
      exitCode: 2,
    });
  }
  const { packages } = data;
  return {
    version,
    latest,
    projectName,
    tarballUrl,
    packages: (Array.isArray(packages) ? packages : []).map((one: Json) =>
      packageSpec(one, one, undefined),
    ),
  };
}

function objectAt(object: JsonObject, key: string): JsonObject {
  const value = object[key];
  return isJsonObject(value) ? value : {};
}
