/**
 * What every step of parsing shares: the project, its macros, its configs, and a place to say what is wrong.
 */
import {
  type Diagnostic,
  isJsonObject,
  type Json,
  type JsonObject,
  type Position,
  toDiagnostic,
} from '../base/index.js';
import {
  baseEntries,
  type MacroRegistry,
  type ProjectFacts,
  renderText,
  type TextScope,
} from '../context/index.js';
import { type Package, type Project, withoutLastNewline } from '../project/index.js';
import type { TouchRecorder } from './cache/touches.js';
import { ConfigResolver } from './config-resolver.js';

const JINJA = /\{[{%#]|[#}%]\}/u;

/** One parse, from its start to its end. */
export class ParseScope {
  readonly project: Project;
  readonly registry: MacroRegistry;
  readonly facts: ProjectFacts;
  readonly configs: ConfigResolver;
  /** What the files of the project make templates read. */
  readonly touches: TouchRecorder | undefined;
  readonly diagnostics: Diagnostic[] = [];
  readonly #textScopes = new Map<string, TextScope>();

  constructor(
    project: Project,
    registry: MacroRegistry,
    facts: ProjectFacts,
    touches?: TouchRecorder,
  ) {
    this.project = project;
    this.registry = registry;
    this.touches = touches;
    this.facts = touches === undefined ? facts : touches.watch(facts);
    this.configs = new ConfigResolver(project);
  }

  get packages(): readonly Package[] {
    return this.project.packages;
  }

  /** The path of a package's file as positions show it. */
  shownFile(owner: Package, originalFilePath: string): string {
    return owner.shownPath === '' ? originalFilePath : `${owner.shownPath}/${originalFilePath}`;
  }

  /** Renders one string of a properties file natively. @throws JinjaError. */
  renderText(text: string, owner: Package, file: string): Json {
    if (!JINJA.test(text)) return withoutLastNewline(text);
    return this.during(file, () => renderText(text, this.#textScope(owner), file));
  }

  /** Does something for a file: what templates read meanwhile, they read for it. */
  during<Result>(file: string, body: () => Result): Result {
    return this.touches === undefined ? body() : this.touches.during(file, body);
  }

  error(
    code: string,
    message: string,
    position: Position,
    more: { hint?: string; nodeId?: string } = {},
  ): void {
    this.diagnostics.push({ severity: 'error', code, message, position, ...more });
  }

  warn(
    code: string,
    message: string,
    position: Position,
    more: { hint?: string; nodeId?: string } = {},
  ): void {
    this.diagnostics.push({ severity: 'warning', code, message, position, ...more });
  }

  /** Keeps what was thrown as a diagnostic; `position` stands in where the error has none. */
  caught(error: unknown, code: string, position: Position, nodeId?: string): void {
    this.diagnostics.push({ position, ...toDiagnostic(error, code, nodeId) });
  }

  #textScope(owner: Package): TextScope {
    let scope = this.#textScopes.get(owner.name);
    if (scope === undefined) {
      scope = {
        vars: this.facts.vars(owner.name),
        packageName: owner.name,
        envVar: this.facts.envVar,
        target: this.facts.target,
        allowsSecrets: false,
        doc: null,
        entries: baseEntries(this.facts),
        watch: this.facts.watch,
      };
      this.#textScopes.set(owner.name, scope);
    }
    return scope;
  }
}

/** A mapping or, for anything else, an empty one. */
export function objectOf(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

/** A list or, for anything else, an empty one. */
export function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

/** A text or, for anything else, null. */
export function textOf(value: Json | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

/** A text or a list of texts as a list of texts; anything else is left out. */
export function textsOf(value: Json | undefined): readonly string[] {
  if (typeof value === 'string') return [value];
  return listOf(value).filter((item) => typeof item === 'string');
}
