export { type Clock, createClock } from './clock.js';
export {
  isFile,
  isFolder,
  listFiles,
  listFolders,
  readText,
  removePath,
  sizeBytes,
  writeAtomic,
} from './disk.js';
export { dbtSetting, type Environment, withDotEnv } from './env.js';
export { md5, randomId, sha256 } from './hash.js';
export { absolutePath, findUp, homeFolder, joinPath, relativePath } from './paths.js';
