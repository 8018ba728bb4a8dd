export { ByteFile } from './byte-file.js';
export { type Clock, createClock } from './clock.js';
export {
  copyFolder,
  type GrowingFile,
  isFile,
  isFolder,
  linkFolder,
  listFiles,
  listFolders,
  makeFolder,
  moveFolder,
  openGrowing,
  readBytes,
  readText,
  removePath,
  sizeBytes,
  temporaryFolder,
  writeAtomic,
} from './disk.js';
export { download } from './download.js';
export { dbtSetting, type Environment, withDotEnv } from './env.js';
export { type FileStamp, isSameStamp, stampOf } from './file-stamp.js';
export { md5, randomId, sha1, sha256 } from './hash.js';
export { absolutePath, findUp, homeFolder, joinPath, relativePath } from './paths.js';
export {
  isRunning,
  ownProcessId,
  type ProgramOptions,
  runOnTerminal,
  runProgram,
} from './programs.js';
export { checksumOf, RecordFile, type RecordPlace } from './record-file.js';
export { type ArchivedFile, gunzip, readTar, type TarOptions, unpack } from './tar.js';
export { watchFolder } from './watch-folder.js';
