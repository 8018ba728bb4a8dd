/**
 * What a node must have beyond what reading it shows: groups that exist, snapshots that know their key, names that are
 * not taken.
 */
import type { JsonObject } from '../base/index.js';
import { configText, type Draft } from './draft.js';
import type { Group } from './manifest.js';
import { listOf, type ParseScope } from './parse-scope.js';
import { similarName } from './similar.js';

/** @returns false if the node cannot be used; that is reported. */
export function checkDraft(
  scope: ParseScope,
  draft: Draft,
  groups: ReadonlyMap<string, Group>,
): boolean {
  const fault = faultOf(draft) ?? groupFault(draft, groups);
  if (fault === undefined) return true;
  scope.error(fault.code, fault.message, draft.position, {
    nodeId: draft.id,
    ...(fault.hint === undefined ? {} : { hint: fault.hint }),
  });
  return false;
}

interface Fault {
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
}

function faultOf(draft: Draft): Fault | undefined {
  if (draft.name.includes(' ')) {
    return {
      code: 'manifest/name',
      message: `The name of ${draft.id} contains a space.`,
      hint: 'Rename its file.',
    };
  }
  const { resourceType, config } = draft;
  if (resourceType === 'snapshot') return snapshotFault(draft);
  if (resourceType === 'seed' && config['materialized'] !== 'seed') {
    return {
      code: 'manifest/config',
      message: `${draft.id} must have the materialization 'seed'.`,
    };
  }
  if (resourceType === 'test') return testFault(draft);
  if (resourceType === 'model') return microbatchFault(draft) ?? booleanFault(draft, config);
  return booleanFault(draft, config);
}

function booleanFault(draft: Draft, config: JsonObject): Fault | undefined {
  for (const key of ['enabled', 'full_refresh']) {
    const value = config[key];
    if (value === null || value === undefined || typeof value === 'boolean') continue;
    return {
      code: 'manifest/config',
      message: `'${key}' of ${draft.id} is ${JSON.stringify(value)}, which is not true or false.`,
      hint: 'A template gives text: add the filter `| as_bool`.',
    };
  }
  return undefined;
}

function snapshotFault(draft: Draft): Fault | undefined {
  const strategy = configText(draft, 'strategy');
  const say = (message: string, hint?: string): Fault => ({
    code: 'manifest/snapshot',
    message: `Snapshot '${draft.name}': ${message}`,
    ...(hint === undefined ? {} : { hint }),
  });
  const key = draft.config['unique_key'];
  if (!strategy || key === null || key === undefined || key === '') {
    return say("it needs a 'strategy' and a 'unique_key'.", 'Set both in its config.');
  }
  const columns = draft.config['check_cols'] ?? null;
  const hasColumns =
    columns !== null && columns !== '' && !(Array.isArray(columns) && columns.length === 0);
  if (strategy === 'check') {
    if (!hasColumns)
      return say("the strategy 'check' needs 'check_cols'.", "Set a list of columns, or 'all'.");
    if (typeof columns === 'string' && columns !== 'all') {
      return say(`'check_cols' is '${columns}'; it must be 'all' or a list of columns.`);
    }
  }
  if (strategy === 'timestamp') {
    if (configText(draft, 'updated_at') === null) {
      return say(
        "the strategy 'timestamp' needs 'updated_at'.",
        'Name the column that says when a row changed.',
      );
    }
    if (hasColumns) return say("the strategy 'timestamp' takes no 'check_cols'.");
  }
  return draft.config['materialized'] === 'snapshot'
    ? undefined
    : say("its materialization must be 'snapshot'.");
}

function testFault(draft: Draft): Fault | undefined {
  const severity = configText(draft, 'severity');
  if (severity !== null && !/^(?:warn|error)$/iu.test(severity)) {
    return {
      code: 'manifest/test',
      message: `The severity of ${draft.id} is '${severity}'; it must be warn or error.`,
    };
  }
  return undefined;
}

const BATCH_SIZES = new Set(['hour', 'day', 'month', 'year']);

function microbatchFault(draft: Draft): Fault | undefined {
  const { config } = draft;
  if (config['materialized'] !== 'incremental' || config['incremental_strategy'] !== 'microbatch') {
    return undefined;
  }
  const say = (what: string): Fault => ({
    code: 'manifest/microbatch',
    message: `Microbatch model '${draft.name}' ${what}`,
  });
  if (typeof config['event_time'] !== 'string')
    return say("needs 'event_time', the name of a column.");
  if (config['begin'] === null || config['begin'] === undefined) {
    return say("needs 'begin', the moment from which it is built.");
  }
  if (Number.isNaN(Date.parse(configText(draft, 'begin') ?? ''))) {
    return say(`has a 'begin' that is no moment: ${configText(draft, 'begin') ?? ''}.`);
  }
  const size = configText(draft, 'batch_size');
  if (size === null || !BATCH_SIZES.has(size)) {
    return say(`needs a 'batch_size' of hour, day, month or year, not ${size ?? 'none'}.`);
  }
  const { lookback } = config;
  return lookback === null || Number.isInteger(lookback)
    ? undefined
    : say("has a 'lookback' that is no whole number.");
}

function groupFault(draft: Draft, groups: ReadonlyMap<string, Group>): Fault | undefined {
  if (draft.group === null) return undefined;
  const names = [...groups.values()].map((group) => group.name);
  if (names.includes(draft.group)) return undefined;
  const similar = similarName(draft.group, names);
  return {
    code: 'manifest/group',
    message: `The group '${draft.group}' of ${draft.id} is not defined.`,
    hint:
      similar === undefined
        ? `Define it under 'groups:'${names.length === 0 ? '' : `, or use one of: ${names.join(', ')}`}.`
        : `Did you mean '${similar}'?`,
  };
}

/** Two nodes that would make the same relation are an error, as are versions beside an unversioned model of that name. */
export function checkCollisions(scope: ParseScope, drafts: readonly Draft[]): void {
  const relations = new Map<string, Draft>();
  const names = new Map<string, Draft>();
  for (const draft of drafts) {
    if (draft.relationName !== null) {
      const other = relations.get(draft.relationName);
      if (other !== undefined) {
        scope.error(
          'manifest/ambiguous-relation',
          `${other.id} (${other.originalFilePath}) and ${draft.id} (${draft.originalFilePath}) would both make ${draft.relationName}.`,
          draft.position,
          { nodeId: draft.id, hint: 'Give one of them another alias or schema.' },
        );
      } else relations.set(draft.relationName, draft);
    }
    if (!listOf(['model', 'seed', 'snapshot']).includes(draft.resourceType)) continue;
    const key = `${draft.packageName}.${draft.name}`;
    const other = names.get(key);
    if (other === undefined) names.set(key, draft);
    else if ((other.version === null) !== (draft.version === null)) {
      scope.error(
        'manifest/version',
        `'${draft.name}' is both a model with versions and one without: ${other.originalFilePath} and ${draft.originalFilePath}.`,
        draft.position,
        {
          nodeId: draft.id,
          hint: 'Rename one, or make the one without a version one of the versions.',
        },
      );
    } else if (other.resourceType !== draft.resourceType) {
      scope.warn(
        'manifest/duplicate-name',
        `A ${other.resourceType} and a ${draft.resourceType} are both named '${draft.name}': ${other.originalFilePath} and ${draft.originalFilePath}.`,
        draft.position,
        { nodeId: draft.id },
      );
    }
  }
}
