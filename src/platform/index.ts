export { type Clock, createClock } from './clock.js';
export {
  isFile,
  isFolder,
  listFiles,
  listFolders,
  makeFolder,
  readBytes,
  readText,
  removePath,
  sizeBytes,
  writeAtomic,
} from './disk.js';
export { dbtSetting, type Environment, processEnvironment, withDotEnv } from './env.js';
export { md5, randomId, sha256 } from './hash.js';
export { absolutePath, findUp, homeFolder, joinPath, parentFolder, relativePath } from './paths.js';
