/**
 * Finds profiles.yml and the target to use.
 */
import {
  DagbookError,
  type DagbookErrorOptions,
  type Diagnostic,
  isJsonObject,
  type JsonObject,
  messageOf,
  type Position,
} from '../base/index.js';
import {
  absolutePath,
  dbtSetting,
  type Environment,
  homeFolder,
  isFile,
  joinPath,
  readText,
} from '../platform/index.js';
import { jsonText } from './fields.js';
import type { Target } from './project.js';
import { type RenderText, renderTree } from './render.js';
import { targetOf } from './target.js';
import { parseYamlDocument, type YamlDocument } from './yaml.js';

export interface ProfileRequest {
  readonly projectDir: string;
  readonly profilesDir?: string;
  /** `--profile`. */
  readonly profile?: string;
  /** `profile:` of dbt_project.yml, not yet rendered. */
  readonly projectProfile: string | null;
  /** Where dbt_project.yml names it, or begins. */
  readonly projectProfilePosition: Position;
  /** `--target`. */
  readonly target?: string;
  readonly threads?: number;
  readonly env: Environment;
}

/** The profile that a project without any runs on. */
const BUILT_IN = 'dagbook';

/**
 * Chooses the target.
 *
 * profiles.yml is looked for in `--profiles-dir`, `DBT_PROFILES_DIR`, the project's folder, the working folder and
 * `~/.dbt`. Where there is none at all, the target is `local`: Snowflake SQL on the embedded warehouse, with a warning.
 *
 * @throws DagbookError profile/yaml, profile/unknown-profile, profile/unknown-target, profile/render or profile/invalid.
 */
export function chooseTarget(
  request: ProfileRequest,
  renderText: RenderText,
  diagnostics: Diagnostic[],
): Target {
  const file = findProfiles(request);
  if (file === undefined) {
    if (request.profilesDir !== undefined) {
      throw new DagbookError(
        'profile/not-found',
        `There is no profiles.yml in ${request.profilesDir}.`,
        {
          hint: 'Name another folder with --profiles-dir, or leave it out.',
        },
      );
    }
    return builtInTarget(request, diagnostics);
  }

  const document = parseYamlDocument(readText(file), file);
  const fault = document.diagnostics.find((one) => one.severity === 'error');
  if (fault !== undefined) {
    throw new DagbookError('profile/yaml', fault.message, withPosition(fault));
  }
  diagnostics.push(...document.diagnostics);
  return targetFrom(request, document, file, renderText);
}

function findProfiles(request: ProfileRequest): string | undefined {
  const named = request.profilesDir ?? dbtSetting(request.env, 'PROFILES_DIR');
  const folders =
    named === undefined
      ? [request.projectDir, absolutePath('.'), joinPath(homeFolder(), '.dbt')]
      : [absolutePath(named)];
  return folders.map((folder) => joinPath(folder, 'profiles.yml')).find(isFile);
}

function builtInTarget(request: ProfileRequest, diagnostics: Diagnostic[]): Target {
  const name = request.target ?? 'local';
  if (name !== 'local') {
    throw new DagbookError(
      'profile/unknown-target',
      `There is no profiles.yml, so there is no target '${name}'.`,
      { hint: 'Without a profile there is only the target `local`, on the embedded warehouse.' },
    );
  }
  diagnostics.push({
    severity: 'warning',
    code: 'profile/none',
    message: 'Without a profile it runs on the embedded warehouse.',
    hint: 'Add a profiles.yml beside dbt_project.yml to run it elsewhere.',
  });
  const output: JsonObject = {
    type: 'snowflake',
    engine: 'embedded',
    path: '.dagbook/warehouse',
    account: 'local',
    user: 'local',
    database: 'ANALYTICS',
    schema: 'dev',
    warehouse: 'LOCAL',
    threads: 4,
  };
  return targetOf(output, { profile: request.profile ?? BUILT_IN, target: name }, request.threads);
}

