/**
 * The project as `builtins.ref.config` shows it: packages read their own version and the run's arguments there.
 */
import { AttributeDict, type ProjectFacts } from '../context/index.js';
import {
  type CallArguments,
  fromJson,
  PyDict,
  PyFunction,
  PyObject,
  type Value,
} from '../jinja/index.js';

/** dbt's configuration of the run. Holds no secret: credentials are what `target` shows. */
class PyProject extends PyObject {
  readonly typeName = 'RuntimeConfig';
  readonly #facts: ProjectFacts;

  constructor(facts: ProjectFacts) {
    super();
    this.#facts = facts;
  }

  override getAttribute(name: string): Value | undefined {
    const facts = this.#facts;
    switch (name) {
      case 'project_name':
        return facts.projectName;
      case 'profile_name':
        return facts.profileName;
      case 'target_name':
        return fromJson(facts.target['name'] ?? null);
      case 'threads':
        return fromJson(facts.target['threads'] ?? null);
      case 'credentials':
        return new AttributeDict(facts.target);
      case 'args':
        return new AttributeDict(facts.invocationArgs);
      case 'cli_vars':
        return fromJson(facts.cliVars);
      case 'vars':
        return new PyVars(facts);
      case 'dependencies':
        return PyDict.fromEntries(
          Object.entries(facts.dependencies).map(([key, dependency]): [Value, Value] => [
            key,
            new AttributeDict(dependency),
          ]),
        );
      default:
        return facts.settings[name] === undefined ? undefined : fromJson(facts.settings[name]);
    }
  }
}

/** `config.vars`: the root project's variables as written. */
class PyVars extends PyObject {
  readonly typeName = 'VarProvider';
  readonly #facts: ProjectFacts;

  constructor(facts: ProjectFacts) {
    super();
    this.#facts = facts;
  }

  override getAttribute(name: string): Value | undefined {
    const { projectName, vars } = this.#facts;
    return name === 'to_dict' ? new PyFunction(name, () => fromJson(vars(projectName))) : undefined;
  }
}

/** `ref` and `source`: functions that know whom they resolve for. */
export class PyResolver extends PyFunction {
  readonly #facts: ProjectFacts;
  readonly #model: () => Value;

  constructor(
    name: string,
    body: (call: CallArguments) => Value,
    known: { readonly facts: ProjectFacts; readonly model: () => Value },
  ) {
    super(name, body);
    this.#facts = known.facts;
    this.#model = known.model;
  }

  override getAttribute(name: string): Value | undefined {
    switch (name) {
      case 'config':
        return new PyProject(this.#facts);
      case 'model':
        return this.#model();
      case 'current_project':
        return this.#facts.projectName;
      default:
        return super.getAttribute(name);
    }
  }
}
