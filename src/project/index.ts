export { type DepsOptions, type DepsResult, installDeps } from './deps/install.js';
export { loadProject } from './load.js';
export { foldSpace, pythonStrip } from './python-text.js';
export type {
  ConfigTrees,
  Package,
  Project,
  QueryComment,
  SelectorDefinition,
  SourceFile,
  TreeName,
} from './project.js';
export { type KeyPath, renderTree, withoutLastNewline } from './render.js';
export { targetDict } from './target.js';
export { varsOf } from './vars.js';
export {
  parseYaml,
  parseYamlDocument,
  writeYaml,
  type YamlDocument,
  type YamlPath,
} from './yaml.js';
export { isWholeFloat } from './yaml-compose.js';
