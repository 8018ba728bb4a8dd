export { type DepsOptions, type DepsResult, installDeps } from './deps/install.js';
export { loadProject } from './load.js';
export { DBT_VERSION } from './render.js';
export { foldSpace, pythonStrip } from './python-text.js';
export type {
  ConfigTrees,
  DispatchRule,
  Package,
  Project,
  QueryComment,
  SelectorDefinition,
  SourceFile,
  TreeName,
} from './project.js';
export { type KeyPath, renderTree, withoutLastNewline } from './render.js';
export { dumpYaml } from './yaml-dump.js';
export { targetDict } from './target.js';
export { varsOf } from './vars.js';
export { parseYaml, parseYamlDocument, type YamlDocument, type YamlPath } from './yaml.js';