function targetFrom(
  request: ProfileRequest,
  document: YamlDocument,
  file: string,
  renderText: RenderText,
): Target {
  const profiles = isJsonObject(document.value) ? document.value : {};
  const names = Object.keys(profiles).filter((name) => name !== 'config');
  const profile = profileName(request, renderText);
  const data = profiles[profile];
  if (!isJsonObject(data)) {
    throw new DagbookError(
      'profile/unknown-profile',
      `Could not find profile named '${profile}' in ${file}.`,
      {
        ...(isNamedElsewhere(request) ? {} : { position: request.projectProfilePosition }),
        hint:
          names.length === 0
            ? 'The file has no profiles.'
            : `It has: ${names.join(', ')}. Choose one with --profile, or add '${profile}'.`,
      },
    );
  }
  const target =
    request.target ?? dbtSetting(request.env, 'TARGET') ?? renderedTarget(data, renderText);
  const outputs = isJsonObject(data['outputs']) ? data['outputs'] : {};
  const output = outputs[target];
  if (!isJsonObject(output)) {
    throw new DagbookError(
      'profile/unknown-target',
      `The profile '${profile}' does not have a target named '${target}'.`,
      {
        hint: `The targets of this profile are: ${Object.keys(outputs).join(', ') || 'none'}.`,
        position: document.positionOf([profile, 'outputs']),
      },
    );
  }
  return rendered(output, { profile, target }, request, document, renderText);
}

function rendered(
  output: JsonObject,
  names: { readonly profile: string; readonly target: string },
  request: ProfileRequest,
  document: YamlDocument,
  renderText: RenderText,
): Target {
  let key = '';
  const values: [string, JsonObject[string]][] = [];
  for (const [name, value] of Object.entries(output)) {
    key = name;
    try {
      values.push([name, renderTree(value, renderText)]);
    } catch (error) {
      // A password may hold braces that are no template.
      if (name === 'password') values.push([name, value]);
      else {
        throw new DagbookError(
          'profile/render',
          `Cannot render '${name}' of target '${names.target}': ${messageOf(error)}`,
          {
            position: document.positionOf([names.profile, 'outputs', names.target, name]),
            cause: error,
            hint: 'Set the variable, for example in a .env file, or choose another target with --target.',
          },
        );
      }
    }
  }
  try {
    return targetOf(Object.fromEntries(values), names, request.threads);
  } catch (error) {
    if (!(error instanceof DagbookError)) throw error;
    throw new DagbookError(error.code, error.message, {
      position: document.positionOf([names.profile, 'outputs', names.target, key]),
      ...(error.hint === undefined ? {} : { hint: error.hint }),
    });
  }
}

function profileName(request: ProfileRequest, renderText: RenderText): string {
  const named = request.profile ?? dbtSetting(request.env, 'PROFILE');
  if (named !== undefined) return named;
  if (request.projectProfile === null) {
    throw new DagbookError('profile/none-named', 'dbt_project.yml names no profile.', {
      position: request.projectProfilePosition,
      hint: 'Add a line `profile: <name>` to it, or pass --profile.',
    });
  }
  try {
    return jsonText(renderText(request.projectProfile));
  } catch (cause) {
    throw new DagbookError(
      'profile/render',
      `Cannot render the profile's name: ${messageOf(cause)}`,
      { position: request.projectProfilePosition, cause },
    );
  }
}

/** True if not dbt_project.yml, but a flag or a variable chose the profile. */
function isNamedElsewhere(request: ProfileRequest): boolean {
  return request.profile !== undefined || dbtSetting(request.env, 'PROFILE') !== undefined;
}

function renderedTarget(data: JsonObject, renderText: RenderText): string {
  const { target } = data;
  return target === undefined || target === null
    ? 'default'
    : jsonText(typeof target === 'string' ? renderText(target) : target);
}

function withPosition(fault: Diagnostic): DagbookErrorOptions {
  return fault.position === undefined ? {} : { position: fault.position };
}
