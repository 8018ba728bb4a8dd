/**
 * `{{ exceptions.raise_compiler_error(...) }}` and its kin.
 */
import { JinjaError, PyFunction, PyObject, toText, type Value } from '../jinja/index.js';
import type { ProjectFacts } from './facts.js';

/** Message of each raising function from its arguments; the class is Python's, as dbt names it. */
const RAISING: Readonly<
  Record<string, readonly [pythonClass: string, message: (args: readonly string[]) => string]>
> = {
  raise_compiler_error: ['CompilationError', ([message = '']) => message],
  raise_database_error: ['DbtDatabaseError', ([message = '']) => message],
  raise_dependency_error: ['DependencyError', ([message = '']) => message],
  raise_not_implemented: ['NotImplementedError', ([message = '']) => `ERROR: ${message}`],
  raise_fail_fast_error: ['FailFastError', ([message = '']) => message],
  raise_cache_inconsistent: [
    'CacheInconsistencyError',
    ([message = '']) => `Cache inconsistency detected: ${message}`,
  ],
  raise_dataclass_not_dict: [
    'CompilationError',
    ([value = '']) => `The object ("${value}") was used as a dictionary.`,
  ],
  raise_ambiguous_alias: [
    'AmbiguousAliasError',
    ([, , name = '']) => `Two resources use the relation name "${name}".`,
  ],
  raise_ambiguous_catalog_match: [
    'AmbiguousCatalogMatchError',
    ([id = '']) => `Several relations match ${id}.`,
  ],
  raise_dep_not_found: [
    'DependencyNotFoundError',
    ([, , name = '']) => `Package "${name}" was not found.`,
  ],
  raise_duplicate_patch_name: [
    'DuplicatePatchPathError',
    ([name = '']) => `Two yaml entries describe "${name}".`,
  ],
  raise_duplicate_resource_name: [
    'DuplicateResourceNameError',
    ([name = '']) => `Two resources are named "${name}".`,
  ],
  raise_invalid_property_yml_version: [
    'InvalidPropertyYMLError',
    ([path = '', issue = '']) => `${path}: ${issue}`,
  ],
  raise_contract_error: ['ContractError', () => 'This model has an enforced contract that failed.'],
  missing_config: [
    'MissingConfigError',
    ([, name = '']) => `Model does not define a required config parameter "${name}".`,
  ],
  missing_materialization: [
    'MissingMaterializationError',
    ([, name = '']) => `No materialization "${name}" was found.`,
  ],
  missing_relation: [
    'MissingRelationError',
    ([relation = '']) => `Relation ${relation} not found!`,
  ],
  relation_wrong_type: [
    'RelationWrongTypeError',
    ([relation = '', expected = '']) =>
      `Trying to create ${expected} ${relation}, but it currently exists as another type. ` +
      `Either drop ${relation} manually, or run dbt with \`--full-refresh\` and dbt will drop it for you.`,
  ],
  column_type_missing: [
    'ColumnTypeMissingError',
    ([names = '']) =>
      `Contracted models require data_type to be defined for each column. Missing for: ${names}`,
  ],
};

export class PyExceptions extends PyObject {
  readonly typeName = 'dict';
  readonly #facts: ProjectFacts;

  constructor(facts: ProjectFacts) {
    super();
    this.#facts = facts;
  }

  override getAttribute(name: string): Value | undefined {
    if (name === 'warn' || name === 'warn_snapshot_timestamp_data_types') {
      return new PyFunction(name, ({ args, kwargs }) => {
        this.#facts.log('warn', toText(args[0] ?? kwargs.get('msg') ?? ''));
        return '';
      });
    }
    const raising = Object.hasOwn(RAISING, name) ? RAISING[name] : undefined;
    if (raising === undefined) return undefined;
    return new PyFunction(name, ({ args, kwargs }) => {
      throw new JinjaError(raising[0], raising[1]([...args, ...kwargs.values()].map(toText)));
    });
  }

  override getItem(key: Value): Value | undefined {
    return this.getAttribute(toText(key));
  }
}
