import { isJsonObject, type JsonObject } from '../base/index.js';
import type { Package, Project } from './project.js';

/**
 * The variables that a node of a package sees, strings not yet rendered.
 *
 * Later wins: the package's own, what it says under its own name, the root's, what the root says under the package's
 * name, the command line.
 */
export function varsOf(project: Project, packageName: string): JsonObject {
  const [root] = project.packages;
  const own = project.packages.find((one) => one.name === packageName);
  const scopes = own === undefined || own === root ? [root] : [own, root];
  return Object.assign(
    {},
    ...scopes.flatMap((scope) => (scope === undefined ? [] : scopedVars(scope, packageName))),
    project.cliVars,
  );
}

function scopedVars(scope: Package, packageName: string): readonly JsonObject[] {
  const named = scope.vars[packageName];
  return isJsonObject(named) ? [scope.vars, named] : [scope.vars];
}
